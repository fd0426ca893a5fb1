"""Which question is the same question."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import Field

from sayso.engine.clock import now
from sayso.engine.entries import VARYING, review_fingerprint
from sayso.protocol.evidence import Change, Conflict, FeedbackUse, Finding, Gone, QuestionPart, Source
from sayso.protocol.frames import InputRequired, Status
from sayso.protocol.items import SearchLimits
from sayso.protocol.report import Parent, Report
from sayso.protocol.review import ReviewData
from sayso.protocol.usage import StageUsage, Usage
from sayso.storage.records import ENDS, Ending
from sayso.storage.statements import Statements

USAGE = Usage(stages=[StageUsage(stage="find", round=1, calls=3)])
REPORT = Report(title="t", question="q", writer="llm", sections=[], sources=[])
ANOTHER: dict[str, Any] = {
    "kind": "report_review",
    "round": 2,
    "question": "another?",
    "findings": [Finding(id="f1", claim="So it is.", quotes=[])],
    "sources": [Source(id="s1", kind="library", title="t", uri="a.md")],
    "aside": [Finding(id="f3", claim="So it may be.", quotes=[])],
    "parts": [QuestionPart(topic="another")],
    "left_out": ["autovacuum"],
    "limits": SearchLimits(since="2024"),
    "version": 2,
    "changes": [Change(unit="u1", was="So.", text="So it is.")],
    "gone": [Gone(id="f2", claim="So it was.", round=1, why="dropped")],
    "conflicts": [Conflict(findings=["f1", "f2"], why="two figures")],
    "feedback_used": [FeedbackUse(feedback="more", what_was_done="searched")],
    "not_found": ["a source was away"],
    "report": REPORT,
    "usage": USAGE,
    "parent": Parent(run_id="r", title="t"),
    "response_schema": {"type": "string"},
    "due_at": datetime(2026, 11, 26, tzinfo=UTC),
    "details": {"key": "a"},
}
"""For each field of a review a value that is not its default. Whoever adds a field decides whether it makes another
question, or varies when the same one is asked again; then it belongs into `entries.VARYING`."""


def fingerprint(payload: str = "So?", **fields: Any) -> str:
    return review_fingerprint(InputRequired(payload=payload, run_id="r", at=now(), data=ReviewData(**fields)))


def test_every_field_of_a_review_was_decided_about() -> None:
    assert ANOTHER.keys() == ReviewData.model_fields.keys()
    assert ANOTHER.keys() > VARYING


@pytest.mark.parametrize("field", ANOTHER)
def test_a_question_is_another_one_by_all_that_is_shown_but_what_varies(field: str) -> None:
    assert (fingerprint(**{field: ANOTHER[field]}) == fingerprint()) is (field in VARYING)


def test_what_writing_a_report_has_cost_makes_no_other_question() -> None:
    again = REPORT.model_copy(update={"usage": USAGE})
    assert fingerprint(report=again) == fingerprint(report=REPORT)
    assert again.usage == USAGE, "what is shown stays as it is"


def test_a_question_of_0_1_0_is_still_the_same() -> None:
    """As it stands in a database of 0.1.0, where a question of before a crash may be asked again by a newer server."""
    assert fingerprint(question="why?", details={"prefix": "So?"}) == "18d5a42664984ee93004d6f17c86977b"


class LaterReview(ReviewData):
    """With a field that came after the question was stored."""

    later: list[str] = Field(default_factory=list)


def test_a_field_that_came_later_counts_from_when_it_holds_something() -> None:
    def asked(**later: list[str]) -> str:
        data = LaterReview(question="why?", details={"prefix": "So?"}, **later)
        return review_fingerprint(InputRequired(payload="So?", run_id="r", at=now(), data=data))

    assert asked() == "18d5a42664984ee93004d6f17c86977b"
    assert asked(later=["x"]) not in (asked(), asked(later=["y"]))


def test_the_end_of_a_run_is_one_thing() -> None:
    assert set(ENDS.values()) == {status for status in Status if status.over}
    assert {Status(each) for each in Ending} == {Status.WAITING, *ENDS.values()} - {Status.CANCELLED}


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_the_statements_know_the_same_ends(database: Any) -> None:
    sql = Statements(database)
    for status in Status:
        assert (f"'{status}'" in sql["runs_over_before"]) is status.over
        assert (f"'{status}'" in sql["append_outside_segment"]) is not status.over
