"""The check after writing: what is not supported by the approved quotes does not stay in the body.

The rule is the same for every writer and needs no model. A sentence of summary or body stays if and only if

1. at least one of its citation numbers is a source of the approved evidence (others are taken off and counted), and
   that source's quotes share something with it: a fifth of its content stems, and half of what the best one shares;
2. those quotes support it, see `sayso.gate.support`;
3. it says nothing that was dropped, see `sayso.gate.withheld`;
4. it was not said before, in the summary or in the body;
5. nobody refused it: a model that judges too can take sentences out, never bring one in.

A heading or title must not bring up what neither the question nor the evidence mentions, or what was dropped; else
the source's title, or the question, takes its place. Numbers stay as they are (`sayso.gate.numbering`), and each
sentence points at the quotes it rests on.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sayso.gate.numbering import listed_sources, point_out
from sayso.gate.support import SourceQuotes, fault
from sayso.gate.withheld import Withheld
from sayso.language.terms import stem, stems, words
from sayso.language.verbatim import stands
from sayso.language.vocabulary import NEUTRAL_HEADINGS
from sayso.protocol.evidence import Quote
from sayso.protocol.report import Gate, RemovedSentence, ReportSource, Section, Sentence
from sayso.writers.port import DraftReport, WritingBrief

_MARKER = re.compile(r"\s*\[\s*(\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*)\s*\]")
_NEUTRAL = frozenset(map(stem, NEUTRAL_HEADINGS))
_NOTHING = Withheld()


@dataclass(frozen=True)
class Checked:
    """A draft after the check, with all approved sources by their numbers."""

    title: str
    summary: list[Sentence]
    sections: list[Section]
    sources: list[ReportSource]
    removed: list[RemovedSentence]
    gate: Gate


@dataclass
class _Check:
    brief: WritingBrief
    quoted: dict[int, SourceQuotes]
    asked: frozenset[str]
    withheld: Withheld
    refused: Mapping[str, str]
    removed: list[RemovedSentence] = field(default_factory=list)
    citations_removed: int = 0
    said: set[str] = field(default_factory=set)

    def summary(self, written: list[Sentence]) -> list[Sentence]:
        """What may stand of a summary, which says again what the body says, once."""
        said, self.said = self.said, set()
        kept = self.sentences(written)
        self.said = said
        return kept

    def sentences(self, written: list[Sentence]) -> list[Sentence]:
        """Those of `written` that may stand."""
        return [sentence for sentence in map(self.sentence, written) if sentence is not None]

    def sentence(self, sentence: Sentence) -> Sentence | None:
        """The sentence as it may stand, or nothing after noting why it may not."""
        numbers, text = _numbers(sentence, self.quoted)
        if not text:
            self.citations_removed += len([number for number in numbers if number not in self.quoted])
            return None
        cited = [number for number in numbers if number in self.quoted]
        if not cited:
            self._remove(text, self.withheld.fault(text) or "It cites no approved source.", numbers)
            return None
        own = stems(text)
        shares = {number: self.quoted[number].share(own) for number in cited}
        best = max(shares.values())
        cited = [number for number in cited if shares[number] >= min(0.2, best) and shares[number] >= best / 2]
        why = (
            ("It was said before." if _key(text) in self.said else "")
            or self.withheld.fault(text)
            or fault(text, [self.quoted[each] for each in cited], self.asked)
            or self.refused.get(text, "")
        )
        if why:
            self._remove(text, why, [number for number in numbers if number not in self.quoted])
            return None
        self.citations_removed += len(numbers) - len(cited)
        self.said.add(_key(text))
        return Sentence(text=text, citations=sorted(cited), supported=True)

    def _remove(self, text: str, why: str, unknown: list[int]) -> None:
        self.citations_removed += len(unknown)
        # The list of what was removed is part of the report, and what was dropped appears nowhere in that.
        shown = "(A sentence that is not shown.)" if self.withheld.fault(text) else text
        self.removed.append(RemovedSentence(text=shown, why=why))


def check(
    draft: DraftReport,
    brief: WritingBrief,
    withheld: Withheld = _NOTHING,
    *,
    refused: Mapping[str, str] | None = None,
) -> Checked:
    """Hold every sentence of `draft` against the quotes it cites; see the rule at the top of this file.

    Args:
        withheld: what a human dropped.
        refused: sentences that a judge refused, as they stood after a first check, and why.
    """
    quoted = _quoted(brief)
    asked = stems(" ".join([brief.question, *brief.topics.values()]))
    checking = _Check(brief, quoted, asked, withheld, refused or {})
    summary = checking.summary(draft.summary)
    sections: list[Section] = []
    for section in draft.sections:
        kept = checking.sentences(section.sentences)
        if kept:
            sections.append(Section(heading=_heading(section.heading, kept, checking), sentences=kept))
    if summary and not sections:
        # A summary of nothing is the report itself.
        sections, summary = [Section(heading=_heading("", summary, checking), sentences=summary)], []
    body = [*summary, *(sentence for section in sections for sentence in section.sentences)]
    sources = listed_sources(brief)
    point_out(body, sources, brief)
    gate = Gate(
        sentences=len(body),
        supported=len(body),
        removed=len(checking.removed),
        citations_removed=checking.citations_removed,
        quotes=sum(len(finding.quotes) for finding in brief.findings),
    )
    title = _plain(draft.title)
    if withheld.fault(title) or len(_unknown(title, checking)) * 2 > len(stems(title)):
        title = brief.question
    return Checked(title, summary, sections, sources, checking.removed, gate)


def _quoted(brief: WritingBrief) -> dict[int, SourceQuotes]:
    titles = {source.id: source.title for source in brief.sources}
    quotes: dict[str, list[Quote]] = {}
    for finding in brief.findings:
        for quote in finding.quotes:
            if quote.source in brief.numbers:
                quotes.setdefault(quote.source, []).append(quote)
    return {brief.numbers[id]: SourceQuotes.of(each, titles.get(id, "")) for id, each in quotes.items()}


def _numbers(sentence: Sentence, quoted: dict[int, SourceQuotes]) -> tuple[list[int], str]:
    """All numbers a sentence cites, once each, and its text without the markers that a writer left in it. What looks
    like a marker in a verbatim sentence (`items[0]`) is the source's own."""
    found = list(dict.fromkeys(sentence.citations))
    text = _plain(sentence.text)
    if any(stands(text, quote.text) for number in found if number in quoted for quote in quoted[number].quotes):
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
    known = _NEUTRAL | checking.asked.union(*(each.stems | each.around for each in checking.quoted.values()))
    return stems(text) - known


def _heading(heading: str, kept: list[Sentence], checking: _Check) -> str:
    """A heading says nothing that neither question nor evidence does; otherwise the first source's title stands in."""
    heading = _plain(_MARKER.sub("", heading)).lstrip("# ")
    if heading and not checking.withheld.fault(heading) and len(_unknown(heading, checking)) * 2 <= len(stems(heading)):
        return heading[:120]
    return checking.quoted[kept[0].citations[0]].title or "Findings"
