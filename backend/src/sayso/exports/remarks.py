"""What a report says of single wordings: what the check changed or removed, who reworded a claim, what is unused."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sayso.exports import wording
from sayso.exports.text import one_line
from sayso.protocol.report import Report


@dataclass(frozen=True)
class Remarks:
    """What is to be said of some wordings, each with its remark."""

    kind: Literal["changed", "removed", "reworded", "unused"]
    heading: str
    lines: list[tuple[str, str]]
    intro: str = ""


def remarks(report: Report) -> list[Remarks]:
    """Those that there are, in the order in which they are told."""
    told = [
        Remarks("changed", wording.CHANGED, _lines((each.text, each.why) for each in report.changed), _changes(report)),
        Remarks("removed", wording.REMOVED, _lines((each.text, each.why) for each in report.removed)),
        Remarks("reworded", wording.REWORDED, _lines(wording.reworded(report))),
        Remarks("unused", wording.UNUSED, _lines((each.claim, each.why) for each in report.unused)),
    ]
    return [each for each in told if each.lines]


def _lines(told: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(one_line(text), one_line(remark)) for text, remark in told]


def _changes(report: Report) -> str:
    number = len(report.changed)
    gave = "unit of the draft gave way to its quote" if number == 1 else "units of the draft gave way to their quotes"
    return f"{number:,} {gave}. Whoever approves the text can take a wording back, by name."
