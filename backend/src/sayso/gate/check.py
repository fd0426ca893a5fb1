"""The check after writing: what stands in the body, and how it stands to the approved quotes.

The rule is the same for every writer and needs no model. A unit of summary or body (a sentence, an item of a list, a
row of a table, code) gets a mark:

- `quoted`: it stands in a quote, or in the line that leads into one, word for word; code sign for sign.
- `same`: it comes from quoted units by the closed list of edits in `sayso.gate.edits`.
- `reworded`: its outline is that of a quoted unit (`sayso.gate.rewording`). Its meaning was not checked.
- `translated`: it is in the language that was asked for and may be a translation of a unit in another one
  (`sayso.gate.translation`).

What gets none gives way to the unit of its quote, which is quoted; the wording is kept in `changed` with the reason. So
does what a judge refused, unless it stands in a quote. A unit cites the sources that carry it and no others: of those
that it cited, or else of all approved ones. Clauses beside each other may rest on a source each, and keep both.

Removed is what has no quote to fall back on (it cites nothing that was approved, and no approved quote is near), what
says something that was dropped (`sayso.gate.withheld`), and what was said before in the summary or in the body.

What forms a list, a table or code goes on pointing at what is left of it. A table's cells are those of its checked
rows, and its header is one that the rows have in their document; what a writer says of either is never taken as said. A
line that leads into a block stands if it has a mark like any unit, or claims nothing (`sayso.gate.leads`).

A heading or title claims nothing, and brings up nothing that neither the question nor the evidence mentions, or that
was dropped; else the source's title, or the question, takes its place. Numbers stay as they are
(`sayso.gate.numbering`), and each unit points at the quotes it rests on.
"""

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass

from sayso.gate.leads import asserts
from sayso.gate.numbering import listed_sources, point_out
from sayso.gate.quoted import SourceQuotes
from sayso.gate.units import UnitCheck
from sayso.gate.verdict import Approved
from sayso.gate.withheld import Withheld
from sayso.gate.written import MARKER, key, plain
from sayso.language.terms import stem, stems
from sayso.language.tongue import language_of
from sayso.language.vocabulary import NEUTRAL_HEADINGS
from sayso.protocol.evidence import Mark, Quote
from sayso.protocol.report import Block, ChangedUnit, Gate, RemovedSentence, ReportSource, Section, Sentence
from sayso.writers.port import DraftReport, WritingBrief

_NEUTRAL = frozenset(map(stem, NEUTRAL_HEADINGS))
_NEAR = frozenset([stem("near")])
"""What is near to a question claims no more than the question."""
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
    changed: list[ChangedUnit]
    gate: Gate


def check(
    draft: DraftReport,
    brief: WritingBrief,
    withheld: Withheld = _NOTHING,
    *,
    refused: Mapping[str, str] | None = None,
    doubted: Set[str] = frozenset(),
) -> Checked:
    """Hold every sentence of `draft` against the quotes it cites; see the rule at the top of this file.

    Args:
        withheld: what a human dropped.
        refused: sentences that a judge refused, as they stood after a first check, and why.
        doubted: those of which it could not tell; none is more than reworded, unless it is quoted.
    """
    quoted = _quoted(brief)
    asked = stems(" ".join([brief.question, *brief.topics.values()]))
    checking = UnitCheck(
        Approved(quoted, brief.language or language_of(brief.question), brief.question),
        asked,
        withheld,
        refused or {},
        doubted,
    )
    summary, brief_blocks = checking.summary(draft.summary, draft.summary_blocks)
    for section in draft.sections:
        checking.expect(section.sentences)
    sections: list[Section] = []
    for section in draft.sections:
        about = section.heading if _may_head(plain(section.heading), checking) else ""
        kept, blocks = checking.units(section.sentences, section.blocks, about)
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
    title = plain(draft.title)
    if not _may_head(title, checking):
        title = brief.question
    changed = _changed(checking, body)
    gate = _figures(body, brief, checking)
    return Checked(title, summary, brief_blocks, sections, sources, checking.removed, changed, gate)


def _figures(body: list[Sentence], brief: WritingBrief, checking: UnitCheck) -> Gate:
    marks = Counter(sentence.mark for sentence in body)
    return Gate(
        sentences=marks.total() - marks[None],
        supported=marks[Mark.QUOTED] + marks[Mark.SAME],
        quoted=marks[Mark.QUOTED],
        same=marks[Mark.SAME],
        reworded=marks[Mark.REWORDED],
        confirmed=marks[Mark.CONFIRMED],
        translated=marks[Mark.TRANSLATED],
        replaced=len(checking.changed),
        removed=len(checking.removed),
        citations_removed=checking.citations_removed,
        quotes=sum(len(finding.quotes) for finding in brief.findings),
    )


def _changed(checking: UnitCheck, body: list[Sentence]) -> list[ChangedUnit]:
    """What was replaced, with the ids of what stands there now."""
    ids: dict[str, str] = {}
    for sentence in body:
        ids.setdefault(sentence.text, sentence.id)
        ids.setdefault(key(sentence.text), sentence.id)
    return [each.model_copy(update={"unit": ids.get(said, "")}) for said, each in checking.changed]


def _quoted(brief: WritingBrief) -> dict[int, SourceQuotes]:
    titles = {source.id: source.title for source in brief.sources}
    quotes: dict[str, list[Quote]] = {}
    for finding in brief.findings:
        for quote in finding.quotes:
            if quote.source in brief.numbers:
                quotes.setdefault(quote.source, []).append(quote)
    return {brief.numbers[id]: SourceQuotes.of(each, titles.get(id, "")) for id, each in quotes.items()}


def _may_head(text: str, checking: UnitCheck) -> bool:
    """Whether a heading or title claims nothing and brings up nothing new: it is told in the question, or in a title or
    heading, or has no word that states, and at least half of its words are known."""
    if not text or checking.withheld.fault(text):
        return False
    quoted = checking.quoted.sources.values()
    own = stems(text)
    known = _NEUTRAL | checking.known.union(*(each.stems | each.around for each in quoted))
    if len(own - known) * 2 > len(own):
        return False
    rest = own - _NEAR
    return not asserts(text) or rest <= checking.known or any(rest <= each.around for each in quoted)


def _heading(heading: str, kept: list[Sentence], checking: UnitCheck) -> str:
    """The heading as it may stand; otherwise the title of the first source below it."""
    heading = plain(MARKER.sub("", heading)).lstrip("# ")
    if _may_head(heading, checking):
        return heading[:120]
    first = next((number for sentence in kept for number in sentence.citations), 0)
    return (checking.quoted.sources[first].title if first else "") or "Findings"
