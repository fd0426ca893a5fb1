"""Passages as a model reads them, statement by statement, and the findings that its choice among them makes."""

from dataclasses import dataclass, field

from pydantic import BaseModel

from sayso.language.statements import Statement, statements
from sayso.language.terms import stems
from sayso.language.verbatim import folded, numbers
from sayso.protocol.evidence import Finding
from sayso.research.source import Passage
from sayso.writers.llm.labels import opposes, strange_names
from sayso.writers.llm.plaintext import one_line
from sayso.writers.llm.prompts import block, leaked
from sayso.writers.port import Assignment, Candidate, Carrier, Part, Query

MAX_PASSAGE = 1_600
"""Characters of one passage in a prompt."""
MAX_CLAIM = 400
MAX_CHOSEN = 30
"""Findings of one answer that are looked at."""
MAX_ALSO = 8
"""Further statements of one finding that are looked at."""
_SHARED = 2
"""Content stems that a further statement shares with the finding, at the least."""
_HEADING = 120


class ChosenStatement(BaseModel):
    statement: int
    part: int = 0
    claim: str = ""
    also: list[int] = []


class Findings(BaseModel):
    """What a model answers when reading passages."""

    findings: list[ChosenStatement]
    unanswered: list[int] = []


@dataclass
class ReadPassage:
    """A passage that was found, and the parts of the question that it was found for."""

    passage: Passage
    query: Query
    """The first search that found it."""
    parts: list[Part]
    limit: int = MAX_PASSAGE
    """Characters that are shown."""
    statements: list[Statement] = field(init=False)

    def __post_init__(self) -> None:
        text = self.passage.text[: self.limit]
        found = statements(text, lead=self.passage.place.lead or "")
        self.statements = [each for each in found if each.text.strip() and not _holds_another(each, found)]


@dataclass(frozen=True)
class Numbered:
    """A statement as the model sees it."""

    read: ReadPassage
    statement: Statement

    @property
    def text(self) -> str:
        return self.statement.text

    @property
    def span(self) -> tuple[int, int]:
        return self.statement.start, self.statement.end

    @property
    def document(self) -> tuple[str, str]:
        return self.read.passage.kind, self.read.passage.uri


@dataclass
class Shown:
    """What a model is shown: blocks of text, and the statements by their numbers, from 1."""

    blocks: list[str] = field(default_factory=list)
    numbered: list[Numbered] = field(default_factory=list)

    def get(self, number: int) -> Numbered | None:
        return self.numbered[number - 1] if 0 < number <= len(self.numbered) else None


def in_turn(
    found: list[tuple[Query, list[Passage]]], assignment: Assignment, *, limit: int = MAX_PASSAGE
) -> list[ReadPassage]:
    """Each passage once, without those a human has dropped: first what words chose from, in turn by part; then the best
    of every query, the second best, and so on."""
    gone = [folded(text) for finding in assignment.dropped for text in _evidence(finding)]
    read: dict[str, ReadPassage] = {}
    ranked = [(query, passage) for query, passages in found for passage in passages]
    by_key = {passage.key: query for query, passage in reversed(ranked)}
    turns = [(by_key[each.passage.key], each.passage) for each in _by_part(assignment) if each.passage.key in by_key]
    for rank in range(max((len(passages) for _, passages in found), default=0)):
        turns += [(query, passages[rank]) for query, passages in found if rank < len(passages)]
    for query, passage in turns:
        text = folded(passage.text)
        if text in read:
            read[text].parts = list(dict.fromkeys([*read[text].parts, query.part]))
        elif text and not any(one in text or text in one for one in gone):
            read[text] = ReadPassage(passage, query, [query.part], limit)
    return list(read.values())


def shown(passages: list[ReadPassage], assignment: Assignment, *, budget: int, most: int) -> Shown:
    """As many of the passages as fit into `budget` characters, their statements numbered."""
    told = Shown()
    words = {(each.passage.key, each.marked) for each in assignment.candidates}
    numbers = {part: number for number, part in enumerate(assignment.parts, start=1)}
    for one in passages[:most]:
        lines: list[str] = []
        held: list[Numbered] = []
        lead = one.passage.place.lead or ""
        by_words = []
        for each in one.statements:
            number = len(told.numbered) + len(held) + 1
            own_lead = each.led(one.passage.text)
            if own_lead and own_lead != lead and not any(own_lead in line for line in lines[-1:]):
                lines.append(own_lead)
            lead = own_lead or lead
            lines.append(f"[{number}] {each.text}")
            held.append(Numbered(one, each))
            if (one.passage.key, (each.start, each.end)) in words:
                by_words.append(number)
        text = block(
            "passage",
            "\n".join(lines),
            title=one.passage.title,
            heading=(one.passage.place.heading or "")[-_HEADING:],
            date=one.passage.date,
            source=one.passage.uri,
            part=" ".join(str(numbers[part]) for part in one.parts if part in numbers),
            words=" ".join(map(str, by_words)),
        )
        budget -= len(text) + 1
        if budget < 0:
            break
        if held:
            told.blocks.append(text)
            told.numbered += held
    return told


