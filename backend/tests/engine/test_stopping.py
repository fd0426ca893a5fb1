"""Whatever ends a run from outside ends what its steps wait for, at once."""

import asyncio
from collections.abc import Callable
from time import monotonic

import pytest

from sayso.engine.service import Service
from sayso.storage.postgres.store import PostgresStore
from support.held_workflows import Held, HeldByMany
from support.silent_server import SilentServer
from support.watching import frames_until, kinds, start

SOON = 5.0
"""Seconds; it takes tenths, but the machine may be busy. A wait that is not ended lasts for ever."""


async def cancel(service: Service, run: str) -> None:
    await service.cancel(run, "Ada")


async def delete(service: Service, run: str) -> None:
    await service.delete(run)


async def take_over(service: Service, run: str) -> None:
    """As another process does it: it claims the run, and this one hears that the run has changed."""
    assert await service._store.claim(run) is not None
    await service._dispatcher.look(run)


async def stop(service: Service, run: str) -> None:
    await service.close()


async def cancel_and_delete(service: Service, run: str) -> None:
    await asyncio.gather(service.cancel(run, "Ada"), service.delete(run), return_exceptions=True)


ENDS = [cancel, delete, take_over, stop, cancel_and_delete]


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
async def test_a_step_that_waits_is_ended(service: Service, end: Callable[..., object]) -> None:
    name = f"{end.__name__}-{id(service)}"
    run = await start(service, "held", name)
    await frames_until(service, run, "progress")
    await asyncio.sleep(0.1)
    assert name in Held.begun
    assert name not in Held.ended
    began = monotonic()
    await end(service, run)  # type: ignore[misc]  # each is a coroutine function
    assert Held.ended[name] - began < SOON
    assert run not in service._dispatcher.alive


async def test_steps_at_once_and_the_tasks_that_they_wait_for_are_ended(service: Service) -> None:
    HeldByMany.ended.clear()
    run = await start(service, "held by many")
    await frames_until(service, run, "progress", count=3)
    await asyncio.sleep(0.1)
    await service.cancel(run, "Ada")
    assert sorted(HeldByMany.ended) == ["0a", "0b", "1a", "1b", "2a", "2b"]


@pytest.mark.parametrize("end", [cancel, delete, stop], ids=lambda end: end.__name__)
async def test_a_server_that_a_step_calls_is_hung_up_on(service: Service, end: Callable[..., object]) -> None:
    async with SilentServer() as model:
        run = await start(service, "held by server", model.url)
        async with asyncio.timeout(20):
            await model.called.wait()
        await asyncio.sleep(0.1)
        assert not model.hung_up.is_set()
        await end(service, run)  # type: ignore[misc]  # each is a coroutine function
        async with asyncio.timeout(SOON):
            await model.hung_up.wait()


async def test_a_step_that_refuses_is_left_behind(service: Service) -> None:
    run = await start(service, "stubborn")
    await frames_until(service, run, "progress")
    began = monotonic()
    await service.cancel(run, "Ada")
    assert monotonic() - began < 2.9, "it was waited for"
    assert kinds(await frames_until(service, run, "cancelled")) == ["progress", "cancelled"]
    # Its step ends by itself before the loop does.
    await asyncio.sleep(1.5)


@pytest.mark.parametrize("new_store", ["postgres"], indirect=True)
async def test_a_process_that_missed_the_news_finds_out_when_it_hears_again(service: Service) -> None:
    name = f"missed-{id(service)}"
    run = await start(service, "held", name)
    await frames_until(service, run, "progress")
    store = service._store
    assert isinstance(store, PostgresStore)
    # From here on it hears nothing, and has nothing left to commit.
    await store._news.close()
    await asyncio.sleep(1.0)
    await store.delete(run)
    await asyncio.sleep(0.1)
    assert name not in Held.ended
    service._member._may_have_missed()
    async with asyncio.timeout(SOON):
        while name not in Held.ended:  # noqa: ASYNC110 - the workflow's own record is all there is
            await asyncio.sleep(0.02)
