"""What was not found is a finding too: it can be kept, dropped, and closed by evidence."""

import pytest

from report.driving import Run, evidence, gaps
from report.shelf import QUESTION, ShelfSource
from sayso.report.workflow import ReportWorkflow
from sayso.writers.extractive.writer import ExtractiveWriter


@pytest.fixture
def source() -> ShelfSource:
    return ShelfSource()


@pytest.fixture
def run(source: ShelfSource) -> Run:
    return Run(lambda: ReportWorkflow([source], {"extractive": ExtractiveWriter()}))


async def test_a_gap_opens_keeps_its_id_and_is_in_the_report(run: Run) -> None:
    await run.ask(QUESTION)
    review = await run.reject("What about penguins?")
    assert [(gap.id, gap.state, gap.round) for gap in gaps(review)] == [("g1", "new", 2)]
    assert "Penguins" in gaps(review)[0].claim
    assert f"**g1** {gaps(review)[0].claim}" in run.payload
    later = await run.reject("What about the pantry daemon?")
    assert [(gap.id, gap.state) for gap in gaps(later)] == [("g1", "kept")]
    report = await run.approve(keep=["f1", "g1"])
    assert gaps(later)[0].claim in report.not_found
    assert report.approvals[0].kept == ["f1"]
    assert "g1" not in report.approvals[0].dropped


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_dropped_gap_is_not_mentioned_again(run: Run, at_once: bool) -> None:
    await run.ask(QUESTION)
    review = await run.reject("What about penguins?")
    kept = [finding.id for finding in evidence(review)]
    if not at_once:
        later = await run.reject("What about the pantry daemon?", keep=kept)
        assert gaps(later) == []
    report = await run.approve(keep=kept)
    assert not any("penguin" in line for line in report.not_found)


async def test_evidence_closes_a_gap(run: Run, source: ShelfSource) -> None:
    hidden = [passage for passage in source.passages if "pantry" in passage.text]
    source.passages = [passage for passage in source.passages if passage not in hidden]
    await run.ask(QUESTION)
    review = await run.reject("What does the pantry daemon do?")
    assert [gap.id for gap in gaps(review)] == ["g1"]
    source.passages += hidden
    later = await run.reject("Which daemon compacts small shelves?")
    assert any("pantry daemon" in finding.quotes[0].text for finding in evidence(later))
    assert gaps(later) == []


async def test_a_bare_no_does_not_pass_over_a_gap(run: Run) -> None:
    await run.ask(QUESTION)
    await run.reject("What about penguins?")
    review = await run.reject()
    assert [gap.id for gap in gaps(review)] == ["g1"]
