"""Segments cut off at any moment, in process: what was stored must be enough to go on, and nothing twice."""

import asyncio
from collections import Counter
from collections.abc import Callable

import pytest

from sayso.engine import checkpoint
from sayso.engine.service import Service
from sayso.protocol.commands import Answer
from sayso.storage.store import Store
from support.crash import cut_off
from support.watching import frames_until, kinds, start


@pytest.mark.parametrize("delay", [0.0, 0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.12])
async def test_fan_out_cut_off_anywhere_ends_the_same(make_service: Callable[[], Service], delay: float) -> None:
    before = make_service()
    await before.open()
    run = await start(before, "fan")
    await asyncio.sleep(delay)
    await cut_off(before)
    after = make_service()
    await after.open()
    log = await frames_until(after, run, "input_required")
    assert kinds(log).count("input_required") == 1
    await after.answer(run, Answer(response="yes", review=log[-1]["seq"]))
    log = await frames_until(after, run, "final_result")
    assert log[-1]["data"]["result"] == {"parts": [0, 1, 2, 3], "response": "yes"}
    assert [frame["seq"] for frame in log] == list(range(1, len(log) + 1))
    # At least once for what a step says on its way; a finished step is not run again from a later checkpoint.
    parts = Counter(frame["payload"] for frame in log if frame["payload"].startswith("part"))
    assert set(parts) == {"part 0", "part 1", "part 2", "part 3"}
    await after.close()


@pytest.mark.parametrize("delay", [0.0, 0.002, 0.004, 0.008])
async def test_an_acknowledged_answer_survives(make_service: Callable[[], Service], delay: float) -> None:
    before = make_service()
    await before.open()
    run = await start(before, "rewrite")
    await frames_until(before, run, "input_required")
    await before.answer(run, Answer(response="no", review=2))
    await asyncio.sleep(delay)
    await cut_off(before)
    after = make_service()
    await after.open()
    log = await frames_until(after, run, "input_required", count=2)
    await after.answer(run, Answer(response="yes", review=log[-1]["seq"]))
    log = await frames_until(after, run, "final_result")
    assert log[-1]["data"]["result"]["rounds"] == 2
    assert kinds(log).count("input_required") == 2
    assert kinds(log).count("input_received") == 2
    await after.close()


@pytest.mark.parametrize("pause", [0.0, 0.02])
async def test_waits_are_answered_right_after_a_restore(make_service: Callable[[], Service], pause: float) -> None:
    before = make_service()
    await before.open()
    run = await start(before, "waits")
    log = await frames_until(before, run, "input_required", count=2)
    keys = {frame["data"]["details"]["key"]: frame["seq"] for frame in log if frame["type"] == "input_required"}
    await asyncio.sleep(0.1)
    await before.close()
    after = make_service()
    await after.open()
    await after.answer(run, Answer(response="for b", review=keys["b"]))
    await asyncio.sleep(pause)
    await after.answer(run, Answer(response="for a", review=keys["a"]))
    log = await frames_until(after, run, "final_result")
    assert kinds(log).count("input_required") == 2
    assert log[-1]["data"]["result"] == {"a": "for a", "b": "for b"}
    await after.close()


async def test_a_run_that_another_process_works_on_is_left_to_it(
    make_service: Callable[[], Service], new_store: Callable[[], Store]
) -> None:
    service, store = make_service(), new_store()
    await service.open()
    await store.open()
    run = await start(service, "slow")
    await frames_until(service, run, "progress")
    claimed = await store.claim(run)
    assert claimed
    # It hears of an answer before it has anything to commit, and so before it knows.
    assert service._dispatcher.notify(run)
    await asyncio.wait(service._dispatcher._tasks.values())
    now = await store.run(run)
    assert now
    assert (now.epoch, now.attempts) == (claimed.run.epoch, claimed.run.attempts)
    await service.close()
    await store.close()


def state(**worker: object) -> checkpoint.State:
    idle: dict[str, object] = {"queue": [], "in_progress": [], "collected_waiters": []}
    return {"is_running": True, "deliveries": [], "journal_seq": 5, "workers": {"step": {**idle, **worker}}}


def test_what_may_be_stored() -> None:
    assert checkpoint.storable(state())
    assert checkpoint.storable(state(in_progress=[{"received": []}]))
    assert not checkpoint.storable(state(in_progress=[{"received": [0]}]))
    assert not checkpoint.storable({**state(), "is_running": False})


def test_what_is_idle() -> None:
    assert checkpoint.idle(state())
    assert not checkpoint.idle(state(queue=[{}]))
    assert not checkpoint.idle(state(in_progress=[{"received": []}]))
    assert not checkpoint.idle({**state(), "deliveries": [{}]})
    assert not checkpoint.idle({**state(), "is_running": False})
