"""Sources that fail, dawdle or are not there; options; and a run cut off while it searches."""

import json

import pytest
from workflows import Context

from report.driving import Run, quotes
from report.shelf import QUESTION, AbsentSource, BrokenSource, ShelfSource, SlowSource
from sayso.events import ProgressEvent, ReviewEvent
from sayso.protocol.commands import ProtocolError
from sayso.report.search import Searching
from sayso.report.workflow import ReportWorkflow
from sayso.research.source import SearchSource
from sayso.writers.extractive.writer import ExtractiveWriter


def over(*sources: SearchSource) -> Run:
    return Run(lambda: workflow(*sources))


def workflow(*sources: SearchSource) -> ReportWorkflow:
    return ReportWorkflow(sources, {"extractive": ExtractiveWriter()}, "extractive", searching=Searching(0.05))


async def test_a_failing_source_is_named_and_the_others_go_on() -> None:
    run = over(ShelfSource(), BrokenSource("almanac"))
    review = await run.ask(QUESTION)
    assert len(review.findings) >= 3
    told = [line for line in run.progress if "Almanac could not be searched" in line]
    assert len(told) == 1
    assert "the cellar is flooded" in told[0]
    assert any("Almanac could not be searched" in line for line in review.not_found)
    steps = [event for event in run.events if isinstance(event, ProgressEvent) and "failed" in event.details]
    assert [(step.msg, step.details["failed"]) for step in steps] == [(told[0], "Almanac")]


async def test_a_source_that_does_not_answer_is_left_behind() -> None:
    slow = SlowSource("glacier")
    run = over(ShelfSource(), slow)
    review = await run.ask(QUESTION)
    assert len(review.findings) >= 3
    assert sum("Glacier could not be searched: no answer within 0.05 seconds" in line for line in run.progress) == 1
    assert len(slow.searched) <= 3, "a source that does not answer is not asked again in this round"


async def test_when_all_sources_fail_the_review_says_so_and_can_be_answered() -> None:
    broken = BrokenSource("almanac")
    run = over(broken)
    review = await run.ask(QUESTION)
    assert review.findings == []
    assert any("Almanac could not be searched" in line for line in review.not_found)
    assert "Almanac could not be searched" in run.payload
    report = await run.approve()
    assert report.sections == []
    assert any("Almanac" in line for line in report.not_found)


async def test_a_source_that_recovers_is_searched_again_in_the_next_round() -> None:
    source = ShelfSource()
    failing = BrokenSource()
    first = over(failing)
    await first.ask(QUESTION)
    await first.restart()
    first._make = lambda: workflow(source)
    await first.restart()
    review = await first.reject("shelf locks")
    assert review.findings
    assert not any("could not be searched" in line for line in review.not_found)


async def test_sources_that_are_not_ready_are_passed_over_unless_they_were_named() -> None:
    source, absent = ShelfSource(), AbsentSource("attic")
    run = over(source, absent)
    await run.ask(QUESTION)
    assert not any("Attic" in line for line in run.progress)
    run = over(source, absent)
    await run.ask(QUESTION, sources=["library", "attic"])
    assert any("Attic cannot be searched: no documents yet" in line for line in run.progress)
    run = over(absent)
    review = await run.ask(QUESTION)
    assert any("no documents yet" in line for line in review.not_found)


async def test_only_the_named_sources_are_searched() -> None:
    library, almanac = ShelfSource(), ShelfSource("almanac")
    await over(library, almanac).ask(QUESTION, sources=["almanac"])
    assert not library.searched
    assert almanac.searched


async def test_the_same_text_in_two_sources_is_one_finding() -> None:
    once = await over(ShelfSource()).ask(QUESTION)
    twice = await over(ShelfSource(), ShelfSource("almanac")).ask(QUESTION)
    assert len(quotes(twice)) == len(twice.findings)
    assert quotes(twice) == quotes(once)


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"sources": ["library", "moon"]}, "options.sources"),
        ({"sources": []}, "options.sources"),
        ({"sources": "library"}, "options.sources"),
        ({"writer": "ghost"}, "options.writer"),
        ({"writer": "llm"}, "options.writer"),
        ({"wirter": "extractive"}, "options.wirter"),
        ({"revises": "no-such-run"}, "options.revises"),
    ],
)
async def test_wrong_options_are_refused_with_the_field(options: dict[str, object], field: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        await workflow(ShelfSource()).check_options(options)  # type: ignore[arg-type]
    assert caught.value.code == "invalid_frame"
    assert caught.value.field == field
    assert caught.value.message.startswith(f"{field}: ")


async def test_right_options_pass() -> None:
    checked = await workflow(ShelfSource()).check_options({"sources": ["library"], "writer": "extractive"})
    assert checked.sources == ["library"]
    await workflow(ShelfSource()).check_options({})


async def test_a_run_cut_off_while_it_searches_starts_the_search_again() -> None:
    stuck, source = SlowSource(), ShelfSource()
    first = ReportWorkflow([stuck], {"extractive": ExtractiveWriter()}, "extractive")
    handler = first.run(question=QUESTION, options={}, by="Ada")
    await stuck.asked.wait()
    assert handler.ctx is not None
    stored = json.dumps(handler.ctx.to_dict())
    await handler.cancel_run()
    second = workflow(source)
    resumed = second.run(ctx=Context.from_dict(second, json.loads(stored)))
    review = None
    async for event in resumed.stream_events():
        if isinstance(event, ReviewEvent):
            review = event.review
            break
    await resumed.cancel_run()
    whole = await over(source).ask(QUESTION)
    assert review == whole


async def test_any_moment_of_a_run_can_be_gone_on_from() -> None:
    """Whatever was stored, also half-way through a step, the run comes to the same review."""
    source = ShelfSource()
    whole = await over(source).ask(QUESTION)
    made = workflow(source)
    handler = made.run(question=QUESTION, options={}, by="Ada")
    assert handler.ctx is not None
    stored: list[str] = []
    async for event in handler.stream_events():
        stored.append(json.dumps(handler.ctx.to_dict()))
        if isinstance(event, ReviewEvent):
            break
        assert isinstance(event, ProgressEvent)
    await handler.cancel_run()
    for snapshot in stored[:-1]:
        fresh = workflow(source)
        resumed = fresh.run(ctx=Context.from_dict(fresh, json.loads(snapshot)))
        async for event in resumed.stream_events():
            if isinstance(event, ReviewEvent):
                assert event.review == whole
                break
        await resumed.cancel_run()
