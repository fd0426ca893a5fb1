"""What a human does with units of a finished text: strike, replace by an approved quote, take a wording.

Nothing else changes by it. Units are remembered by their texts, so that what was struck stays out of a text that is
written again.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any

from sayso.language.mention import Mention
from sayso.language.sentences import readable
from sayso.protocol.blocks import blocks_of
from sayso.protocol.decisions import quote_ids
from sayso.protocol.evidence import Change, Mark
from sayso.protocol.items import UnitEdit
from sayso.protocol.report import Block, Citation, Gate, Report, Section, Sentence
from sayso.report.order import moved
from sayso.report.text_decision import Commented, Moved, Replaced, TextDecision
from sayso.wishes.ordering import ShownUnit

_UNCHECKED = {"original": "", "judged": False}
"""What is not said of another wording."""
Touch = Callable[[Sentence], Sentence | None]
"""A unit as it is from now on; `None` if it goes."""


def units_of(report: Report) -> list[Sentence]:
    """All units in reading order, the summary's first."""
    return [*report.summary, *(unit for section in report.sections for unit in section.sentences)]


def decided(report: Report, text: Sequence[UnitEdit], left_out: list[str]) -> TextDecision:
    """What `text` does with units of `report`, by their texts."""
    units = {unit.id: unit.text for unit in units_of(report)}
    wordings = {changed.unit: changed.text for changed in report.changed}
    return TextDecision(
        struck=[units[each.unit] for each in text if each.strike],
        replaced=[Replaced(was=units[each.unit], quote=each.replace) for each in text if each.replace],
        confirmed=[Replaced(was=units[each.unit], quote=wordings.get(each.unit, "")) for each in text if each.confirm],
        moved=[
            Moved(text=units[each.unit], beside=units[there], after=each.after is not None)
            for each in text
            if (there := each.before or each.after)
        ],
        comments=[f"On “{units[each.unit]}”: {each.comment}" for each in text if each.comment],
        commented=[Commented(was=units[each.unit], comment=each.comment) for each in text if each.comment],
        left_out=left_out,
    )


def applied(report: Report, decisions: Iterable[TextDecision]) -> Report:
    """`report` with what was decided about its units; the same again if it was applied before."""
    for decision in decisions:
        report = _applied(report, decision)
    return report


def changes(before: Report, after: Report) -> list[Change]:
    """What is other in `after`, unit by unit, in its order; what has only moved says the same before and after."""
    old, new = [unit.text for unit in units_of(before)], units_of(after)
    matcher = SequenceMatcher(None, old, [unit.text for unit in new], autojunk=False)
    parts = [
        (old[first:last], new[start:end]) for kind, first, last, start, end in matcher.get_opcodes() if kind != "equal"
    ]
    went = Counter(was for gone, _ in parts for was in gone)
    moving = went & Counter(unit.text for _, come in parts for unit in come)
    leaving = moving.copy()
    found: list[Change] = []
    for gone, come in parts:
        came = [unit for unit in come if not _taken(moving, unit.text)]
        found += [Change(unit=unit.id, was=unit.text, text=unit.text) for unit in come if unit not in came]
        lost = [was for was in gone if not _taken(leaving, was)]
        for at in range(max(len(came), len(lost))):
            unit = came[at] if at < len(came) else None
            was = lost[at] if at < len(lost) else ""
            found.append(Change(unit=unit.id if unit else "", was=was, text=unit.text if unit else ""))
    return found


def _taken(counted: Counter[str], text: str) -> bool:
    """Whether there is one left of `text`, which is then one less."""
    left = counted[text] > 0
    counted[text] -= left
    return left


def shown_units(report: Report) -> list[ShownUnit]:
    """All units in reading order, as people speak of them."""
    kinds = {"paragraph": "sentence", "list": "item", "table": "row", "code": "code"}
    parts = [(report.summary, report.summary_blocks), *((each.sentences, each.blocks) for each in report.sections)]
    found: list[ShownUnit] = []
    number = 0
    for units, blocks in parts:
        for block in blocks_of(units, blocks):
            number += 1
            if block.lead is not None:
                found.append(ShownUnit(units[block.lead].id, "sentence", number, block.kind))
            found += [ShownUnit(units[at].id, kinds[block.kind], number, block.kind) for at in block.units]
    return found


