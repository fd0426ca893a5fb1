"""Who is connected for longer than a moment, and whether what they came in with is still good.

Sockets and streams look once at who comes in, and then go on for hours. When a token is revoked, a session ends or a
person is changed, they have to end: at once in this process, and within `LOOK` seconds in every other one, because each
looks for itself.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sayso.engine.clock import now
from sayso.engine.limits import FrameMeter, Limits, too_many
from sayso.people.actor import Actor
from sayso.storage.errors import StorageError
from sayso.storage.store import Store

log = logging.getLogger("sayso.engine")

LOOK = 1.0
"""Seconds between two looks."""
LATER = 5.0
"""Seconds after which one of too many may have gone."""
T = TypeVar("T")


@dataclass(eq=False)
class Visit:
    """A socket or a stream."""

    actor: Actor
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when what it came in with is good no more."""


class Presence:
    """The visits to one process."""

    def __init__(self, store: Store, limits: Limits | None = None) -> None:
        self._store = store
        self._most = limits.connections if limits else None
        self.frames = FrameMeter(limits.frames if limits else None)
        self._visits: set[Visit] = set()
        self._counted: Counter[str | None] = Counter()
        self._looking: asyncio.Task[None] | None = None

    def check_room(self, actor: Actor) -> None:
        """Whether there is room for one more visit of the same person, or address.

        Raises:
            ProtocolError: `too_many`.
        """
        if self._most is not None and self._counted[actor.counted_as] >= self._most:
            raise too_many(f"{self._most:,} open sockets and streams are as many as can be.", LATER)

    @contextmanager
    def visit(self, actor: Actor) -> Iterator[Visit]:
        """Be there; leaving the block ends it."""
        visit = Visit(actor)
        self._visits.add(visit)
        self._counted[actor.counted_as] += 1
        if actor.verified and (self._looking is None or self._looking.done()):
            self._looking = asyncio.create_task(self._look_again(), name="look at who is here")
        try:
            yield visit
        finally:
            self._visits.discard(visit)
            self._counted[actor.counted_as] -= 1
            if not self._counted[actor.counted_as]:
                del self._counted[actor.counted_as]

    async def look(self) -> None:
        """End the visits of those who may not be here any more, as who they came in as.

        Raises:
            StorageError: it cannot be said now.
        """
        good: dict[tuple[str | None, str | None, int], bool] = {}
        for visit in [each for each in self._visits if each.actor.verified]:
            actor = visit.actor
            key = actor.id, actor.secret, actor.version
            if key not in good:
                good[key] = await self._is_good(actor, now())
            if not good[key]:
                visit.ended.set()

    async def _is_good(self, actor: Actor, at: datetime) -> bool:
        assert actor.id is not None
        if actor.secret is None:
            person = await self._store.person(actor.id)
        else:
            found = await self._store.secret(actor.secret)
            if found is None or not found[0].lives(at):
                return False
            person = found[1]
        return person is not None and person.disabled_at is None and person.version == actor.version

    async def _look_again(self) -> None:
        while any(visit.actor.verified for visit in self._visits):
            await asyncio.sleep(LOOK)
            try:
                await self.look()
            except StorageError:
                log.info("who is here cannot be looked up; trying again")

    async def close(self) -> None:
        if self._looking:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)


async def until_ended(visit: Visit, source: AsyncIterator[T]) -> AsyncIterator[T]:
    """What `source` yields, until it ends, or the visit does."""
    if not visit.actor.verified:
        async for item in source:
            yield item
        return
    ended = asyncio.create_task(visit.ended.wait())
    coming: asyncio.Task[T] | None = None
    try:
        while True:
            coming = asyncio.ensure_future(anext(source))
            await asyncio.wait({coming, ended}, return_when=asyncio.FIRST_COMPLETED)
            if ended.done():
                return
            try:
                item = coming.result()
            except StopAsyncIteration:
                return
            yield item
    finally:
        for task in filter(None, (coming, ended)):
            task.cancel()
        await asyncio.gather(*filter(None, (coming, ended)), return_exceptions=True)
        if close := getattr(source, "aclose", None):
            await close()
