"""The index of a library: one SQLite file with the texts, the passages and a full-text index over them."""

import contextlib
import queue
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.research.library.folder import Skipped

FORMAT = 5
"""Goes up with every change to readers, passages or tables; an index of another format is built anew."""

_SCHEMA = """
DROP TABLE IF EXISTS words;
DROP TABLE IF EXISTS passages;
DROP TABLE IF EXISTS files;
CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  uri TEXT NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  digest TEXT NOT NULL,
  reason TEXT,            -- why it could not be read; then the rest is null
  title TEXT,
  date TEXT,              -- what it says of its own date
  text TEXT
);
CREATE TABLE passages (
  id INTEGER PRIMARY KEY,
  file INTEGER NOT NULL REFERENCES files (id),
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL,
  heading TEXT,
  page INTEGER
);
CREATE INDEX passages_of_file ON passages (file);
CREATE INDEX unreadable ON files (uri, reason) WHERE reason IS NOT NULL;
-- Contentless: the texts are in `files` already, and a deletion can give the old words from there.
CREATE VIRTUAL TABLE words USING fts5 (
  title, heading, text, content='', tokenize="porter unicode61 remove_diacritics 2"
);
"""
_WORDS = """
SELECT {first} p.id, f.title, ifnull(p.heading, ''), substr(f.text, p.offset + 1, p.length)
FROM passages p JOIN files f ON f.id = p.file WHERE f.uri = ?
"""
_INDEX = "INSERT INTO words (rowid, title, heading, text) " + _WORDS.format(first="")
_UNINDEX = "INSERT INTO words (words, rowid, title, heading, text) " + _WORDS.format(first="'delete',")


@dataclass(frozen=True, slots=True)
class Known:
    """What the index knows of a file."""

    size: int
    mtime_ns: int
    digest: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to be stored. `reply` is what `reader_worker` said about it."""

    uri: str
    size: int
    mtime_ns: int
    reply: dict[str, Any]


class Index:
    """Writes go through one connection, from one thread at a time; reads through as many as are asked for.

    Without a path it is in memory, for one thread.

    Raises:
        OSError, sqlite3.Error: the file cannot be made or opened.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._idle: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._writer = self._open()
        except sqlite3.DatabaseError as error:
            if path is None or isinstance(error, sqlite3.OperationalError):
                raise
            # Not a database (any more). It holds nothing that the documents do not.
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            self._writer = self._open()

    def close(self) -> None:
        """Close all connections; no read may be under way."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait().close()
        self._writer.close()

    def known(self) -> dict[str, Known]:
        rows = self._writer.execute("SELECT uri, size, mtime_ns, digest, reason FROM files")
        return {uri: Known(*rest) for uri, *rest in rows}

    def store(self, entries: Iterable[Entry], removed: Iterable[str] = ()) -> None:
        """Replace and remove files, all or nothing."""
        with self._transaction():
            for uri in removed:
                self._remove(uri)
            for entry in entries:
                self._put(entry)

    def tidy(self) -> None:
        """Merge the full-text index after many changes, so that searches read less."""
        self._writer.execute("INSERT INTO words (words) VALUES ('optimize')")
        self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A read-only connection, from any thread."""
        if self._path is None:
            yield self._writer
            return
        try:
            connection = self._idle.get_nowait()
        except queue.Empty:
            connection = sqlite3.connect(
                f"{self._path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False, isolation_level=None
            )
        try:
            yield connection
        finally:
            self._idle.put(connection)

    def counts(self) -> tuple[int, list[Skipped]]:
        """The number of documents, and the files that could not be read."""
        with self.reading() as connection:
            (documents,) = connection.execute("SELECT count(*) FROM files WHERE reason IS NULL").fetchone()
            unreadable = connection.execute("SELECT uri, reason FROM files WHERE reason IS NOT NULL").fetchall()
        return documents, [Skipped(*row) for row in unreadable]

    def text(self, uri: str) -> tuple[str, str] | None:
        """Title and text of a document."""
        with self.reading() as connection:
            row = connection.execute("SELECT title, text FROM files WHERE uri = ? AND reason IS NULL", (uri,))
            found: tuple[str, str] | None = row.fetchone()
        return found

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path or ":memory:", timeout=30, check_same_thread=False, isolation_level=None
        )
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            # After a power cut the last documents are read again; nothing else is lost.
            connection.execute("PRAGMA synchronous = NORMAL")
            if connection.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
                connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {FORMAT}; COMMIT;")
        except BaseException:
            connection.close()
            raise
        return connection

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._writer.execute("ROLLBACK")
            raise
        self._writer.execute("COMMIT")

    def _remove(self, uri: str) -> None:
        self._writer.execute(_UNINDEX, (uri,))
        self._writer.execute("DELETE FROM passages WHERE file = (SELECT id FROM files WHERE uri = ?)", (uri,))
        self._writer.execute("DELETE FROM files WHERE uri = ?", (uri,))

    def _put(self, entry: Entry) -> None:
        reply = entry.reply
        if reply.get("unchanged"):
            self._writer.execute(
                "UPDATE files SET size = ?, mtime_ns = ? WHERE uri = ?", (entry.size, entry.mtime_ns, entry.uri)
            )
            return
        self._remove(entry.uri)
        file = self._writer.execute(
            "INSERT INTO files (uri, size, mtime_ns, digest, reason, title, date, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(entry.uri, entry.size, entry.mtime_ns, reply["digest"]),
                *(reply.get("reason"), reply.get("title"), reply.get("date"), reply.get("text")),
            ),
        ).lastrowid
        self._writer.executemany(
            "INSERT INTO passages (file, offset, length, heading, page) VALUES (?, ?, ?, ?, ?)",
            [(file, *passage) for passage in reply.get("passages", ())],
        )
        self._writer.execute(_INDEX, (entry.uri,))
