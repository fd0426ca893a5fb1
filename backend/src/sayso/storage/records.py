"""What a run is as rows: the records that a store takes and gives."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pydantic import JsonValue

from sayso.protocol.frames import RecordedDecision, RunClaim, RunFigures, Status
from sayso.protocol.record import RecordHead
from sayso.protocol.review import ReviewData


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
    brief: RunFigures
    asker: str | None = None
    """For whom it counts, see `Actor.counted_as`; nothing in runs of earlier versions."""
    asked_of: tuple[str, ...] = ()
    """People and groups who are asked to decide; nobody in particular if there are none."""
    four_eyes: bool = False
    """Whoever asked may not approve."""
    claim: RunClaim | None = None
    retry_of: str | None = None
    """The failed run that this one goes on from."""

    @property
    def verified(self) -> bool:
        """Whether `by` is the name of somebody who had signed in."""
        return self.asker is not None and self.asker.startswith("person:")


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
    asker: str | None = None
    asked_of: tuple[str, ...] = ()
    four_eyes: bool = False
    retry_of: str | None = None


@dataclass(frozen=True, slots=True)
class OpenReview:
    """The review that an `input_required` event opens."""

    data: ReviewData
    response_type: str
    """Qualified name of the event class that carries the answer into the workflow; of several, with bars between."""
    fingerprint: str
    """Equal for the same question asked again by a step that ran again."""
    key: str | None = None
    """Of the review event, if it has one: copied into the answer, so that several waits can tell theirs apart."""
    remind_at: datetime | None = None
    """When to remind of it, if `data.due_at` is set."""
    nth: int = 1
    """How often the segment has asked this question by now: the second time can only be the second review of before."""
    fills: dict[str, JsonValue] = field(default_factory=dict)
    """Fields of the answer that the question knows already, such as what a wait requires."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event before it has a `seq`. `body` is its frame as a JSON object without `seq`."""

    body: str
    opens: OpenReview | None = None

    def numbered(self, seq: int) -> str:
        """The frame as sent: `body` with `seq` as its first member."""
        return f'{{"seq":{seq},{self.body[1:]}'


ENDS = {"final_result": Status.COMPLETED, "error": Status.FAILED, "cancelled": Status.CANCELLED}
"""Types of the frames that end a log, and what the run is then. Of errors, only those that end a run are in a log."""


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
        """Whether it ends its run."""
        return self.type in ENDS


@dataclass(frozen=True, slots=True)
class StoredReview:
    seq: int
    data: ReviewData
    response_type: str
    answer: RecordedDecision | None
    answered_at: datetime | None
    key: str | None = None
    fills: dict[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A recorded answer that the workflow has not taken yet."""

    review: int
    response_type: str
    answer: RecordedDecision
    at: datetime
    fingerprint: str
    """Of the review, see `OpenReview`."""
    key: str | None = None
    fills: dict[str, JsonValue] = field(default_factory=dict)
    record: RecordHead | None = None
    """The run's record up to this answer; none for an answer that an earlier version recorded."""


class Ending(StrEnum):
    """What a segment's commit makes of the run's status."""

    PAUSE = Status.WAITING
    COMPLETE = Status.COMPLETED
    FAIL = Status.FAILED


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
    brief: RunFigures | None = None
    attachments: dict[str, JsonValue] = field(default_factory=dict)
    """Records kept with the run by name, beside its log; a later commit may replace one."""

    @property
    def over(self) -> bool:
        """Whether the run is over with it."""
        return self.ending is not None and Status(self.ending).over


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
    asked: list[str] = field(default_factory=list)
    """Fingerprints of the reviews that the checkpoint covers."""


class AnswerOutcome(StrEnum):
    ACCEPTED = "accepted"
    REPEATED = "repeated"
    """The same response id with the same content: harmless."""
    REUSED = "reused"
    ALREADY_ANSWERED = "already_answered"
    RUN_OVER = "run_over"
    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    """Others are asked, or whoever asked may not approve."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an `Answer`: with `ACCEPTED` it is a `RecordedDecision`, and a `Delivery` to the workflow."""

    outcome: AnswerOutcome
    entry: StoredEvent | None = None
    """The `input_received` event, of this answer or of the one that was first."""
    earlier: StoredReview | None = None
    refusal: str = ""
    """Why it was `FORBIDDEN`, fit to show."""
    asker: str | None = None
    """Of the run, see `Run.asker`."""

    @property
    def repeated(self) -> bool:
        """It was recorded before, by an earlier call."""
        return self.outcome is AnswerOutcome.REPEATED

    @property
    def event(self) -> StoredEvent:
        """The `input_received` event, of an answer that is recorded."""
        assert self.entry is not None
        return self.entry


@dataclass(frozen=True, slots=True)
class Due:
    """A review whose time has come: for a reminder, or to be past due."""

    run_id: str
    review: int
    due_at: datetime
