"""The index of a library: one SQLite file with the texts, the passages and a full-text index over them."""

import contextlib
import queue
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sayso.language.meaning import WIDTH, Vectors, embedded
from sayso.research.analysis import Analysed
from sayso.research.library.folder import Skipped

MOST_VECTORS = 200_000
"""Passages whose meaning is searched (51 MB); those beyond are found by their words."""
UNPACKED_VECTORS = 50_000
"""Vectors up to which they are kept as floats (51 MB), which is quicker."""
FORMAT = 8
"""Goes up with every change to readers, passages or tables; an index of another format is built anew."""

_SCHEMA = """
DROP TABLE IF EXISTS words;
DROP TABLE IF EXISTS passages;
DROP TABLE IF EXISTS files;
DROP TABLE IF EXISTS state;
DROP TABLE IF EXISTS vocabulary;
CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  uri TEXT NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  digest TEXT NOT NULL,
  reason TEXT,            -- why it could not be read; then the rest is null
  title TEXT,
  date TEXT,              -- what it says of its own date
  language TEXT,
  text TEXT
);
CREATE TABLE passages (
  id INTEGER PRIMARY KEY,
  file INTEGER NOT NULL REFERENCES files (id),
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL,
  heading TEXT,
  page INTEGER,
  lead TEXT,
  own BLOB NOT NULL,      -- its words and those above it, as numbers; see `research.analysis`
  above BLOB NOT NULL,
  vector BLOB NOT NULL
);
CREATE INDEX passages_of_file ON passages (file);
CREATE INDEX unreadable ON files (uri, reason) WHERE reason IS NOT NULL;
-- Holds stems that are made outside, so that each language has its own.
CREATE VIRTUAL TABLE words USING fts5 (title, heading, text, tokenize="unicode61 remove_diacritics 2");
CREATE TABLE vocabulary (number INTEGER PRIMARY KEY, word TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE state (version INTEGER NOT NULL);  -- goes up with every change
INSERT INTO state VALUES (1);
"""


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


@dataclass(frozen=True, slots=True)
class Meanings:
    """The passages' vectors as they stand in the index at `version`."""

    version: int
    ids: "np.ndarray[Any, np.dtype[np.int64]]"
    vectors: "np.ndarray[Any, np.dtype[np.int8 | np.float32]]"
    """One row a passage, 127 times its vector; see `sayso.language.meaning.packed`."""
    words: "np.ndarray[Any, np.dtype[np.uint32]]"
    """The numbers of all words that have a meaning of their own, rising."""
    word_vectors: Vectors


class Index:
    """Writes go through one connection, from one thread at a time; reads through as many as are asked for.

    Without a path it is in memory, for one thread.

    Raises:
        OSError, sqlite3.Error: the file cannot be made or opened.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._meanings: Meanings | None = None
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
            self._writer.execute("UPDATE state SET version = version + 1")
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

    def meanings(self) -> Meanings:
        """The vectors of all passages that have one. Kept until the index changes."""
        with self.reading() as connection:
            (version,) = connection.execute("SELECT version FROM state").fetchone()
            meanings = self._meanings
            if meanings is None or meanings.version != version:
                rows = connection.execute(
                    "SELECT id, vector FROM passages WHERE vector != x'' LIMIT ?", (MOST_VECTORS,)
                ).fetchall()
                vectors = np.frombuffer(b"".join(row[1] for row in rows), np.int8).reshape(len(rows), WIDTH)
                words = connection.execute("SELECT number, word FROM vocabulary ORDER BY number").fetchall()
                self._meanings = meanings = Meanings(
                    version,
                    np.array([row[0] for row in rows], np.int64),
                    vectors.astype(np.float32) if len(rows) <= UNPACKED_VECTORS else vectors,
                    np.array([number for number, _ in words], np.uint32),
                    embedded([word for _, word in words]),
                )
        return meanings

    def languages(self) -> list[str]:
        """The languages of the documents, the most frequent first."""
        with self.reading() as connection:
            rows = connection.execute(
                "SELECT language FROM files WHERE language IS NOT NULL GROUP BY language ORDER BY count(*) DESC"
            )
            return [code for (code,) in rows]

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
        of_file = "(SELECT p.id FROM passages p JOIN files f ON f.id = p.file WHERE f.uri = ?)"
        self._writer.execute(f"DELETE FROM words WHERE rowid IN {of_file}", (uri,))  # noqa: S608 - a constant
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
            "INSERT INTO files (uri, size, mtime_ns, digest, reason, title, date, language, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(entry.uri, entry.size, entry.mtime_ns, reply["digest"], reply.get("reason")),
                *(reply.get("title"), reply.get("date"), reply.get("language"), reply.get("text")),
            ),
        ).lastrowid
        for passage in map(Analysed.from_json, reply.get("passages", ())):
            span = passage.span
            id = self._writer.execute(
                "INSERT INTO passages (file, offset, length, heading, page, lead, own, above, vector)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (file, *astuple(span), passage.own, passage.above, passage.vector),
            ).lastrowid
            self._writer.executemany(
                "INSERT OR IGNORE INTO vocabulary (number, word) VALUES (?, ?)", passage.spelled.items()
            )
            self._writer.execute(
                "INSERT INTO words (rowid, title, heading, text) VALUES (?, ?, ?, ?)",
                (id, passage.title, passage.heading, passage.words),
            )
