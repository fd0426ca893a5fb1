"""Which units of a draft may stand, and what is left of their blocks; the rule is told in `sayso.gate.check`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sayso.gate.code import lines_of
from sayso.gate.support import SourceQuotes, approved, fault
from sayso.gate.withheld import Withheld
from sayso.language.terms import stem, stems, words
from sayso.language.verbatim import folded, stands
from sayso.protocol.blocks import blocks_of, row
from sayso.protocol.report import Block, RemovedSentence, Sentence

MARKER = re.compile(r"\s*\[\s*(\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*)\s*\]")
"""What a writer may leave in a text: "[1]", "[2, 5-7]"."""
_LANGUAGE = re.compile(r"[A-Za-z][\w+#.-]{0,19}")
_LEADS_NOWHERE = "What it leads into was removed."


@dataclass
class UnitCheck:
    """The rule for single units, and what became of all that it was asked about."""

    quoted: dict[int, SourceQuotes]
    asked: frozenset[str]
    withheld: Withheld
    refused: Mapping[str, str]
    removed: list[RemovedSentence] = field(default_factory=list)
    citations_removed: int = 0
    said: set[str] = field(default_factory=set)

    def summary(self, written: list[Sentence], blocks: list[Block]) -> tuple[list[Sentence], list[Block]]:
        """What may stand of a summary, which says again what the body says, once."""
        said, self.said = self.said, set()
        kept = self.units(written, blocks)
        self.said = said
        return kept

    def units(self, written: list[Sentence], blocks: list[Block]) -> tuple[list[Sentence], list[Block]]:
        """Those of `written` that may stand, in the order of `blocks`, and what is left of these."""
        kept: list[Sentence] = []
        laid: list[Block] = []
        for block in blocks_of(written, blocks):
            own = [self.unit(written[at], block.kind) for at in block.units]
            stand = [unit for unit in own if unit is not None]
            lead = None if block.lead is None else written[block.lead]
            if lead is not None and not stand:
                self._remove(plain(lead.text), _LEADS_NOWHERE, [])
            if not stand:
                continue
            before = [unit for unit in [self.sentence(lead) if lead else None] if unit is not None]
            first = len(kept) + len(before)
            kept += [*before, *stand]
            laid.append(
                Block(
                    kind=block.kind,
                    units=list(range(first, first + len(stand))),
                    lead=first - 1 if before else None,
                    # Numbers that skip what was removed would be none of the document's.
                    ordered=block.ordered and None not in own[: len(stand)],
                    header=self._header(block.header, stand) if block.kind == "table" else [],
                    language=self._language(block.language) if block.kind == "code" else "",
                )
            )
        return kept, blocks_of(kept, laid)

    def unit(self, unit: Sentence, kind: str) -> Sentence | None:
        """A unit of a block of this kind as it may stand, or nothing after noting why it may not."""
        if kind == "code":
            return self.code(unit)
        if kind == "table":
            unit = unit.model_copy(update={"text": row(plain(unit.text))})
        return self.sentence(unit)

    def code(self, code: Sentence) -> Sentence | None:
        """Code as the lines of its quote, or nothing after noting why it may not stand."""
        if not code.text.strip():
            return None
        numbers = list(dict.fromkeys(code.citations))
        cited = [number for number in numbers if number in self.quoted]
        found = {number: self._lines(code.text, number) for number in cited}
        held = {number: text for number, text in found.items() if text}
        text = next(iter(held.values()), _printable(code.text))
        lost = "It does not stand in the quotes it cites, sign for sign." if cited else "It cites no approved source."
        return self._settled(text, text, "" if held else lost, numbers, list(held))

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
        why = fault(text, [self.quoted[each] for each in cited], self.asked)
        return self._settled(text, _key(text), why, numbers, cited)

    def _settled(self, text: str, key: str, fault: str, numbers: list[int], cited: list[int]) -> Sentence | None:
        """The unit if `fault` is empty and nothing else is against it.

        Args:
            key: what it says; said once, it is not said again.
            numbers: all that it cites.
            cited: those of them that it may.
        """
        said = "It was said before." if key in self.said else ""
        why = said or self.withheld.fault(text) or fault or self.refused.get(text, "")
        if why:
            self._remove(text, why, [number for number in numbers if number not in self.quoted])
            return None
        self.citations_removed += len(numbers) - len(cited)
        self.said.add(key)
        return Sentence(text=text, citations=sorted(cited), supported=True)

    def _lines(self, code: str, number: int) -> str:
        found = (lines_of(code, quote.text) for quote in self.quoted[number].quotes)
        return _printable(next((text for text in found if text), ""))

    def _header(self, written: list[str], rows: list[Sentence]) -> list[str]:
        """The header's cells if each row stands below them in its document."""
        header = [plain(cell) for cell in written]
        line = folded(" | ".join(header))
        if not any(header) or self.withheld.fault(line):
            return []
        for each in rows:
            quotes = [quote for number in each.citations for quote in self.quoted[number].quotes]
            own = [quote for quote in quotes if stands(each.text, quote.text)] or quotes
            above = [text for quote in own for part in approved(quote) for text in part.splitlines()]
            if not any(folded(row(text)) == line for text in above):
                return []
        return header

    def _language(self, name: str) -> str:
        return name if _LANGUAGE.fullmatch(name) and not self.withheld.fault(name) else ""

    def _remove(self, text: str, why: str, unknown: list[int]) -> None:
        self.citations_removed += len(unknown)
        # The list of what was removed is part of the report, and what was dropped appears nowhere in that.
        shown = "(A sentence that is not shown.)" if self.withheld.fault(text) else text
        self.removed.append(RemovedSentence(text=shown, why=why))


def _numbers(sentence: Sentence, quoted: dict[int, SourceQuotes]) -> tuple[list[int], str]:
    """All numbers a sentence cites, once each, and its text without the markers that a writer left in it. What looks
    like a marker in a verbatim sentence (`items[0]`) is the source's own."""
    found = list(dict.fromkeys(sentence.citations))
    text = plain(sentence.text)
    quotes = [quote for number in found if number in quoted for quote in quoted[number].quotes]
    if any(stands(text, each) for quote in quotes for each in approved(quote)):
        return found, text
    for match in MARKER.finditer(text):
        for part in re.split(r"[,;]", match.group(1)):
            low, _, high = part.replace("–", "-").partition("-")
            first, last = int(low), int(high or low)
            found.extend(range(first, min(last, first + 20) + 1))
    return list(dict.fromkeys(found)), plain(MARKER.sub("", text))


def _printable(text: str) -> str:
    return "".join(char for char in text if char.isprintable() or char.isspace())


def plain(text: str) -> str:
    """One line of characters that can be seen."""
    return " ".join(_printable(text).split())


def _key(text: str) -> str:
    return " ".join(map(stem, words(text)))
