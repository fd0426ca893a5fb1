"""The review: what a human is asked to decide."""

from datetime import datetime
from typing import Any

from pydantic import JsonValue

from sayso.protocol.evidence import Change, Conflict, FeedbackUse, Finding, Gone, QuestionPart, Record, Source
from sayso.protocol.items import SearchLimits
from sayso.protocol.report import Parent, Report
from sayso.protocol.usage import Usage


class ReviewData(Record):
    """The `data` of `input_required`."""

    kind: str = "review"
    """`research_review` for findings, `report_review` for a finished text; a hosted workflow names its own."""
    round: int = 1
    question: str = ""
    findings: list[Finding] = []
    sources: list[Source] = []
    gone: list[Gone] = []
    """Findings of earlier rounds that are not shown any more."""
    aside: list[Finding] = []
    """Those of them that are set aside, whole: a `keep` brings them back."""
    parts: list[QuestionPart] = []
    """What is asked for part by part, in its order."""
    left_out: list[str] = []
    """What nothing may speak of, as it was said."""
    limits: SearchLimits | None = None
    """What the search is limited to."""
    conflicts: list[Conflict] = []
    """Findings shown here that cannot both be right."""
    feedback_used: list[FeedbackUse] = []
    not_found: list[str] = []
    """What else kept evidence away, one sentence each: a source that could not be searched, a word that nobody uses.
    What was searched for in vain is a finding of kind `gap`."""
    report: Report | None = None
    """The text to approve, in a `report_review`."""
    version: int = 0
    """Of the text: 1, 2, ...; 0 in a review of findings."""
    changes: list[Change] = []
    """What is other in the text than in the version before it."""
    usage: Usage | None = None
    """What a model was asked so far; left out when none was."""
    parent: Parent | None = None
    """The report that this run revises."""
    response_schema: dict[str, Any] = {}
    """JSON Schema of the `response` field; empty means any JSON value."""
    due_at: datetime | None = None
    details: dict[str, JsonValue] = {}
    """Further fields of a hosted workflow's own review event."""
