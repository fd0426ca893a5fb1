"""What has changed, from process to process: run ids through NOTIFY, never what has changed about them.

A notification that is lost costs a moment and no event: watchers look at the log once a second anyway, and after a
reconnection everybody looks at once.
"""

import asyncio
import logging
import uuid
from collections.abc import Callable

import psycopg

log = logging.getLogger("sayso.storage")

CHANNEL = "sayso_runs"
MOST = 7_500
"""Bytes of one notification; PostgreSQL takes fewer than 8,000."""
GATHER = 0.002
"""Seconds for which ids are gathered."""
AGAIN = 1.0
"""Seconds between two attempts to reconnect."""
KEEPALIVE = "keepalives=1 keepalives_idle=5 keepalives_interval=2 keepalives_count=3"


class News:
    """Tells the other processes of one's changes, and hears of theirs."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._sender = uuid.uuid4().hex[:8]
        self._pending: dict[str, None] = {}
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def announce(self, run_id: str) -> None:
        """A run has changed; its commit is done."""
        self._pending[run_id] = None
        self._wake.set()

    def start(self, changed: Callable[[list[str]], None], reconnected: Callable[[], None]) -> None:
        """Announce and listen in the background until `close`.

        Args:
            changed: called with the ids of runs that another process has changed.
            reconnected: called when news may have been missed.
        """
        self._tasks = [
            asyncio.create_task(self._tell(), name="tell of changes"),
            asyncio.create_task(self._listen(changed, reconnected), name="listen for changes"),
        ]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    async def _connect(self) -> "psycopg.AsyncConnection[tuple[str, ...]]":
        return await psycopg.AsyncConnection.connect(
            psycopg.conninfo.make_conninfo(self._url, **dict(part.split("=") for part in KEEPALIVE.split())),
            autocommit=True,
            connect_timeout=5,
        )

    async def _tell(self) -> None:
        while True:
            try:
                async with await self._connect() as connection:
                    while True:
                        if not self._pending:
                            await self._wake.wait()
                        await asyncio.sleep(GATHER)
                        self._wake.clear()
                        while self._pending:
                            told = self._next()
                            payload = " ".join([self._sender, *told])
                            await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, payload))
                            for run_id in told:
                                self._pending.pop(run_id, None)
            except psycopg.Error as error:
                # What was not told is told then; watchers of a run find it before, by their own looks at the log.
                log.info("changes cannot be told: %s", type(error).__name__)
                await asyncio.sleep(AGAIN)

    def _next(self) -> list[str]:
        """As many ids as one notification takes."""
        run_ids: list[str] = []
        size = len(self._sender)
        for run_id in self._pending:
            size += len(run_id) + 1
            if size > MOST:
                break
            run_ids.append(run_id)
        return run_ids

    async def _listen(self, changed: Callable[[list[str]], None], reconnected: Callable[[], None]) -> None:
        while True:
            try:
                async with await self._connect() as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    reconnected()
                    async for notification in connection.notifies():
                        sender, *run_ids = notification.payload.split(" ")
                        if sender != self._sender:
                            changed(run_ids)
            except psycopg.Error as error:
                log.info("changes cannot be heard: %s", type(error).__name__)
            await asyncio.sleep(AGAIN)
