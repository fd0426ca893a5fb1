"""A revision goes on from what was approved for an earlier report."""

from typing import Any

import pytest

from report.archive import Archive
from report.driving import Run, evidence
from report.shelf import QUESTION, ShelfSource
from sayso.protocol.commands import ProtocolError
from sayso.report.passages import source_passages
from sayso.report.workflow import ReportWorkflow
from sayso.writers.extractive.writer import ExtractiveWriter


@pytest.fixture
def archive() -> Archive:
    return Archive()


def run(archive: Archive, source: ShelfSource | None = None) -> Run:
    writers = {"extractive": ExtractiveWriter()}
    return Run(lambda: ReportWorkflow([source or ShelfSource()], writers, results=archive))


async def finished(archive: Archive, **decision: Any) -> None:
    first = run(archive)
    await first.ask(QUESTION)
    report = await first.approve(**decision)
    archive.kept["parent"] = report, first.attachments


async def test_a_wish_about_the_writing_searches_nothing_and_asks_about_the_same_evidence(archive: Archive) -> None:
    await finished(archive, keep=["f1", "f3"], edits={"f1": "Compaction holds an exclusive lock on the shelf."})
    parent, _ = archive.kept["parent"]
    source = ShelfSource()
    child = run(archive, source)
    review = await child.ask("Shorter, for a board", revises="parent")
    assert source.searched == []
    assert review.question == QUESTION
    assert review.parent is not None
    assert (review.parent.run_id, review.parent.title, review.round) == ("parent", parent.title, 2)
    assert [(each.id, each.claim, each.state) for each in evidence(review)] == [
        (f"f{at}", finding.claim, "kept") for at, finding in enumerate(parent.findings, start=1)
    ]
    assert [each.quotes[0].text for each in evidence(review)] == [each.quotes[0].text for each in parent.findings]
    assert "Nothing was searched" in review.feedback_used[0].what_was_done
    report = await child.approve(by="Grace")
    assert report.parent == review.parent
    assert report.approvals[0].by == "Grace"
    assert "Revises" in child.payload
    assert report.sections


async def test_a_wish_for_more_searches_for_that_alone(archive: Archive) -> None:
    await finished(archive)
    parent, _ = archive.kept["parent"]
    source = ShelfSource()
    child = run(archive, source)
    review = await child.ask("Add what the pantry daemon does", revises="parent")
    assert source.searched
    assert all({"pantry", "daemon"} & set(query.split()) for query in source.searched), "nothing else, in any words"
    assert not set(source.searched) & set(parent.searched)
    new = [finding for finding in evidence(review) if finding.state == "new"]
    assert any("pantry daemon" in finding.quotes[0].text for finding in new)
    assert {each.round for each in new} == {2}


async def test_what_was_dropped_for_the_parent_is_not_inherited(archive: Archive) -> None:
    await finished(archive, keep=["f2"])
    parent, _ = archive.kept["parent"]
    assert [finding.id for finding in parent.findings] == ["f2"]
    review = await run(archive).ask("Shorter", revises="parent")
    assert [finding.claim for finding in evidence(review)] == [parent.findings[0].claim]
    assert len(review.sources) == 1


async def test_inherited_quotes_can_be_read_in_context_in_the_new_run(archive: Archive) -> None:
    await finished(archive)
    child = run(archive)
    review = await child.ask("Shorter", revises="parent")
    del archive.kept["parent"]
    for finding in evidence(review):
        for quote in finding.quotes:
            kept = source_passages(child.attachments, quote.source)
            passage = next(each for each in kept.passages if each.finding == finding.id)
            assert passage.text[slice(*passage.quote)] == quote.text


async def test_a_revision_of_a_revision(archive: Archive) -> None:
    await finished(archive)
    child = run(archive)
    await child.ask("Add what the pantry daemon does", revises="parent")
    report = await child.approve()
    archive.kept["child"] = report, child.attachments
    review = await run(archive).ask("Shorter", revises="child")
    assert review.round == 3
    assert [each.claim for each in evidence(review)] == [each.claim for each in report.findings]


