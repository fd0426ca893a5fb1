"""The store over any SQL database: every method as a transaction of `storage.transactions`."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from pydantic import JsonValue

from sayso.protocol.frames import Received, Status
from sayso.storage.records import (
    Answered,
    Claim,
    Committed,
    Delivery,
    Due,
    NewEvent,
    NewRun,
    Run,
    SegmentCommit,
    StoredEvent,
    StoredReview,
)
from sayso.storage.transactions import committing, reading, writing
from sayso.storage.transactions.writing import Transaction

T = TypeVar("T")
Make = Callable[[], Transaction[T]]
"""Makes a transaction anew, so that it can be tried again."""


class SqlStore(ABC):
    """Implements `Store` but for opening and closing, and running transactions."""

    @abstractmethod
    async def _write(
        self, make: Make[T], *, durable: bool, hands_over: Callable[[T], str | None] = lambda _: None
    ) -> T:
        """Run and commit a transaction.

        Args:
            durable: it is on disk before this returns.
            hands_over: of the result, the id of a run that a worker has to take up now. Databases that know of
                workers enqueue it in the same transaction.

        Raises:
            StorageError: nothing was stored, as far as can be known.
        """

    @abstractmethod
    async def _read(self, make: Make[T]) -> T:
        """Run a transaction that only reads.

        Raises:
            StorageError: the database cannot be read.
        """

    # Writing.

    async def create(self, run: NewRun) -> tuple[Run, bool]:
        # Whoever asked can ask again with the same request id; the sync that the question needs keeps the run too.
        return await self._write(
            lambda: writing.create(run), durable=False, hands_over=lambda made: made[0].id if made[1] else None
        )

    async def claim(self, run_id: str) -> Claim | None:
        return await self._write(lambda: writing.claim(run_id), durable=False)

    async def commit(self, commit: SegmentCommit) -> Committed:
        # What nobody waits for may be lost by a power cut (never by a crash): it would be done again.
        durable = commit.ending is not None or any(event.opens for event in commit.events)
        return await self._write(lambda: committing.commit(commit), durable=durable)

    async def answer(self, run_id: str, answer: Received, event: NewEvent, *, at: datetime) -> Answered:
        return await self._write(
            lambda: writing.answer(run_id, answer, event, at),
            durable=True,
            hands_over=lambda answered: run_id if answered.resumes else None,
        )

    async def cancel(self, run_id: str, event: NewEvent, *, at: datetime) -> StoredEvent | None:
        return await self._write(lambda: writing.cancel(run_id, event, at), durable=True)

    async def mark_due(self, due: Due, event: NewEvent, *, expired: bool, at: datetime) -> StoredEvent | None:
        return await self._write(lambda: writing.mark_due(due, event, at, expired=expired), durable=True)

    async def release(self, run_id: str, epoch: int) -> None:
        await self._write(lambda: writing.release(run_id, epoch), durable=False)

    async def delete(self, run_id: str) -> bool:
        return await self._write(lambda: writing.delete(run_id), durable=True)

    async def prune(self, before: datetime, limit: int) -> list[str]:
        return await self._write(lambda: writing.prune(before, limit), durable=True)

    # Reading.

    async def ping(self) -> None:
        await self._read(reading.ping)

    async def run(self, run_id: str) -> Run | None:
        return await self._read(lambda: reading.run(run_id))

    async def runs(
        self,
        *,
        statuses: Sequence[Status] = (),
        search: str = "",
        before: tuple[datetime, str] | None = None,
        limit: int = 20,
    ) -> list[Run]:
        return await self._read(lambda: reading.runs(statuses, search, before, limit))

    async def running(self) -> dict[str, int]:
        return await self._read(reading.running)

    async def to_remind(self, at: datetime, limit: int) -> list[Due]:
        return await self._read(lambda: reading.due("reviews_to_remind", at, limit))

    async def to_expire(self, at: datetime, limit: int) -> list[Due]:
        return await self._read(lambda: reading.due("reviews_to_expire", at, limit))

    async def open_reviews(self, run_ids: Sequence[str]) -> dict[str, list[int]]:
        return await self._read(lambda: reading.open_reviews(run_ids))

    async def review(self, run_id: str, seq: int) -> StoredReview | None:
        return await self._read(lambda: reading.review(run_id, seq))

    async def events(self, run_id: str, *, after: int, limit: int) -> list[StoredEvent]:
        return await self._read(lambda: reading.events(run_id, after, limit))

    async def attachments(self, run_id: str) -> dict[str, JsonValue]:
        return await self._read(lambda: reading.attachments(run_id))

    async def undelivered(self, run_id: str) -> list[Delivery]:
        return await self._read(lambda: writing.undelivered(run_id))
