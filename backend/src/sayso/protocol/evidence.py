"""What research found: sources, verbatim quotes, findings, and the review that asks about them."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field, JsonValue


class Record(BaseModel):
    """Base of everything the server sends. Clients ignore fields they do not know."""


class Place(Record):
    """Where in its source a quote stands."""

    heading: str | None = None
    """Heading path, outermost first, joined with " › "."""
    page: int | None = None
    """Page number, from 1, for paged documents."""
    offset: int | None = None
    """Offset of the quote's first character in the document's extracted text, in characters."""


class Source(Record):
    """A document that a quote comes from. `id` is "s1", "s2", ... and stays the same in a run."""

    id: str
    kind: str
    """The source it was found in: "library", "wikipedia", ..."""
    title: str
    uri: str
    """A path below the library's folder, or an http(s) address."""


class Quote(Record):
    """A verbatim passage of a source."""

    text: str
    source: str
    """`Source.id`."""
    marked: tuple[int, int] | None = None
    """Start and end (characters, end exclusive) of the sentence within `text` that carries the claim."""
    place: Place = Field(default_factory=Place)


class Finding(Record):
    """A claim with its evidence. `id` is "f1", "f2", ... and stays the same in a run."""

    id: str
    claim: str
    state: Literal["new", "kept"] = "new"
    """`kept` when an earlier round showed it already."""
    round: int = 1
    """The round that found it."""
    strength: float | None = None
    """0 to 1: how well the evidence matches the question. A sorting aid, not a probability."""
    quotes: list[Quote]


class FeedbackUse(Record):
    """What was done about one piece of feedback."""

    feedback: str
    what_was_done: str


class ReviewData(Record):
    """The `data` of `input_required`: what a human is asked to decide."""

    kind: str = "review"
    """`research_review` for findings; a hosted workflow names its own."""
    round: int = 1
    question: str = ""
    findings: list[Finding] = []
    sources: list[Source] = []
    feedback_used: list[FeedbackUse] = []
    not_found: list[str] = []
    """What was searched for and gave no good evidence, one sentence each."""
    response_schema: dict[str, Any] = {}
    """JSON Schema of the `response` field; empty means any JSON value."""
    due_at: datetime | None = None
    details: dict[str, JsonValue] = {}
    """Further fields of a hosted workflow's own review event."""
