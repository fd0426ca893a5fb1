"""Server to client: one JSON object a frame, `{"type", "payload", "run_id", "seq", "at", "data"}`.

`payload` is always fit to print. Frames with a `seq` are entries of the run's log; `run`, and an `error` that
answers a bad frame, have none.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from sayso.protocol.codes import ErrorCode
from sayso.protocol.evidence import Record
from sayso.protocol.items import Addition, SearchLimits, UnitEdit
from sayso.protocol.reading import Reading
from sayso.protocol.report import Report
from sayso.protocol.review import ReviewData


class Status(StrEnum):
    """Where a run stands."""

    RUNNING = "running"
    WAITING = "waiting"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def over(self) -> bool:
        """Whether nothing can happen to the run any more."""
        return self in (Status.COMPLETED, Status.FAILED, Status.CANCELLED)


class RunFigures(Record):
    """A few figures about a run, for lists."""

    stage: str = ""
    """The last progress, as text."""
    round: int = 0
    findings: int = 0
    sources: int = 0
    new: int = 0
    """Findings that are new in this round."""
    sentences: int = 0
    supported: int = 0
    approved_by: str = ""
    approved_verified: bool | None = None
    """Whether that is the name of somebody who had signed in; nothing if nobody has approved."""
    due_at: datetime | None = None
    """When the open review is due."""


class RunClaim(Record):
    """Somebody is on it: will decide, and says so to the others. Binds nobody."""

    by: str
    verified: bool = False
    at: datetime


class RunState(Record):
    """A run as it is now: the `data` of the `run` frame."""

    id: str
    question: str
    workflow: str
    status: Status
    by: str
    options: dict[str, JsonValue] = {}
    created_at: datetime
    updated_at: datetime
    last_seq: int
    generation: int
    """Goes up when the log may have been cut back; a client that sees it change reads again from the start."""
    open_reviews: list[int] = []
    """`seq` of every review that waits for an answer, oldest first."""
    brief: RunFigures = Field(default_factory=RunFigures)
    verified: bool = False
    """Whether `by` is the name of somebody who had signed in, or just what was said."""
    asked_of: list[str] = []
    """People and groups who are asked to decide; empty is nobody in particular."""
    four_eyes: bool = False
    """Whoever asked may not approve."""
    claim: RunClaim | None = None
    retry_of: str | None = None
    """Id of the failed run that this one goes on from."""


class ProgressData(Record):
    stage: str = "step"
    """The report workflow says `plan`, `search`, `findings`, `write`, `check` or `resume`."""
    done: int | None = None
    total: int | None = None
    round: int | None = None
    details: dict[str, JsonValue] = {}


class RecordedDecision(Record):
    """A decision, as recorded."""

    review: int
    response: JsonValue
    feedback: str = ""
    keep: list[str] | None = None
    """`None` means all."""
    edits: dict[str, str] = {}
    drop: dict[str, str] | None = None
    search: list[str] = []
    leave_out: list[str] = []
    limits: SearchLimits | None = None
    note: str = ""
    add: list[Addition] = []
    text: list[UnitEdit] = []
    read: Reading | None = None
    """How its prose was read, when it was recorded; nothing in decisions of 0.1.0 and of other workflows."""
    by: str
    verified: bool = False
    """Whether `by` is the name of somebody who had signed in, or just what was said."""
    response_id: str | None = None
    show_note: bool = False


class DraftData(Record):
    """The next piece of the text being written; a higher `attempt` replaces what an earlier one wrote."""

    section: str = ""
    attempt: int = 1
    index: int = 0


class DueData(Record):
    review: int
    due_at: datetime
    what_happens: str


class ErrorData(Record):
    code: ErrorCode
    field: str | None = None
    """The field of the refused frame that the error is about."""
    details: dict[str, JsonValue] = {}


class OtherResult(Record):
    """The result of a hosted workflow: any JSON."""

    result: JsonValue = None


class CancelledData(Record):
    by: str
    verified: bool | None = False
    """Whether `by` is the name of somebody who had signed in; null if it is nobody's, such as "the due date"."""


class Frame(Record):
    type: str
    payload: str
    run_id: str
    seq: int | None = None
    at: datetime


class RunFrame(Frame):
    type: Literal["run"] = "run"
    data: RunState


class Progress(Frame):
    type: Literal["progress"] = "progress"
    data: ProgressData


class InputRequired(Frame):
    type: Literal["input_required"] = "input_required"
    data: ReviewData


class InputReceived(Frame):
    type: Literal["input_received"] = "input_received"
    data: RecordedDecision


class Draft(Frame):
    type: Literal["draft"] = "draft"
    data: DraftData


class Reminder(Frame):
    type: Literal["reminder"] = "reminder"
    data: DueData


class InputExpired(Frame):
    type: Literal["input_expired"] = "input_expired"
    data: DueData


class FinalResult(Frame):
    type: Literal["final_result"] = "final_result"
    data: Report | OtherResult


class Error(Frame):
    type: Literal["error"] = "error"
    run_id: str = ""
    data: ErrorData


class Cancelled(Frame):
    type: Literal["cancelled"] = "cancelled"
    data: CancelledData


ServerFrame = Annotated[
    RunFrame
    | Progress
    | InputRequired
    | InputReceived
    | Draft
    | Reminder
    | InputExpired
    | FinalResult
    | Error
    | Cancelled,
    Field(discriminator="type"),
]
