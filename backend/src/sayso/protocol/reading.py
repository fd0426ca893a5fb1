"""How a decision was read: the structure that its prose became."""

from typing import Literal

from pydantic import Field

from sayso.protocol.evidence import Mark, Quote, Record
from sayso.protocol.items import SearchLimits, UnitEdit
from sayso.protocol.usage import StageUsage

ItemField = Literal["keep", "drop", "search", "leave_out", "limits", "note", "add", "edits", "text"]
"""The field of a decision that says something exactly."""


class ReadPoint(Record):
    """One point of the prose, and what it was read as."""

    said: str
    """In the words of who gave it."""
    field: ItemField
    value: str
    """What stands in that field for it: a query, what is left out, a finding's id, the wish for the writer."""
    sent: bool = False
    """It was sent in that field, and not read from prose."""


class Unsure(Record):
    """A point that may be an exclusion and could not be read for sure. Nothing is searched for it."""

    said: str
    field: ItemField
    """The field that would say it."""


class Verdict(Record):
    """What the check says of a wording, against the quotes that it stands on."""

    id: str
    """`Finding.id` or `Sentence.id`."""
    text: str
    supported: bool
    mark: Mark | None = None
    why: str = ""
    """Why it is not supported, as a sentence."""


class AddedPassage(Record):
    """A passage to add, with its text as it was stored."""

    source: str
    quote: Quote
    passage: str
    """The text that the quote was held against."""
    starts: int = 0
    """Offset of its first character in the document's extracted text."""


class Reading(Record):
    """A decision with its prose read. Stored with the decision, and never read again."""

    keep: list[str] = []
    """Findings that are to stay, or to come back: those that were sent, and those that prose names."""
    drop: dict[str, str] = {}
    """By finding, why."""
    search: list[str] = []
    leave_out: list[str] = []
    limits: SearchLimits | None = None
    note: str = ""
    text: list[UnitEdit] = []
    """What it says of single units of a text, beside what was sent."""
    added: list[AddedPassage] = []
    edits: list[Verdict] = []
    """What the check says of each rewording."""
    unsure: list[Unsure] = []
    points: list[ReadPoint] = Field(default_factory=list)
    """What each point of the prose was read as, in its order."""
    read_by: Literal["rules", "model"] = "rules"
    """Who read the prose; what a model reads is checked by the rules."""
    fallback: str = ""
    """Why the rules alone read it though a model was to, as a sentence."""
    used: StageUsage | None = None
    """What a model was asked for it."""
