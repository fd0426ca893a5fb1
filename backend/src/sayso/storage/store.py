"""The port to durable storage: the transactions that change a run.

Every method is one transaction. A method that returns has committed.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

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


class Superseded(Exception):
    """The run has moved on without this segment: cancelled, deleted, or claimed by another worker."""


class StorageError(Exception):
    """The database cannot be opened, or cannot be written. The message says what to do."""


class Cluster(Protocol):
    """What a database knows of the other processes that use it."""

    async def work(self, execute: Callable[[str, bool], Awaitable[None]], *, concurrency: int) -> None:
        """Hand the runs that need a segment to `execute`, until cancelled.

        Args:
            execute: works on the run with that id until it waits or ends; the second argument says whether an earlier
                worker was lost at it. At most `concurrency` at a time.
        """
        ...

    async def hand_back(self, run_id: str) -> None:
        """A worker stops: if the run still needs a segment, another one gets it."""
        ...

    def announce(self, run_id: str) -> None:
        """Tell the other processes that a run has changed; its commit is done."""
        ...

    def listen(self, changed: Callable[[list[str]], None], reconnected: Callable[[], None]) -> None:
        """Hear of changes in the background, until the store is closed.

        Args:
            changed: called with the ids of runs that other processes have changed.
            reconnected: called when some may have been missed.
        """
        ...


class Store(Protocol):
    """Durable storage of runs. Methods are safe to call from any task of the event loop that opened it."""

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    @property
    def generation(self) -> int:
        """Goes up when the log may have been cut back by an unclean stop."""
        ...

    @property
    def cluster(self) -> Cluster | None:
        """How several processes share the work; `None` if this one has the database to itself. With a cluster,
        whatever makes a run need a segment hands it over in the same transaction."""
        ...

    async def create(self, run: NewRun) -> tuple[Run, bool]:
        """The run and whether it is new: a known `request_id` gives the run it started."""
        ...

    async def run(self, run_id: str) -> Run | None: ...

    async def runs(
        self,
        *,
        statuses: Sequence[Status] = (),
        search: str = "",
        before: tuple[datetime, str] | None = None,
        limit: int = 20,
    ) -> list[Run]:
        """Newest first.

        Args:
            statuses: only runs that stand so; empty is all.
            search: only runs whose question, or asker, contains this, without regard to ASCII case.
            before: the (created_at, id) of the last one already seen.
        """
        ...

    async def running(self) -> dict[str, int]:
        """Runs whose status is `running`, oldest first, with their `attempts`."""
        ...

    async def release(self, run_id: str, epoch: int) -> None:
        """Take back the attempt of a segment that was stopped in good order."""
        ...

    async def delete(self, run_id: str) -> bool:
        """Erase a run and all its rows. False if there is none."""
        ...

    async def prune(self, before: datetime, limit: int) -> list[str]:
        """Erase runs that were over before that time, oldest first. Returns their ids."""
        ...

    async def ping(self) -> None:
        """Read something.

        Raises:
            StorageError: the database cannot be reached.
        """
        ...

    async def to_remind(self, at: datetime, limit: int) -> list[Due]:
        """Open reviews that want a reminder by now."""
        ...

    async def to_expire(self, at: datetime, limit: int) -> list[Due]:
        """Open reviews that are past due by now and were not said to be."""
        ...

    async def mark_due(self, due: Due, event: NewEvent, *, expired: bool, at: datetime) -> StoredEvent | None:
        """Record a reminder, or that the review is past due, once. `None` if it was answered or recorded meanwhile."""
        ...

    async def open_reviews(self, run_ids: Sequence[str]) -> dict[str, list[int]]:
        """Unanswered reviews by run, oldest first; runs without any are left out."""
        ...

    async def review(self, run_id: str, seq: int) -> StoredReview | None: ...

    async def attachments(self, run_id: str) -> dict[str, JsonValue]:
        """The run's attachments by name; empty if it has none."""
        ...

    async def events(self, run_id: str, *, after: int, limit: int) -> list[StoredEvent]: ...

    async def claim(self, run_id: str) -> Claim | None:
        """Take a running run for a segment: raises its epoch. `None` if it is not running."""
        ...

    async def commit(self, commit: SegmentCommit) -> Committed:
        """Append a segment's events and store its checkpoint, all or nothing.

        Raises:
            Superseded: the segment must stop; nothing was written.
        """
        ...

    async def undelivered(self, run_id: str) -> list[Delivery]: ...

    async def answer(self, run_id: str, answer: Received, event: NewEvent, *, at: datetime) -> Answered:
        """Record an answer if the review is still open; durable before it returns."""
        ...

    async def cancel(self, run_id: str, event: NewEvent, *, at: datetime) -> StoredEvent | None:
        """End a run that is not over. `None` if it is."""
        ...
