"""The store on PostgreSQL, which any number of processes share."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Any, TypeVar, cast

import psycopg
from psycopg.rows import dict_row
from psycopg_pool import PoolTimeout

from sayso.storage.errors import StorageError
from sayso.storage.migrations import HEAD, migrate
from sayso.storage.postgres.jobs import Execute, Jobs
from sayso.storage.postgres.news import News
from sayso.storage.postgres.pool import Pool
from sayso.storage.statements import Statements
from sayso.storage.store import Durability, Make, Store
from sayso.storage.transactions import writing
from sayso.storage.transactions.transaction import Ask, Got, HandOver, Transaction

log = logging.getLogger("sayso.storage")

T = TypeVar("T")
Connection = psycopg.AsyncConnection[dict[str, Any]]
SQL = Statements("postgres")
CONNECTIONS = 8
"""Of one process, to each of its two pools."""
PATIENCE = 5.0
"""Seconds to wait for a connection, and the longest that one waits for a lock."""
LIMITS = f"-c lock_timeout={PATIENCE:.0f}s -c statement_timeout=30s -c idle_in_transaction_session_timeout=5s"
"""Of every session: a frozen process must not hold what others wait for."""
TRIES = 3
BROKEN = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.IdleInTransactionSessionTimeout)
"""What says that the connection or the server failed, and not the statement. The last is what a process hears that was
frozen in the middle of a transaction."""


class PostgresStore(Store):
    """`Store` in a PostgreSQL database.

    Whatever appends to a log is on disk before it returns, so that a log is never cut back; claims do not wait for the
    disk.

    Args:
        url: `postgresql://...`, as libpq understands it.
        takeover: seconds without a sign of life after which a worker's runs go to others.
    """

    def __init__(self, url: str, *, takeover: float = 8.0) -> None:
        self._url = url
        self._pools: dict[bool, Pool[Connection]] = {}
        self._generation = 1
        self._jobs = Jobs(url, takeover=takeover)
        self._news = News(url)

    @property
    def generation(self) -> int:
        return self._generation

    @property
    def cluster(self) -> "PostgresStore":
        return self

    async def work(self, execute: Execute, *, concurrency: int) -> None:
        """See `Cluster.work`."""
        await self._jobs.work(execute, concurrency=concurrency)

    async def hand_back(self, run_id: str) -> None:
        """See `Cluster.hand_back`."""
        await self._write(lambda: writing.hand_back(run_id), Durability.REPEATABLE)

    def announce(self, run_id: str) -> None:
        """See `Cluster.announce`."""
        self._news.announce(run_id)

    def listen(self, changed: Callable[[list[str]], None], reconnected: Callable[[], None]) -> None:
        """See `Cluster.listen`."""
        self._news.start(changed, reconnected)

    async def open(self) -> None:
        """Migrate the database if need be, and connect.

        Raises:
            StorageError: it cannot be reached, or is not ours.
        """
        if await self.reach() != HEAD:
            try:
                await asyncio.to_thread(migrate, self._url.replace("postgresql://", "postgresql+psycopg://", 1))
            except Exception as error:
                raise StorageError(f"The database cannot be brought up to date ({_first_line(error)}).") from error
        for synced in (True, False):
            options = LIMITS if synced else f"{LIMITS} -c synchronous_commit=off"
            self._pools[synced] = Pool(
                self._url,
                connection_class=cast(type[Connection], psycopg.AsyncConnection),
                # Autocommit: what writes says BEGIN itself, and a read is one round trip.
                kwargs={"row_factory": dict_row, "options": options, "connect_timeout": 5, "autocommit": True},
                min_size=1,
                max_size=CONNECTIONS,
                timeout=PATIENCE,
                max_lifetime=1_800,
                open=False,
                name=f"sayso-{'synced' if synced else 'fast'}",
            )
            await self._pools[synced].open()
        await self._jobs.open()
        self._generation = await self._read(_generation)

    async def close(self) -> None:
        await self._news.close()
        await self._jobs.close()
        for pool in self._pools.values():
            await pool.close()
        self._pools = {}

    async def _write(self, make: Make[T], durability: Durability) -> T:
        return await self._tried(make, writes=True, synced=durability >= Durability.LOGGED)

    async def _read(self, make: Make[T]) -> T:
        return await self._tried(make, writes=False, synced=False)

    async def _tried(self, make: Make[T], *, writes: bool, synced: bool) -> T:
        if not self._pools:
            raise StorageError("The database is not open.")
        for left in reversed(range(TRIES)):
            sent = False
            try:
                async with self._pools[synced].connection() as connection:
                    if not writes:
                        return await self._perform(connection, make())
                    async with connection.transaction():
                        result = await self._perform(connection, make())
                        sent = True
                    return result
            except BROKEN as error:
                # A connection that died since it was last used fails at its first statement: another one may do.
                # Once the commit was sent, nobody can know; the caller may ask again.
                if sent or not left or isinstance(error, PoolTimeout | psycopg.InterfaceError):
                    log.warning("the database failed: %s", _first_line(error))
                    raise StorageError("The database cannot be reached.") from error
            # A database that was restarted has ended all that were idle, which may be more than there are tries.
            with contextlib.suppress(*BROKEN):
                await self._pools[synced].check()
        raise AssertionError("not reached")

    async def _perform(self, connection: Connection, transaction: Transaction[T]) -> T:
        """The transaction's result, with its statements executed on `connection`."""
        got: Got | None = None
        try:
            async with connection.cursor() as cursor:
                while True:
                    ask = transaction.send(got) if got else next(transaction)
                    if isinstance(ask, HandOver):
                        await self._jobs.enqueue(connection, ask.run_id)
                        got = Got()
                    else:
                        got = await _execute(cursor, ask)
        except StopIteration as end:
            return cast(T, end.value)

    async def reach(self) -> str | None:
        """The revision of the database; `None` if it is none of ours yet.

        Raises:
            StorageError: it cannot be reached.
        """
        try:
            async with await psycopg.AsyncConnection.connect(self._url, connect_timeout=5) as connection:
                known = await (await connection.execute("SELECT to_regclass('alembic_version')")).fetchone()
                if known is None or known[0] is None:
                    return None
                row = await (await connection.execute("SELECT version_num FROM alembic_version")).fetchone()
                return str(row[0]) if row else None
        except psycopg.Error as error:
            said = f"The database cannot be reached ({_first_line(error)}). Check SAYSO_DATABASE_URL."
            raise StorageError(said) from error


async def _execute(cursor: "psycopg.AsyncCursor[dict[str, Any]]", ask: Ask) -> Got:
    statement = SQL[ask.statement].encode()
    if isinstance(ask.values, dict):
        await cursor.execute(statement, ask.values)
    else:
        await cursor.executemany(statement, cast(Any, ask.values))
    return Got(await cursor.fetchall() if cursor.description else [], cursor.rowcount)


def _generation() -> Transaction[int]:
    got = yield Ask("get_meta", {"key": "generation"})
    return int(got.row["value"]) if got.row else 1


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
