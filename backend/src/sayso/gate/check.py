"""The check after writing: what is not supported by the approved quotes does not stay in the body.

The rule is the same for every writer and needs no model. A sentence of summary or body, which may be an item of a list
or a row of a table, stays if and only if

1. at least one of its citation numbers is a source of the approved evidence (others are taken off and counted), and
   that source's quotes share something with it: a fifth of its content stems, and half of what the best one shares;
2. those quotes support it, see `sayso.gate.support`;
3. it says nothing that was dropped, see `sayso.gate.withheld`;
4. it was not said before, in the summary or in the body;
5. nobody refused it: a model that judges too can take sentences out, never bring one in.

Code stays if and only if it stands in a quote that it cites sign for sign (`sayso.gate.code`), and 3 to 5 hold. What
forms a list, a table or code goes on pointing at what is left of it. A table's cells are those of its checked rows, and
its header is one that the rows have in their document; what a writer says of either is never taken as said.

A heading or title must not bring up what neither the question nor the evidence mentions, or what was dropped; else
the source's title, or the question, takes its place. Numbers stay as they are (`sayso.gate.numbering`), and each
sentence points at the quotes it rests on.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sayso.gate.numbering import listed_sources, point_out
from sayso.gate.support import SourceQuotes
from sayso.gate.units import MARKER, UnitCheck, plain
from sayso.gate.withheld import Withheld
from sayso.language.terms import stem, stems
from sayso.language.vocabulary import NEUTRAL_HEADINGS
from sayso.protocol.evidence import Quote
from sayso.protocol.report import Block, Gate, RemovedSentence, ReportSource, Section, Sentence
from sayso.writers.port import DraftReport, WritingBrief

_NEUTRAL = frozenset(map(stem, NEUTRAL_HEADINGS))
_NOTHING = Withheld()


@dataclass(frozen=True)
class Checked:
    """A draft after the check, with all approved sources by their numbers."""

    title: str
    summary: list[Sentence]
    summary_blocks: list[Block]
    sections: list[Section]
    sources: list[ReportSource]
    removed: list[RemovedSentence]
    gate: Gate


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
    checking = UnitCheck(quoted, asked, withheld, refused or {})
    summary, brief_blocks = checking.summary(draft.summary, draft.summary_blocks)
    sections: list[Section] = []
    for section in draft.sections:
        kept, blocks = checking.units(section.sentences, section.blocks)
        if kept:
            heading = _heading(section.heading, kept, checking)
            sections.append(Section(heading=heading, sentences=kept, blocks=blocks))
    if summary and not sections:
        # A summary of nothing is the report itself.
        sections = [Section(heading=_heading("", summary, checking), sentences=summary, blocks=brief_blocks)]
        summary, brief_blocks = [], []
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
    title = plain(draft.title)
    if withheld.fault(title) or len(_unknown(title, checking)) * 2 > len(stems(title)):
        title = brief.question
    return Checked(title, summary, brief_blocks, sections, sources, checking.removed, gate)


def _quoted(brief: WritingBrief) -> dict[int, SourceQuotes]:
    titles = {source.id: source.title for source in brief.sources}
    quotes: dict[str, list[Quote]] = {}
    for finding in brief.findings:
        for quote in finding.quotes:
            if quote.source in brief.numbers:
                quotes.setdefault(quote.source, []).append(quote)
    return {brief.numbers[id]: SourceQuotes.of(each, titles.get(id, "")) for id, each in quotes.items()}


def _unknown(text: str, checking: UnitCheck) -> frozenset[str]:
    known = _NEUTRAL | checking.asked.union(*(each.stems | each.around for each in checking.quoted.values()))
    return stems(text) - known


def _heading(heading: str, kept: list[Sentence], checking: UnitCheck) -> str:
    """A heading says nothing that neither question nor evidence does; otherwise the first source's title stands in."""
    heading = plain(MARKER.sub("", heading)).lstrip("# ")
    if heading and not checking.withheld.fault(heading) and len(_unknown(heading, checking)) * 2 <= len(stems(heading)):
        return heading[:120]
    return checking.quoted[kept[0].citations[0]].title or "Findings"
