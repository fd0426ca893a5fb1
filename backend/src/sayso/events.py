"""The workflow events that Sayso understands beyond LlamaIndex's own.

A hosted workflow needs none of them: `InputRequiredEvent`, `HumanResponseEvent` and any `StopEvent` work, and
other streamed events are shown as progress. With these it can say more.
"""

from datetime import datetime
from typing import Any

from pydantic import Field, JsonValue
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StopEvent

from sayso.protocol.items import Addition, SearchLimits, UnitEdit
from sayso.protocol.reading import Reading
from sayso.protocol.record import RecordHead
from sayso.protocol.review import ReviewData


class ProgressEvent(Event):
    """What is happening, for whoever watches."""

    msg: str
    stage: str = "step"
    done: int | None = None
    total: int | None = None
    round: int | None = None
    details: dict[str, JsonValue] = Field(default_factory=dict)


class DraftEvent(Event):
    """The next piece of the text being written. The engine numbers the pieces."""

    text: str
    section: str = ""
    attempt: int = 0
    """Counts up when the text is begun anew, such as by another writer."""


class ReviewEvent(InputRequiredEvent):
    """A question to a human, with everything that is needed to decide it.

    `payload` is the same as Markdown, for clients that only print.
    """

    payload: str
    review: ReviewData
    attachments: dict[str, JsonValue] = Field(default_factory=dict)
    """Records to keep with the run by name, in the transaction that opens the review; they are not sent to clients."""


class DecisionEvent(HumanResponseEvent):
    """A human's answer to a `ReviewEvent`. `response` is checked against the review's schema before it gets here."""

    review: int
    response: JsonValue
    feedback: str = ""
    keep: list[str] | None = None
    edits: dict[str, str] = Field(default_factory=dict)
    drop: dict[str, str] | None = None
    note: str = ""
    add: list[Addition] = Field(default_factory=list)
    text: list[UnitEdit] = Field(default_factory=list)
    search: list[str] = Field(default_factory=list)
    leave_out: list[str] = Field(default_factory=list)
    limits: SearchLimits | None = None
    read: Reading | None = None
    """How the answer's prose was read when it was recorded."""
    by: str
    verified: bool = False
    """Whether `by` is the name of somebody who had signed in."""
    at: datetime
    show_note: bool = False
    record: RecordHead | None = None
    """The run's record up to this decision."""


class ResultEvent(StopEvent):
    """The end of a run: `payload` fit to print, `data` as structure."""

    payload: str
    data: dict[str, Any]
    attachments: dict[str, JsonValue] = Field(default_factory=dict)
    """Records to keep with the run by name, in the transaction that ends it; they are not sent to clients."""
