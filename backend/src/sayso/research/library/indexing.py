"""Bringing a library's index up to date with its folders."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from sayso.research.formats import Unreadable
from sayso.research.library.folder import FileState, Listing, Root, Skipped, list_files
from sayso.research.library.index import Entry, Index, Known
from sayso.research.library.reader_process import FileReader, ReaderCrashed, ReaderFailed

_BATCH = 32
"""Files a transaction, at most."""
_BATCH_SECONDS = 1.0
_TIDY_AFTER = 200
"""Changed files from which the full-text index is merged."""

T = TypeVar("T")
Progress = Callable[[int, int, str], None]
"""Called with files done, files to do, and the file just done; (0, n, "") at the start."""


class LibraryError(Exception):
    """The library cannot be used. The message is one line that says what to do."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a refresh did, in files."""

    indexed: int
    """Read and stored."""
    unchanged: int
    removed: int
    skipped: list[Skipped]
    """All that cannot be read, found now or before."""
    documents: int
    """In the index now."""
    seconds: float


@dataclass(slots=True)
class Tally:
    """A refresh under way."""

    total: int
    done: int = 0
    indexed: int = 0
    skipped: list[Skipped] = field(default_factory=list)


class Indexer:
    """Reads what changed, one file after the other, and stores it in small transactions.

    Attributes:
        tally: the refresh under way, if one is.
        failure: why the last refresh failed, or empty.
    """

    def __init__(self, index: Index, roots: Sequence[Root], reader: Callable[[], FileReader]) -> None:
        self.tally: Tally | None = None
        self.failure = ""
        self._index = index
        self._roots = roots
        self._reader = reader
        self._lock = asyncio.Lock()
        # One thread for all writes: SQLite has one writer, and the event loop never waits for the disk.
        self._thread = ThreadPoolExecutor(1, "library-index")

    async def close(self) -> None:
        """Wait for the write under way. A running refresh must be cancelled before."""
        await asyncio.to_thread(self._thread.shutdown)

    async def refresh(self, progress: Progress) -> IndexReport:
        """See `Library.refresh`."""
        async with self._lock:
            self.failure = ""
            self.tally = Tally(0)
            try:
                return await self._refresh(progress)
            except (LibraryError, ReaderFailed, OSError, sqlite3.Error) as error:
                own = isinstance(error, LibraryError)
                self.failure = str(error) if own else f"The library cannot be indexed ({error})."
                raise LibraryError(self.failure) from error
            finally:
                self.tally = None

    async def _refresh(self, progress: Progress) -> IndexReport:
        started = time.monotonic()
        listing = await self._in_thread(lambda: _list_all(present(self._roots)))
        known = await self._in_thread(self._index.known)
        changed = [file for file in listing.files if _differs(file, known.get(file.uri))]
        removed = known.keys() - {file.uri for file in listing.files}
        self.tally = tally = Tally(len(changed), skipped=listing.skipped)
        progress(0, tally.total, "")
        if removed:
            await self._in_thread(partial(self._index.store, [], removed))
        if changed:
            await self._read_all(changed, known, tally, progress)
        if tally.indexed + len(removed) >= _TIDY_AFTER:
            await self._in_thread(self._index.tidy)
        documents, unreadable = await self._in_thread(self._index.counts)
        return IndexReport(
            indexed=tally.indexed,
            unchanged=documents - tally.indexed,
            removed=len(removed),
            skipped=sorted([*tally.skipped, *unreadable], key=lambda file: file.uri),
            documents=documents,
            seconds=time.monotonic() - started,
        )

    async def _read_all(
        self, files: Sequence[FileState], known: Mapping[str, Known], tally: Tally, progress: Progress
    ) -> None:
        batch: list[Entry] = []
        stored_at = time.monotonic()
        reader = self._reader()
        try:
            for file in files:
                reply = await _read(reader, file, known.get(file.uri))
                # What could not be opened may be readable the next time, so it must not look unchanged then.
                batch.append(Entry(file.uri, file.size, -1 if reply.get("retry") else file.mtime_ns, reply))
                if len(batch) == _BATCH or time.monotonic() - stored_at > _BATCH_SECONDS:
                    await self._in_thread(partial(self._index.store, batch))
                    batch, stored_at = [], time.monotonic()
                tally.done += 1
                tally.indexed += "text" in reply
                progress(tally.done, tally.total, file.uri)
            await self._in_thread(partial(self._index.store, batch))
        finally:
            await reader.close()

    async def _in_thread(self, function: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, function)


def present(roots: Sequence[Root]) -> list[Root]:
    """The roots that exist.

    Raises:
        LibraryError: one is missing that is not a sample, or is no folder. Its documents stay in the index: a
            network drive that is not mounted must not empty it.
    """
    for root in roots:
        if root.folder.is_dir() or (root.sample and not root.folder.exists()):
            continue
        wrong = "is not a folder" if root.folder.exists() else "does not exist"
        raise LibraryError(f"The library folder {root.folder} {wrong}; create it or name another one.")
    return [root for root in roots if root.folder.is_dir()]


def _list_all(roots: Sequence[Root]) -> Listing:
    listing = Listing()
    for root in roots:
        below = list_files(root)
        listing.files.extend(below.files)
        listing.skipped.extend(below.skipped)
    return listing


def _differs(file: FileState, known: Known | None) -> bool:
    return known is None or (file.size, file.mtime_ns) != (known.size, known.mtime_ns)


async def _read(reader: FileReader, file: FileState, known: Known | None) -> dict[str, Any]:
    # A file that could not be read is read again even with the same content: it may have been a matter of time.
    digest = known.digest if known and known.reason is None else None
    try:
        return await reader.read(str(file.path), digest)
    except Unreadable as error:
        return {"digest": "", "reason": str(error), "retry": isinstance(error, ReaderCrashed)}
