"""What research found: sources, verbatim quotes, and the findings that rest on them."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, Field


class Record(BaseModel):
    """Base of everything the server sends. Clients ignore fields they do not know."""


class Mark(StrEnum):
    """How a unit or a claim stands to the quotes that it rests on."""

    QUOTED = "quoted"
    """It stands in one of them, or in the line that leads into it, word for word."""
    SAME = "same"
    """It differs from one of them, or from some that stand together, only by edits of the closed list of
    docs/reports.md, which keep what is said."""
    REWORDED = "reworded"
    """Its names, figures, units, most words and the words that carry the logic are those of a quote. Whether it means
    the same was not checked."""
    CONFIRMED = "confirmed"
    """A human took this wording, by name (`Sentence.confirmed_by`), over what the check said of it."""
    TRANSLATED = "translated"
    """It may be a translation of a quote in another language: figures, units, names and denials agree. Whether it means
    the same was not checked, unless a model judged it."""


class Place(Record):
    """Where in its source a quote stands."""

    heading: str | None = None
    """Heading path, outermost first, joined with " › "."""
    page: int | None = None
    """Page number, from 1, for paged documents."""
    offset: int | None = None
    """Offset of the quote's first character in the document's extracted text, in characters."""
    lead: str | None = None
    """The line that leads into the quote, verbatim, where that is an item, a row or code: the sentence before a list
    or code, a table's header (its cells apart by " | "), a question, a term."""


class Origin(Record):
    """What a citation says of a document besides its title, address and date, as far as its source knows."""

    authors: list[str] = []
    version: str | None = None
    """Which version of it was read: "v2" of a paper, "revision 1290381" of a wiki's page."""
    publisher: str | None = None
    """Who answers for it, as a name: "example.org", "wikipedia.org". Sources of one publisher are not independent."""
    retrieved_at: datetime | None = None
    """When it was fetched from elsewhere; nothing for files of one's own."""


class Source(Record):
    """A document that a quote comes from. `id` is "s1", "s2", ... and stays the same in a run."""

    id: str
    kind: str
    """The source it was found in: "library", "wikipedia", "arxiv", "web", or the name of an MCP server."""
    title: str
    uri: str
    """A path below the library's folder, or an address."""
    date: str | None = None
    """What the document says of its own date: "2024", "2024-05" or "2024-05-17" (ISO 8601)."""
    superseded: bool = False
    """Whether it says that it holds no more, or a later one of its name was read."""
    copies: list[str] = []
    """Other documents (`uri`) that hold the same text; they are no sources of their own."""
    origin: Origin = Field(default_factory=Origin)


class Quote(Record):
    """A verbatim passage of a source."""

    text: str
    source: str
    """`Source.id`."""
    kind: Literal["sentence", "item", "row", "answer", "definition", "code"] = "sentence"
    """What the marked statement is."""
    marked: tuple[int, int] | None = None
    """Start and end (characters, end exclusive) of the statement within `text` that carries the claim."""
    place: Place = Field(default_factory=Place)


class Rewording(Record):
    """Who worded a claim anew; quotes are never touched."""

    by: str
    verified: bool | None = None
    """Whether `by` is the name of somebody who had signed in; nothing in reports of earlier versions."""
    at: datetime
    was: str
    """The claim as it was found."""


class Finding(Record):
    """A claim with its evidence. `id` is "f1", "f2", ... ("g1", ... for gaps) and stays the same in a run."""

    id: str
    kind: Literal["evidence", "gap"] = "evidence"
    """A `gap` says what was searched for without finding good evidence; it has no quotes. Kept, it is in the report's
    `not_found`."""
    claim: str
    topic: str = ""
    """The part of the question it was found under."""
    state: Literal["new", "kept"] = "new"
    """`kept` when an earlier round showed it already."""
    round: int = 1
    """The round that found it."""
    strength: float | None = None
    """0 to 1, from `agreeing` and `match`; see `sayso.report.strength`. A sorting aid, not a probability."""
    agreeing: int = 0
    """Independent sources that say it: different documents of different publishers, copies of one text counted once."""
    match: float | None = None
    """0 to 1: how well the best quote matches what was asked."""
    near: bool = False
    """Whether it is only near to what was asked: much was read, and most that matches no better is beside the point."""
    quotes: list[Quote]
    """The best first. Each after it is of another source that says the same."""
    reworded: Rewording | None = None
    by_words: bool = False
    """Whether a model that chose among the statements left this one out: it is kept as words found it."""
    mark: Mark | None = None
    """How the claim stands to the quotes; nothing is said of it in runs of 0.1.0, and of gaps."""


class Gone(Record):
    """A finding that is not shown any more."""

    id: str
    claim: str
    round: int
    """The round that found it."""
    why: Literal["dropped", "aside"]
    """`dropped`: for good, by a human. `aside`: passed over; a later `keep` brings it back."""
    reason: str = ""
    """Why it was dropped, if that was said."""


class Conflict(Record):
    """Findings that cannot both be right."""

    findings: list[str]
    """Ids of two of them."""
    why: str
    """What they disagree on, as a sentence."""
    grade: Literal["contradiction", "figures_differ"] = "contradiction"
    """`contradiction`: one denies what the other states, or states the opposite. `figures_differ`: they give figures
    for the same thing that have no value in common."""


class FeedbackUse(Record):
    """What was done about one point of the feedback."""

    feedback: str
    """The point, in the words of who gave it."""
    what_was_done: str
    round: int = 0
    """The round whose findings the feedback was given on."""
    findings: list[str] = []
    """Ids of the findings that came of it."""
    status: Literal["done", "found_nothing", "not_possible", "not_understood"] = "done"
    """`not_possible`: this writer, or review, cannot. `not_understood`: nothing was done; `field` would say it."""
    field: str = ""
    """The field of a decision that it was read as, or that would say it: "search", "leave_out", "drop", ..."""


class QuestionPart(Record):
    """One part of what is asked for, and what there is on it."""

    topic: str
    """In the words of who asked; `Finding.topic` of what was found under it."""
    round: int = 1
    """The round that searched for it first."""
    findings: list[str] = []
    """Ids of the findings on it that are shown, the best first."""
    gap: str | None = None
    """Id of its gap, if nothing good was found."""


class Change(Record):
    """What is other in a text than in the version before it."""

    unit: str = ""
    """`Sentence.id` now; empty for what stands there no more."""
    was: str = ""
    """Empty for what is new."""
    text: str = ""


class StoredPassage(Record):
    """The passage a quote was taken from, as it was read then, with what stood around it."""

    finding: str
    """`Finding.id`."""
    before: str = ""
    """What the document says right before the passage, as far as it was known."""
    text: str
    """The passage, verbatim."""
    after: str = ""
    quote: tuple[int, int]
    """Start and end of the finding's quote within `text`."""
    marked: tuple[int, int] | None = None
    """Start and end of the sentence within `text` that carries the claim."""
    place: Place = Field(default_factory=Place)
    """Where the passage stands; `offset` is that of its first character."""


class SourcePassages(Record):
    """All that a run quotes from one source, in context."""

    source: Source
    passages: list[StoredPassage]
    """In the order of the document where that is known."""
