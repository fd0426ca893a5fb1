"""Tells whoever watches the list of runs which of them have changed."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

GATHER = 0.25
"""Seconds for which changes are gathered, so that a busy run is told of a few times a second and not a hundred."""


@dataclass
class Changes:
    """Ids of runs that have changed, and of those that were erased."""

    changed: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)


@dataclass
class _Watcher:
    pending: Changes = field(default_factory=Changes)
    interrupted: bool = False
    woken: asyncio.Event = field(default_factory=asyncio.Event)


class ChangedRuns:
    """Gathers changes for each of its watchers; without watchers it does nothing."""

    def __init__(self) -> None:
        self._watchers: list[_Watcher] = []
        self._closed = False

    def touch(self, run_id: str) -> None:
        """A run is new, or has changed."""
        for watcher in self._watchers:
            watcher.pending.changed.add(run_id)
            watcher.woken.set()

    def erase(self, run_id: str) -> None:
        """A run is gone."""
        for watcher in self._watchers:
            watcher.pending.changed.discard(run_id)
            watcher.pending.gone.add(run_id)
            watcher.woken.set()

    def interrupt(self) -> None:
        """End the watches that there are, because changes may have been missed: who comes back reads the list anew."""
        for watcher in self._watchers:
            watcher.interrupted = True
            watcher.woken.set()

    def close(self) -> None:
        """End every watch, because the server stops."""
        self._closed = True
        for watcher in self._watchers:
            watcher.woken.set()

    async def watch(self) -> AsyncIterator[Changes]:
        """What has changed since this began, first nothing at once: from then on no change is missed. Endless until
        they are closed or interrupted."""
        watcher = _Watcher()
        self._watchers.append(watcher)
        try:
            yield Changes()
            while not self._closed:
                await watcher.woken.wait()
                if watcher.interrupted:
                    return
                if not self._closed:
                    await asyncio.sleep(GATHER)
                watcher.woken.clear()
                changes, watcher.pending = watcher.pending, Changes()
                if changes.changed or changes.gone:
                    yield changes
        finally:
            self._watchers.remove(watcher)
