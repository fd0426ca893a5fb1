"""A text in which only what a human commented on is written anew; the other units stay as they are, byte for byte."""

from collections.abc import Mapping
from typing import Literal

from sayso.exports.wording import count
from sayso.protocol.blocks import blocks_of
from sayso.protocol.report import Block, Report, Section, Sentence
from sayso.report.state import ReportState
from sayso.report.text import counted, units_of
from sayso.writers.port import DraftReport, EarlierUnit, Reviser

Kind = Literal["paragraph", "list", "table", "code"]
LEFT = "The writer did not change {units} that {was} commented on."


def only_comments(state: ReportState, writer: object) -> bool:
    """Whether the text that was rejected last is to be changed where it was commented on, and nowhere else."""
    if state.rejected is None or not state.edits or not isinstance(writer, Reviser):
        return False
    latest = list(state.edits.values())[-1]
    return bool(latest.commented) and not (latest.notes or latest.wishes)


def kinds_of(report: Report) -> dict[str, Kind]:
    """By id of each unit, the kind of block it stands in."""
    parts = [(report.summary, report.summary_blocks), *((each.sentences, each.blocks) for each in report.sections)]
    return {
        units[at].id: block.kind
        for units, blocks in parts
        for block in blocks_of(units, blocks)
        for at in [*block.units, *([] if block.lead is None else [block.lead])]
    }


def draft_of(unit: EarlierUnit, units: list[Sentence]) -> DraftReport:
    """What takes the place of a unit, as a draft for the check."""
    blocks = [Block(kind=unit.kind, units=list(range(len(units))))]
    return DraftReport(title="", sections=[Section(heading="", sentences=units, blocks=blocks)])


def spliced(report: Report, parts: Mapping[str, Report]) -> Report:
    """`report` with units of others in the place of its own.

    Args:
        parts: checked texts by the ids of the units whose place they take. One that has no unit, or only such as stand
            elsewhere in `report`, leaves its unit as it is.
    """
    texts = {unit.text for unit in units_of(report)}
    taken = {id: [unit for unit in units_of(part) if unit.text not in texts] for id, part in parts.items()}
    taken = {id: units for id, units in taken.items() if units}
    free = 1 + max((int(unit.id[1:]) for unit in units_of(report) if unit.id[1:].isdigit()), default=0)
    named: dict[str, list[Sentence]] = {}
    for id, units in taken.items():
        named[id] = [units[0].model_copy(update={"id": id})]
        for unit in units[1:]:
            named[id].append(unit.model_copy(update={"id": f"u{free}"}))
            free += 1
    summary, summary_blocks = _spliced(report.summary, report.summary_blocks, named)
    sections = []
    for section in report.sections:
        sentences, blocks = _spliced(section.sentences, section.blocks, named)
        sections.append(section.model_copy(update={"sentences": sentences, "blocks": blocks}))
    given = [parts[id] for id in taken]
    changed = [each for each in report.changed if each.unit not in taken]
    changed += [each.model_copy(update={"unit": id}) for id in taken for each in parts[id].changed]
    result = report.model_copy(
        update={
            "summary": summary,
            "summary_blocks": summary_blocks,
            "sections": sections,
            "changed": changed,
            "removed": [*report.removed, *(each for part in given for each in part.removed)],
        }
    )
    judged = report.gate.judged + sum(part.gate.judged for part in given)
    gate = counted(report.gate.model_copy(update={"judged": judged}), units_of(result))
    return result.model_copy(update={"gate": gate})


def left_note(left: int) -> str:
    """That so many of the units that were commented on are as they were; empty if none is."""
    return LEFT.format(units=count(left, "unit"), was="was" if left == 1 else "were") if left else ""


def _spliced(
    sentences: list[Sentence], blocks: list[Block], parts: Mapping[str, list[Sentence]]
) -> tuple[list[Sentence], list[Block]]:
    if not any(unit.id in parts for unit in sentences):
        return sentences, blocks
    units: list[Sentence] = []
    places: list[list[int]] = []
    for unit in sentences:
        new = parts.get(unit.id, [unit])
        places.append(list(range(len(units), len(units) + len(new))))
        units += new
    laid = [
        block.model_copy(
            update={
                "units": [place for at in block.units for place in places[at]],
                "lead": None if block.lead is None else places[block.lead][0],
            }
        )
        for block in blocks_of(sentences, blocks)
    ]
    return units, blocks_of(units, laid)
