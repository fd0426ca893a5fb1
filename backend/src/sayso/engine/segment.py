"""A segment: the work of a run from a checkpoint until its workflow waits or ends."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import perf_counter, thread_time
from typing import Any

from workflows.events import Event, WorkflowFailedEvent
from workflows.runtime.types.results import AddWaiter

from sayso.engine import checkpoint, entries
from sayso.engine.alarm import Alarm
from sayso.engine.batch import Batch
from sayso.engine.containment import report_to, watch_steps
from sayso.engine.deadlines import DuePolicy
from sayso.engine.hosting import HostedWorkflow
from sayso.engine.keeping import Unkept
from sayso.engine.live_workflow import LiveWorkflow
from sayso.engine.segment_state import SegmentState
from sayso.protocol.frames import Error
from sayso.storage.records import Claim, Committed, Delivery, SegmentCommit

log = logging.getLogger("sayso.engine")

GATHER = 0.003
"""Seconds that progress waits for more, so that a question or a result need not queue behind its commit."""
SILENCE = 0.05
"""Seconds between two looks at whether a workflow that is over has said so."""
STALLED = "The workflow stopped without a result and without a question. The server's log has more under this run's id."


@dataclass(frozen=True)
class Ledger:
    """What a segment asks of the database, from wherever its workflow runs.

    Attributes:
        commit: stores what it has done, and tells who watches.
        undelivered: the answers that a run has not taken yet.
    """

    commit: Callable[[SegmentCommit], Awaitable[Committed]]
    undelivered: Callable[[str], Awaitable[list[Delivery]]]


class Segment:
    """Executes one claimed run. Make one, `run()` it, drop it; it holds its workflow only while it lives.

    What the workflow publishes is appended to the log as fast as the database takes it; a checkpoint goes with
    it at exact cuts (see `Cuts`), and the last one, when the workflow is idle with a question open, together
    with the status `waiting`. `SegmentState` decides all that.
    """

    def __init__(
        self,
        claim: Claim,
        hosted: HostedWorkflow,
        ledger: Ledger,
        due: DuePolicy,
        *,
        interrupted: bool,
    ) -> None:
        self._claim = claim
        self._hosted = hosted
        self._ledger = ledger
        self._batch = Batch(claim, hosted, due)
        self._state = SegmentState(claim, self._batch, interrupted=interrupted, now=perf_counter())
        self._workflow: LiveWorkflow | None = None
        self._wake = asyncio.Event()
        self._answered = False
        self._failure: BaseException | None = None
        self._gathering = Alarm(self._wake.set)
        self._recheck = Alarm(self._look_now)

    @property
    def epoch(self) -> int:
        """Of the run as it was claimed."""
        return self._claim.run.epoch

    @property
    def run_id(self) -> str:
        """Whose segment it is."""
        return self._claim.run.id

    def notify(self) -> None:
        """An answer was recorded while this segment is alive."""
        self._answered = True
        self._wake.set()

    async def run(self) -> None:
        """Until the workflow waits or ends.

        Raises:
            Superseded: the run was cancelled, deleted or taken over; nothing more was written.
        """
        report_to(self._on_escape)
        watch_steps(self)
        workflow = self._workflow = LiveWorkflow(
            self._hosted.begin(self._claim.run, self._state.restored),
            self._hosted.context,
            on_event=self._on_event,
            on_cut=self._on_cut,
            on_taken=self._on_taken,
            on_failure=self._on_failure,
        )
        watching = asyncio.create_task(self._watch_for_a_silent_end(workflow))
        try:
            await self._commit_until_done()
        finally:
            self._gathering.clear()
            self._recheck.clear()
            watching.cancel()
            await workflow.stop()

    async def _watch_for_a_silent_end(self, workflow: LiveWorkflow) -> None:
        """End the run when its workflow is over without having said so in the stream."""
        await workflow.ended()
        while not self._state.over:
            await asyncio.sleep(SILENCE)
            if workflow.drained and not self._state.over:
                self._end(entries.failure(self._claim.run.id, STALLED))

    async def _commit_until_done(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            self._gathering.clear()
            if self._failure:
                raise self._failure
            if self._answered:
                self._answered = False
                self._take_answers(await self._ledger.undelivered(self._claim.run.id))
            commit = self._batch.take()
            if commit is None:
                continue
            committed = await self._ledger.commit(commit)
            if committed.paused or commit.over:
                return
            if committed.stalled:
                self._end(entries.failure(self._claim.run.id, STALLED))
            self._take_answers(committed.undelivered)

    def _take_answers(self, deliveries: list[Delivery]) -> None:
        if self._state.answered(deliveries):
            self._recheck.set(0.0)

    def _on_event(self, event: Event) -> None:
        if isinstance(event, WorkflowFailedEvent):
            log.error("run %s: step %s failed", self._claim.run.id, event.step_name, exc_info=event.exception)
        self._state.published(event)
        if self._state.over:
            self._wake.set()

    def _on_cut(self) -> None:
        if self._state.over:
            return
        if self._batch.has_events and not self._gathering.is_set:
            self._gathering.set(GATHER)
        self._send(self._state.sendable())
        wait = self._state.wait(perf_counter())
        if wait == 0.0:
            self._look()
        elif wait is not None:
            self._recheck.set(wait)

    def _look(self) -> None:
        # What others do to the processor meanwhile is no cost of a checkpoint: else a busy machine takes fewer of them.
        began, spent = perf_counter(), thread_time()
        try:
            context = self._live.context()
        except Unkept as error:
            self._on_unkept(error)
            return
        look = self._state.look(context, began, thread_time() - spent)
        self._send(look.send)
        if look.again is not None:
            self._recheck.set(look.again)
        if look.stored:
            self._wake.set()

    def _on_unkept(self, error: Unkept) -> None:
        again = self._state.unkept(self.run_id, str(error), perf_counter())
        if again is not None:
            self._recheck.set(again)
        else:
            log.error("run %s: its state cannot be kept", self.run_id, exc_info=error)
            self._wake.set()

    def waits(self, waiter: AddWaiter[Any]) -> None:
        """A step is about to wait for an event."""
        self._state.waits(waiter)

    def repeats(self, waits: int) -> None:
        """A step begins again, up to where it has waited, which it did so many times."""
        self._state.repeats(waits)

    def _look_now(self) -> None:
        """The stream may stay silent for as long as a step works."""
        self._state.want()
        if self._live.drained:
            self._on_cut()

    def _send(self, deliveries: list[Delivery]) -> None:
        for delivery in deliveries:
            self._live.send(delivery)

    def _on_taken(self, review: int) -> None:
        self._state.confirmed(review)
        wait = self._state.wait(perf_counter())
        if wait is not None:
            self._recheck.set(wait)

    def _on_failure(self, error: BaseException) -> None:
        self._failure = error
        self._wake.set()

    def _on_escape(self, error: BaseException) -> None:
        """Code of the workflow that is no step's own, such as a resource, raised what would have ended the process."""
        if self._workflow is None:
            raise error
        log.error("run %s: the process was asked to end", self._claim.run.id, exc_info=error)
        steps = ", ".join(checkpoint.busy_steps(self._live.context()))
        self._end(entries.step_failed(self._claim.run.id, steps))

    def _end(self, frame: Error) -> None:
        if not self._state.over:
            self._state.end(frame)
            self._wake.set()

    @property
    def _live(self) -> LiveWorkflow:
        assert self._workflow is not None
        return self._workflow
