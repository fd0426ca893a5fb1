"""Documents that people add on the page: kept in the database, and as files in a folder that the library reads."""

import asyncio
import hashlib
import os
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path, PurePath

from sayso.people.actor import ANYBODY, Actor, name_of
from sayso.people.audit import Action, Entry
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.research.formats import SUFFIXES
from sayso.research.library.folder import MAX_BYTES
from sayso.research.readers.kinds import kind_of
from sayso.storage.store import Store
from sayso.storage.transactions.documents import StoredDocument

MOST_DOCUMENTS = 1_000
MOST_BYTES = 2_000_000_000
"""Of all documents together."""
_LONGEST_NAME = 150
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


class AddedDocuments:
    """What was added, the same for all processes that share the database.

    Args:
        store: holds the documents' bytes.
        folder: where each process has them as files.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._lock = asyncio.Lock()
        self._digests: dict[str, tuple[int, str]] = {}
        """Of the files in the folder: when each was written, and its digest."""

    async def add(self, name: str, content: bytes, *, by: str = "", actor: Actor = ANYBODY) -> StoredDocument:
        """Add a document, or replace the one of that name.

        Raises:
            ProtocolError: `invalid_request` or `too_large`, naming what is wrong with it.
            StorageError: nothing was stored.
        """
        document = StoredDocument(
            name=_fitting(safe_name(name), content),
            digest=_digest(content),
            size=len(content),
            added_at=datetime.now(UTC),
            added_by=name_of(actor, by),
        )
        others = [each for each in await self._store.added_documents() if each.name != document.name]
        if len(others) >= MOST_DOCUMENTS or sum(each.size for each in others) + document.size > MOST_BYTES:
            raise ProtocolError(
                ErrorCode.TOO_LARGE,
                f"There is room for {MOST_DOCUMENTS:,} documents of {MOST_BYTES // 1_000_000_000} GB in all; "
                "remove some, or put them into a folder and name that in SAYSO_LIBRARY.",
            )
        entry = Entry(Action.DOCUMENT_ADDED, actor, document.added_at, document.added_by, None, {"name": document.name})
        await self._store.put_document(document, content, entry)
        await self.sync()
        return document

    async def remove(self, name: str, *, actor: Actor = ANYBODY) -> bool:
        """Remove a document; false if there is none of that name.

        Raises:
            StorageError: nothing was removed.
        """
        entry = Entry(Action.DOCUMENT_REMOVED, actor, datetime.now(UTC), about={"name": name})
        removed = await self._store.remove_document(name, entry)
        await self.sync()
        return removed

    async def sizes(self) -> dict[str, int]:
        """Sizes of what was added, by name, as all processes have it."""
        return {document.name: document.size for document in await self._store.added_documents()}

    async def sync(self) -> None:
        """Make the folder hold just what the database holds."""
        async with self._lock:
            stored = {document.name: document for document in await self._store.added_documents()}
            here = await asyncio.to_thread(self._files)
            for name in here.keys() - stored.keys():
                await asyncio.to_thread((self._folder / name).unlink, missing_ok=True)
            for name, document in stored.items():
                if here.get(name) == document.digest:
                    continue
                content = await self._store.document_content(name)
                if content is not None:
                    await asyncio.to_thread(self._write, name, content)

    def _files(self) -> dict[str, str]:
        """Digests of the files in the folder, by name; what is half written is none."""
        self._folder.mkdir(parents=True, exist_ok=True)
        found = {}
        for path in self._folder.iterdir():
            if path.name.startswith(".") or not path.is_file():
                continue
            written = path.stat().st_mtime_ns
            known = self._digests.get(path.name)
            if known is None or known[0] != written:
                known = (written, _digest(path.read_bytes()))
                self._digests[path.name] = known
            found[path.name] = known[1]
        return found

    def _write(self, name: str, content: bytes) -> None:
        part = self._folder / f".{hashlib.sha256(name.encode()).hexdigest()[:16]}.part"
        part.write_bytes(content)
        os.replace(part, self._folder / name)


def safe_name(name: str) -> str:
    """`name` as the name of one file: without folders, control characters and what some system forbids.

    Raises:
        ProtocolError: `invalid_request`, nothing is left of it.
    """
    plain = unicodedata.normalize("NFC", PurePath(name.replace("\\", "/")).name)
    plain = _UNSAFE.sub("_", plain.encode("utf-8", "ignore").decode("utf-8")).strip(" .")
    suffix = PurePath(plain).suffix[:12]
    stem = plain[: len(plain) - len(suffix)]
    while len(f"{stem}{suffix}".encode()) > _LONGEST_NAME:
        stem = stem[:-1]
    if not stem.strip(" ._"):
        raise ProtocolError(ErrorCode.INVALID_REQUEST, "name: give the document a name.", field="name")
    return f"{stem}{suffix}"


def _fitting(name: str, content: bytes) -> str:
    """The name under which the content is read as what it is.

    Raises:
        ProtocolError: it is empty, too large, or of a kind that cannot be read.
    """
    if not content.strip():
        raise ProtocolError(ErrorCode.INVALID_REQUEST, f"{name} is empty.", field="name")
    if len(content) > MAX_BYTES:
        raise ProtocolError(ErrorCode.TOO_LARGE, f"{name} is larger than {MAX_BYTES // 1024 // 1024} MB; split it.")
    kind, suffix = kind_of(content), PurePath(name).suffix
    if kind is not None and suffix.lower() != kind and (suffix == "" or suffix.lower() in SUFFIXES):
        # Named after something else than it is, or after nothing.
        name, suffix = f"{name.removesuffix(suffix)}{kind}", kind
    if suffix.lower() not in SUFFIXES:
        known = " ".join(sorted(SUFFIXES))
        raise ProtocolError(
            ErrorCode.INVALID_REQUEST, f"{name} is of a kind that cannot be read. These can: {known}.", field="name"
        )
    return name


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
