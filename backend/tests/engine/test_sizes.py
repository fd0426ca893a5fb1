"""What comes from inside a workflow has limits, and so has what a watcher holds."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sayso.engine.feed import TAIL_SIZE, Feed
from sayso.engine.hosting import HostedWorkflow
from sayso.engine.service import Service
from sayso.engine.sizes import MAX_ENTRY, MAX_STATE
from sayso.protocol.commands import Start
from sayso.storage.records import NewEvent, NewRun, SegmentCommit, StoredEvent
from sayso.storage.sqlite.store import SqliteStore
from sayso.storage.transactions.reading import PAGE_SIZE, is_cut
from support.blocking_workflows import Large
from support.watching import Frame, frames_until, kinds


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    service = Service(SqliteStore(tmp_path / "sayso.db"), [HostedWorkflow("large", Large(timeout=None))])
    await service.open()
    yield service
    await service.close()


async def ran(service: Service, what: str, size: int, until: str) -> list[Frame]:
    run = await service.start(Start(question=what, workflow="large", options={"size": size}))
    return await frames_until(service, run.id, until)


@pytest.mark.parametrize(
    ("what", "size", "said"),
    [
        ("question", 40_000_000, "The workflow's question is too large"),
        ("result", MAX_ENTRY + 1, "The workflow's result is too large"),
        ("state", 40_000_000, "What the workflow keeps in its state is too large"),
        ("state", MAX_STATE, "What the workflow keeps in its state is too large"),
    ],
)
async def test_what_is_too_large_ends_the_run_and_says_so(service: Service, what: str, size: int, said: str) -> None:
    log = await ran(service, what, size, "error")
    assert kinds(log) == ["error"], "nobody is asked what cannot be kept"
    assert log[0]["data"]["code"] == "too_large"
    assert log[0]["payload"].startswith(said)
    assert log[0]["data"]["details"]["size"] > log[0]["data"]["details"]["limit"]


async def test_what_is_just_within_its_limit_is_kept(service: Service) -> None:
    assert len((await ran(service, "result", MAX_ENTRY // 2 - 1_000, "final_result"))[-1]["payload"]) > 2_000_000
    assert "input_required" in kinds(await ran(service, "state", MAX_STATE - 100_000, "input_required"))


async def test_progress_that_is_too_large_is_told_without_its_details(service: Service) -> None:
    told, result = await ran(service, "progress", 10_000_000, "final_result")
    assert (told["type"], result["data"]) == ("progress", {"result": "noted"})
    assert len(told["payload"]) < 3_000
    assert list(told["data"]["details"]) == ["left_out"]


async def log_of(store: SqliteStore, sizes: list[int]) -> list[StoredEvent]:
    from sayso.engine.clock import now

    await store.open()
    await store.create(NewRun("r", "why?", "w", "fp", {}, "Ada", None, now()))
    claim = await store.claim("r")
    assert claim is not None
    events = [NewEvent(json.dumps({"type": "progress", "payload": "x" * size})) for size in sizes]
    return (await store.commit(SegmentCommit("r", claim.run.epoch, events=events))).events


async def test_the_log_is_read_by_its_size(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "sayso.db")
    events = await log_of(store, [3 * PAGE_SIZE, 10, PAGE_SIZE // 2, PAGE_SIZE // 2, PAGE_SIZE, 10])
    pages, after = [], 0
    while page := await store.events("r", after=after, limit=500):
        after = page[-1].seq
        pages.append([event.seq for event in page])
    assert pages == [[1], [2, 3, 4], [5], [6]]
    assert len(await store.events("r", after=1, limit=2)) == 2
    assert [is_cut(await store.events("r", after=after, limit=500)) for after in (0, 1, 5)] == [True, True, False]
    assert [event.seq for event in events] == [1, 2, 3, 4, 5, 6]
    await store.close()


async def test_a_watcher_that_does_not_read_holds_no_more_than_a_page(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "sayso.db")
    events = await log_of(store, [PAGE_SIZE // 4] * 64)
    feed = Feed(store)
    watch = feed.watch("r", 0)
    first = await anext(watch)
    feed.publish("r", events)
    channel = feed._channels["r"]
    assert sum(len(event.body) for event in channel.tail) <= TAIL_SIZE
    got = [*first]
    while len(got) < len(events):
        page = await anext(watch)
        assert sum(len(event.body) for event in page) < 2 * PAGE_SIZE
        got += page
    assert [event.seq for event in got] == list(range(1, 65)), "and misses nothing"
    feed.close()
    await store.close()
