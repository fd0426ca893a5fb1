"""Which approved findings nothing in a report rests on, and why."""

from sayso.gate.check import Checked
from sayso.language.verbatim import stands
from sayso.protocol.evidence import Finding
from sayso.protocol.report import Unused

NOT_WRITTEN = "The writer did not use it."
REMOVED = "The check removed the sentence that was written from it: {why}"


def unused(checked: Checked, findings: list[Finding]) -> list[Unused]:
    """The findings of whose quotes no unit of the checked text cites any, in their order."""
    units = [*checked.summary, *(unit for section in checked.sections for unit in section.sentences)]
    used = {id for unit in units for cited in unit.cited for id in cited.findings}
    return [
        Unused(finding=finding.id, claim=finding.claim, why=_why(finding, checked))
        for finding in findings
        if finding.id not in used
    ]


def _why(finding: Finding, checked: Checked) -> str:
    said = [finding.claim, *(quote.text for quote in finding.quotes)]
    removed = (each.why for each in checked.removed if any(stands(each.text, text) for text in said))
    why = next(removed, None)
    return NOT_WRITTEN if why is None else REMOVED.format(why=why)