async def test_a_report_without_evidence_cannot_be_revised(archive: Archive) -> None:
    empty = run(archive)
    await empty.ask("How do penguins digest anchovies?")
    archive.kept["parent"] = await empty.approve(), {}
    workflow = ReportWorkflow([ShelfSource()], {"extractive": ExtractiveWriter()}, results=archive)
    for id in ("parent", "nobody"):
        with pytest.raises(ProtocolError) as caught:
            await workflow.check_options({"revises": id})
        assert caught.value.field == "options.revises"


async def test_the_earlier_report_is_read_once_to_check_and_once_to_begin(
    archive: Archive,
) -> None:
    await finished(archive)
    workflow = ReportWorkflow([ShelfSource()], {"extractive": ExtractiveWriter()}, results=archive)
    await workflow.check_options({"revises": "parent"})
    assert archive.read == ["parent"]
    await run(archive).ask("Shorter", revises="parent")
    assert archive.read == ["parent", "parent"]


async def test_a_report_that_is_gone_when_its_revision_begins_is_named(archive: Archive) -> None:
    workflow = ReportWorkflow([ShelfSource()], {"extractive": ExtractiveWriter()}, results=archive)
    with pytest.raises(ProtocolError, match=r"options\.revises"):
        await workflow.run(question="Shorter", options={"revises": "gone"}, by="Ada")


async def test_what_was_dropped_and_left_out_for_the_parent_never_returns(archive: Archive) -> None:
    parent = run(archive)
    review = await parent.ask(QUESTION)
    gone = evidence(review)[0]
    second = await parent.reject("Nothing about swap. Drop f1.")
    assert gone.id not in [each.id for each in evidence(second)]
    archive.kept["parent"] = await parent.approve(), parent.attachments
    child = run(archive)
    first = await child.ask("Add how full compaction locks a shelf, and the shelf-swap tool", revises="parent")
    assert first.left_out == ["swap"]
    again = await child.reject("full compaction lock")
    for shown in (first, again):
        claims = [each.claim for each in evidence(shown)]
        assert claims
        assert gone.claim not in claims
        assert not any("swap" in claim for claim in claims)
    archive.kept["child"] = await child.approve(), child.attachments
    grandchild = await run(archive).ask("Add full compaction and its lock", revises="child")
    assert gone.claim not in [each.claim for each in evidence(grandchild)]
    assert grandchild.left_out == ["swap"]


async def test_a_revision_that_removes_searches_for_none_of_it(archive: Archive) -> None:
    await finished(archive)
    parent, _ = archive.kept["parent"]
    named = [finding.claim for finding in parent.findings if "swap" in finding.claim]
    assert named
    source = ShelfSource()
    child = run(archive, source)
    review = await child.ask("Remove shelf-swap. Add what the pantry daemon does.", revises="parent")
    assert not any("swap" in query for query in source.searched)
    assert any("pantry" in query for query in source.searched)
    assert not any("shelf-swap" in each.claim for each in review.findings)
    assert {use.field for use in review.feedback_used} == {"leave_out", "search"}
    report = await child.approve()
    texts = [unit.text for section in report.sections for unit in section.sentences]
    assert texts
    assert not any(
        "shelf-swap" in text for text in [*texts, *report.not_found, *(each.heading for each in report.sections)]
    )


async def test_a_wish_about_the_writing_goes_to_the_writer_alone(archive: Archive) -> None:
    await finished(archive)
    source = ShelfSource()
    child = run(archive, source)
    review = await child.ask("shorter: three sentences for a board", revises="parent")
    assert source.searched == []
    assert [(use.field, use.status) for use in review.feedback_used] == [("note", "done")]
    assert [each.kind for each in review.findings if each.kind == "gap"] == []
    report = await child.approve()
    assert 1 <= len([*report.summary, *(unit for section in report.sections for unit in section.sentences)]) <= 3
