"""Wakes the watchers of a run, and keeps the run's latest frames for them.

The database is the log; the feed saves reading it. A watcher has a cursor of its own and goes at its own speed:
what the tail no longer holds, it reads from the log. A run without watchers has nothing here.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from itertools import islice

from sayso.engine.changes import ChangedRuns
from sayso.storage.errors import StorageError
from sayso.storage.records import StoredEvent
from sayso.storage.store import Store
from sayso.storage.transactions.reading import PAGE_SIZE, is_cut

TAIL = 512
"""Frames kept per watched run."""
TAIL_SIZE = 4_000_000
"""Characters of frames kept per watched run; the newest is kept whatever its size."""
PAGE = 500
"""Events read from the log, or handed to a watcher, at a time; no more than a page's characters either."""
LOOK = 1.0
"""Seconds between two looks for what nobody told of, where other processes append to logs too."""
LOOK_ALONE = 15.0
"""The same where this process has the database to itself: only a call that was cut short can have failed to tell."""
RETRY = 1.0
"""Seconds before the log is read again after the database failed."""


class _Channel:
    """The watched tail of one run."""

    def __init__(self) -> None:
        self.tail: deque[StoredEvent] = deque()
        self._size = 0
        self.changed = asyncio.Event()
        self.watchers = 0
        self.seen = 0
        """The last event that its watchers were woken for."""
        self.stale = False
        """Another process has appended to the log."""
        self.deleted = False

    def add(self, events: list[StoredEvent]) -> None:
        for event in events:
            # Commits are published in the order of their seq, but answers come from other tasks than segments.
            if self.tail and event.seq != self.tail[-1].seq + 1:
                self.tail.clear()
                self._size = 0
            self.tail.append(event)
            self._size += len(event.body)
            while len(self.tail) > TAIL or (self._size > TAIL_SIZE and len(self.tail) > 1):
                self._size -= len(self.tail.popleft().body)
            self.seen = max(self.seen, event.seq)
        self.wake()

    def wake(self) -> None:
        changed, self.changed = self.changed, asyncio.Event()
        changed.set()

    def after(self, cursor: int) -> list[StoredEvent] | None:
        """Events behind the cursor, or `None` if the tail does not reach back that far."""
        if not self.tail or self.tail[0].seq > cursor + 1 or self.tail[-1].seq < cursor:
            return None
        page: list[StoredEvent] = []
        size = 0
        for event in islice(self.tail, cursor + 1 - self.tail[0].seq, None):
            # A watcher that does not read holds what it was handed, though the tail has long let go of it.
            page.append(event)
            size += len(event.body)
            if size >= PAGE_SIZE:
                break
        return page


class RunDeleted(Exception):
    """The run that was being watched is gone."""


class Feed:
    """Hands the events of runs to whoever watches them."""

    def __init__(self, store: Store, announce: Callable[[str], None] | None = None) -> None:
        self.changed_runs = ChangedRuns()
        self._store = store
        self._announce = announce or (lambda _: None)
        self._look_every = LOOK if announce else LOOK_ALONE
        self._channels: dict[str, _Channel] = {}
        self._looking: asyncio.Task[None] | None = None
        self._closed = False

    def publish(self, run_id: str, events: list[StoredEvent]) -> None:
        """Tell the watchers of a run, and of the list of runs, what was committed."""
        self.changed_runs.touch(run_id)
        self._announce(run_id)
        channel = self._channels.get(run_id)
        if channel and events:
            channel.add(events)

    def stale(self, run_id: str) -> None:
        """Another process has changed a run: have its watchers, and those of the list of runs, look."""
        self.changed_runs.touch(run_id)
        self._look(run_id)

    def all_stale(self) -> None:
        """Have all watchers look, because news may have been missed."""
        self.changed_runs.interrupt()
        for run_id in list(self._channels):
            self._look(run_id)

    def _look(self, run_id: str) -> None:
        channel = self._channels.get(run_id)
        if channel:
            channel.stale = True
            channel.wake()

    def delete(self, run_id: str) -> None:
        """Tell the watchers of a run, and of the list of runs, that it is gone."""
        self._announce(run_id)
        self.delete_here(run_id)

    def delete_here(self, run_id: str) -> None:
        """The same, where another process erased it."""
        self.changed_runs.erase(run_id)
        channel = self._channels.get(run_id)
        if channel:
            channel.deleted = True
            channel.wake()

    def close(self) -> None:
        """End every watch, because the server stops."""
        self._closed = True
        if self._looking:
            self._looking.cancel()
        self.changed_runs.close()
        for channel in self._channels.values():
            channel.wake()

    async def watch(self, run_id: str, after: int) -> AsyncIterator[list[StoredEvent]]:
        """Batches of events with `seq > after`, in order, each once; endless until the feed is closed.

        Raises:
            RunDeleted: the run was erased.
        """
        channel = self._channels.setdefault(run_id, _Channel())
        channel.watchers += 1
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look_for_the_untold(), name="look for untold events")
        cursor = after
        try:
            while not self._closed:
                # Taken before looking, so that nothing slips in between looking and waiting.
                changed = channel.changed
                try:
                    events = await self._look_behind(run_id, channel, cursor)
                except StorageError:
                    # Whoever watches need not notice that the database was away.
                    await asyncio.sleep(RETRY)
                    continue
                if events:
                    cursor = events[-1].seq
                    yield events
                    continue
                await changed.wait()
        finally:
            channel.watchers -= 1
            if channel.watchers == 0:
                self._channels.pop(run_id, None)

    async def _look_behind(self, run_id: str, channel: _Channel, cursor: int) -> list[StoredEvent]:
        """The events behind the cursor that there are now. What somebody else has appended is read once for all
        watchers of the run."""
        if channel.stale:
            channel.stale = False
            try:
                found = await self._read_on(run_id, channel, cursor)
                if not found and await self._store.run(run_id) is None:
                    self.delete_here(run_id)
            except StorageError:
                channel.stale = True
                raise
        if channel.deleted:
            raise RunDeleted(run_id)
        events = channel.after(cursor)
        if events is None:
            events = await self._store.events(run_id, after=cursor, limit=PAGE)
        return events

    async def _read_on(self, run_id: str, channel: _Channel, cursor: int) -> bool:
        seen = channel.tail[-1].seq if channel.tail else cursor
        missed = await self._store.events(run_id, after=seen, limit=PAGE)
        if missed:
            channel.add(missed)
        channel.stale |= len(missed) == PAGE or is_cut(missed)
        return bool(missed)

    async def _look_for_the_untold(self) -> None:
        """Now and then one look at all watched runs together, so that a watcher costs nothing while it waits."""
        while self._channels:
            await asyncio.sleep(self._look_every)
            try:
                last = await self._store.last_seqs(list(self._channels))
            except StorageError:
                continue
            for run_id, channel in self._channels.items():
                # A run that is gone is looked at too: its watchers are told.
                if run_id not in last or last[run_id] > channel.seen:
                    channel.seen = last.get(run_id, 0)
                    channel.stale = True
                    channel.wake()
