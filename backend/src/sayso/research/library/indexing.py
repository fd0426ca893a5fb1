"""Bringing a library's index up to date with its folders."""

import asyncio
import contextlib
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from sayso.research.library.folder import Listing, Root, Skipped, list_files
from sayso.research.library.index import Entry, Index
from sayso.research.library.reader_process import FileReader, ReaderFailed
from sayso.research.library.reading import Reading

_BATCH = 32
"""Files a transaction, at most."""
_BATCH_BYTES = 16 * 1024 * 1024
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
    noticed: list[Skipped]
    """What is doubtful about files that were read, or missing from them."""
    kinds: Counter[str]
    """How many files there are of kinds that cannot be read, by suffix."""
    documents: int
    """In the index now."""
    seconds: float


@dataclass(slots=True)
class Tally:
    """A refresh under way."""

    total: int
    done: int = 0
    indexed: int = 0


class Indexer:
    """Reads what changed, several files at a time, and stores it in small transactions.

    Attributes:
        tally: the refresh under way, if one is.
        listing: what the last refresh found in the folders.
        failure: why the last refresh failed, or empty.
    """

    def __init__(self, index: Index, roots: Sequence[Root], readers: Sequence[FileReader]) -> None:
        self.tally: Tally | None = None
        self.listing = Listing()
        self.failure = ""
        self._index = index
        self._roots = roots
        self._readers = readers
        self._lock = asyncio.Lock()
        # One thread for all writes: SQLite has one writer, and the event loop never waits for the disk.
        self._thread = ThreadPoolExecutor(1, "library-index")
        self._stopped = threading.Event()

    async def close(self) -> None:
        """Wait for the thread. A running refresh must be cancelled before."""
        await asyncio.to_thread(self._thread.shutdown)

    async def refresh(self, progress: Progress) -> IndexReport:
        """See `Library.refresh`."""
        async with self._lock:
            self.failure = ""
            self.tally = Tally(0)
            self._stopped.clear()
            self._index.resume()
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
        self.listing = listing = await self.in_thread(self._list_all)
        known = await self.in_thread(self._index.known)
        reading = Reading(listing.files, known, len(self._readers))
        removed = known.keys() - {file.uri for file in listing.files}
        self.tally = tally = Tally(reading.total)
        progress(0, tally.total, "")
        if removed:
            await self.in_thread(partial(self._index.store, [], removed))
        if tally.total:
            await self._read_all(reading, tally, progress)
        if tally.indexed + len(removed) >= _TIDY_AFTER:
            await self.in_thread(self._index.tidy)
        documents, unreadable, noticed = await self.in_thread(self._index.counts)
        return IndexReport(
            indexed=tally.indexed,
            unchanged=documents - tally.indexed,
            removed=len(removed),
            skipped=sorted([*listing.skipped, *unreadable], key=lambda file: file.uri),
            noticed=noticed,
            kinds=listing.kinds,
            documents=documents,
            seconds=time.monotonic() - started,
        )

    async def _read_all(self, reading: Reading, tally: Tally, progress: Progress) -> None:
        # Few, so that readers wait for the disk rather than fill the memory.
        done: asyncio.Queue[Entry | Exception] = asyncio.Queue(len(self._readers))
        tasks = [asyncio.create_task(reading.read(reader, done)) for reader in self._readers[: reading.total]]
        try:
            batch = _Batch()
            while tally.done < tally.total:
                entry = await _next(done, batch.seconds_left)
                if entry is not None:
                    batch.add(entry)
                    tally.done += 1
                    tally.indexed += "text" in entry.reply
                    progress(tally.done, tally.total, entry.uri)
                if batch.full or tally.done == tally.total:
                    await self.in_thread(partial(self._index.store, batch.entries))
                    batch = _Batch()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.gather(*(reader.close() for reader in self._readers))

    async def changed(self) -> bool:
        """Whether a file is new, gone or another one since the last refresh."""
        if self._lock.locked():
            return False
        before = (self.listing.files, self.listing.skipped, self.listing.kinds)
        now = await self.in_thread(self._list_all)
        return before != (now.files, now.skipped, now.kinds)

    def _list_all(self) -> Listing:
        listing = Listing()
        own = False
        # What was added first: the sample makes room for it.
        for root in sorted(present(self._roots), key=lambda root: not root.added):
            if not (root.sample and own):
                listing.add(list_files(root, self._stopped.is_set))
            own |= root.added and bool(listing.files)
        return listing

    async def in_thread(self, function: Callable[[], T]) -> T:
        """Run what writes the index. Cancelled, it breaks off what is under way: nothing of that is stored."""
        work = asyncio.get_running_loop().run_in_executor(self._thread, function)
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            self._stopped.set()
            self._index.interrupt()
            with contextlib.suppress(Exception):
                await work
            raise


@dataclass(slots=True)
class _Batch:
    """Files that are stored in one transaction."""

    entries: list[Entry] = field(default_factory=list)
    size: int = 0
    since: float = 0.0

    def add(self, entry: Entry) -> None:
        self.since = self.since or time.monotonic()
        self.entries.append(entry)
        self.size += len(entry.reply.get("text", "")) + sum(map(len, entry.chunks))

    @property
    def seconds_left(self) -> float | None:
        return max(0.0, self.since + _BATCH_SECONDS - time.monotonic()) if self.entries else None

    @property
    def full(self) -> bool:
        return self.seconds_left == 0 or len(self.entries) == _BATCH or self.size > _BATCH_BYTES


async def _next(done: "asyncio.Queue[Entry | Exception]", seconds: float | None) -> Entry | None:
    """The next file that was read, or nothing within some seconds.

    Raises:
        ReaderFailed: no file can be read at all.
    """
    try:
        # Not `wait_for`, which before Python 3.12 may lose that it was cancelled.
        async with asyncio.timeout(seconds):
            entry = await done.get()
    except TimeoutError:
        return None
    if isinstance(entry, Exception):
        raise entry
    return entry


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
