"""Writing to the index of a library: its tables, and files put in, replaced and taken out."""

import contextlib
import json
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.research.analysis import Analysed
from sayso.research.library.schema import FORMAT, SCHEMA

_PATIENCE = 1.0
"""Seconds that one statement waits for another process that writes."""
_PATIENCE_IN_ALL = 30.0
_OPERATIONS = 10_000
"""Of SQLite's machine, some milliseconds, after which a statement looks whether it is to stop."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the index knows of a file."""

    size: int
    mtime_ns: int
    digest: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to be stored.

    Attributes:
        reply: what `reader_worker` said about it.
        chunks: its passages, in lists of some hundreds, as JSON.
        analysed: or here, where they were made in this process.
    """

    uri: str
    size: int
    mtime_ns: int
    reply: dict[str, Any]
    chunks: Sequence[bytes] = ()
    analysed: Sequence[Analysed] = ()

    @classmethod
    def of(
        cls, uri: str, title: str, text: str, passages: Sequence[Analysed], date: str | None, language: str
    ) -> "Entry":
        """A document that is no file."""
        return cls(
            uri, 0, 0, {"digest": "", "title": title, "date": date, "language": language, "text": text}, (), passages
        )

    def passages(self) -> Iterator[Sequence[Analysed]]:
        yield self.analysed
        for chunk in map(json.loads, self.chunks):
            yield list(map(Analysed.from_json, chunk))


class Interrupted(Exception):
    """The index is to be left as it was before this write."""


class IndexWriter:
    """The one connection that writes, from one thread at a time. See `Index` for its argument and errors."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._stopped = threading.Event()
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self.connection = self._open()
        except sqlite3.DatabaseError as error:
            if path is None or isinstance(error, sqlite3.OperationalError):
                raise
            # Not a database (any more). It holds nothing that the documents do not.
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            self.connection = self._open()

    def close(self) -> None:
        self.connection.close()

    def interrupt(self) -> None:
        """Break off the write under way, from any thread, and refuse others until `resume`; nothing of it is stored."""
        self._stopped.set()

    def resume(self) -> None:
        self._stopped.clear()

    def known(self) -> dict[str, Known]:
        rows = self.connection.execute("SELECT uri, size, mtime_ns, digest, reason FROM files")
        return {uri: Known(*rest) for uri, *rest in rows}

    def store(self, entries: Iterable[Entry], removed: Iterable[str] = ()) -> None:
        """Replace and remove files, all or nothing.

        Raises:
            Interrupted: by `interrupt`.
        """
        with self._transaction():
            self.connection.execute("UPDATE state SET version = version + 1")
            for uri in removed:
                self._remove(uri)
            for entry in entries:
                self._put(entry)

    def store_vectors(self, version: int, model: str, vectors: Iterable[tuple[int, bytes]], *, last: bool) -> bool:
        """Store what a model made of passages as they stood at `version`; false, and nothing, if they have changed.

        Args:
            model: its digest; what another one made goes.
            vectors: passages' ids with their vectors.
            last: no passage is without one now, so that searches may begin to use them.

        Raises:
            Interrupted: by `interrupt`.
        """
        with self._transaction():
            now, before = self.connection.execute("SELECT version, model FROM state").fetchone()
            if now != version:
                return False
            if before != model:
                self.connection.execute("DELETE FROM encoded")
            self.connection.executemany("INSERT OR REPLACE INTO encoded (passage, vector) VALUES (?, ?)", vectors)
            self.connection.execute("UPDATE state SET model = ?, version = version + ?", (model, last))
        return True

    def tidy(self) -> None:
        """Merge the full-text index after many changes, so that searches read less.

        Raises:
            Interrupted: by `interrupt`.
        """
        with self._transaction():
            self.connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path or ":memory:", timeout=_PATIENCE, check_same_thread=False, isolation_level=None
        )
        try:
            # Unlike an interrupt of the connection this leaves nothing behind that meets the next statement.
            connection.set_progress_handler(self._stopped.is_set, _OPERATIONS)
            connection.execute("PRAGMA journal_mode = WAL")
            # After a power cut the last documents are read again; nothing else is lost.
            connection.execute("PRAGMA synchronous = NORMAL")
            if connection.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
                connection.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {FORMAT}; COMMIT;")
        except BaseException:
            connection.close()
            raise
        return connection

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._begin()
        try:
            yield
            self._go_on()
            self.connection.execute("COMMIT")
        except BaseException as error:
            self.connection.rollback()
            if self._stopped.is_set() and isinstance(error, sqlite3.OperationalError):
                raise Interrupted from error
            raise

    def _begin(self) -> None:
        """Wait for other processes, but not when it is to stop."""
        until = time.monotonic() + _PATIENCE_IN_ALL
        while True:
            self._go_on()
            try:
                self.connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError:
                if time.monotonic() > until:
                    raise

    def _go_on(self) -> None:
        if self._stopped.is_set():
            raise Interrupted

    def _remove(self, uri: str) -> None:
        of_file = "(SELECT p.id FROM passages p JOIN files f ON f.id = p.file WHERE f.uri = ?)"
        for table, id in (("words", "rowid"), ("encoded", "passage")):
            self.connection.execute(f"DELETE FROM {table} WHERE {id} IN {of_file}", (uri,))  # noqa: S608 - constants
        self.connection.execute("DELETE FROM passages WHERE file = (SELECT id FROM files WHERE uri = ?)", (uri,))
        self.connection.execute("DELETE FROM files WHERE uri = ?", (uri,))

    def _put(self, entry: Entry) -> None:
        reply = entry.reply
        if reply.get("unchanged"):
            self.connection.execute(
                "UPDATE files SET size = ?, mtime_ns = ? WHERE uri = ?", (entry.size, entry.mtime_ns, entry.uri)
            )
            return
        self._remove(entry.uri)
        file = self.connection.execute(
            "INSERT INTO files (uri, size, mtime_ns, digest, reason, title, date, language, text, notice)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(entry.uri, entry.size, entry.mtime_ns, reply["digest"], reply.get("reason"), reply.get("title")),
                *(reply.get("date"), reply.get("language"), reply.get("text"), reply.get("notice")),
            ),
        ).lastrowid
        for passages in entry.passages():
            self._go_on()
            self._add(file, passages)

    def _add(self, file: int | None, passages: Sequence[Analysed]) -> None:
        (last,) = self.connection.execute("SELECT coalesce(max(id), 0) FROM passages").fetchone()
        numbered = list(enumerate(passages, start=last + 1))
        self.connection.executemany(
            "INSERT INTO passages (id, file, offset, length, heading, page, lead, own, above, vector)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    *(id, file, span.offset, span.length, span.heading, span.page, span.lead),
                    *(passage.own, passage.above, passage.vector),
                )
                for id, passage in numbered
                for span in (passage.span,)
            ),
        )
        self.connection.executemany(
            "INSERT OR IGNORE INTO vocabulary (number, word) VALUES (?, ?)",
            {number: word for passage in reversed(passages) for number, word in passage.spelled.items()}.items(),
        )
        self.connection.executemany(
            "INSERT INTO words (rowid, title, heading, text) VALUES (?, ?, ?, ?)",
            ((id, passage.title, passage.heading, passage.words) for id, passage in numbered),
        )
