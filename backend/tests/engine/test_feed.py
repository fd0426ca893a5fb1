import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.engine import feed as feeds
from sayso.engine.feed import Feed, RunDeleted
from sayso.storage.records import StoredEvent


class Log:
    """A run's log as a list; the methods of the store that the feed uses."""

    def __init__(self) -> None:
        self.stored: list[StoredEvent] = []
        self.reads = 0

    def add(self, count: int) -> list[StoredEvent]:
        start = len(self.stored)
        new = [StoredEvent(start + n + 1, f'{{"seq":{start + n + 1},"type":"progress"}}') for n in range(count)]
        self.stored += new
        return new

    async def events(self, run_id: str, *, after: int, limit: int) -> list[StoredEvent]:
        self.reads += 1
        await asyncio.sleep(0)
        return self.stored[after : after + limit]

    async def run(self, run_id: str) -> object | None:
        return self

    async def last_seqs(self, run_ids: list[str]) -> dict[str, int]:
        return {run_id: len(self.stored) for run_id in run_ids}


async def collect(feed: Feed, after: int, last: int, pauses: list[int]) -> list[int]:
    seen: list[int] = []
    if after >= last:
        return seen
    async for events in feed.watch("r", after):
        seen += [event.seq for event in events]
        for _ in range(pauses[len(seen) % len(pauses)]):
            await asyncio.sleep(0)
        if seen[-1] >= last:
            break
    return seen


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    commits=st.lists(st.tuples(st.integers(1, 700), st.booleans()), min_size=1, max_size=8),
    watchers=st.lists(
        st.tuples(st.integers(0, 900), st.lists(st.integers(0, 5), min_size=1, max_size=5)), min_size=1, max_size=4
    ),
)
async def test_every_watcher_gets_exactly_the_rest_in_order_once(
    commits: list[tuple[int, bool]], watchers: list[tuple[int, list[int]]]
) -> None:
    """Whatever is published late, or not at all (`False`), and however slow a watcher is."""
    log = Log()
    last = sum(count for count, _ in commits)

    async def write() -> None:
        for count, published in commits:
            new = log.add(count)
            await asyncio.sleep(0)
            if published:
                feed.publish("r", new)

    look, feeds.LOOK_ALONE = feeds.LOOK_ALONE, 0.01
    feed = Feed(log)  # type: ignore[arg-type]
    try:
        async with asyncio.timeout(20):
            results = await asyncio.gather(*(collect(feed, after, last, p) for after, p in watchers), write())
    finally:
        feeds.LOOK_ALONE = look
    for (after, _), seen in zip(watchers, results[:-1], strict=True):
        assert seen == list(range(after + 1, last + 1))
    assert not feed._channels


async def test_watchers_share_one_tail() -> None:
    log = Log()
    feed = Feed(log)  # type: ignore[arg-type]
    watching = [asyncio.create_task(collect(feed, 0, 50, [0])) for _ in range(200)]
    await asyncio.sleep(0.05)
    before = log.reads
    for _ in range(50):
        feed.publish("r", log.add(1))
        await asyncio.sleep(0)
    assert await asyncio.gather(*watching) == [list(range(1, 51))] * 200
    assert log.reads == before


async def test_a_run_that_is_gone_is_noticed_though_nobody_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(Log):
        async def run(self, run_id: str) -> None:
            return None

        async def last_seqs(self, run_ids: list[str]) -> dict[str, int]:
            return {}

    monkeypatch.setattr(feeds, "LOOK_ALONE", 0.01)
    feed = Feed(Gone())  # type: ignore[arg-type]
    async with asyncio.timeout(20):
        with pytest.raises(RunDeleted):
            await anext(feed.watch("r", 0))


async def test_watchers_cost_nothing_while_they_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten looks at the log are ten, however many watchers and runs there are."""
    looks = 0

    class Counted(Log):
        async def last_seqs(self, run_ids: list[str]) -> dict[str, int]:
            nonlocal looks
            looks += 1
            assert len(run_ids) == 100
            return dict.fromkeys(run_ids, 0)

    monkeypatch.setattr(feeds, "LOOK_ALONE", 0.05)
    log = Counted()
    feed = Feed(log)  # type: ignore[arg-type]

    async def watch(run_id: str) -> None:
        async for _ in feed.watch(run_id, 0):
            raise AssertionError("there is nothing to see")

    watches = [asyncio.create_task(watch(f"r{n % 100}")) for n in range(300)]
    await asyncio.sleep(0.03)
    reads = log.reads
    async with asyncio.timeout(20):
        while looks < 10:  # noqa: ASYNC110 - it is the looks that are counted
            await asyncio.sleep(0.01)
    assert log.reads == reads
    feed.close()
    await asyncio.gather(*watches)
