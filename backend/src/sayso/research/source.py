"""The port that every source of evidence implements."""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from pydantic import BaseModel, Field

from sayso.protocol.evidence import Origin, Place

QUESTION: ContextVar[str] = ContextVar("question", default="")
"""What is researched by the search that is under way, for a source that may only fetch so much for one question."""


class Passage(BaseModel):
    """A verbatim stretch of a document, short enough to read (about 60 to 200 words), ending at a sentence.

    `text` is exactly `document_text[place.offset : place.offset + len(text)]`, so a quote from it is verbatim.
    """

    kind: str
    """Name of the source that found it: "library", "wikipedia", "web"."""
    uri: str
    title: str
    text: str
    place: Place = Field(default_factory=Place)
    date: str | None = None
    """What the document says of its own date: "2024", "2024-05" or "2024-05-17"; never when a file was copied."""
    origin: Origin = Field(default_factory=Origin)
    score: float = 0.0
    """Higher is better; comparable only within one search of one source."""

    @property
    def key(self) -> tuple[str, str, str, int | None]:
        """The same for the same passage of the same document, whichever search found it."""
        return self.kind, self.uri, self.text, self.place.offset


@dataclass(frozen=True)
class FileRemark:
    """What is to be said of a file: `name` and `says` read together as a sentence."""

    name: str
    says: str
    searched: bool
    """Else nothing of it is."""


@dataclass(frozen=True)
class Readiness:
    """Whether a source can be asked now; `why` says what it holds, or what is missing and how to fix it."""

    ready: bool
    why: str
    documents: int | None = None
    sample: bool = False
    working: bool = False
    """It is still reading what it will search, so a little patience finds more."""
    not_searched: int = 0
    """Files among its documents that are not searched."""
    kinds: Mapping[str, int] = field(default_factory=dict)
    """How many of these are of a kind that cannot be read, by the suffix of their names; "" for none."""
    remarks: tuple[FileRemark, ...] = ()
    """Of the others, and of those that are searched with a doubt or not to their end."""


class SourceError(Exception):
    """A search that failed. The message is safe to show and says what to do."""


@dataclass(frozen=True)
class Bounds:
    """How a source is to be asked."""

    seconds: float | None = None
    """That one search may take; left out, what the run allows."""
    passages: int | None = None
    """That one search may give; left out, what the run asks for."""
    queries: int | None = None
    """Of one round that it is asked, the first ones; left out, all."""
    at_once: int = 3
    """Searches that one run asks at the same time."""


UNBOUNDED = Bounds()


class SearchSource(Protocol):
    """A place to look for evidence. Safe to call from many runs at once."""

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    async def readiness(self) -> Readiness:
        """Never raises, and answers fast (a cached answer is fine)."""
        ...

    async def search(self, query: str, *, limit: int) -> list[Passage]:
        """The best passages for `query`, best first.

        Raises:
            SourceError: the source cannot answer now.
        """
        ...


@runtime_checkable
class Bounded(Protocol):
    """A source with a time-out and limits of its own."""

    @property
    def bounds(self) -> Bounds: ...


@runtime_checkable
class Outgoing(Protocol):
    """A source that asks somebody else."""

    @property
    def leaves(self) -> str:
        """What leaves this machine, and where it goes, as a sentence without its full stop; empty if nothing does."""
        ...


@runtime_checkable
class Surroundings(Protocol):
    """A source that knows what stands around its passages."""

    async def around(self, passage: Passage, characters: int) -> tuple[str, str]:
        """Up to `characters` before and after `passage` in its document, cut at a space; empty where nothing is known.

        Never raises.
        """
        ...


@runtime_checkable
class Reopening(Protocol):
    """A source that can go on reading in documents that it has found."""

    async def further(self, query: str, uris: Sequence[str], *, limit: int) -> list[Passage]:
        """The best passages for `query` in these documents, best first; of one that is not at hand any more none.
        Never raises."""
        ...


@runtime_checkable
class Multilingual(Protocol):
    """A source that knows the languages of its documents."""

    async def languages(self) -> list[str]:
        """ISO 639-1 codes, the most frequent first; empty while nothing is known. Never raises."""
        ...


@runtime_checkable
class Titled(Protocol):
    """A source that can tell what it holds."""

    async def titles(self, most: int) -> list[str]:
        """The titles of its documents; none if there are more than `most`, or nothing is known. Never raises."""
        ...


@runtime_checkable
class Narrowing(Protocol):
    """A source that can be searched in part."""

    def only(self, uris: Sequence[str]) -> SearchSource:
        """The same source, of which only the documents with these uris are searched."""
        ...

    async def missing(self, uris: Sequence[str]) -> set[str]:
        """Those of the uris that it has no document of."""
        ...


def leaves_of(source: SearchSource) -> str:
    """What leaves this machine when `source` is searched; empty if nothing does."""
    return source.leaves if isinstance(source, Outgoing) else ""
