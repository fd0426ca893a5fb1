"""Runs the segments of this process: at most one a run, a bounded number at a time. Whatever makes a run need one calls
`dispatch`; in a cluster a worker calls `execute` for the runs that it was handed, and `look` when another process has
changed a run that may be alive here."""

import asyncio
import contextlib
import json
import logging
from collections.abc import Coroutine

from sayso.engine import checkpoint, entries
from sayso.engine.deadlines import DuePolicy
from sayso.engine.fairness import FairSlots
from sayso.engine.feed import Feed
from sayso.engine.hosting import HostedWorkflow
from sayso.engine.segment import Ledger, Segment
from sayso.protocol.codes import ErrorCode
from sayso.storage.errors import StorageError, Superseded
from sayso.storage.records import Claim, Committed, Ending, SegmentCommit
from sayso.storage.store import Store

log = logging.getLogger("sayso.engine")

CONCURRENCY = 64
"""Segments at a time; further ones wait their turn."""
MAX_ATTEMPTS = 5
"""Dispatches of a run without a new checkpoint or answer, after which it is given up."""
SUSPECT = 2
"""Attempts in vain from which a run is tried by itself."""
GRACE = 0.5
"""Seconds that segments get to reach a pause or an end, when the process stops."""
RETRY = 2.0
"""Seconds before a segment is tried again after the database failed it."""


