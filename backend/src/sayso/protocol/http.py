"""Bodies of the HTTP calls that have no websocket frame of their own."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from sayso.protocol.codes import ErrorCode
from sayso.protocol.evidence import Record
from sayso.protocol.frames import RecordedDecision, RunState, ServerFrame
from sayso.protocol.judging import JudgeScore
from sayso.protocol.review import ReviewData


class RunPage(Record):
    """A page of runs, newest first; `next` is the cursor of the following page."""

    runs: list[RunState]
    next: str | None = None


class Review(Record):
    """A review as it stands: what was asked, how it may be answered, and the answer."""

    run_id: str
    seq: int
    at: datetime
    payload: str
    """What is asked, as Markdown."""
    data: ReviewData
    answer: RecordedDecision | None = None
    answered_at: datetime | None = None
    """Null while it is open."""


class EventPage(Record):
    """Entries of a run's log, oldest first; `next` is the `after` of the following page, null where there is none."""

    events: list[ServerFrame]
    next: int | None = None


class RunChanges(Record):
    """What has changed in the list of runs."""

    runs: list[RunState] = []
    """Runs that are new or have changed, as they are now."""
    gone: list[str] = []
    """Ids of runs that were erased."""


class Problem(Record):
    """Every HTTP error: `{"error": {...}}`, with the same codes as the websocket."""

    code: ErrorCode
    message: str
    field: str | None = None
    details: dict[str, Any] = {}


class ProblemBody(Record):
    error: Problem


class FileRemark(Record):
    """What is to be said of a file of a source: `name` and `says` read together as a sentence."""

    name: str
    says: str
    searched: bool
    """Nothing of it is, or all but what `says` names."""


class SourceInfo(Record):
    name: str
    title: str
    """As people call it: "Library", "Wikipedia"."""
    ready: bool
    why: str = ""
    """Why it is not ready, or what it holds: "478 documents (sample)"."""
    documents: int | None = None
    sample: bool = False
    not_searched: int = 0
    """Files among its documents that are not searched."""
    kinds: dict[str, int] = {}
    """How many of these are of a kind that cannot be read, by the suffix of their names; "" for none."""
    remarks: list[FileRemark] = []
    """Of the others, and of files that are searched with a doubt or not to their end; the first hundred."""
    leaves: str = ""
    """What leaves the server's machine when it is searched, and where it goes; empty if nothing does."""


class LibraryDocument(Record):
    """A file of the library, and what has become of it."""

    name: str
    """What `options.documents` and removing call it."""
    title: str = ""
    state: Literal["searched", "reading", "left_out"]
    says: str = ""
    """Why it is left out, or what is doubtful about it; reads as a sentence behind its name."""
    size: int | None = None
    """In bytes."""
    date: str | None = None
    """What it says of its own date."""
    added: bool = False
    """By somebody over this interface, and can be removed the same way."""


class PageBox(Record):
    """A part of a picture, as fractions of its width and height from its left and upper edge."""

    left: float
    top: float
    width: float
    height: float


class QuotedPage(Record):
    """A page of a PDF with a quote on it, as the file is now; only `says` where there is none."""

    says: str = ""
    """Why there is none: "manual.pdf is not in the library any more"."""
    page: int | None = None
    """From 1."""
    png: str = ""
    """The picture, in base 64."""
    width: int = 0
    """In pixels."""
    height: int = 0
    boxes: list[PageBox] = []
    """Where the quote stands, a box a line."""
    goes_on: bool = False
    """The quote ends on the next page."""


class LibraryPage(Record):
    """A page of the library's documents."""

    documents: list[LibraryDocument]
    total: int
    can_add: bool = True


class WriterInfo(Record):
    name: str
    ready: bool
    why: str = ""
    model: str | None = None
    judge: JudgeScore | None = None
    """How its model judges sentences, where `sayso doctor` has measured that."""
    leaves: str = ""
    """What leaves the server's machine when it writes, and where it goes; empty if nothing does."""


class WorkflowInfo(Record):
    name: str
    title: str
    """First line of the workflow's docstring."""
    options: dict[str, Any] = {}
    """JSON Schema of `options`, as far as the workflow needs or reads some; empty where it says nothing of them."""
    reviewers: list[str] = []
    """People and groups who are asked to decide where a question names none; empty is nobody in particular."""
    four_eyes: bool = False
    """Whoever asks may not approve."""


class Limits(Record):
    question: int
    feedback: int
    frame_bytes: int


class Info(Record):
    """What this server is and can do."""

    version: str
    workflows: list[WorkflowInfo]
    sources: list[SourceInfo]
    writers: list[WriterInfo]
    writer: str
    """The writer of a run that names none."""
    examples: list[str] = Field(default_factory=list)
    """Questions that the library answers well."""
    limits: Limits
