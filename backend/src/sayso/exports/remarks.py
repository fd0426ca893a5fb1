"""What a report says of some of its approved claims: who reworded them, and why one is not used."""

from dataclasses import dataclass

from sayso.exports import wording
from sayso.exports.text import one_line
from sayso.protocol.report import Report


@dataclass(frozen=True)
class Remarks:
    """What is to be said of some claims."""

    heading: str
    lines: list[tuple[str, str]]
    """Claim and remark."""


def remarks(report: Report) -> list[Remarks]:
    """Those that there are, in the order in which they are told."""
    told = [
        (wording.REWORDED, wording.reworded(report)),
        (wording.UNUSED, [(each.claim, each.why) for each in report.unused]),
    ]
    return [
        Remarks(heading, [(one_line(claim), one_line(remark)) for claim, remark in lines])
        for heading, lines in told
        if lines
    ]
