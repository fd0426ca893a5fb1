"""The store on SQLite: one writer thread with group commit, a few readers beside it."""

import asyncio
import json
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from pydantic import JsonValue

from sayso.protocol.frames import Received, Status
from sayso.storage import sqlite_transactions as transactions
from sayso.storage.migrations import HEAD, migrate
from sayso.storage.records import (
    Answered,
    Claim,
    Committed,
    Delivery,
    Due,
    NewEvent,
    NewRun,
    Run,
    SegmentCommit,
    StoredEvent,
    StoredReview,
)
from sayso.storage.sqlite_rows import LATEST, like, to_event, to_review, to_run
from sayso.storage.sqlite_transactions import SQL
from sayso.storage.sqlite_writer import SqliteWriter
from sayso.storage.store import StorageError

T = TypeVar("T")
READERS = 3


class SqliteStore:
    """`Store` in one file. One process at a time may have it open for writing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._generation = 1
        self._writer: SqliteWriter | None = None
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="sayso-reader")
        self._reader = threading.local()
        self._reading: list[sqlite3.Connection] = []

    @property
    def generation(self) -> int:
        return self._generation

    async def open(self) -> None:
        """Create or migrate the file and start the writer.

        Raises:
            StorageError: the file cannot be opened or is not ours.
        """
        try:
            connection = await asyncio.to_thread(self._prepare)
        except sqlite3.Error as error:
            raise StorageError(f"The database {self._path} cannot be opened ({error}).") from error
        self._writer = SqliteWriter(connection)

    def _prepare(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = _connect(self._path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if _revision(connection) != HEAD:
            migrate(f"sqlite:///{self._path}")
        clean = connection.execute(SQL["get_meta"], {"key": "clean"}).fetchone()
        known = connection.execute(SQL["get_meta"], {"key": "generation"}).fetchone()
        self._generation = int(known["value"]) if known else 1
        if clean is not None and clean["value"] != "yes":
            # The last commits before an unclean stop may not have reached the disk.
            self._generation += 1
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(SQL["put_meta"], {"key": "generation", "value": str(self._generation)})
        connection.execute(SQL["put_meta"], {"key": "clean", "value": "no"})
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    async def close(self) -> None:
        if self._writer is None:
            return
        mark = {"key": "clean", "value": "yes"}
        await self._writer.do(lambda connection: connection.execute(SQL["put_meta"], mark).rowcount, durable=True)
        await self._writer.close()
        self._writer = None
        await asyncio.to_thread(self._readers.shutdown)
        for connection in self._reading:
            connection.close()

    # Writing.

    async def create(self, run: NewRun) -> tuple[Run, bool]:
        # Whoever asked can ask again with the same request id; the sync that the question needs keeps the run too.
        return await self._write(lambda connection: transactions.create(connection, run), durable=False)

    async def claim(self, run_id: str) -> Claim | None:
        return await self._write(lambda connection: transactions.claim(connection, run_id), durable=False)

    async def commit(self, commit: SegmentCommit) -> Committed:
        # What nobody waits for may be lost by a power cut (never by a crash): it would be done again.
        durable = commit.ending is not None or any(event.opens for event in commit.events)
        return await self._write(lambda connection: transactions.commit(connection, commit), durable=durable)

    async def answer(self, run_id: str, answer: Received, event: NewEvent, *, at: datetime) -> Answered:
        return await self._write(
            lambda connection: transactions.answer(connection, run_id, answer, event, at), durable=True
        )

    async def cancel(self, run_id: str, event: NewEvent, *, at: datetime) -> StoredEvent | None:
        return await self._write(lambda connection: transactions.cancel(connection, run_id, event, at), durable=True)

    async def mark_due(self, due: Due, event: NewEvent, *, expired: bool, at: datetime) -> StoredEvent | None:
        return await self._write(
            lambda connection: transactions.mark_due(connection, due, event, at, expired=expired), durable=True
        )

    async def release(self, run_id: str, epoch: int) -> None:
        where = {"id": run_id, "epoch": epoch}
        await self._write(lambda connection: connection.execute(SQL["release_run"], where).rowcount, durable=False)

    async def delete(self, run_id: str) -> bool:
        work = {"id": run_id}
        return bool(
            await self._write(lambda connection: connection.execute(SQL["delete_run"], work).rowcount, durable=True)
        )

    # Reading.

    async def run(self, run_id: str) -> Run | None:
        row = await self._read(lambda c: c.execute(SQL["run_by_id"], {"id": run_id}).fetchone())
        return to_run(row) if row else None

    async def runs(
        self,
        *,
        statuses: Sequence[Status] = (),
        search: str = "",
        before: tuple[datetime, str] | None = None,
        limit: int = 20,
    ) -> list[Run]:
        bounds = {
            "like": like(search) if search else None,
            "before_at": before[0].isoformat() if before else LATEST,
            "before_id": before[1] if before else "",
            "limit": limit,
        }

        def read(connection: sqlite3.Connection) -> list[Run]:
            pages = [
                connection.execute(SQL["runs_page_of_status"], {**bounds, "status": status.value}).fetchall()
                for status in statuses
            ] or [connection.execute(SQL["runs_page"], bounds).fetchall()]
            found = [to_run(row) for page in pages for row in page]
            return sorted(found, key=lambda run: (run.created_at, run.id), reverse=True)[:limit]

        return await self._read(read)

    async def running(self) -> dict[str, int]:
        rows = await self._read(lambda c: c.execute(SQL["interrupted_runs"]).fetchall())
        return {row["id"]: row["attempts"] for row in rows}

    async def to_remind(self, at: datetime, limit: int) -> list[Due]:
        return await self._due("reviews_to_remind", at, limit)

    async def to_expire(self, at: datetime, limit: int) -> list[Due]:
        return await self._due("reviews_to_expire", at, limit)

    async def _due(self, statement: str, at: datetime, limit: int) -> list[Due]:
        bounds = {"at": at.astimezone(UTC).isoformat(), "limit": limit}
        rows = await self._read(lambda c: c.execute(SQL[statement], bounds).fetchall())
        return [Due(row["run_id"], row["seq"], datetime.fromisoformat(row["due_at"])) for row in rows]

    async def open_reviews(self, run_ids: Sequence[str]) -> dict[str, list[int]]:
        ids = {"run_ids": json.dumps(list(run_ids))}
        found: dict[str, list[int]] = {}
        for row in await self._read(lambda c: c.execute(SQL["open_reviews_of_all"], ids).fetchall()):
            found.setdefault(row["run_id"], []).append(row["seq"])
        return found

    async def review(self, run_id: str, seq: int) -> StoredReview | None:
        row = await self._read(lambda c: c.execute(SQL["review"], {"run_id": run_id, "seq": seq}).fetchone())
        return to_review(row) if row else None

    async def attachments(self, run_id: str) -> dict[str, JsonValue]:
        rows = await self._read(lambda c: c.execute(SQL["attachments"], {"run_id": run_id}).fetchall())
        return {row["key"]: json.loads(row["data"]) for row in rows}

    async def events(self, run_id: str, *, after: int, limit: int) -> list[StoredEvent]:
        bounds = {"run_id": run_id, "after": after, "limit": limit}
        rows = await self._read(lambda c: c.execute(SQL["events_after"], bounds).fetchall())
        return [to_event(row) for row in rows]

    async def undelivered(self, run_id: str) -> list[Delivery]:
        return await self._read(lambda c: transactions.undelivered(c, run_id))

    async def _write(self, work: Callable[[sqlite3.Connection], T], *, durable: bool) -> T:
        if self._writer is None:
            raise StorageError("The database is not open.")
        return await self._writer.do(work, durable=durable)

    async def _read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read_now, work)

    def _read_now(self, work: Callable[[sqlite3.Connection], T]) -> T:
        connection: sqlite3.Connection | None = getattr(self._reader, "connection", None)
        if connection is None:
            connection = self._reader.connection = _connect(self._path)
            connection.execute("PRAGMA query_only = ON")
            # SQLite's own knows ASCII only.
            connection.create_function("lower", 1, str.lower, deterministic=True)
            self._reading.append(connection)
        return work(connection)


def _connect(path: Path) -> sqlite3.Connection:
    # Autocommit: the writer says BEGIN itself. Threads: each connection is used by one at a time.
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA busy_timeout = 5000")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _revision(connection: sqlite3.Connection) -> str | None:
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return row["version_num"] if row else None
