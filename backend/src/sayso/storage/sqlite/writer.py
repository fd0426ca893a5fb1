"""The one thread that writes to SQLite: it commits what has piled up as one group."""

import asyncio
import contextlib
import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sayso.storage.errors import StorageError

T = TypeVar("T")
GROUP = 500
"""Most transactions in one commit, so that a flood does not starve the first of them."""


@dataclass(slots=True)
class _Item:
    work: Callable[[sqlite3.Connection], Any]
    durable: bool
    future: asyncio.Future[Any]


class SqliteWriter:
    """Runs functions of a connection, each in a savepoint of a shared transaction.

    A function that raises undoes its own work only. A commit that fails fails every function in it. The commit
    is synced to disk if any function of the group asked for it: a synced commit takes milliseconds, another
    one hundredths of that.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._loop = asyncio.get_running_loop()
        self._items: deque[_Item] = deque()
        self._wake = threading.Event()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="sayso-writer", daemon=True)
        self._thread.start()

    async def do(self, work: Callable[[sqlite3.Connection], T], *, durable: bool) -> T:
        """`work(connection)`, committed.

        Raises:
            StorageError: the commit failed, and nothing of `work` was stored.
        """
        if self._closing:
            raise StorageError("The database is closed.")
        future: asyncio.Future[T] = self._loop.create_future()
        self._items.append(_Item(work, durable, future))
        self._wake.set()
        return await future

    async def close(self) -> None:
        """Finish what was handed in, then close the connection."""
        self._closing = True
        self._wake.set()
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        connection, synced = self._connection, False
        while True:
            self._wake.wait()
            self._wake.clear()
            while self._items:
                group = [self._items.popleft() for _ in range(min(len(self._items), GROUP))]
                durable = any(item.durable for item in group)
                if durable != synced:
                    connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                    synced = durable
                results = self._commit(connection, group)
                # The loop is closed if the server was torn down without waiting; nobody is left to tell.
                with contextlib.suppress(RuntimeError):
                    self._loop.call_soon_threadsafe(_settle, group, results)
            if self._closing:
                connection.close()
                return

    @staticmethod
    def _commit(connection: sqlite3.Connection, group: list[_Item]) -> list[Any]:
        results: list[Any] = []
        try:
            connection.execute("BEGIN IMMEDIATE")
            for item in group:
                connection.execute("SAVEPOINT item")
                try:
                    results.append(item.work(connection))
                except Exception as error:
                    connection.execute("ROLLBACK TO item")
                    results.append(error)
                connection.execute("RELEASE item")
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            failure = StorageError(f"The database could not be written ({error}). Check the disk, then try again.")
            return [failure] * len(group)
        return results


def _settle(group: list[_Item], results: list[Any]) -> None:
    for item, result in zip(group, results, strict=True):
        if item.future.done():
            continue
        if isinstance(result, Exception):
            item.future.set_exception(result)
        else:
            item.future.set_result(result)
