"""The report as JSON: the protocol's `Report`, field by field."""

from sayso.protocol.report import Report


def report_json(report: Report) -> bytes:
    """UTF-8, indented. `Report.model_validate_json` reads it back."""
    return (report.model_dump_json(indent=2) + "\n").encode()
