"""Hands runs to the workers of all processes, through Procrastinate.

A run that has to be worked on has one job, enqueued in the transaction that makes the run need it. A worker that gives
no sign of life loses its jobs: each is finished as failed and a new one is enqueued in its place, in one transaction.
To retry the old one would let a frozen worker that wakes up finish what the survivor works on. No job holds a lock: a
run's epoch is what fences it, and a lock that is released wakes nobody.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import procrastinate
import psycopg
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition
from psycopg.rows import tuple_row

from sayso.storage.postgres.pool import Pool

log = logging.getLogger("sayso.storage")

Execute = Callable[[str, bool], Awaitable[None]]
"""Works on a run until it waits or ends; the second argument says whether an earlier worker was lost at it."""

TASK = "sayso.segment"
BEAT = 2.0
"""Seconds between two signs of life, and between two looks for lost workers, unless the takeover is to be quick."""
ORPHANED = 30
"""Seconds after which a running run without a job gets one. None should ever be without."""
GRACE = 5.0
"""Seconds that a stopping worker waits for its jobs."""

_STALLED = """
SELECT job.id, job.args->>'run_id' AS run_id FROM procrastinate_jobs job
LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
WHERE job.status = 'doing' AND job.task_name = %(task)s
  AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %(takeover)s))
FOR UPDATE OF job SKIP LOCKED
"""
_AHEAD = """
SELECT count(*) AS ahead FROM (
  SELECT 1 FROM runs JOIN runs AS this ON this.id = %(id)s
  WHERE runs.asker = this.asker AND runs.status = 'running' LIMIT 10000
) AS of_the_same_asker
"""
"""A job is as urgent as its asker has few: a thousand of one person's are not before the first of another's."""
_FINISH = "SELECT procrastinate_finish_job_v1(%(id)s, 'failed', true)"
_ORPHANS = """
SELECT id AS run_id FROM runs
WHERE status = 'running' AND CAST(updated_at AS timestamptz) < now() - make_interval(secs => %(orphaned)s)
  AND NOT EXISTS (
    SELECT 1 FROM procrastinate_jobs
    WHERE task_name = %(task)s AND status IN ('todo', 'doing') AND args->>'run_id' = runs.id
  )
FOR UPDATE SKIP LOCKED
"""


class Jobs:
    """The queue of one database.

    Args:
        takeover: seconds without a heartbeat after which a worker's jobs go to others.
    """

    def __init__(self, url: str, *, takeover: float) -> None:
        self._takeover = takeover
        self._beat = min(BEAT, takeover / 4)
        self._execute: Execute | None = None
        # Losing one of these commits in a power cut is harmless: the job is done again, and finds nothing to do.
        connector = procrastinate.PsycopgConnector(
            pool_factory=Pool,
            conninfo=url,
            min_size=1,
            max_size=6,
            timeout=5.0,
            kwargs={"options": "-c synchronous_commit=off -c lock_timeout=5s -c statement_timeout=30s"},
        )
        self._app = procrastinate.App(connector=connector)
        self._task = self._app.task(name=TASK)(self._run)
        self._open = False

    async def open(self) -> None:
        """Connect."""
        await self._app.open_async()
        self._open = True

    async def close(self) -> None:
        if self._open:
            self._open = False
            await self._app.close_async()

    async def enqueue(self, connection: "psycopg.AsyncConnection[Any]", run_id: str, *, lost: bool = False) -> None:
        """Have a worker take up a run, once the transaction of `connection` is committed.

        Raises:
            psycopg.Error: as any statement on `connection`.
        """
        try:
            # The store's connections give rows as mappings, Procrastinate's as tuples.
            async with connection.cursor(row_factory=tuple_row) as cursor:
                row = await (await cursor.execute(_AHEAD.encode(), {"id": run_id})).fetchone()
            ahead = int(row[0]) if row else 0
            await self._task.configure(connection=connection, priority=-ahead).defer_async(run_id=run_id, lost=lost)
        except ConnectorException as error:
            # Whoever owns the connection tells by psycopg's own errors whether to try again.
            if isinstance(error.__cause__, psycopg.Error):
                raise error.__cause__ from error
            raise

    async def work(self, execute: Execute, *, concurrency: int) -> None:
        """Hand runs to `execute`, and those of lost workers too, until cancelled; then wait a little for what is at
        work. Goes on by itself when the database was away."""
        self._execute = execute
        sweeping = asyncio.create_task(self._sweep(), name="sweep for lost workers")
        try:
            while True:
                try:
                    await self._app.run_worker_async(
                        concurrency=concurrency,
                        install_signal_handlers=False,
                        listen_notify=True,
                        fetch_job_polling_interval=2.0,
                        update_heartbeat_interval=self._beat,
                        stalled_worker_timeout=self._takeover,
                        shutdown_graceful_timeout=GRACE,
                        delete_jobs=DeleteJobCondition.ALWAYS,
                    )
                except Exception as error:
                    task = asyncio.current_task()
                    if task and task.cancelling():
                        # It could not say goodbye, because the database is away; others notice by themselves.
                        raise asyncio.CancelledError from error
                    log.warning("the worker stopped (%s); it starts again", type(error).__name__)
                await asyncio.sleep(self._beat)
        finally:
            sweeping.cancel()
            await asyncio.gather(sweeping, return_exceptions=True)

    async def _run(self, run_id: str, lost: bool) -> None:
        assert self._execute is not None
        await self._execute(run_id, lost)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(self._beat)
            try:
                await self._take_over()
            except Exception as error:
                log.info("no look for lost workers: %s", type(error).__name__)

    async def _take_over(self) -> None:
        connector: Any = self._app.connector
        bounds = {"task": TASK, "takeover": self._takeover, "orphaned": ORPHANED}
        async with connector.pool.connection() as connection, connection.transaction():
            for job_id, run_id in await (await connection.execute(_STALLED, bounds)).fetchall():
                log.warning("run %s: its worker gives no sign of life; another one takes over", run_id)
                await connection.execute(_FINISH, {"id": job_id})
                await self.enqueue(connection, run_id, lost=True)
            for (run_id,) in await (await connection.execute(_ORPHANS, bounds)).fetchall():
                await self.enqueue(connection, run_id, lost=True)
