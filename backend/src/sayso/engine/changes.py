"""Tells whoever watches the list of runs which of them have changed."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from sayso.engine.alarm import Alarm

GATHER = 0.25
"""Seconds for which changes are gathered, so that a busy run is told of a few times a second and not a hundred."""


@dataclass
class Changes:
    """Ids of runs that have changed, and of those that were erased. Watchers that keep up get the same object."""

    changed: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    def followed_by(self, later: "Changes") -> "Changes":
        """Both in one."""
        return Changes((self.changed | later.changed) - later.gone, self.gone | later.gone)


@dataclass
class _Watcher:
    pending: Changes | None = None
    interrupted: bool = False
    woken: asyncio.Event = field(default_factory=asyncio.Event)


class ChangedRuns:
    """Gathers changes, once for all of its watchers; without watchers it does nothing."""

    def __init__(self) -> None:
        self._watchers: list[_Watcher] = []
        self._gathered: Changes | None = None
        self._gathering = Alarm(self._tell)
        self._closed = False

    def touch(self, run_id: str) -> None:
        """A run is new, or has changed."""
        if self._watchers:
            self._gather().changed.add(run_id)

    def erase(self, run_id: str) -> None:
        """A run is gone."""
        if self._watchers:
            changes = self._gather()
            changes.changed.discard(run_id)
            changes.gone.add(run_id)

    def interrupt(self) -> None:
        """End the watches that there are, because changes may have been missed: who comes back reads the list anew."""
        for watcher in self._watchers:
            watcher.interrupted = True
            watcher.woken.set()

    def close(self) -> None:
        """End every watch, because the server stops."""
        self._closed = True
        self._gathering.clear()
        for watcher in self._watchers:
            watcher.woken.set()

    async def watch(self) -> AsyncIterator[Changes]:
        """What has changed since this began, first nothing at once: from then on no change is missed. Endless until
        they are closed or interrupted."""
        # What was gathered so far is for those who came before.
        self._hand_out()
        watcher = _Watcher()
        self._watchers.append(watcher)
        try:
            yield Changes()
            while True:
                await watcher.woken.wait()
                if watcher.interrupted or self._closed:
                    return
                watcher.woken.clear()
                changes, watcher.pending = watcher.pending, None
                if changes:
                    yield changes
        finally:
            self._watchers.remove(watcher)

    def _gather(self) -> Changes:
        if self._gathered is None:
            self._gathered = Changes()
        if not self._gathering.is_set:
            self._gathering.set(GATHER)
        return self._gathered

    def _hand_out(self) -> None:
        changes, self._gathered = self._gathered, None
        if changes:
            for watcher in self._watchers:
                watcher.pending = watcher.pending.followed_by(changes) if watcher.pending else changes

    def _tell(self) -> None:
        self._hand_out()
        for watcher in self._watchers:
            watcher.woken.set()
