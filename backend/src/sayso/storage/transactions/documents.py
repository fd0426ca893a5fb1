"""Documents that people added to the library. Their bytes are here, so that each process can index them."""

from dataclasses import dataclass
from datetime import datetime

from sayso.people.audit import Entry
from sayso.storage.transactions.auditing import note
from sayso.storage.transactions.transaction import Ask, Transaction


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document that somebody added to the library."""

    name: str
    digest: str
    """BLAKE2b of its bytes, in hexadecimal."""
    size: int
    """In bytes."""
    added_at: datetime
    added_by: str


def put_document(document: StoredDocument, content: bytes, entry: Entry | None = None) -> Transaction[None]:
    """Add a document, or replace the one of that name."""
    yield Ask(
        "put_document",
        {
            "name": document.name,
            "digest": document.digest,
            "size": document.size,
            "added_at": document.added_at.isoformat(),
            "added_by": document.added_by,
            "content": content,
        },
    )
    yield from note(entry)


def remove_document(name: str, entry: Entry | None = None) -> Transaction[bool]:
    """Remove a document. False if there is none of that name."""
    removed = bool((yield Ask("remove_document", {"name": name})).changed)
    if removed:
        yield from note(entry)
    return removed


def documents() -> Transaction[list[StoredDocument]]:
    """What was added, by name."""
    rows = (yield Ask("documents", {})).rows
    return [
        StoredDocument(
            name=row["name"],
            digest=row["digest"],
            size=row["size"],
            added_at=datetime.fromisoformat(row["added_at"]),
            added_by=row["added_by"],
        )
        for row in rows
    ]


def document_content(name: str) -> Transaction[bytes | None]:
    """The bytes of a document; nothing if it is gone."""
    row = (yield Ask("document_content", {"name": name})).row
    return bytes(row["content"]) if row else None
