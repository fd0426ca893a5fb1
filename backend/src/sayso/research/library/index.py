"""The index of a library: one SQLite file with the texts, the passages and a full-text index over them."""

import contextlib
import json
import queue
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sayso.language.meaning import WIDTH, Vectors, embedded
from sayso.research.analysis import situated
from sayso.research.encoder import Encoder, Floats
from sayso.research.library.document import Indexed
from sayso.research.library.folder import Skipped
from sayso.research.library.writing import Entry, IndexWriter, Known

__all__ = ["Entry", "Index", "Known", "Meanings"]

MOST_VECTORS = 200_000
"""Passages whose meaning is searched (51 MB); those beyond are found by their words."""
UNPACKED_VECTORS = 50_000
"""Vectors up to which they are kept as floats (51 MB), which is quicker."""
_TITLES = """
SELECT title FROM files WHERE title IS NOT NULL
AND (:only IS NULL OR uri IN (SELECT value FROM json_each(:only))) LIMIT :most
"""

_VECTORS = "SELECT id, vector FROM passages WHERE vector != x'' LIMIT ?"
_ENCODED = "SELECT p.id, e.vector FROM passages p JOIN encoded e ON e.passage = p.id WHERE p.vector != x'' LIMIT ?"
_HAVING = """
SELECT count(*), count(e.passage) FROM passages p LEFT JOIN encoded e ON e.passage = p.id AND ? WHERE p.vector != x''
"""
_LACKING = """
SELECT p.id, f.title, p.heading, substr(f.text, p.offset + 1, p.length) FROM passages p JOIN files f ON f.id = p.file
LEFT JOIN encoded e ON e.passage = p.id AND ? WHERE p.vector != x'' AND e.passage IS NULL ORDER BY p.id LIMIT ?
"""


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
    encoder: Encoder | None = None
    """The model whose vectors these are, if not of the table that comes along."""

    def cosines(self, query: str, block: int = 8_192) -> Floats:
        """The cosine of `query` and each passage."""
        vector = (self.encoder.vector(query) if self.encoder else embedded([query])[0]).astype(np.float32)
        if self.vectors.dtype == np.float32:
            return np.asarray(self.vectors @ vector / 127, np.float64)
        rows = range(0, len(self.ids), block)
        found = [self.vectors[at : at + block].astype(np.float32) @ vector for at in rows]
        return np.asarray(np.concatenate([np.zeros(0), *found]) / 127, np.float64)


@dataclass(frozen=True, slots=True)
class Unencoded:
    """Passages that a model has not made a vector of, in the index as it stands at `version`."""

    version: int
    passages: list[tuple[int, str]]
    """Some of them: their ids, and what is to be read."""
    left: int
    """How many there are."""
    total: int
    """Passages of the index that are to have one."""


