"""Passages as a model reads them, and the proof that what it says of them stands in them."""

from dataclasses import dataclass, field

from pydantic import BaseModel

from sayso.language.terms import stems
from sayso.language.verbatim import Span, closest, folded, locate, numbers
from sayso.protocol.evidence import Finding
from sayso.research.source import Passage
from sayso.writers.llm.labels import opposes, strange_names
from sayso.writers.llm.plaintext import one_line
from sayso.writers.llm.prompts import neutral
from sayso.writers.port import Candidate, Carrier, Query

MAX_PASSAGE = 1_600
"""Characters of one passage in a prompt."""
MAX_CLAIM = 400
MAX_WORDED = 30
"""Findings of one answer that are looked at."""
MAX_ALSO = 8
"""Further sentences of one finding that are looked at."""
_SHARED = 2
"""Content stems that a further sentence shares with the finding, at the least."""


class AlsoSaid(BaseModel):
    passage: int
    sentence: str


class WordedFinding(BaseModel):
    passage: int
    sentence: str
    claim: str
    topic: str = ""
    also: list[AlsoSaid] = []


class Findings(BaseModel):
    """What a model answers when reading passages."""

    findings: list[WordedFinding]


@dataclass
class NumberedPassage:
    """A passage as the model sees it: same length as the original, so offsets hold for both."""

    query: Query
    passage: Passage
    limit: int = MAX_PASSAGE
    """Characters that are shown."""
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = neutral(self.passage.text[: self.limit])


def in_turn(
    found: list[tuple[Query, list[Passage]]], dropped: list[Finding], *, limit: int = MAX_PASSAGE
) -> list[NumberedPassage]:
    """Each passage once: the best of every query, then the second best, ... without those a human has dropped."""
    gone = [folded(text) for finding in dropped for text in _evidence(finding)]
    seen: set[str] = set()
    taken = []
    for rank in range(max((len(passages) for _, passages in found), default=0)):
        for query, passages in found:
            if rank >= len(passages):
                continue
            text = folded(passages[rank].text)
            if text and text not in seen and not any(one in text or text in one for one in gone):
                seen.add(text)
                taken.append(NumberedPassage(query, passages[rank], limit))
    return taken


def _evidence(finding: Finding) -> list[str]:
    """The sentences that `finding` rests on, and the quotes around them."""
    texts = [quote.text for quote in finding.quotes]
    texts += [quote.text[slice(*quote.marked)] for quote in finding.quotes if quote.marked]
    return [text for text in texts if text.strip()]


def verified(answer: Findings, shown: list[NumberedPassage]) -> list[tuple[WordedFinding, NumberedPassage, Span]]:
    """The findings whose sentence stands in a passage: in the named one, in another, or nearly in the named one."""
    proven = []
    for worded in answer.findings[:MAX_WORDED]:
        if not worded.claim.strip():
            continue
        stands = _located(worded, shown)
        if stands:
            proven.append((worded, *stands))
    return proven


def _located(said: WordedFinding | AlsoSaid, shown: list[NumberedPassage]) -> tuple[NumberedPassage, Span] | None:
    """The passage in which the sentence of `said` stands, and where."""
    named = shown[said.passage - 1 : said.passage] if said.passage > 0 else []
    for one in [*named, *shown]:
        span = locate(neutral(said.sentence), one.text)
        if span:
            return one, span
    span = closest(said.sentence, named[0].text) if named else None
    return (named[0], span) if span else None


def carriers(worded: WordedFinding, source: NumberedPassage, span: Span, shown: list[NumberedPassage]) -> list[Carrier]:
    """Sentences of other documents that say the same as that at `span` of `source`: those that the model names and
    that stand in their passage word for word, share words with the finding, and give no other numbers."""
    sentence = source.passage.text[slice(*span)]
    own = stems(f"{worded.claim} {sentence}")
    seen = {(source.passage.kind, source.passage.uri)}
    found: list[Carrier] = []
    for said in worded.also[:MAX_ALSO]:
        stands = _located(said, shown)
        if stands is None:
            continue
        other, place = stands
        document = other.passage.kind, other.passage.uri
        text = other.passage.text[slice(*place)]
        if document in seen or len(own & stems(text)) < _SHARED or not _agree(numbers(sentence), numbers(text)):
            continue
        seen.add(document)
        found.append(Carrier(passage=other.passage, marked=place))
    return found


def _agree(one: set[str], other: set[str]) -> bool:
    return not one or not other or bool(one & other)


def candidate(
    worded: WordedFinding, source: NumberedPassage, span: Span, shown: list[NumberedPassage], question: str
) -> Candidate:
    """A finding with its evidence. The sentence takes the place of a claim with a number or a technical name that the
    passage does not have, and of one that says the opposite of it."""
    sentence = source.passage.text[slice(*span)]
    claim = one_line(worded.claim, limit=MAX_CLAIM)
    known = " ".join([question, source.passage.title, source.passage.place.heading or "", source.passage.text])
    if (
        not claim
        or not numbers(claim) <= numbers(source.passage.text)
        or strange_names(claim, known)
        or opposes(claim, [sentence])
    ):
        claim = one_line(sentence, limit=MAX_CLAIM)
    wanted = stems(f"{question} {source.query.text}")
    return Candidate(
        claim=claim,
        passage=source.passage,
        marked=span,
        topic=one_line(worded.topic, limit=80) or source.query.topic,
        match=round(len(stems(sentence) & wanted) / max(len(wanted), 1), 3),
        feedback=source.query.feedback,
        also=carriers(worded, source, span, shown),
    )
