"""Pools of connections to PostgreSQL in which no cancellation is lost."""

import asyncio
from typing import Any, TypeVar

import psycopg
from psycopg_pool import AsyncConnectionPool

ConnectionT = TypeVar("ConnectionT", bound=psycopg.AsyncConnection[Any])


class Pool(AsyncConnectionPool[ConnectionT]):
    """Psycopg's pool, for tasks that are cancelled and then waited for.

    Psycopg's waits for a connection with `asyncio.wait_for`. In Python 3.11 that loses a cancellation which comes
    together with the connection, and a task that asks the database again and again would never end.
    """

    async def getconn(self, timeout: float | None = None) -> ConnectionT:  # noqa: ASYNC109 - as psycopg has it
        """See `AsyncConnectionPool.getconn`."""
        task = asyncio.current_task()
        before = task.cancelling() if task else 0
        connection = await super().getconn(timeout)
        if task and task.cancelling() > before:
            await self.putconn(connection)
            raise asyncio.CancelledError
        return connection
