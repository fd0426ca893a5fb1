"""What a human said of a finished text, as the run's state keeps it."""

from pydantic import BaseModel, Field


class Replaced(BaseModel):
    """A unit's text, and what stands there instead: the id of a quote, or a wording."""

    was: str
    quote: str


class Moved(BaseModel):
    """A unit's text, and that of the unit which it stands right before or after."""

    text: str
    beside: str
    after: bool = False


class Commented(BaseModel):
    """A unit that was commented on."""

    was: str
    comment: str


class TextDecision(BaseModel):
    """What a human said when rejecting a finished text; units are told by their texts."""

    struck: list[str] = Field(default_factory=list)
    replaced: list[Replaced] = Field(default_factory=list)
    confirmed: list[Replaced] = Field(default_factory=list)
    moved: list[Moved] = Field(default_factory=list)
    comments: list[str] = Field(default_factory=list)
    """What was said on units, as the writer of the whole text is told."""
    commented: list[Commented] = Field(default_factory=list)
    """The same, by unit."""
    left_out: list[str] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)
    misplaced: list[str] = Field(default_factory=list)
    """What asks for another order of what the text does not have."""
    wishes: list[str] = Field(default_factory=list)
    """What its prose asks for that is neither a note nor an exclusion."""
    unsure: list[str] = Field(default_factory=list)
    by: str = ""
    verified: bool | None = None
    """Whether that is the name of somebody who had signed in; nothing in runs of earlier versions."""
