"""What words tell beside the text of a model, so that no report says less with one than without.

The approved findings that its text leaves untold are told in the words of their sources. A text that only copies
sentences is worth no more than what words write, which goes on from each of them as its document does: then these
further sentences are told too, behind those that were copied.
"""

from collections.abc import Mapping, Sequence

from sayso.gate.check import Checked
from sayso.language.sentences import readable
from sayso.protocol.blocks import blocks_of
from sayso.protocol.evidence import Finding, Mark
from sayso.protocol.report import Block, Section, Sentence
from sayso.report.unused import unused
from sayso.writers.port import DraftReport, WritingBrief


def lacking(checked: Checked, brief: WritingBrief) -> list[Finding]:
    """The approved findings that a text does not tell; where a note may want less, those of parts that it says nothing
    on."""
    missing = {each.finding for each in unused(checked, brief.findings)}
    told = {brief.topics.get(each.id, "") for each in brief.findings if each.id not in missing}
    left = [each for each in brief.findings if each.id in missing]
    return [each for each in left if not brief.note or brief.topics.get(each.id, "") not in told]


def with_untold(draft: DraftReport, untold: DraftReport, topics: dict[str, str]) -> DraftReport:
    """`draft` with the sections of `untold` in it: each under the heading that tells of its part, or at the end.

    Args:
        topics: by headings of `draft`, the part of the question that most of the section is about.
    """
    sections = [section.model_copy(deep=True) for section in draft.sections]
    first = untold.sections[:1]
    opening = [Section(heading=each.heading, sentences=untold.summary, blocks=untold.summary_blocks) for each in first]
    for section in [each for each in [*opening, *untold.sections] if each.sentences]:
        home = next((each for each in sections if each.heading == section.heading), None)
        home = home or next((each for each in sections if topics.get(each.heading) == section.heading), None)
        if home is None:
            sections.append(section)
        else:
            _append(home, section)
    return draft.model_copy(update={"sections": sections})


def copies(checked: Checked) -> bool:
    """Whether a text says nothing in words of its own; what only introduces something has no mark."""
    units = [*checked.summary, *(unit for section in checked.sections for unit in section.sentences)]
    return all(each.mark in (Mark.QUOTED, None) for each in units)


def further(written: DraftReport, findings: Sequence[Finding]) -> dict[str, list[Sentence]]:
    """By the text of a marked sentence, what `written`, the extractive report, tells behind it that no other finding
    marks."""
    marked = [_marked(each) for each in findings if each.quotes]
    found: dict[str, list[Sentence]] = {}
    texts = [Section(heading="", sentences=written.summary, blocks=written.summary_blocks), *written.sections]
    for section in texts:
        for block in blocks_of(section.sentences, section.blocks):
            last = ""
            for unit in (section.sentences[at] for at in block.units if block.kind == "paragraph"):
                if any(unit.text in text for text in marked):
                    last = unit.text
                elif last:
                    found.setdefault(last, []).append(unit)
    return found


def with_further(draft: DraftReport, more: Mapping[str, Sequence[Sentence]]) -> DraftReport:
    """`draft` with `more` behind the sentences that it goes on from, unless it says that elsewhere."""
    said = {each.text for each in [*draft.summary, *(unit for section in draft.sections for unit in section.sentences)]}
    sections = []
    for section in draft.sections:
        units: list[Sentence] = []
        blocks: list[Block] = []
        for block in blocks_of(section.sentences, section.blocks):
            own: list[int] = []
            lead = None
            if block.lead is not None:
                lead = len(units)
                units.append(section.sentences[block.lead])
            for unit in (section.sentences[at] for at in block.units):
                going_on = more.get(unit.text, ()) if block.kind == "paragraph" else ()
                new = [each for each in going_on if each.text not in said]
                said |= {each.text for each in new}
                own += range(len(units), len(units) + 1 + len(new))
                units += [unit, *new]
            blocks.append(block.model_copy(update={"units": own, "lead": lead}))
        sections.append(section.model_copy(update={"sentences": units, "blocks": blocks}))
    return draft.model_copy(update={"sections": sections})


def _append(home: Section, more: Section) -> None:
    """Put the units of `more` behind those of `home`, as the blocks that they form."""
    first = len(home.sentences)
    blocks = home.blocks or [Block(units=list(range(first)))]
    for block in more.blocks or [Block(units=list(range(len(more.sentences))))]:
        lead = None if block.lead is None else block.lead + first
        blocks.append(block.model_copy(update={"units": [at + first for at in block.units], "lead": lead}))
    home.blocks = blocks
    home.sentences = [*home.sentences, *more.sentences]


def _marked(finding: Finding) -> str:
    quote = finding.quotes[0]
    return readable(quote.text[slice(*quote.marked)] if quote.marked else quote.text)
