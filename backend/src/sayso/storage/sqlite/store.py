"""The store on SQLite: one writer thread with group commit, a few readers beside it."""

import asyncio
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar, cast

from sayso.storage.errors import StorageError
from sayso.storage.migrations import HEAD, migrate
from sayso.storage.sqlite.writer import SqliteWriter
from sayso.storage.statements import Statements
from sayso.storage.store import Durability, Make, Store
from sayso.storage.transactions.transaction import Ask, Got, HandOver, Row, Transaction

T = TypeVar("T")
READERS = 3
SQL = Statements("sqlite")


class SqliteStore(Store):
    """`Store` in one file. One process at a time works on it.

    Args:
        guest: change a few rows beside the process that does; its runs, and what it says of itself, are left alone.
    """

    def __init__(self, path: Path, *, guest: bool = False) -> None:
        self._path = path
        self._guest = guest
        self._generation = 1
        self._writer: SqliteWriter | None = None
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="sayso-reader")
        self._reader = threading.local()
        self._reading: list[sqlite3.Connection] = []

    @property
    def generation(self) -> int:
        return self._generation

    @property
    def cluster(self) -> None:
        return None

    async def open(self) -> None:
        """Create or migrate the file and start the writer.

        Raises:
            StorageError: the file cannot be opened or is not ours; for a guest, it is of another version.
        """
        try:
            connection = await asyncio.to_thread(self._visit if self._guest else self._prepare)
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

    def _visit(self) -> sqlite3.Connection:
        connection = _connect(self._path)
        if _revision(connection) != HEAD:
            connection.close()
            raise StorageError(f"The database {self._path} is not one of this version.")
        return connection

    async def close(self) -> None:
        if self._writer is None:
            return
        mark = {"key": "clean", "value": "yes"}
        if not self._guest:
            await self._writer.do(lambda connection: connection.execute(SQL["put_meta"], mark).rowcount, durable=True)
        await self._writer.close()
        self._writer = None
        await asyncio.to_thread(self._readers.shutdown)
        for connection in self._reading:
            connection.close()

    async def _write(self, make: Make[T], durability: Durability) -> T:
        if self._writer is None:
            raise StorageError("The database is not open.")
        # A log that a power cut has cut back is known by its generation, so only what was promised is synced.
        durable = durability is Durability.PROMISED
        return await self._writer.do(lambda connection: perform(connection, make()), durable=durable)

    async def _read(self, make: Make[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read_now, make)

    def _read_now(self, make: Make[T]) -> T:
        connection: sqlite3.Connection | None = getattr(self._reader, "connection", None)
        if connection is None:
            connection = self._reader.connection = _connect(self._path)
            connection.execute("PRAGMA query_only = ON")
            # SQLite's own knows ASCII only.
            connection.create_function("lower", 1, str.lower, deterministic=True)
            self._reading.append(connection)
        return perform(connection, make())


def perform(connection: sqlite3.Connection, transaction: Transaction[T]) -> T:
    """The transaction's result, with its statements executed on `connection`."""
    got: Got | None = None
    try:
        while True:
            ask = transaction.send(got) if got else next(transaction)
            got = Got() if isinstance(ask, HandOver) else _execute(connection, ask)
    except StopIteration as end:
        return cast(T, end.value)


def _execute(connection: sqlite3.Connection, ask: Ask) -> Got:
    if isinstance(ask.values, dict):
        cursor = connection.execute(SQL[ask.statement], ask.values)
    else:
        cursor = connection.executemany(SQL[ask.statement], cast(Any, ask.values))
    rows = cursor.fetchall() if cursor.description else []
    return Got(cast(list[Row], rows), cursor.rowcount)


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