def in_table_or_code(report: Report, unit: str) -> bool:
    """Whether a unit is a row or code, whose form another text would not have."""
    parts = [(report.summary, report.summary_blocks), *((each.sentences, each.blocks) for each in report.sections)]
    return any(
        sentences[at].id == unit
        for sentences, blocks in parts
        for block in blocks
        if block.kind in ("table", "code")
        for at in block.units
    )


def _taken_by(decision: TextDecision | None) -> dict[str, Any]:
    """Who took a wording; nobody, if that is its quote's."""
    if decision is None:
        return {"confirmed_by": "", "confirmed_verified": None}
    return {"confirmed_by": decision.by, "confirmed_verified": decision.verified}


def _applied(report: Report, decision: TextDecision) -> Report:
    for each in decision.moved:
        report = moved(report, each.text, each.beside, after=each.after)
    quotes = quote_ids(report.findings)
    numbers = {source.id: source for source in report.sources}
    replaced = {each.was: each.quote for each in decision.replaced}
    confirmed = {each.was: each.quote for each in decision.confirmed if each.quote}
    left_out = [Mention.of(each) for each in decision.left_out]

    def unwanted(text: str) -> bool:
        return any(each.named_in(text) for each in left_out)

    # A wording is taken only as far as what is left out stays out.
    confirmed = {was: wording for was, wording in confirmed.items() if not unwanted(wording)}

    def touched(unit: Sentence) -> Sentence | None:
        if unit.text in decision.struck or unwanted(unit.text):
            return None
        if unit.text in confirmed:
            marks = {"mark": Mark.CONFIRMED, "supported": False, **_taken_by(decision), **_UNCHECKED}
            return unit.model_copy(update={"text": confirmed[unit.text], **marks})
        if unit.text in replaced and replaced[unit.text] in quotes:
            finding, at = quotes[replaced[unit.text]]
            quote = finding.quotes[at]
            text = readable(quote.text[slice(*quote.marked)] if quote.marked else quote.text)
            source = numbers[quote.source]
            index = source.quotes.index(quote.text) if quote.text in source.quotes else 0
            cited = [Citation(n=source.n, quotes=[index], findings=[finding.id])]
            marks = {"mark": Mark.QUOTED, "supported": True, **_taken_by(None), **_UNCHECKED}
            return unit.model_copy(update={"text": text, "citations": [source.n], "cited": cited, **marks})
        return unit

    summary, summary_blocks = _touched(report.summary, report.summary_blocks, touched)
    sections = []
    for section in report.sections:
        sentences, blocks = _touched(section.sentences, section.blocks, touched)
        if sentences:
            sections.append(Section(heading=section.heading, sentences=sentences, blocks=blocks))
    result = report.model_copy(update={"summary": summary, "summary_blocks": summary_blocks, "sections": sections})
    there = {unit.id: unit for unit in units_of(result)}
    taken = confirmed.values()
    changed = [each for each in report.changed if each.unit in ("", *there) and each.text not in taken]
    return result.model_copy(update={"changed": changed, "gate": counted(report.gate, list(there.values()))})


def _touched(sentences: list[Sentence], blocks: list[Block], touch: Touch) -> tuple[list[Sentence], list[Block]]:
    kept = [touch(unit) for unit in sentences]
    for block in blocks:
        if block.lead is not None and all(kept[at] is None for at in block.units):
            # What led into nothing goes.
            kept[block.lead] = None
    places = {at: sum(other is not None for other in kept[:at]) for at, unit in enumerate(kept) if unit is not None}
    found = []
    for block in blocks:
        there = [at for at in block.units if at in places]
        if there:
            rows = [row for at, row in zip(block.units, block.rows, strict=True) if at in places] if block.rows else []
            lead = places.get(block.lead) if block.lead is not None else None
            ordered = block.ordered and len(there) == len(block.units)
            new = {"units": [places[at] for at in there], "rows": rows, "lead": lead, "ordered": ordered}
            found.append(block.model_copy(update=new))
    return [unit for unit in kept if unit is not None], found


def counted(gate: Gate, units: list[Sentence]) -> Gate:
    marks = {mark: sum(unit.mark is mark for unit in units) for mark in Mark}
    return gate.model_copy(
        update={
            "sentences": len(units),
            "supported": sum(unit.supported for unit in units),
            "quoted": marks[Mark.QUOTED],
            "same": marks[Mark.SAME],
            "reworded": marks[Mark.REWORDED],
            "confirmed": marks[Mark.CONFIRMED],
            "translated": marks[Mark.TRANSLATED],
        }
    )
