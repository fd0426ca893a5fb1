"""The traps of checkpointing, each with a test of its own (`docs/architecture.md` lists them)."""

import asyncio
import json
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from workflows import Workflow

from sayso.engine.deadlines import DuePolicy
from sayso.engine.hosting import HostedWorkflow
from sayso.engine.service import Service
from sayso.protocol.commands import Answer
from sayso.protocol.frames import Status
from sayso.storage.sqlite.store import SqliteStore
from support.crash import cut_off
from support.trap_workflows import After, AsksWhileSending, AsksWhileWorking, Before, SameQuestionEachRound
from support.watching import frames_until, kinds, start
from support.workflows import Rewrite

Make = Callable[[type[Workflow]], Service]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A service that hosts one workflow under the name `trap`; a new one is what a restart is."""

    def make(kind: type[Workflow]) -> Service:
        store = SqliteStore(tmp_path / "sayso.db")
        # A due date is another one each time that a question is asked; the question stays the same.
        return Service(store, [HostedWorkflow("trap", kind(timeout=None))], DuePolicy(after=timedelta(days=1)))

    return make


async def until_status(service: Service, run: str, status: Status) -> None:
    async with asyncio.timeout(20):
        while (await service.run(run)).status is not status:  # noqa: ASYNC110 - the store is all there is to ask
            await asyncio.sleep(0.01)


async def paused_but_said_to_run(make: Make, path: Path) -> tuple[str, int]:
    """A run and its open review: the checkpoint is idle, but the status `waiting` did not make it."""
    before = make(Rewrite)
    await before.open()
    run = await start(before, "trap")
    log = await frames_until(before, run, "input_required")
    await until_status(before, run, Status.WAITING)
    await before.close()
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE runs SET status = 'running'")
    connection.close()
    return run, log[-1]["seq"]


async def test_a_restored_idle_run_goes_to_waiting_by_itself(make: Make, tmp_path: Path) -> None:
    run, review = await paused_but_said_to_run(make, tmp_path / "sayso.db")
    after = make(Rewrite)
    assert await after.open() == 1
    await until_status(after, run, Status.WAITING)
    assert (await after.run(run)).open_reviews == [review]
    await after.answer(run, Answer(response="yes", review=review))
    log = await frames_until(after, run, "final_result")
    assert kinds(log).count("input_required") == 1
    await after.close()


async def test_a_restored_idle_run_with_an_answer_goes_on(make: Make, tmp_path: Path) -> None:
    run, review = await paused_but_said_to_run(make, tmp_path / "sayso.db")
    # Recorded, and then the process died before anything came of it.
    between = make(Rewrite)
    await between._store.open()
    between._dispatcher._closing = True
    await between.answer(run, Answer(response="yes", review=review))
    await between._store.close()
    after = make(Rewrite)
    assert await after.open() == 1
    log = await frames_until(after, run, "final_result")
    assert (kinds(log).count("input_required"), kinds(log).count("input_received")) == (1, 1)
    assert log[-1]["data"]["result"]["rounds"] == 1
    await after.close()


@pytest.mark.parametrize("answered", ["before", "after"])
@pytest.mark.parametrize("delay", [0.0, 0.003, 0.012, 0.02, 0.035])
async def test_a_question_of_a_step_that_is_still_sending(make: Make, delay: float, answered: str) -> None:
    """Cut off `delay` seconds after the question; no checkpoint knows of it then, but the log does."""
    before = make(AsksWhileSending)
    await before.open()
    run = await start(before, "trap")
    review = (await frames_until(before, run, "input_required"))[-1]["seq"]
    if answered == "before":
        await before.answer(run, Answer(response="this", review=review))
    await asyncio.sleep(delay)
    await cut_off(before)
    after = make(AsksWhileSending)
    await after.open()
    if answered == "after":
        await after.answer(run, Answer(response="this", review=review))
    log = await frames_until(after, run, "final_result")
    assert (kinds(log).count("input_required"), kinds(log).count("input_received")) == (1, 1)
    assert log[-1]["data"]["result"] == {"notes": [0, 1, 2, 3], "response": "this"}
    await after.close()


@pytest.mark.parametrize("delay", [0.0, 0.002, 0.01, 0.05])
async def test_the_same_words_in_the_next_round_are_another_question(make: Make, delay: float) -> None:
    before = make(SameQuestionEachRound)
    await before.open()
    run = await start(before, "trap")
    log = await frames_until(before, run, "input_required")
    await before.answer(run, Answer(response="first", review=log[-1]["seq"]))
    await asyncio.sleep(delay)
    await cut_off(before)
    service = make(SameQuestionEachRound)
    await service.open()
    for asked, response in ((2, "second"), (3, "third")):
        log = await frames_until(service, run, "input_required", count=asked)
        await service.answer(run, Answer(response=response, review=log[-1]["seq"]))
    log = await frames_until(service, run, "final_result")
    assert log[-1]["data"]["result"] == ["first", "second", "third"]
    assert kinds(log).count("input_required") == 3
    await service.close()


@pytest.mark.parametrize("delay", [None, 0.0, 0.02, 0.06, 0.1, 0.14])
async def test_an_answer_while_other_steps_still_work(make: Make, delay: float | None) -> None:
    """`delay` is when the process dies after the answer, if it does."""
    service = make(AsksWhileWorking)
    await service.open()
    run = await start(service, "trap")
    review = (await frames_until(service, run, "input_required"))[-1]["seq"]
    assert (await service.run(run)).status is Status.RUNNING
    await service.answer(run, Answer(response="now", review=review))
    if delay is None:
        log = await frames_until(service, run, "final_result")
        told = [frame["payload"] for frame in log]
        assert told.count("heard now") == 1
        assert told.index("heard now") < told.index("piece 10"), "it was not kept until the work was done"
    else:
        await asyncio.sleep(delay)
        await cut_off(service)
        service = make(AsksWhileWorking)
        await service.open()
        log = await frames_until(service, run, "final_result")
    assert (kinds(log).count("input_required"), kinds(log).count("input_received")) == (1, 1)
    assert log[-1]["data"]["result"] == {"pieces": 10, "response": "now"}
    await service.close()


@pytest.mark.parametrize("stage", ["waiting", "working"])
async def test_a_renamed_step_does_not_hang(make: Make, stage: str) -> None:
    before = make(Before)
    await before.open()
    run = await start(before, "trap")
    if stage == "waiting":
        await frames_until(before, run, "input_required")
        await until_status(before, run, Status.WAITING)
        await before.close()
    else:
        await asyncio.sleep(0.01)
        await cut_off(before)
    after = make(After)
    await after.open()
    if stage == "waiting":
        await after.answer(run, Answer(response="yes", review=1))
    log = await frames_until(after, run, "error")
    assert log[-1]["data"]["code"] == "workflow_changed"
    state = await after.run(run)
    assert (state.status, state.open_reviews) == (Status.FAILED, [])
    await after.close()
    body = json.dumps(log)
    assert "Traceback" not in body