class Dispatcher:
    """Executes runs on tasks of this process."""

    def __init__(
        self,
        store: Store,
        feed: Feed,
        workflows: dict[str, HostedWorkflow],
        due: DuePolicy,
        slots: FairSlots,
    ) -> None:
        self._due = due
        self._store = store
        self._feed = feed
        self._workflows = workflows
        self._slots = slots
        self._alone = asyncio.Lock()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._segments: dict[str, tuple[HostedWorkflow, Segment]] = {}
        self._again: set[str] = set()
        self._closing = False
        self._gives_back = False

    def dispatch(self, run_id: str, *, asker: str | None = None, interrupted: bool = False, attempts: int = 0) -> None:
        """See to it that the run gets a segment, or that the one it has looks for new answers.

        Args:
            asker: for whom it counts when slots are short.
            interrupted: an earlier process left it running.
            attempts: how often it was tried in vain. Suspects are tried one at a time, so that one that takes the
                process down again does so on its own account only.
        """
        if self._closing:
            return
        if self.notify(run_id):
            return
        work = self._work(run_id, asker, interrupted=interrupted)
        task = asyncio.create_task(self._by_itself(work) if attempts >= SUSPECT else work, name=f"run {run_id}")
        self._tasks[run_id] = task

    async def execute(self, run_id: str, *, interrupted: bool) -> None:
        """Work on a run that this process was handed, until it waits or ends.

        A caller that is cancelled leaves the segment alive: whether it may go on writing, the run's epoch decides.
        """
        while before := self._tasks.get(run_id):
            # Its last segment is still clearing up, or was taken from it while the database was away.
            await asyncio.wait([before])
        if self._closing:
            return
        attempts = 0
        if interrupted:
            # The segment tries again by itself while the database is away; a job that fails here would be lost.
            with contextlib.suppress(StorageError):
                row = await self._store.run(run_id)
                attempts = row.attempts if row else 0
        self.dispatch(run_id, interrupted=interrupted, attempts=attempts)
        if task := self._tasks.get(run_id):
            await asyncio.wait([task])

    def notify(self, run_id: str) -> bool:
        """Have the run's segment look for new answers. False if it has none here."""
        if run_id not in self._tasks:
            return False
        self._again.add(run_id)
        if found := self._segments.get(run_id):
            hosted, segment = found
            hosted.call(segment.notify)
        return True

    async def look(self, run_id: str) -> None:
        """Another process has changed a run: if it is alive here, see what that means for it."""
        if run_id not in self._tasks:
            return
        run = await self._store.run(run_id)
        found = self._segments.get(run_id)
        if run is None or run.status.over or (found and found[1].epoch < run.epoch):
            await self.stop(run_id)
        else:
            self.notify(run_id)

    @property
    def alive(self) -> list[str]:
        """Ids of the runs that have a segment here, or are about to."""
        return list(self._tasks)

    async def stop(self, run_id: str) -> None:
        """Cancel the run's segment, if it has one here, and wait until it is gone."""
        task = self._tasks.get(run_id)
        if task:
            self._again.discard(run_id)
            await _cancel([task])
            # A task that is cancelled before its first step never gets to its own clean-up.
            self._tasks.pop(run_id, None)

    async def close(self, *, in_good_order: bool) -> None:
        """Stop all segments; those that reach a pause or an end within `GRACE` seconds do so.

        Args:
            in_good_order: the process was told to stop, so what is cut short now was no attempt in vain.
        """
        self._closing = True
        self._gives_back = in_good_order
        tasks = list(self._tasks.values())
        if tasks:
            await asyncio.wait(tasks, timeout=GRACE)
        await _cancel(tasks)

    async def _by_itself(self, work: Coroutine[None, None, None]) -> None:
        try:
            async with self._alone:
                await work
        finally:
            work.close()

    async def _work(self, run_id: str, asker: str | None, *, interrupted: bool) -> None:
        try:
            while True:
                self._again.discard(run_id)
                async with self._slots.slot(asker):
                    ours = await self._try_segment(run_id, interrupted=interrupted)
                # Whoever has claimed it since sees to its answers. Two processes that claimed it back from each other
                # would soon have made as many attempts in vain.
                if not ours or run_id not in self._again:
                    return
                interrupted = False
        finally:
            # In the same step as the last look at `_again`: a dispatch in between would be lost.
            self._tasks.pop(run_id, None)

    async def _try_segment(self, run_id: str, *, interrupted: bool) -> bool:
        """False if another process has claimed the run meanwhile, or it was cancelled or deleted."""
        try:
            return await self._segment(run_id, interrupted=interrupted)
        except StorageError as error:
            task = asyncio.current_task()
            if task and task.cancelling():
                # What the database says last must not make a stop undone.
                raise asyncio.CancelledError from error
            log.exception("run %s: the database failed; trying again", run_id)
            self._again.add(run_id)
            await asyncio.sleep(RETRY)
            return True

    async def _segment(self, run_id: str, *, interrupted: bool) -> bool:
        claim = await self._store.claim(run_id)
        if claim is None:
            return True
        try:
            hosted = self._workflows.get(claim.run.workflow)
            if hosted is None or hosted.fingerprint != claim.run.fingerprint:
                await self._fail(claim, CHANGED, ErrorCode.WORKFLOW_CHANGED)
            elif claim.run.attempts > MAX_ATTEMPTS:
                busy = checkpoint.busy_steps(json.loads(claim.checkpoint)) if claim.checkpoint else []
                step = ", ".join(busy or hosted.first_steps)
                await self._fail(claim, GIVEN_UP.format(step=step), attempts=claim.run.attempts - 1, step=step)
            else:
                ledger = Ledger(hosted.reachable(self._commit), hosted.reachable(self._store.undelivered))
                segment = Segment(claim, hosted, ledger, self._due, interrupted=interrupted)
                self._segments[run_id] = hosted, segment
                await hosted.run(segment.run())
        except Superseded:
            log.info("run %s: went on without this segment", run_id)
            return False
        except asyncio.CancelledError:
            if self._gives_back:
                # With the database away the attempt stays counted; the stop goes on.
                with contextlib.suppress(StorageError):
                    await self._store.release(run_id, claim.run.epoch)
            raise
        except StorageError:
            raise
        except Exception:
            log.exception("run %s: the engine could not execute it", run_id)
            await self._fail(claim, BROKEN)
        finally:
            self._segments.pop(run_id, None)
        return True

    async def _fail(
        self, claim: Claim, message: str, code: ErrorCode = ErrorCode.RUN_FAILED, **details: str | int
    ) -> None:
        frame = entries.failure(claim.run.id, message, code, **details)
        commit = SegmentCommit(claim.run.id, claim.run.epoch, ending=Ending.FAIL)
        commit.events.append(entries.to_new_event(frame))
        commit.brief = entries.updated(claim.run.brief, frame)
        try:
            await self._commit(commit)
        except Superseded:
            log.info("run %s: went on without this segment", claim.run.id)

    async def _commit(self, commit: SegmentCommit) -> Committed:
        committed = await self._store.commit(commit)
        self._feed.publish(commit.run_id, committed.events)
        return committed


async def _cancel(tasks: list[asyncio.Task[None]]) -> None:
    """Cancel each, once, and wait until they are gone: a second time would cut their clean-up short."""
    for task in tasks:
        if not task.cancelling():
            task.cancel()
    if tasks:
        await asyncio.wait(tasks)


CHANGED = (
    "The workflow has changed since this run started, so the run cannot go on safely. Its log is kept; ask the "
    "question again to use the new workflow."
)
GIVEN_UP = (
    "The run was interrupted again and again in the step “{step}” without getting any further, so it was given up. "
    "Its log is kept; the server's log says more under this run's id."
)
BROKEN = "The workflow could not be run. The server's log says why, under this run's id."
