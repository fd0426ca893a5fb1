"""Passages as a model reads them, and the proof that what it says of them stands in them."""

from dataclasses import dataclass, field

from pydantic import BaseModel

from sayso.protocol.evidence import Finding
from sayso.research.source import Passage
from sayso.writing.plaintext import one_line
from sayso.writing.prompts import neutral
from sayso.writing.terms import stems
from sayso.writing.verbatim import Span, closest, folded, locate, numbers
from sayso.writing.writer import Candidate, Query

MAX_PASSAGE = 1_600
"""Characters of one passage in a prompt."""
MAX_CLAIM = 400
MAX_WORDED = 30
"""Findings of one answer that are looked at."""


class WordedFinding(BaseModel):
    passage: int
    sentence: str
    claim: str
    topic: str = ""


class Findings(BaseModel):
    """What a model answers when reading passages."""

    findings: list[WordedFinding]


@dataclass
class NumberedPassage:
    """A passage as the model sees it: same length as the original, so offsets hold for both."""

    query: Query
    passage: Passage
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = neutral(self.passage.text[:MAX_PASSAGE])


def in_turn(found: list[tuple[Query, list[Passage]]], dropped: list[Finding]) -> list[NumberedPassage]:
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
                taken.append(NumberedPassage(query, passages[rank]))
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
        named = shown[worded.passage - 1 : worded.passage] if worded.passage > 0 else []
        for one in [*named, *shown]:
            span = locate(neutral(worded.sentence), one.text)
            if span:
                proven.append((worded, one, span))
                break
        else:
            span = closest(worded.sentence, named[0].text) if named else None
            if span:
                proven.append((worded, named[0], span))
    return proven


def candidate(worded: WordedFinding, source: NumberedPassage, span: Span, question: str) -> Candidate:
    """A finding with its evidence. A claim with a number that the passage does not have is replaced by the sentence."""
    sentence = source.passage.text[slice(*span)]
    claim = one_line(worded.claim, limit=MAX_CLAIM)
    if not claim or not numbers(claim) <= numbers(source.passage.text):
        claim = one_line(sentence, limit=MAX_CLAIM)
    wanted = stems(f"{question} {source.query.text}")
    return Candidate(
        claim=claim,
        passage=source.passage,
        marked=span,
        topic=one_line(worded.topic, limit=80) or source.query.topic,
        strength=round(len(stems(sentence) & wanted) / max(len(wanted), 1), 3),
        feedback=source.query.feedback,
    )
