"""Which units of a draft may stand, what takes the place of the others, and what is left of their blocks; the rule is
told in `sayso.gate.check`."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from itertools import groupby

from sayso.gate.code import lines_of
from sayso.gate.leads import claims_nothing
from sayso.gate.placing import Kind, home_of, key_of
from sayso.gate.quoted import approved
from sayso.gate.reasons import reason
from sayso.gate.verdict import Approved, Verdict
from sayso.gate.withheld import Withheld
from sayso.gate.written import key, numbers_and_text, plain, printable
from sayso.language.terms import stems
from sayso.language.verbatim import folded, stands
from sayso.protocol.blocks import blocks_of, cells, row
from sayso.protocol.evidence import Mark
from sayso.protocol.report import Block, ChangedUnit, RemovedSentence, Sentence

_LANGUAGE = re.compile(r"[A-Za-z][\w+#.-]{0,19}")
_LEADS_NOWHERE = "What it leads into was removed."
_SAID = "It was said before."
_UNAPPROVED = "It cites no approved source."
_NO_CODE = "It does not stand in the quotes it cites, sign for sign."
_PRAISED = (Mark.QUOTED, Mark.SAME)


@dataclass
class _Stands:
    """A unit that stands, the kind of block it stands in, and the line of its quote that leads into it there."""

    unit: Sentence
    kind: Kind
    lead: str = ""


@dataclass
class UnitCheck:
    """The rule for single units, and what became of all that it was asked about."""

    quoted: Approved
    known: frozenset[str]
    """Stems of the question and of the topics."""
    withheld: Withheld
    refused: Mapping[str, str]
    doubted: Set[str]
    removed: list[RemovedSentence] = field(default_factory=list)
    changed: list[tuple[str, ChangedUnit]] = field(default_factory=list)
    """Each with the key of what stands for it."""
    citations_removed: int = 0
    said: set[str] = field(default_factory=set)
    coming: set[str] = field(default_factory=set)
    """Keys of what the draft says by itself further down, and that stands."""

    def expect(self, written: list[Sentence]) -> None:
        """Note what of `written` stands in its own words: no quote has to be put in for it."""
        for unit in written:
            numbers, text = numbers_and_text(unit, self.quoted.sources)
            cited = [number for number in numbers if number in self.quoted.sources]
            verdict = self.quoted.verdict(text, cited) if text else None
            if verdict and verdict.mark is Mark.QUOTED:
                self.coming |= {key(row(text)), unit.text}

    def summary(self, written: list[Sentence], blocks: list[Block]) -> tuple[list[Sentence], list[Block]]:
        """What may stand of a summary, which says again what the body says, once."""
        said, self.said = self.said, set()
        self.expect(written)
        kept = self.units(written, blocks)
        self.said, self.coming = said, set()
        return kept

    def units(
        self, written: list[Sentence], blocks: list[Block], heading: str = ""
    ) -> tuple[list[Sentence], list[Block]]:
        """Those of `written` that may stand, or what takes their place, and what is left of `blocks`."""
        kept: list[Sentence] = []
        laid: list[Block] = []
        for block in blocks_of(written, blocks):
            own = [self.unit(written[at], block.kind) for at in block.units]
            stand = [each for found in own for each in found]
            lead = None if block.lead is None else self._lead(written[block.lead], stand, heading)
            # Numbers that skip what is gone, or count what came instead, would be none of the document's.
            ordered = block.ordered and all(len(found) == 1 for found in own[: len(stand)])
            for at, ((kind, line), run) in enumerate(groupby(stand, key=lambda each: (each.kind, each.lead))):
                units = [each.unit for each in run]
                own_lead = lead if not at else None
                if line and kind == "list":
                    own_lead = Sentence(text=line, citations=units[0].citations, mark=Mark.QUOTED)
                kept += [own_lead] if own_lead else []
                first = len(kept)
                kept += units
                laid.append(
                    Block(
                        kind=kind,
                        units=list(range(first, first + len(units))),
                        lead=first - 1 if own_lead else None,
                        ordered=ordered and kind == block.kind,
                        header=self._header(cells(line) if line else block.header, units) if kind == "table" else [],
                        language=self._language(block.language) if kind == "code" else "",
                    )
                )
        return kept, blocks_of(kept, laid)

    def unit(self, unit: Sentence, kind: Kind) -> list[_Stands]:
        """A unit of a block of this kind as it may stand, what takes its place, or nothing; the last two are noted."""
        if kind == "code":
            return self._code(unit)
        if kind == "table":
            unit = unit.model_copy(update={"text": row(plain(unit.text))})
        numbers, text = numbers_and_text(unit, self.quoted.sources)
        return self._prose(text, numbers, kind) if text else self._dropped(numbers)

    def _dropped(self, numbers: list[int]) -> list[_Stands]:
        self.citations_removed += len([number for number in numbers if number not in self.quoted.sources])
        return []

    def _prose(self, text: str, numbers: list[int], kind: Kind) -> list[_Stands]:
        if self._said_or_withheld(text, key(text), numbers):
            return []
        cited = [number for number in numbers if number in self.quoted.sources]
        verdict = self.quoted.verdict(text, cited)
        refused = self.refused.get(text, "")
        if verdict and (not refused or verdict.mark is Mark.QUOTED):
            if text in self.doubted and verdict.mark is Mark.SAME:
                verdict = replace(verdict, mark=Mark.REWORDED)
            return [self._stands(text, verdict, numbers, kind)]
        return self._replaced(text, refused, numbers, kind)

    def _code(self, code: Sentence) -> list[_Stands]:
        """Code as the lines of its quote, or what takes its place."""
        numbers = list(dict.fromkeys(code.citations))
        if not code.text.strip():
            return []
        cited = [number for number in numbers if number in self.quoted.sources]
        found = {number: self._lines(code.text, number) for number in cited or self.quoted.sources}
        held = {number: text for number, text in found.items() if text}
        text = next(iter(held.values()), printable(code.text))
        if self._said_or_withheld(text, text, numbers):
            return []
        if held:
            return [self._stands(text, Verdict(Mark.QUOTED, list(held)), numbers, "code")]
        return self._replaced(text, _NO_CODE if cited else "", numbers, "code")

    def _said_or_withheld(self, text: str, said: str, numbers: list[int]) -> bool:
        why = _SAID if said in self.said else self.withheld.fault(text)
        if why:
            self._remove(text, why, numbers)
        return bool(why)

    def _stands(self, text: str, verdict: Verdict, numbers: list[int], kind: Kind) -> _Stands:
        self.citations_removed += len(set(numbers) - set(verdict.numbers))
        self.said.add(text if kind == "code" else key(text))
        mark, cited = verdict.mark, sorted(verdict.numbers)
        supported = mark in _PRAISED
        unit = Sentence(text=text, citations=cited, supported=supported, mark=mark, original=verdict.original)
        return _Stands(unit, kind)

    def _replaced(self, text: str, why: str, numbers: list[int], kind: Kind) -> list[_Stands]:
        """The units of quotes that take the place of `text`; nothing if it has none, or they stand elsewhere."""
        cited = [number for number in numbers if number in self.quoted.sources]
        instead = self.quoted.instead(text, cited, code=kind == "code")
        if not instead:
            self._remove(text, why or _UNAPPROVED, numbers)
            return []
        why = why or reason(text, [unit for _, unit in instead])
        changed = ChangedUnit(unit="", text=text, why=why)
        self.changed.append((key_of(instead[0][1]), changed))
        self.citations_removed += len(set(numbers) - {number for number, _ in instead})
        found: list[_Stands] = []
        told = [(number, each) for number, closest in instead for each in closest.with_what_it_leans_on]
        for number, unit in told:
            if key_of(unit) not in self.said | self.coming:
                self.said.add(key_of(unit))
                stands_in = Sentence(text=unit.text, citations=[number], mark=Mark.QUOTED)
                home = home_of(unit, kind)
                # A list that goes on needs no second line that leads into it.
                lead = unit.lead.text if unit.lead is not None and home != kind else ""
                found.append(_Stands(stands_in, home, lead))
        return found

    def _lead(self, lead: Sentence, stand: list[_Stands], heading: str) -> Sentence | None:
        """What may lead into a block: what stands by itself, a line of the passage, or what claims nothing."""
        numbers, text = numbers_and_text(lead, self.quoted.sources)
        if not text:
            self._dropped(numbers)
            return None
        if not stand:
            self._remove(text, _LEADS_NOWHERE, [])
            return None
        # Said before or not: without it the items that stand would say something else.
        if why := self.withheld.fault(text):
            self._remove(text, why, numbers)
            return None
        cited = [number for number in numbers if number in self.quoted.sources]
        verdict = self.quoted.verdict(text, cited or stand[0].unit.citations)
        if verdict and text not in self.refused:
            return self._stands(text, verdict, numbers, "paragraph").unit
        if claims_nothing(text, self.known | stems(heading)):
            self.citations_removed += len(numbers)
            return Sentence(text=text, citations=[])
        own = self._line_above(stand[0].unit)
        if not own:
            self._remove(text, self.refused.get(text, "") or "No quote says what it says of what follows.", numbers)
            return None
        self.changed.append((key(own), ChangedUnit(unit="", text=text, why="It is not the line that leads into it.")))
        return Sentence(text=own, citations=stand[0].unit.citations[:1], mark=Mark.QUOTED)

    def _line_above(self, unit: Sentence) -> str:
        """The line that leads into the quoted unit that `unit` is; nothing if that is a table's header."""
        held = [each for number in unit.citations for each in self.quoted.sources[number].units]
        found = next((each.lead.text for each in held if each.text == unit.text and each.lead is not None), "")
        return "" if len(cells(found)) > 1 or key(found) in self.said else found

    def _lines(self, code: str, number: int) -> str:
        found = (lines_of(code, quote.text) for quote in self.quoted.sources[number].quotes)
        return printable(next((text for text in found if text), ""))

    def _header(self, written: list[str], rows: list[Sentence]) -> list[str]:
        """The header's cells if each row stands below them in its document."""
        header = [plain(cell) for cell in written]
        line = folded(" | ".join(header))
        if not any(header) or self.withheld.fault(line):
            return []
        for each in rows:
            quotes = [quote for number in each.citations for quote in self.quoted.sources[number].quotes]
            own = [quote for quote in quotes if stands(each.text, quote.text)] or quotes
            above = [text for quote in own for part in approved(quote) for text in part.splitlines()]
            if not any(folded(row(text)) == line for text in above):
                return []
        return header

    def _language(self, name: str) -> str:
        return name if _LANGUAGE.fullmatch(name) and not self.withheld.fault(name) else ""

    def _remove(self, text: str, why: str, numbers: list[int]) -> None:
        self.citations_removed += len([number for number in numbers if number not in self.quoted.sources])
        # The list of what was removed is part of the report, and what was dropped appears nowhere in that.
        shown = "(A sentence that is not shown.)" if self.withheld.fault(text) else text
        self.removed.append(RemovedSentence(text=shown, why=why))
