"""Sends what the outbox holds, at least once: what a process had claimed and did not get done is sent by another."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sayso.notify.port import Sender, Unsent
from sayso.storage.errors import StorageError
from sayso.storage.outbox import Channel, ChannelKind, Failure, NewChannel, Outgoing
from sayso.storage.store import Store

log = logging.getLogger("sayso.notify")

LOOK = 1.0
"""Seconds between two looks at what is to be sent."""
LEASE = timedelta(seconds=40)
"""For so long nobody else sends what one process has claimed; longer than any attempt takes."""
ATTEMPT = 25.0
"""Seconds after which an attempt is in vain, whatever it is at."""
SIDE_BY_SIDE = 4
"""Messages for one channel that one process sends at a time; one, while nothing arrives there."""
_MINUTE, _HOUR = 60, 3_600
SCHEDULE = (5, 30, 2 * _MINUTE, 10 * _MINUTE, 30 * _MINUTE, _HOUR, 2 * _HOUR, 4 * _HOUR, 8 * _HOUR, 8 * _HOUR)
"""Seconds after each attempt in vain until the next; a day in all."""


class Courier:
    """Each process that has the store open may have one; a message is claimed before it is sent.

    Args:
        senders: for each kind of channel.
        wanted: the channels of the settings.
        schedule: see `SCHEDULE`; after the last one a message is given up.
        look: see `LOOK`.
    """

    def __init__(
        self,
        store: Store,
        senders: Mapping[ChannelKind, Sender],
        wanted: Sequence[NewChannel] = (),
        *,
        schedule: Sequence[float] = SCHEDULE,
        look: float = LOOK,
    ) -> None:
        self._store = store
        self._senders = senders
        self._wanted = wanted
        self._schedule = schedule
        self._look = look
        self._closing = False
        self._looking: asyncio.Task[None] | None = None
        self._serving: dict[str, asyncio.Task[None]] = {}

    async def open(self) -> None:
        """Begin to send. The store is open.

        Raises:
            StorageError: it cannot be read or written.
        """
        await self._store.configure_channels(self._wanted, _now())
        if self._store.cluster is None:
            # Nobody else can be at it.
            await self._store.free_claims(_now())
        self._looking = asyncio.create_task(self._run(), name="outbox")

    async def close(self) -> None:
        """Stop; what is being sent is left to the next one."""
        # A database's driver may lose a cancellation that comes while it gets a connection.
        self._closing = True
        tasks = [task for task in (self._looking, *self._serving.values()) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        while not self._closing:
            try:
                for id in await self._store.channels_due(_now()):
                    if id not in self._serving:
                        task = asyncio.create_task(self._serve(id), name=f"channel {id}")
                        self._serving[id] = task
                        task.add_done_callback(lambda _, id=id: self._serving.pop(id, None))  # type: ignore[misc]  # mypy takes the default for the argument
            except StorageError:
                log.info("what is to be sent cannot be looked up; trying again")
            except Exception:
                log.exception("what is to be sent could not be looked up; trying again")
            await asyncio.sleep(self._look)

    async def _serve(self, id: str) -> None:
        """Send what is due to one channel, until there is no more or something fails."""
        try:
            channel = next((each for each in await self._store.channels() if each.id == id), None)
            if channel is None or channel.disabled_at is not None:
                return
            limit = 1 if channel.failing_since else SIDE_BY_SIDE
            while claimed := await self._store.claim_outgoing(id, at=_now(), until=_now() + LEASE, limit=limit):
                if not await self._send_all(channel, claimed) or self._closing:
                    return
                limit = SIDE_BY_SIDE
        except StorageError:
            log.info("channel %s: the database is away; what was sent meanwhile may be sent again", id)
        except Exception:
            log.exception("channel %s: what was to be sent could not be", id)

    async def _send_all(self, channel: Channel, claimed: Sequence[Outgoing]) -> bool:
        """Whether all of them have arrived."""
        left = {outgoing.id: outgoing for outgoing in claimed}

        async def settle(outgoing: Outgoing) -> bool:
            failure = await self._attempt(channel, outgoing)
            if failure is None:
                await self._store.note_delivered(outgoing, _now())
            elif await self._store.note_failed(outgoing, failure):
                _say_disabled(channel, failure)
            left.pop(outgoing.id)
            return failure is None

        try:
            results = await asyncio.gather(*map(settle, claimed), return_exceptions=True)
        except asyncio.CancelledError:
            if left:
                await self._store.hand_back_outgoing(list(left.values()), _now())
            raise
        for result in results:
            if isinstance(result, BaseException):
                raise result
        return all(results)

    async def _attempt(self, channel: Channel, outgoing: Outgoing) -> Failure | None:
        try:
            sender = self._senders.get(channel.kind)
            if sender is None:
                raise Unsent(f"this process has no settings for {channel.kind}")
            async with asyncio.timeout(ATTEMPT):
                await sender.send(channel, outgoing.id, outgoing.notification)
        except TimeoutError:
            return self._failure(outgoing, Unsent("it took too long"))
        except Unsent as unsent:
            log.info("channel %s: %s: attempt %d: %s", channel.id, outgoing.id, outgoing.attempt, unsent.why)
            return self._failure(outgoing, unsent)
        except Exception:
            log.exception("channel %s: %s could not be sent", channel.id, outgoing.id)
            return self._failure(outgoing, Unsent("Sayso has a fault; its log says more"))
        return None

    def _failure(self, outgoing: Outgoing, unsent: Unsent) -> Failure:
        at = _now()
        if outgoing.attempt > len(self._schedule):
            log.warning("channel %s: %s is given up: %s", outgoing.channel, outgoing.id, unsent.why)
            return Failure(unsent.why, at, None, gone=unsent.gone)
        delay = max(self._schedule[outgoing.attempt - 1], unsent.wait or 0.0)
        return Failure(unsent.why, at, at + timedelta(seconds=delay), gone=unsent.gone)


def _say_disabled(channel: Channel, failure: Failure) -> None:
    log.error(
        "channel %s is disabled, because %s (%s). What it is owed is kept; what happens now is not told there. "
        "`sayso webhook enable %s` sends again.",
        channel.id,
        "its receiver is gone" if failure.gone else "nothing has arrived there for a day",
        failure.why,
        channel.id,
    )


def _now() -> datetime:
    return datetime.now(UTC)
