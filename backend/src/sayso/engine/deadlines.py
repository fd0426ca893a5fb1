"""Reviews that are due: a reminder before it, and what happens when nobody has decided by then.

That nobody decided in time is recorded as just that, and never as a human's rejection.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sayso.engine import entries
from sayso.engine.clock import now
from sayso.engine.feed import Feed
from sayso.people.actor import SERVER, Actor
from sayso.protocol.commands import ProtocolError
from sayso.protocol.frames import DueData, InputExpired, Reminder
from sayso.storage.errors import StorageError
from sayso.storage.records import Due
from sayso.storage.store import Store

log = logging.getLogger("sayso.engine")

LOOK = 1.0
"""Seconds between two looks at what is due."""
BATCH = 100


class PastDue(StrEnum):
    """What happens to a run whose review is past due."""

    WAIT = "wait"
    CANCEL = "cancel"


@dataclass(frozen=True)
class DuePolicy:
    """When reviews are due, for those that do not say so themselves.

    Attributes:
        after: time from the question; `None` is never.
        remind: how long before it is due a review is reminded of; `None` is when a quarter of the time is left.
        then: what happens when it is past due.
    """

    after: timedelta | None = None
    remind: timedelta | None = None
    then: PastDue = PastDue.WAIT

    def due_at(self, asked_at: datetime) -> datetime | None:
        return asked_at + self.after if self.after is not None else None

    def remind_at(self, asked_at: datetime, due_at: datetime) -> datetime:
        """Never before the question itself."""
        before = self.remind if self.remind is not None else (due_at - asked_at) / 4
        return max(asked_at, due_at - before)

    @property
    def words(self) -> str:
        return "The run goes on waiting." if self.then is PastDue.WAIT else "The run is cancelled."


class Deadlines:
    """Looks for reviews that are due, all the time."""

    def __init__(
        self, store: Store, feed: Feed, policy: DuePolicy, cancel: Callable[[str, str, Actor], Awaitable[None]]
    ) -> None:
        self._store = store
        self._feed = feed
        self._policy = policy
        self._cancel = cancel

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.look(now())
            except StorageError:
                log.exception("what is due could not be looked up; trying again")
            await asyncio.sleep(LOOK)

    async def look(self, now: datetime) -> None:
        """Record what is due at `now`."""
        for due in await self._store.to_remind(now, BATCH):
            text = f"A decision is due {due.due_at:%Y-%m-%d %H:%M} UTC"
            frame = Reminder(payload=text, run_id=due.run_id, at=now, data=self._data(due))
            event = await self._store.mark_due(due, entries.to_new_event(frame), expired=False, at=now)
            self._feed.publish(due.run_id, [event] if event else [])
        for due in await self._store.to_expire(now, BATCH):
            await self._expire(due, now)

    async def _expire(self, due: Due, now: datetime) -> None:
        text = f"Nobody decided by {due.due_at:%Y-%m-%d %H:%M} UTC. {self._policy.words}"
        frame = InputExpired(payload=text, run_id=due.run_id, at=now, data=self._data(due))
        event = await self._store.mark_due(due, entries.to_new_event(frame), expired=True, at=now)
        if event is None:
            return
        self._feed.publish(due.run_id, [event])
        if self._policy.then is PastDue.CANCEL:
            try:
                await self._cancel(due.run_id, "the due date", SERVER)
            except ProtocolError:
                log.info("run %s: was over before it could be cancelled", due.run_id)

    def _data(self, due: Due) -> DueData:
        return DueData(review=due.review, due_at=due.due_at, what_happens=self._policy.words)
