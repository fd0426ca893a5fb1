"""A file of the library, and what has become of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sayso.research.library.folder import ADDED, Listing

State = Literal["searched", "reading", "left_out"]


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index knows of a file."""

    size: int
    mtime_ns: int
    title: str | None
    date: str | None
    reason: str | None
    """Why it could not be read."""
    notice: str | None
    """What is doubtful about it or missing from it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the library."""

    uri: str
    title: str
    state: State
    says: str
    """Why it is left out, or what is doubtful; reads as a sentence behind its name. Empty if all is well."""
    size: int | None
    """In bytes."""
    date: str | None
    added: bool
    """On the page, where it can be removed."""


def told(listing: Listing, indexed: Mapping[str, Indexed]) -> Iterator[Document]:
    """Every file that the folders hold, as the index has it.

    Args:
        listing: of the last look into the folders; before the first one, the index alone tells.
    """
    seen = set()
    for file in listing.files:
        seen.add(file.uri)
        known = indexed.get(file.uri)
        current = known is not None and (known.size, known.mtime_ns) == (file.size, file.mtime_ns)
        yield _document(file.uri, known, reading=not current and not (known and known.reason), size=file.size)
    for skipped in listing.skipped:
        if skipped.uri not in seen:
            yield Document(skipped.uri, "", "left_out", skipped.reason, None, None, _is_added(skipped.uri))
    if not listing.files:
        for uri, known in indexed.items():
            yield _document(uri, known, reading=False, size=known.size)


def _document(uri: str, known: Indexed | None, *, reading: bool, size: int) -> Document:
    title = (known.title if known else None) or ""
    if reading:
        return Document(uri, title, "reading", "", size, None, _is_added(uri))
    reason = known.reason if known else None
    says = reason or (known.notice if known else None) or ""
    date = known.date if known else None
    return Document(uri, title, "left_out" if reason else "searched", says, size, date, _is_added(uri))


def _is_added(uri: str) -> bool:
    return uri.startswith(f"{ADDED}/")
