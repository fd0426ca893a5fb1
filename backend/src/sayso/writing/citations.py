"""The check after writing: what is not supported by the approved quotes does not stay in the body.

The rule is the same for every writer and needs no model. A sentence stays if and only if

1. at least one of its citation numbers is a source of the approved evidence (others are taken off and counted), and
   that source's quotes share something with it: a fifth of its content stems, and half of what the best one shares;
2. those quotes support it, see `sayso.writing.support`;
3. it was not said before.

A heading or title must not bring up what neither the question nor the evidence mentions; else the source's title, or
the question, takes its place. In the end numbers run from 1 without a gap, in the order of first use.
"""

import re
from dataclasses import dataclass, field

from sayso.protocol.evidence import Quote
from sayso.protocol.report import Gate, RemovedSentence, ReportSource, Section, Sentence
from sayso.writing.sentences import contains
from sayso.writing.support import Evidence, fault
from sayso.writing.terms import stem, stems, words
from sayso.writing.vocabulary import NEUTRAL_HEADINGS
from sayso.writing.writer import DraftReport, WritingBrief

_MARKER = re.compile(r"\s*\[\s*(\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*)\s*\]")
_NEUTRAL = frozenset(map(stem, NEUTRAL_HEADINGS))


@dataclass(frozen=True)
class Checked:
    """A draft after the check. Numbers run from 1 without a gap, in the order of first use."""

    title: str
    sections: list[Section]
    sources: list[ReportSource]
    removed: list[RemovedSentence]
    gate: Gate


@dataclass
class _Check:
    brief: WritingBrief
    evidence: dict[int, Evidence]
    asked: frozenset[str]
    removed: list[RemovedSentence] = field(default_factory=list)
    citations_removed: int = 0
    said: set[str] = field(default_factory=set)

    def sentence(self, sentence: Sentence) -> Sentence | None:
        """The sentence as it may stand, or nothing after noting why it may not."""
        numbers, text = _numbers(sentence, self.evidence)
        if not text:
            self.citations_removed += len([number for number in numbers if number not in self.evidence])
            return None
        own = stems(text)
        cited = [number for number in numbers if number in self.evidence]
        if not cited:
            self._remove(text, "It cites no approved source.", numbers)
            return None
        shares = {number: self.evidence[number].share(own) for number in cited}
        best = max(shares.values())
        cited = [number for number in cited if shares[number] >= min(0.2, best) and shares[number] >= best / 2]
        said = _key(text) in self.said
        why = "It was said before." if said else fault(text, [self.evidence[each] for each in cited], self.asked)
        if why:
            self._remove(text, why, [number for number in numbers if number not in self.evidence])
            return None
        self.citations_removed += len(numbers) - len(cited)
        self.said.add(_key(text))
        return Sentence(text=text, citations=cited, supported=True)

    def _remove(self, text: str, why: str, unknown: list[int]) -> None:
        self.citations_removed += len(unknown)
        self.removed.append(RemovedSentence(text=text, why=why))


def check(draft: DraftReport, brief: WritingBrief) -> Checked:
    """Hold every sentence of `draft` against the quotes it cites; see the rule at the top of this file."""
    evidence = _evidence(brief)
    asked = stems(" ".join([brief.question, *brief.topics.values()]))
    checking = _Check(brief, evidence, asked)
    sections: list[Section] = []
    for section in draft.sections:
        kept = [sentence for sentence in map(checking.sentence, section.sentences) if sentence is not None]
        if kept:
            sections.append(Section(heading=_heading(section.heading, kept, checking), sentences=kept))
    order = list(dict.fromkeys(n for section in sections for each in section.sentences for n in each.citations))
    renumbered = {old: new for new, old in enumerate(order, start=1)}
    for section in sections:
        for sentence in section.sentences:
            sentence.citations = sorted(renumbered[number] for number in sentence.citations)
    count = sum(len(section.sentences) for section in sections)
    gate = Gate(
        sentences=count,
        supported=count,
        removed=len(checking.removed),
        citations_removed=checking.citations_removed,
    )
    title = _plain(draft.title)
    if len(_unknown(title, checking)) * 2 > len(stems(title)):
        title = brief.question
    return Checked(title, sections, _sources(brief, order), checking.removed, gate)


def _evidence(brief: WritingBrief) -> dict[int, Evidence]:
    titles = {source.id: source.title for source in brief.sources}
    quotes: dict[str, list[Quote]] = {}
    for finding in brief.findings:
        for quote in finding.quotes:
            quotes.setdefault(quote.source, []).append(quote)
    return {
        brief.numbers[id]: Evidence.of(each, titles.get(id, "")) for id, each in quotes.items() if id in brief.numbers
    }


def _sources(brief: WritingBrief, order: list[int]) -> list[ReportSource]:
    by_number = {brief.numbers[source.id]: source for source in brief.sources if source.id in brief.numbers}
    listed: list[ReportSource] = []
    for n, number in enumerate(order, start=1):
        source = by_number[number]
        quotes = [quote for finding in brief.findings for quote in finding.quotes if quote.source == source.id]
        listed.append(
            ReportSource(
                n=n,
                id=source.id,
                title=source.title,
                uri=source.uri,
                kind=source.kind,
                quotes=[quote.text for quote in quotes],
                evidence=quotes,
                place=quotes[0].place,
            )
        )
    return listed


def _numbers(sentence: Sentence, evidence: dict[int, Evidence]) -> tuple[list[int], str]:
    """All numbers a sentence cites, once each, and its text without the markers that a writer left in it. What looks
    like a marker in a verbatim sentence (`items[0]`) is the source's own."""
    found = list(dict.fromkeys(sentence.citations))
    text = _plain(sentence.text)
    if any(contains(quote.text, text) for number in found if number in evidence for quote in evidence[number].quotes):
        return found, text
    for match in _MARKER.finditer(text):
        for part in re.split(r"[,;]", match.group(1)):
            low, _, high = part.replace("–", "-").partition("-")
            first, last = int(low), int(high or low)
            found.extend(range(first, min(last, first + 20) + 1))
    return list(dict.fromkeys(found)), _plain(_MARKER.sub("", text))


def _plain(text: str) -> str:
    return " ".join("".join(char for char in text if char.isprintable() or char.isspace()).split())


def _key(text: str) -> str:
    return " ".join(map(stem, words(text)))


def _unknown(text: str, checking: _Check) -> frozenset[str]:
    known = _NEUTRAL | checking.asked.union(*(each.stems | each.around for each in checking.evidence.values()))
    return stems(text) - known


def _heading(heading: str, kept: list[Sentence], checking: _Check) -> str:
    """A heading says nothing that neither question nor evidence does; otherwise the first source's title stands in."""
    heading = _plain(_MARKER.sub("", heading)).lstrip("# ")
    if heading and len(_unknown(heading, checking)) * 2 <= len(stems(heading)):
        return heading[:120]
    return checking.evidence[kept[0].citations[0]].title or "Findings"
