"""An approval as its readers see it."""

from dataclasses import dataclass

from sayso.exports import wording
from sayso.exports.text import one_line
from sayso.protocol.report import Approval


@dataclass(frozen=True)
class Approved:
    who: str
    """`Evidence approved by Ada`."""
    when: str
    """`2026-11-22 14:06 UTC: 8 of 9 findings, round 2`."""
    note: str
    """What the approver asked of the writer, if they want readers to see it."""


def approved(approval: Approval) -> Approved:
    """With its note only if its author wants readers to see it."""
    note = one_line(approval.note) if approval.show_note else ""
    return Approved(one_line(wording.approved_by(approval)), wording.approved_when(approval), note)
