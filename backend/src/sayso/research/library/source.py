"""The `library` source: folders of documents, indexed for full-text search."""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from sayso.research import ranking
from sayso.research.document import passage_of
from sayso.research.encoder import Encoder
from sayso.research.excerpt import Excerpt, excerpt
from sayso.research.library.document import Document, told
from sayso.research.library.encoding import Encoding
from sayso.research.library.folder import ADDED, Root, kinds_said
from sayso.research.library.index import Index
from sayso.research.library.indexing import Indexer, IndexReport, LibraryError, Progress, present
from sayso.research.library.part import Part
from sayso.research.library.picturing import LOADED, Picturing
from sayso.research.library.reader_process import FileReader, InlineReader, ReaderProcess
from sayso.research.library.reading import MOST_READERS
from sayso.research.source import FileRemark, Passage, Readiness, SearchSource, SourceError

__all__ = ["INDEX_FILE", "IndexReport", "Library", "LibraryError", "Progress", "Root"]

INDEX_FILE = "index.db"

T = TypeVar("T")


class Library:
    """Documents below some folders. Opening is quick; `refresh` reads what is new.

    Args:
        data: folder for the index file, made if need be.
        roots: the folders. Those marked as a sample may be missing.
        isolated: read files in a process of their own (the default), which costs two seconds to start.
        encoder: a model by whose vectors passages are searched, once it has read them all (`encode`).

    Raises:
        LibraryError: a folder does not exist, or the index cannot be opened.
    """

    name = "library"
    title = "Library"

    def __init__(
        self, data: Path, roots: Sequence[Root], *, isolated: bool = True, encoder: Encoder | None = None
    ) -> None:
        prefixes = [root.prefix for root in roots if not root.added]
        if len(set(prefixes)) < len(prefixes) or ("" in prefixes and len(prefixes) > 1):
            raise LibraryError("Each of several library folders needs a prefix of its own.")
        self._roots = tuple(
            replace(root, folder=root.folder.absolute(), prefix=root.prefix.strip("/")) for root in roots
        )
        present(self._roots)
        try:
            self._index = Index(data / INDEX_FILE, encoder)
        except (OSError, sqlite3.Error) as error:
            raise LibraryError(f"The library's index {data / INDEX_FILE} cannot be opened ({error}).") from error
        readers: list[FileReader] = [InlineReader()]
        if isolated:
            readers = [ReaderProcess() for _ in range(min(MOST_READERS, _cores()))]
        self._indexer = Indexer(self._index, self._roots, readers)
        self.pictures = Picturing(ReaderProcess(LOADED) if isolated else InlineReader(), lambda: self._indexer.listing)
        self._encoding = Encoding(self._index, encoder, self._indexer.in_thread) if encoder else None
        self._threads = ThreadPoolExecutor(4, "library-search")

    @property
    def sample(self) -> bool:
        """Whether all of it comes with the program."""
        own = any(file.uri.startswith(f"{ADDED}/") for file in self._indexer.listing.files)
        return all(root.sample or root.added for root in self._roots) and not own

    async def close(self) -> None:
        """Finish what is under way and close the index. A running refresh must be cancelled before."""
        if self._encoding:
            await self._encoding.close()
        await self._indexer.close()
        await self.pictures.close()
        await asyncio.to_thread(self._threads.shutdown)
        self._index.close()

    async def refresh(self, progress: Progress | None = None) -> IndexReport:
        """Bring the index up to date with the folders; searches go on meanwhile.

        What was read stays when this is cancelled or killed (but for the last second), and the next call goes on
        from there. It ends within two seconds of being cancelled, whatever it is doing. A second call waits for the
        first.

        Raises:
            LibraryError: a folder has gone, or the index cannot be written.
        """
        return await self._indexer.refresh(progress or (lambda done, total, uri: None))

    async def encode(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Have the model read the passages that it has not read yet, if there is a model; searches go on meanwhile.

        What was read stays when this is cancelled.

        Args:
            progress: called with passages done, and how many there are.

        Raises:
            LibraryError: the index cannot be written.
        """
        if self._encoding:
            try:
                await self._encoding.run(progress or (lambda done, total: None))
            except sqlite3.Error as error:
                raise LibraryError(f"The library's index cannot be written ({error}).") from error

    async def changed(self) -> bool:
        """Whether the folders hold something else than at the last refresh. Quick, and reads no file.

        Raises:
            LibraryError: a folder has gone.
        """
        try:
            return await self._indexer.changed()
        except OSError as error:
            raise LibraryError(f"The library's folders cannot be read ({error}).") from error

    async def documents(self) -> list[Document]:
        """All files of the library by name, with what has become of each.

        Raises:
            SourceError: the index cannot be read.
        """
        try:
            indexed = await self._in_thread(self._index.documents)
        except sqlite3.Error as error:
            raise SourceError(f"The library's index cannot be read ({error}).") from error
        return sorted(told(self._indexer.listing, indexed), key=lambda each: each.uri)

    async def missing(self, uris: Sequence[str]) -> set[str]:
        """Those of the uris that there is no document of; one that is still being read is there."""
        try:
            return set(uris) - {document.uri for document in await self.documents()}
        except SourceError:
            return set()

    def only(self, uris: Sequence[str]) -> "SearchSource":
        """The same source, of which only these documents are searched."""
        return Part(self, frozenset(uris))

    async def search(self, query: str, *, limit: int, uris: frozenset[str] | None = None) -> list[Passage]:
        """See `SearchSource.search`; with `uris` in these documents only."""
        try:
            hits = await self._in_thread(lambda: ranking.search(self._index, query, limit, uris))
        except sqlite3.Error as error:
            raise SourceError(f"The library's index cannot be searched ({error}).") from error
        return [passage_of(hit, self.name) for hit in hits]

    async def further(self, query: str, uris: Sequence[str], *, limit: int) -> list[Passage]:
        try:
            return await self.search(query, limit=limit, uris=frozenset(uris))
        except SourceError:
            return []

    async def readiness(self) -> Readiness:
        try:
            documents, unreadable, noticed = await self._in_thread(self._index.counts)
        except sqlite3.Error as error:
            return Readiness(False, f"the index cannot be read ({error})", sample=self.sample)
        tally = self._indexer.tally
        if tally and not documents and not tally.total:
            why = f"looking for documents in {self._folders()}"
        elif tally and tally.done < tally.total:
            why = f"indexing {tally.done:,} of {tally.total:,} documents"
        elif self._indexer.failure:
            why = self._indexer.failure
        elif documents:
            why = f"{documents:,} document{'s' if documents > 1 else ''}"
        elif unreadable:
            why = f"none of the {len(unreadable):,} documents in {self._folders()} can be read"
        else:
            why = f"no documents in {self._folders()}: put files there"
        working = tally is not None and not self._indexer.failure
        listing = self._indexer.listing
        if documents and self._encoding and (encoded := self._encoding.progress):
            why = f"{why}; {self._encoding.model} has read {encoded.done:,} of {encoded.total:,} passages"
        if not working and (said := kinds_said(listing.kinds)):
            why = f"{why}; {said}"
        left_out = [FileRemark(file.uri, file.reason, searched=False) for file in (*listing.skipped, *unreadable)]
        doubtful = [FileRemark(file.uri, file.reason, searched=True) for file in noticed]
        return Readiness(
            documents > 0,
            why,
            documents=documents,
            sample=self.sample,
            working=working,
            not_searched=len(left_out) + listing.kinds.total(),
            kinds=dict(listing.kinds),
            remarks=(*left_out, *doubtful),
        )

    async def languages(self) -> list[str]:
        try:
            return await self._in_thread(self._index.languages)
        except sqlite3.Error:
            return []

    async def titles(self, most: int, uris: frozenset[str] | None = None) -> list[str]:
        try:
            return await self._in_thread(lambda: self._index.titles(most, uris))
        except sqlite3.Error:
            return []

    async def neighbours(self, uri: str, offset: int, length: int, around: int = 600) -> Excerpt | None:
        """The passage at `offset` with up to `around` characters before and after it, cut at a space.

        None if there is no such document, or it has changed and is shorter now.
        """
        found = await self._in_thread(lambda: self._index.text(uri))
        return excerpt(uri, *found, offset, length, around) if found else None

    async def around(self, passage: Passage, characters: int) -> tuple[str, str]:
        try:
            found = await self.neighbours(passage.uri, passage.place.offset or 0, len(passage.text), characters)
        except sqlite3.Error:
            return "", ""
        # A document that has changed since holds something else there.
        return (found.before, found.after) if found and found.text == passage.text else ("", "")

    def _folders(self) -> str:
        return " or ".join(str(root.folder) for root in self._roots if not root.added)

    async def _in_thread(self, function: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, function)


def _cores() -> int:
    """That this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