class Index:
    """Writes go through one connection, from one thread at a time; reads through as many as are asked for.

    Without a path it is in memory, for one thread.

    Args:
        encoder: makes the vectors that passages are searched by, as soon as all have one.

    Raises:
        OSError, sqlite3.Error: the file cannot be made or opened.
    """

    def __init__(self, path: Path | None = None, encoder: Encoder | None = None) -> None:
        self._path = path
        self._encoder = encoder
        self._meanings: Meanings | None = None
        self._languages: tuple[int, list[str]] | None = None
        """The version of the index that they are of, and they."""
        self._stems: tuple[int, frozenset[str]] | None = None
        self._idle: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()
        self._writer = IndexWriter(path)
        # From one thread at a time.
        self.known = self._writer.known
        self.store = self._writer.store
        self.store_vectors = self._writer.store_vectors
        self.tidy = self._writer.tidy
        self.interrupt = self._writer.interrupt
        self.resume = self._writer.resume

    def close(self) -> None:
        """Close all connections; no read may be under way."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait().close()
        self._writer.close()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A read-only connection, from any thread."""
        if self._path is None:
            yield self._writer.connection
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

    def counts(self) -> tuple[int, list[Skipped], list[Skipped]]:
        """The number of documents, the files that could not be read, and what is to be said of others."""
        with self.reading() as connection:
            (documents,) = connection.execute("SELECT count(*) FROM files WHERE reason IS NULL").fetchone()
            unreadable = connection.execute("SELECT uri, reason FROM files WHERE reason IS NOT NULL ORDER BY uri")
            noticed = connection.execute("SELECT uri, notice FROM files WHERE notice IS NOT NULL ORDER BY uri")
            return documents, [Skipped(*row) for row in unreadable], [Skipped(*row) for row in noticed]

    def meanings(self) -> Meanings:
        """The vectors of all passages that have one. Kept until the index changes."""
        with self.reading() as connection:
            (version,) = connection.execute("SELECT version FROM state").fetchone()
            meanings = self._meanings
            if meanings is None or meanings.version != version:
                encoder = self._encoder if self._encoder and not self.unencoded(self._encoder.digest, 0).left else None
                rows = connection.execute(_ENCODED if encoder else _VECTORS, (MOST_VECTORS,)).fetchall()
                width = len(rows[0][1]) if rows else WIDTH
                vectors = np.frombuffer(b"".join(row[1] for row in rows), np.int8).reshape(len(rows), width)
                words = connection.execute("SELECT number, word FROM vocabulary ORDER BY number").fetchall()
                self._meanings = meanings = Meanings(
                    version,
                    np.array([row[0] for row in rows], np.int64),
                    vectors.astype(np.float32) if len(rows) <= UNPACKED_VECTORS else vectors,
                    np.array([number for number, _ in words], np.uint32),
                    embedded([word for _, word in words]),
                    encoder,
                )
        return meanings

    def unencoded(self, model: str, most: int) -> Unencoded:
        """Up to `most` passages that are to have a vector by `model` (its digest) and have none."""
        with self.reading() as connection:
            version, known = connection.execute("SELECT version, model FROM state").fetchone()
            counts = connection.execute(_HAVING, (known == model,)).fetchone()
            rows = connection.execute(_LACKING, (known == model, most)).fetchall() if most else []
        passages = [(id, situated(title, heading or "", text)) for id, title, heading, text in rows]
        return Unencoded(version, passages, counts[0] - counts[1], counts[0])

    def documents(self) -> dict[str, Indexed]:
        """What the index holds, by the documents' names."""
        with self.reading() as connection:
            rows = connection.execute("SELECT uri, size, mtime_ns, title, date, reason, notice FROM files")
            return {uri: Indexed(*rest) for uri, *rest in rows}

    def languages(self) -> list[str]:
        """The languages of the documents, the most frequent first. Kept until the index changes."""
        with self.reading() as connection:
            (version,) = connection.execute("SELECT version FROM state").fetchone()
            known = self._languages
            if known is None or known[0] != version:
                rows = connection.execute(
                    "SELECT language FROM files WHERE language IS NOT NULL GROUP BY language ORDER BY count(*) DESC"
                )
                self._languages = known = version, [code for (code,) in rows]
        return known[1]

    def stems(self) -> frozenset[str]:
        """All words as the index has them. Kept until it changes."""
        with self.reading() as connection:
            (version,) = connection.execute("SELECT version FROM state").fetchone()
            known = self._stems
            if known is None or known[0] != version:
                connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.stems USING fts5vocab(main, words, row)")
                rows = connection.execute("SELECT term FROM temp.stems").fetchall()
                self._stems = known = version, frozenset(stem for (stem,) in rows)
        return known[1]

    def titles(self, most: int, uris: frozenset[str] | None = None) -> list[str]:
        """The titles of the documents, or of these; none if there are more than `most`."""
        only = None if uris is None else json.dumps(sorted(uris))
        with self.reading() as connection:
            rows = connection.execute(_TITLES, {"only": only, "most": most + 1}).fetchall()
            return [title for (title,) in rows] if len(rows) <= most else []

    def text(self, uri: str) -> tuple[str, str] | None:
        """Title and text of a document."""
        with self.reading() as connection:
            row = connection.execute("SELECT title, text FROM files WHERE uri = ? AND reason IS NULL", (uri,))
            found: tuple[str, str] | None = row.fetchone()
        return found