def candidates_of(answer: Findings, told: Shown, assignment: Assignment) -> list[Candidate]:
    """The findings that the model's choice makes, each statement once, in its order."""
    by_words = {(each.passage.key, each.marked): each for each in assignment.candidates}
    made: dict[tuple[object, tuple[int, int]], Candidate] = {}
    for choice in answer.findings[:MAX_CHOSEN]:
        one = told.get(choice.statement)
        if one is None:
            continue
        key = one.read.passage.key, one.span
        made.setdefault(key, _candidate(choice, one, told, assignment, by_words.get(key)))
    return list(made.values())


def _candidate(
    choice: ChosenStatement, one: Numbered, told: Shown, assignment: Assignment, by_words: Candidate | None
) -> Candidate:
    """A finding with its evidence. The statement takes the place of a claim with a number or a technical name that the
    passage does not have, and of one that says the opposite of it."""
    passage, parts = one.read.passage, assignment.parts
    claim = one_line(choice.claim, limit=MAX_CLAIM)
    known = " ".join([assignment.question, passage.title, passage.place.heading or "", passage.text])
    wrong = not claim or leaked(claim) or not numbers(claim) <= numbers(passage.text)
    if wrong or strange_names(claim, known) or opposes(claim, [one.text]):
        claim = by_words.claim if by_words else one_line(one.text, limit=MAX_CLAIM)
    named = parts[choice.part - 1] if 0 < choice.part <= len(parts) else None
    part = named or (by_words.part if by_words else one.read.parts[0])
    wanted = stems(f"{assignment.question} {one.read.query.text}")
    match = round(len(stems(one.text) & wanted) / max(len(wanted), 1), 3)
    also = carriers(choice, one, told)
    taken = {(each.passage.kind, each.passage.uri) for each in also}
    others = by_words.also if by_words else []
    return Candidate(
        claim=claim,
        passage=passage,
        marked=one.span,
        topic=part.topic,
        match=by_words.match if by_words else match,
        feedback=part.feedback,
        also=[*also, *(each for each in others if (each.passage.kind, each.passage.uri) not in taken)],
    )


def carriers(choice: ChosenStatement, one: Numbered, told: Shown) -> list[Carrier]:
    """Statements of other documents that say the same: those that the model names, that share words with the finding,
    and that give no other numbers."""
    own = stems(f"{choice.claim} {one.text}")
    seen = {one.document}
    found: list[Carrier] = []
    for number in choice.also[:MAX_ALSO]:
        other = told.get(number)
        if other is None or other.document in seen or len(own & stems(other.text)) < _SHARED:
            continue
        if _agree(numbers(one.text), numbers(other.text)):
            seen.add(other.document)
            found.append(Carrier(passage=other.read.passage, marked=other.span))
    return found


def _agree(one: set[str], other: set[str]) -> bool:
    return not one or not other or bool(one & other)


def _by_part(assignment: Assignment) -> list[Candidate]:
    """What words found, in turn by part, so that each part is represented in what fits."""
    by_part: dict[Part, list[Candidate]] = {}
    for each in assignment.candidates:
        by_part.setdefault(each.part, []).append(each)
    longest = max(map(len, by_part.values()), default=0)
    return [own[at] for at in range(longest) for own in by_part.values() if at < len(own)]


def _evidence(finding: Finding) -> list[str]:
    """The sentences that `finding` rests on, and the quotes around them."""
    texts = [quote.text for quote in finding.quotes]
    texts += [quote.text[slice(*quote.marked)] for quote in finding.quotes if quote.marked]
    return [text for text in texts if text.strip()]


def _holds_another(one: Statement, found: list[Statement]) -> bool:
    return any(each is not one and one.start <= each.start and each.end <= one.end for each in found)
