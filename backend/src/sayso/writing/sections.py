"""The order of an extractive report: which sentences, in which section, under which heading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.protocol.evidence import Finding, Quote
from sayso.writing.sentences import split
from sayso.writing.terms import alike, content, stems
from sayso.writing.vocabulary import GENERIC_HEADINGS
from sayso.writing.writer import WritingBrief

_FOLLOWING = 2
"""Sentences of a quote that may follow its marked one."""
_SPLIT_FROM = 7
"""Findings under one of several topics from which it is divided by what the sources call their parts."""
_NUMBERING = re.compile(r"^(?:(?:chapter|section|part|appendix)\s+)?[A-Z]?\.?\d*(?:\.\d+)*[.:)]\s+", re.I)
_REST, _ALL = "Further points", "What the sources say"
"""Headings for sentences that stand alone in their part: beside other sections, and when there are no others."""


@dataclass(frozen=True)
class Line:
    """A sentence of the report and the number of its source."""

    text: str
    number: int


def arrange(brief: WritingBrief) -> list[tuple[str, list[Line]]]:
    """Sections in the order of their first finding: heading and sentences, no sentence twice.

    Each finding gives its marked sentence, and what follows it in the quote where that goes on about the question;
    a sentence that leans on the one before it comes only right after it.
    """
    wanted = stems(" ".join([brief.question, *brief.topics.values(), brief.note]))
    said: list[frozenset[str]] = []
    sections: list[tuple[str, list[Line]]] = []
    single: list[Line] = []
    for heading, is_topic, findings in _grouped(brief):
        lines: list[Line] = []
        for finding in findings:
            for text, number in _lines(finding, brief, wanted):
                own = stems(text)
                if not any(alike(own, other) for other in said):
                    said.append(own)
                    lines.append(Line(text, number))
        if len(lines) > 1 or (lines and is_topic):
            sections.append((heading, lines))
        else:
            single.extend(lines)
    if single:
        sections.append((_REST if sections else _ALL, single))
    return sections


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


def _grouped(brief: WritingBrief) -> list[tuple[str, bool, list[Finding]]]:
    """Findings by heading, and whether the heading is a topic that was asked about."""
    topics: dict[str, list[Finding]] = {}
    for finding in brief.findings:
        topics.setdefault(brief.topics.get(finding.id, ""), []).append(finding)
    sections: dict[tuple[str, bool], list[Finding]] = {}
    for topic, findings in topics.items():
        if topic and len(topics) > 1 and len(findings) < _SPLIT_FROM:
            sections.setdefault((topic, True), []).extend(findings)
            continue
        for finding in findings:
            sections.setdefault((_part(finding, brief), False), []).append(finding)
    return [(heading, is_topic, findings) for (heading, is_topic), findings in sections.items()]


def _part(finding: Finding, brief: WritingBrief) -> str:
    """What the source itself calls the part that the quote stands in: its heading, or its title for a heading that
    every document has ("Parameters", "Overview")."""
    quote = finding.quotes[0]
    title = next((source.title for source in brief.sources if source.id == quote.source), "")
    for name in reversed((quote.place.heading or "").split(" › ")):
        name = _NUMBERING.sub("", name)
        told = [word for word in content(name) if word.lower() not in GENERIC_HEADINGS]
        if told and len(name) <= 70 and not name.rstrip().endswith(":"):
            return " ".join(name.split())
    return " ".join(_NUMBERING.sub("", title).split()) or "Findings"
