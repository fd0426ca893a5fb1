import asyncio
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.engine import feed as feeds
from sayso.engine.feed import Feed
from sayso.storage.records import StoredEvent


class Log:
    """A run's log as a list; the one method of the store that the feed uses."""

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
    feed = Feed(log)  # type: ignore[arg-type]
    last = sum(count for count, _ in commits)

    async def write() -> None:
        for count, published in commits:
            new = log.add(count)
            await asyncio.sleep(0)
            if published:
                feed.publish("r", new)

    feeds_poll, feeds.POLL = feeds.POLL, 0.01
    try:
        async with asyncio.timeout(20):
            results = await asyncio.gather(*(collect(feed, after, last, p) for after, p in watchers), write())
    finally:
        feeds.POLL = feeds_poll
    for (after, _), seen in zip(watchers, results[:-1], strict=True):
        assert seen == list(range(after + 1, last + 1))
    assert not feed._channels


async def test_watchers_share_one_tail(tmp_path: Path) -> None:
    log = Log()
    feed = Feed(log)  # type: ignore[arg-type]
    watching = [asyncio.create_task(collect(feed, 0, 50, [0])) for _ in range(200)]
    await asyncio.sleep(0.05)
    before = log.reads
    for _ in range(50):
        feed.publish("r", log.add(1))
        await asyncio.sleep(0)
    assert await asyncio.gather(*watching) == [list(range(1, 51))] * 200
    # A stall of a second makes the feed look at the log once, for all of them together.
    assert log.reads - before < 10
