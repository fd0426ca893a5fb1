"""The port to durable storage: what a run is as rows, and the transactions that change it.

Every method is one transaction. A method that returns has committed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from pydantic import JsonValue

from sayso.protocol.evidence import ReviewData
from sayso.protocol.frames import Brief, Received, Status


@dataclass(frozen=True, slots=True)
class Run:
    """A run's row."""

    id: str
    question: str
    workflow: str
    fingerprint: str
    """Of the workflow's steps and events when the run started; another one cannot restore its checkpoint."""
    options: dict[str, JsonValue]
    by: str
    status: Status
    created_at: datetime
    updated_at: datetime
    last_seq: int
    epoch: int
    """Raised by every claim; a write that carries an older one is refused."""
    attempts: int
    """Claims since the last new checkpoint or answer."""
    brief: Brief


@dataclass(frozen=True, slots=True)
class NewRun:
    id: str
    question: str
    workflow: str
    fingerprint: str
    options: dict[str, JsonValue]
    by: str
    request_id: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class OpenReview:
    """The review that an `input_required` event opens."""

    data: ReviewData
    response_type: str
    """Qualified name of the event class that carries the answer into the workflow."""
    fingerprint: str
    """Equal for the same question asked again by a step that ran again."""
    key: str | None = None
    """Of the review event, if it has one: copied into the answer, so that several waits can tell theirs apart."""
    remind_at: datetime | None = None
    """When to remind of it, if `data.due_at` is set."""
    nth: int = 1
    """How often the segment has asked this question by now: the second time can only be the second review of before."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event before it has a `seq`. `body` is its frame as a JSON object without `seq`."""

    body: str
    opens: OpenReview | None = None

    def numbered(self, seq: int) -> str:
        """The frame as sent: `body` with `seq` as its first member."""
        return f'{{"seq":{seq},{self.body[1:]}'


@dataclass(frozen=True, slots=True)
class StoredEvent:
    seq: int
    body: str
    """The frame as sent, JSON text; it begins `{"seq":1,"type":"..."`."""

    @property
    def type(self) -> str:
        """The frame's type, without parsing the rest."""
        return self.body.split('"', 6)[5]

    @property
    def last(self) -> bool:
        """Whether it ends its run: of errors, only those that do are in a log."""
        return self.type in ("final_result", "error", "cancelled")


@dataclass(frozen=True, slots=True)
class StoredReview:
    seq: int
    data: ReviewData
    response_type: str
    answer: Received | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A recorded answer that the workflow has not taken yet."""

    review: int
    response_type: str
    answer: Received
    at: datetime
    fingerprint: str
    """Of the review, see `OpenReview`."""
    key: str | None = None


class Ending(StrEnum):
    """What a segment's commit does to the run's status."""

    PAUSE = "waiting"
    COMPLETE = "completed"
    FAIL = "failed"


@dataclass(slots=True)
class SegmentCommit:
    """What a segment has done since its last commit. See `Store.commit`."""

    run_id: str
    epoch: int
    claimed_at: int = 0
    """`last_seq` when the run was claimed: an equal review up to here was asked before a crash, and is that review."""
    events: list[NewEvent] = field(default_factory=list)
    checkpoint: str | None = None
    """Workflow context as JSON: an exact cut."""
    covers: int = 0
    """How many of `events` the checkpoint covers."""
    progressed: bool = False
    """The checkpoint is further on than where the segment began: a step has finished."""
    delivered: list[int] = field(default_factory=list)
    """Reviews whose answers are in the checkpoint, or were taken by a run that ends."""
    ending: Ending | None = None
    brief: Brief | None = None


@dataclass(frozen=True, slots=True)
class Committed:
    events: list[StoredEvent]
    """As appended; a question that was open already is left out."""
    paused: bool
    """False although a pause was asked for: an answer had come in, and is in `undelivered`."""
    undelivered: list[Delivery]
    stalled: bool = False
    """A pause was asked for, but there is nothing to wait for: no open review and no answer."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A run taken over for one segment."""

    run: Run
    checkpoint: str | None
    checkpoint_seq: int
    """The last event that the checkpoint covers; 0 without one."""
    deliveries: list[Delivery]
    ahead: list[str] = field(default_factory=list)
    """Fingerprints of the reviews that the log has and the checkpoint does not: they are going to be asked again."""


class AnswerOutcome(StrEnum):
    ACCEPTED = "accepted"
    REPEATED = "repeated"
    """The same response id with the same content: harmless."""
    REUSED = "reused"
    ALREADY_ANSWERED = "already_answered"
    RUN_OVER = "run_over"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Answered:
    outcome: AnswerOutcome
    event: StoredEvent | None = None
    """The `input_received` event, of this answer or of the one that was first."""
    earlier: StoredReview | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A review whose time has come: for a reminder, or to be past due."""

    run_id: str
    review: int
    due_at: datetime


class Superseded(Exception):
    """The run has moved on without this segment: cancelled, deleted, or claimed by another worker."""


class StorageError(Exception):
    """The database cannot be opened, or cannot be written. The message says what to do."""


class Store(Protocol):
    """Durable storage of runs. Methods are safe to call from any task of the event loop that opened it."""

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    @property
    def generation(self) -> int:
        """Goes up when the log may have been cut back by an unclean stop."""
        ...

    async def create(self, run: NewRun) -> tuple[Run, bool]:
        """The run and whether it is new: a known `request_id` gives the run it started."""
        ...

    async def run(self, run_id: str) -> Run | None: ...

    async def runs(
        self, *, status: Status | None = None, before: tuple[datetime, str] | None = None, limit: int = 20
    ) -> list[Run]:
        """Newest first; `before` is the (created_at, id) of the last one already seen."""
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
