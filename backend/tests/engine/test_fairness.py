"""Nobody waits behind a thousand questions of somebody else, and nobody has a thousand going."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from sayso.engine.clock import now
from sayso.engine.fairness import FairSlots
from sayso.engine.hosting import HostedWorkflow
from sayso.engine.limits import FrameMeter, Limits
from sayso.engine.service import Service
from sayso.people.actor import Actor, Role
from sayso.protocol.commands import ProtocolError, Start
from sayso.storage.limits import RunLimits, TooManyRuns
from sayso.storage.records import NewRun
from sayso.storage.sqlite.store import SqliteStore
from sayso.storage.store import Store
from support.workflows import Rewrite

ADA = Actor("a" * 32, "Ada", Role.ASKER)
BEN = Actor("b" * 32, "Ben", Role.ASKER)


async def served(slots: FairSlots, askers: list[str]) -> list[str]:
    """In which order these get their slots, when they ask for them in this one."""
    order: list[str] = []

    async def work(asker: str) -> None:
        async with slots.slot(asker):
            order.append(asker)
            await asyncio.sleep(0)

    await asyncio.gather(*map(work, askers))
    return order


async def test_each_in_turn() -> None:
    order = await served(FairSlots(1), [*["a"] * 5, *["b"] * 3, "c"])
    assert order == ["a", "a", "b", "c", "a", "b", "a", "b", "a"]


async def test_one_who_comes_late_is_next() -> None:
    order = await served(FairSlots(4), [*["a"] * 100, "b"])
    assert order.index("b") <= 4


async def test_one_asker_leaves_room() -> None:
    slots, busy, most = FairSlots(8, 2), Counter[str](), Counter[str]()

    async def work(asker: str) -> None:
        async with slots.slot(asker):
            busy[asker] += 1
            most[asker] = max(most[asker], busy[asker])
            await asyncio.sleep(0.001)
            busy[asker] -= 1

    await asyncio.gather(*map(work, "a" * 30 + "bb"))
    assert most == {"a": 2, "b": 2}


async def test_no_slot_is_lost_to_who_gives_up() -> None:
    slots = FairSlots(1)
    for give_up_after in range(4):
        async with slots.slot("a"):
            waiting = [asyncio.create_task(served(slots, ["b"])), asyncio.create_task(served(slots, ["c"]))]
            await asyncio.sleep(0)
            if give_up_after < 2:
                waiting[give_up_after].cancel()
        if give_up_after >= 2:
            # Given up in the very moment in which the slot was given.
            waiting[give_up_after - 2].cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert await asyncio.wait_for(served(slots, ["d"]), 5) == ["d"]


async def test_next_to_a_flood_one_is_served_soon(tmp_path: Path) -> None:
    """In the order in which questions are served, whatever the machine takes for one."""
    service = Service(
        SqliteStore(tmp_path / "sayso.db"),
        [HostedWorkflow("rewrite", Rewrite(timeout=None))],
        limits=Limits(segments=16),
    )
    await service.open()
    ask = Start(question="q", workflow="rewrite")
    order: list[str] = []

    async def asked(name: str, actor: Actor) -> None:
        run = await service.start(ask, actor)
        async for events in service.watch(run.id, 0):
            if events[-1].type == "input_required":
                break
        order.append(name)

    flood = [asyncio.create_task(asked("a", ADA)) for _ in range(300)]
    await asyncio.sleep(0.05)
    before = len(order)
    await asked("b", BEN)
    await asyncio.gather(*flood)
    await service.close()
    # Those that were at work when it came, and as many again.
    assert order.index("b") - before <= 32, order.index("b")


async def test_what_one_may_send_in_a_second() -> None:
    at = 0.0
    meter = FrameMeter(10, lambda: at)
    for _ in range(50):
        meter.take("a")
    with pytest.raises(ProtocolError) as refused:
        meter.take("a")
    assert (refused.value.code, refused.value.details) == ("too_many", {"retry_after": 1})
    meter.take("b")
    at = 0.2
    meter.take("a")
    meter.take("a")
    with pytest.raises(ProtocolError):
        meter.take("a")
    for _ in range(1_000):
        FrameMeter(None).take("a")


@pytest.fixture
async def store(new_store: Callable[[], Store]) -> Store:
    return new_store()


def question(number: int, asker: str | None = "person:a", ago: timedelta = timedelta()) -> NewRun:
    return NewRun(f"{asker}{number}", "q", "w", "f", {}, "Ada", f"{asker}{number}", now() - ago, asker)


async def test_open_questions_of_one_are_limited(store: Store) -> None:
    await store.open()
    limits = RunLimits(open=2)
    # All at once: each sees those before it.
    made = await asyncio.gather(*(store.create(question(n), limits) for n in range(5)), return_exceptions=True)
    refused = [each for each in made if isinstance(each, TooManyRuns)]
    assert len(refused) == 3
    assert all(each.retry_after > 0 for each in refused)
    (kept,) = [each for each in await store.runs(limit=1)]
    # The same question again is not one more.
    again = question(int(kept.id[-1]))
    assert (await store.create(again, limits))[1] is False
    for other in ("person:b", None):
        assert (await store.create(question(9, other), limits))[1] is True
    await store.delete(kept.id)
    assert (await store.create(question(7), limits))[1] is True
    await store.close()


async def test_questions_an_hour_are_limited(store: Store) -> None:
    await store.open()
    limits = RunLimits(an_hour=2)
    for number, minutes in enumerate((90, 45, 30)):
        await store.create(question(number, ago=timedelta(minutes=minutes)))
    with pytest.raises(TooManyRuns) as refused:
        await store.create(question(8), limits)
    assert 14 * 60 < refused.value.retry_after <= 15 * 60
    await store.close()
