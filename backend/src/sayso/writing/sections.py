"""The order of an extractive report: which sentences, in which section, under which heading."""

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.protocol.evidence import Finding, Quote
from sayso.writing.sentences import split
from sayso.writing.terms import alike, content, stems
from sayso.writing.vocabulary import GENERIC_HEADINGS
from sayso.writing.writer import WritingBrief

_FOLLOWING = 2
"""Sentences of a quote that may follow its marked one."""
_SPLIT_FROM = 4
"""Findings under one topic from which it is divided by what the sources call their parts."""


@dataclass(frozen=True)
class Line:
    """A sentence of the report and the number of its source."""

    text: str
    number: int


def arrange(brief: WritingBrief) -> Iterator[tuple[str, list[Line]]]:
    """Sections in the order of their first finding: heading and sentences, no sentence twice.

    Each finding gives its marked sentence, and what follows it in the quote where that goes on about the question;
    a sentence that leans on the one before it comes only right after it.
    """
    wanted = stems(" ".join([brief.question, *brief.topics.values(), brief.note]))
    said: list[frozenset[str]] = []
    texts: set[str] = set()
    for heading, findings in _grouped(brief):
        lines: list[Line] = []
        for finding in findings:
            for text, number in _lines(finding, brief, wanted):
                own = stems(text)
                if text in texts or any(alike(own, other) for other in said):
                    continue
                texts.add(text)
                said.append(own)
                lines.append(Line(text, number))
        if lines:
            yield heading, lines


def _lines(finding: Finding, brief: WritingBrief, wanted: frozenset[str]) -> Iterator[tuple[str, int]]:
    for quote in finding.quotes:
        number = brief.numbers[quote.source]
        if finding.id in brief.edited:
            yield finding.claim, number
            return
        start, end = quote.marked or (0, len(quote.text))
        yield from ((text, number) for text in _told(quote, start, end, wanted))


def _told(quote: Quote, start: int, end: int, wanted: frozenset[str]) -> Iterator[str]:
    sentences = split(quote.text)
    marked = [sentence for sentence in sentences if sentence.start < end and sentence.end > start]
    if not marked:
        yield " ".join(quote.text[start:end].split())
        return
    for sentence in marked:
        yield sentence.readable
    after = marked[-1].index + 1
    topic = wanted | frozenset().union(*(each.stems for each in marked))
    for sentence in sentences[after : after + _FOLLOWING]:
        if not sentence.stands or not sentence.stems & topic:
            break
        yield sentence.readable


def _grouped(brief: WritingBrief) -> list[tuple[str, list[Finding]]]:
    topics: dict[str, list[Finding]] = {}
    for finding in brief.findings:
        topics.setdefault(brief.topics.get(finding.id, ""), []).append(finding)
    sections: dict[str, list[Finding]] = {}
    for topic, findings in topics.items():
        whole = len(topics) == 1 and stems(topic) == stems(brief.question)
        if len(findings) < _SPLIT_FROM and not whole and topic:
            sections.setdefault(topic, []).extend(findings)
            continue
        for finding in findings:
            sections.setdefault(_part(finding, brief), []).append(finding)
    return list(sections.items())


def _part(finding: Finding, brief: WritingBrief) -> str:
    """What the source itself calls the part that the quote stands in: its heading, or its title for a heading that
    every document has ("Parameters", "Overview")."""
    quote = finding.quotes[0]
    title = next((source.title for source in brief.sources if source.id == quote.source), "")
    for name in reversed((quote.place.heading or "").split(" › ")):
        told = [word for word in content(name) if word.lower() not in GENERIC_HEADINGS]
        if told and len(name) <= 70 and not name.rstrip().endswith(":"):
            return " ".join(name.split())
    return " ".join(title.split()) or "Findings"
