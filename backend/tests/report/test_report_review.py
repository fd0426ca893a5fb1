"""With `options.review_report` a human decides about the finished text too, before it is released."""

import pytest

from report.driving import Run, evidence
from report.shelf import QUESTION, ShelfSource
from sayso.protocol.report import Report
from sayso.report.workflow import ReportWorkflow
from sayso.writers.extractive.writer import ExtractiveWriter


@pytest.fixture
def run() -> Run:
    return Run(lambda: ReportWorkflow([ShelfSource()], {"extractive": ExtractiveWriter()}))


async def test_it_is_off_unless_asked_for(run: Run) -> None:
    await run.ask(QUESTION)
    report = await run.approve(by="Ada")
    assert [approval.kind for approval in report.approvals] == ["evidence"]
    assert "Evidence approved by Ada" in run.payload
    assert "Report approved by" not in run.payload


async def test_the_text_is_shown_and_released_when_approved(run: Run) -> None:
    await run.ask(QUESTION, review_report=True)
    review = await run.approve_evidence(by="Ada", keep=["f1", "f2"])
    assert review.kind == "report_review"
    assert review.report is not None
    assert review.report.sections
    assert evidence(review) == []
    assert "Report approved by" not in run.payload
    assert review.report.title in run.payload
    report = await run.approve(by="Grace")
    assert [(approval.kind, approval.by) for approval in report.approvals] == [("evidence", "Ada"), ("report", "Grace")]
    assert report.sections == review.report.sections
    assert "Evidence approved by Ada" in run.payload
    assert "Report approved by Grace" in run.payload


async def test_a_rejected_text_is_written_again_with_what_to_change(run: Run) -> None:
    await run.ask(QUESTION, review_report=True)
    first = await run.approve_evidence("Mind the locks")
    second = await run.reject("Shorter, please")
    assert first.report is not None
    assert second.report is not None
    assert second.kind == "report_review"
    assert _length(second.report) < _length(first.report)
    assert [finding.id for finding in second.report.findings] == [finding.id for finding in first.report.findings]
    report = await run.approve()
    assert report.sections == second.report.sections
    assert any("Writing again" in line for line in run.progress)


async def test_it_survives_a_restart_while_it_waits(run: Run) -> None:
    await run.ask(QUESTION, review_report=True)
    review = await run.approve_evidence()
    await run.restart()
    assert review.report is not None
    report = await run.approve(by="Grace")
    assert report.sections == review.report.sections
    assert report.approvals[-1].by == "Grace"


def _length(report: Report) -> int:
    return len(report.summary) + sum(len(section.sentences) for section in report.sections)
