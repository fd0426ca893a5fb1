"""This process's part in a cluster: it works on the runs that it is handed, and hears of what others change."""

import asyncio
import logging

from sayso.engine.dispatch import Dispatcher
from sayso.engine.feed import Feed
from sayso.storage.errors import StorageError
from sayso.storage.store import Cluster

log = logging.getLogger("sayso.engine")


class ClusterMember:
    """Does nothing without a cluster.

    Args:
        concurrency: segments at a time; 0 for a process that only serves.
    """

    def __init__(self, cluster: Cluster | None, dispatcher: Dispatcher, feed: Feed, concurrency: int) -> None:
        self._cluster = cluster
        self._dispatcher = dispatcher
        self._feed = feed
        self._concurrency = concurrency
        self._closing = False
        self._working: asyncio.Task[None] | None = None
        self._looking: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin to listen, and to work."""
        if self._cluster is None:
            return
        self._cluster.listen(self._changed, self._may_have_missed)
        if self._concurrency:
            work = self._cluster.work(self._execute, concurrency=self._concurrency)
            self._working = asyncio.create_task(work, name="worker")

    async def close(self, *, in_good_order: bool) -> None:
        """Take no new runs, bring the segments to a stop, and hand back what is not done. See `Dispatcher.close`."""
        self._closing = True
        if self._working:
            self._working.cancel()
        await self._dispatcher.close(in_good_order=in_good_order)
        tasks = [task for task in (self._working, *self._looking) if task]
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _execute(self, run_id: str, lost: bool) -> None:
        await self._dispatcher.execute(run_id, interrupted=lost)
        if self._closing and self._cluster:
            # It may have been stopped at any point, even before it was begun.
            await self._cluster.hand_back(run_id)

    def _changed(self, run_ids: list[str]) -> None:
        for run_id in run_ids:
            self._feed.stale(run_id)
            self._look_soon(run_id)

    def _may_have_missed(self) -> None:
        self._feed.all_stale()
        # A segment whose run was cancelled or taken over meanwhile would work on until it has something to commit.
        for run_id in self._dispatcher.alive:
            self._look_soon(run_id)

    def _look_soon(self, run_id: str) -> None:
        task = asyncio.create_task(self._look(run_id))
        self._looking.add(task)
        task.add_done_callback(self._looking.discard)

    async def _look(self, run_id: str) -> None:
        try:
            await self._dispatcher.look(run_id)
        except StorageError:
            log.info("run %s: the database is away; its segment finds out by itself", run_id)
