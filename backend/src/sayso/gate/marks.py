"""How a wording stands to quoted units: `quoted`, `same`, `reworded`, or none of these."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.gate.edits import joined, left_out, listed, named, parts, reached
from sayso.gate.quoted import QuotedUnit, SourceQuotes, approved
from sayso.gate.rewording import agrees, names_in
from sayso.gate.wording import Wording, Words, wording
from sayso.language.verbatim import stands
from sayso.protocol.evidence import Mark

_LIKE = 0.5
"""Share of a wording's stems that a unit has to hold to be held against it."""
_MOST = 4
"""Units of a source that are."""
_RUN = 6
"""Items that are told in one sentence."""
_SPAN = re.compile(r"\"([^\"]{3,})\"|“([^”]{3,})”|`([^`]+)`")
_LINKS = frozenset({"", "and", "but", "while", "whereas", ";"})
_PROSE = ("sentence", "answer", "definition")


@dataclass(frozen=True)
class Standing:
    """How a wording stands to a source: its mark, and the units that it rests on."""

    mark: Mark
    units: tuple[QuotedUnit, ...]


def standing(text: str, source: SourceQuotes) -> Standing | None:
    """How `text` stands to the quotes of `source`; None if it says something else."""
    if held := source.whole(text):
        return Standing(Mark.QUOTED, tuple(held))
    if not source.english:
        return None
    said = wording(text)
    near = [unit for unit in closest(text, source.units) if _spans_stand(text, unit)]
    for mark, fits in ((Mark.SAME, _same), (Mark.REWORDED, _reworded)):
        for unit in near:
            for words, units in _wordings(unit):
                if fits(said, named(said.keys, words, [each for one in units for each in one.subjects]), unit):
                    return Standing(mark, units)
    return None


def _same(said: Wording, words: Words, _: QuotedUnit) -> bool:
    return reached(said.keys, words)


def _reworded(said: Wording, words: Words, unit: QuotedUnit) -> bool:
    return agrees(said.keys, words, names_in(said.names, unit.names))


def pieces(text: str) -> list[str]:
    """The clauses of `text` that stand beside each other; none if it is one, or they hang together otherwise."""
    cut = parts(wording(text))
    if len(cut) < 2 or any(opener not in _LINKS for opener, _ in cut):
        return []
    return [" ".join(word.text for word in words[opener not in ("", ";") :]) for opener, words in cut]


def closest(text: str, units: Sequence[QuotedUnit], *, least: float = _LIKE, most: int = _MOST) -> list[QuotedUnit]:
    """The units that share most with `text`, the closest first; of equal ones those that carry a claim."""
    own = wording(text).stems
    if not own:
        return []
    shares = [(len(own & unit.told) / len(own), unit) for unit in units if unit.kind != "code"]
    near = sorted((each for each in shares if each[0] >= least), key=lambda each: (-each[0], not each[1].carries))
    return [unit for _, unit in near[:most]]


def _wordings(unit: QuotedUnit) -> Iterator[tuple[Words, tuple[QuotedUnit, ...]]]:
    """What may be said of a unit, alone and with its neighbours, by the edits that need no look at the draft."""
    yield unit.wording.keys, (unit,)
    for words in left_out(unit.wording):
        yield words, (unit,)
    if unit.kind in _PROSE:
        around = unit.siblings[max(0, unit.at - 1) : unit.at + 2]
        for one, other in pairwise(around):
            if one.kind in _PROSE and other.kind in _PROSE:
                for words in joined(one.wording.keys, other.wording.keys):
                    yield words, (one, other)
    if unit.lead is not None and unit.kind == "item":
        items = [each for each in unit.siblings if each.kind == "item" and each.lead == unit.lead][:_RUN]
        for first in range(len(items)):
            for last in range(first + 1, len(items) + 1):
                run = items[first:last]
                for words in listed(unit.lead.keys, [each.wording.keys for each in run], whole=len(run) == len(items)):
                    yield words, tuple(run)


def _spans_stand(text: str, unit: QuotedUnit) -> bool:
    """Whether what `text` puts in quotation marks or backticks stands in the quote."""
    spans = [next(filter(None, match.groups())) for match in _SPAN.finditer(text)]
    quotes = [each.casefold() for each in approved(unit.quote)]
    return all(any(stands(span.casefold().rstrip(".,"), each) for each in quotes) for span in spans)
