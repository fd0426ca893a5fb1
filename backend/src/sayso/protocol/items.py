"""What a decision may hold beside its response: limits of the search, passages to add, changes of a text."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from sayso.protocol.input import MAX_NUMBER, Input

MAX_ITEMS = 100
"""Entries of a list in a decision."""
Key = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
"""A few words: what to search for, what to leave out."""
Date = Annotated[str, StringConstraints(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
""" "2024", "2024-05" or "2024-05-17" (ISO 8601)."""
Offset = Annotated[int, Field(ge=0, le=MAX_NUMBER)]


class SearchLimits(Input):
    """What the search is limited to from now on. Documents that give no date are within any dates."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    since: Annotated[Date | None, Field(alias="from")] = None
    until: Annotated[Date | None, Field(alias="to")] = None
    """The last date that is wanted, itself included: "2024" is all of that year."""
    sources: Annotated[list[Key], Field(max_length=MAX_ITEMS)] | None = None
    """Names of sources ("library"), as in the options of a run, or ids of documents of the review ("s2")."""


class Addition(Input):
    """A passage of a document that was read, to be a finding of its own."""

    source: Key
    """`Source.id`."""
    start: Offset
    end: Offset
    """Characters in the document's extracted text, as `Place.offset` counts them; the end is exclusive. All of it lies
    within what `GET /api/runs/{id}/sources/{source}` gives of that document."""

    @model_validator(mode="after")
    def _stretch(self) -> Self:
        if self.start >= self.end:
            raise ValueError("the end lies behind the start")
        return self


class UnitEdit(Input):
    """What to do with one unit of a text: exactly one of these."""

    unit: Key
    """`Sentence.id`, "u3"."""
    strike: Literal[True] | None = None
    confirm: Literal[True] | None = None
    """Take the wording in whose place the check has put a quote."""
    replace: Key | None = None
    """An approved quote to stand there: "f3" is the first quote of the finding f3, "f3.2" its second."""
    before: Key | None = None
    """The unit that it is to stand right before. A unit of a list, a table or code takes the whole of it along into
    another place."""
    after: Key | None = None
    comment: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)] | None = None
    """What the writer should do about it."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        said = (self.strike, self.confirm, self.replace, self.before, self.after, self.comment)
        if sum(each is not None for each in said) != 1:
            raise ValueError("a unit has exactly one of strike, confirm, replace, before, after, comment")
        return self
