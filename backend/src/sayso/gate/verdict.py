"""What the approved quotes make of a wording: its mark and citations, or the units of quotes that take its place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sayso.gate.marks import Standing, pieces, standing
from sayso.gate.quoted import QuotedUnit, SourceQuotes
from sayso.gate.translation import closeness, foreign, translation
from sayso.gate.wording import wording
from sayso.language.tongue import surely
from sayso.protocol.evidence import Mark

_ORDER = (Mark.QUOTED, Mark.SAME, Mark.REWORDED)
_CARRIES = 0.5
"""Share of a wording's stems that a source has to hold to be looked at without being cited."""
_TOLD_TOO = 0.3, 0.5
"""Share of a wording's stems that a second cited source's unit holds from which it takes its place too, and share of
what the best one holds."""


@dataclass(frozen=True)
class Verdict:
    """A wording's mark, and the numbers of the sources that carry it."""

    mark: Mark
    numbers: list[int]
    original: str = ""
    """Of a translation: what it is one of."""


@dataclass
class Approved:
    """All approved quotes by the numbers of their sources."""

    sources: dict[int, SourceQuotes]
    language: str = ""
    """That was asked for, as a code; without one nothing is a translation."""
    asked: str = ""
    """The question: a translation may bring up its names."""
    _known: dict[tuple[str, tuple[int, ...]], Verdict | None] = field(default_factory=dict)

    def verdict(self, text: str, cited: Sequence[int]) -> Verdict | None:
        """The mark of `text` and the sources that carry it: of those that it cites, else of all; None if none does.

        Clauses that stand beside each other may rest on a source each.
        """
        asked = text, tuple(cited)
        if asked not in self._known:
            self._known[asked] = self._judged(text, cited)
        return self._known[asked]

    def _judged(self, text: str, cited: Sequence[int]) -> Verdict | None:
        carried = self._standings(text, cited)
        if not carried and (found := self._compared(text, cited)):
            return found
        if not carried:
            others = self._standings(text, self._holding(text, [n for n in self.sources if n not in cited]))
            best = min((_ORDER.index(each.mark) for each in others.values()), default=len(_ORDER))
            carried = {n: each for n, each in others.items() if _ORDER.index(each.mark) == best}
        if not carried:
            return self._translated(text, cited)
        mark = min((each.mark for each in carried.values()), key=_ORDER.index)
        return Verdict(mark, sorted(carried))

    def _standings(self, text: str, numbers: Iterable[int]) -> dict[int, Standing]:
        found = ((number, standing(text, self.sources[number])) for number in numbers)
        return {number: each for number, each in found if each is not None}

    def _compared(self, text: str, cited: Sequence[int]) -> Verdict | None:
        numbers: set[int] = set()
        told = pieces(text) if cited else []
        for piece in told:
            carried = self._standings(piece, cited)
            if not carried:
                return None
            numbers |= carried.keys()
        return Verdict(Mark.REWORDED, sorted(numbers)) if told else None

    def _translated(self, text: str, cited: Sequence[int]) -> Verdict | None:
        told = ((number, translation(text, self.sources[number], self.language, self.asked)) for number in cited)
        found = [(closeness(text, each, self.language), number, each) for number, each in told if each]
        if not found:
            return None
        _, number, best = max(found, key=lambda each: (each[0], -each[1]))
        return Verdict(Mark.TRANSLATED, [number], best.text)

    def _holding(self, text: str, numbers: Iterable[int]) -> list[int]:
        own = wording(text).stems
        return [n for n in numbers if own and len(own & self.sources[n].stems) >= _CARRIES * len(own)]

    def instead(self, text: str, cited: Sequence[int], *, code: bool = False) -> list[tuple[int, QuotedUnit]]:
        """The units that take the place of `text`, with their sources' numbers: the closest of what it cites, one of
        each source that has as much to say on it; where it cites nothing, the closest of all, if one is close.

        Args:
            code: `text` is code, so code comes first.
        """
        own = wording(text).stems
        found: list[tuple[float, int, QuotedUnit]] = []
        for number in cited or self._holding(text, self.sources):
            unit = self._nearest(text, own, self.sources[number].units, code)
            found.append((len(own & unit.stems) / max(1, len(own)), number, unit))
        found.sort(key=lambda each: (-each[0], each[1]))
        if not found or (not cited and found[0][0] < _CARRIES):
            return []
        best = found[0][0]
        least, half = _TOLD_TOO
        others = [each for each in found[1:] if cited and not code and each[0] >= max(least, best * half)]
        return [(number, unit) for _, number, unit in [found[0], *others]]

    def _nearest(self, text: str, own: frozenset[str], units: Sequence[QuotedUnit], code: bool) -> QuotedUnit:
        """The unit that shares most with what is said; of equal ones that which carries a claim. Prose rather than
        code, unless `code` was said. Units in another language share no words: figures, names and length tell."""
        told = [unit for unit in units if unit.kind != "lead"]
        alike = [unit for unit in told if (unit.kind == "code") == code] or told
        if not code and surely(text, self.language) and all(foreign(unit, self.language) for unit in alike):
            return max(alike, key=lambda unit: (unit.carries, closeness(text, unit, self.language)))
        return max(alike, key=lambda unit: (len(own & unit.stems), unit.carries))
