"""A segment: the work of a run from a checkpoint until its workflow waits or ends."""

import asyncio
import contextlib
import json
import logging
from collections import Counter
from collections.abc import Callable
from time import perf_counter

from workflows.events import (
    Event,
    InputRequiredEvent,
    InternalDispatchEvent,
    StepState,
    StepStateChanged,
    StopEvent,
    UnhandledEvent,
    WorkflowFailedEvent,
    WorkflowIdleEvent,
)
from workflows.handler import WorkflowHandler

from sayso.engine import checkpoint, translate
from sayso.engine.deadlines import DuePolicy
from sayso.engine.deliveries import Deliveries
from sayso.engine.hosting import HostedWorkflow
from sayso.engine.ledger import Ledger
from sayso.engine.pump import Pump
from sayso.events import DraftEvent
from sayso.protocol.frames import Frame
from sayso.storage.records import Claim, Committed, Delivery, Ending
from sayso.storage.store import Store

log = logging.getLogger("sayso.engine")

GATHER = 0.003
"""Seconds that progress waits for more, so that a question or a result need not queue behind its commit."""
SNAPSHOT_PAUSE = 0.05
"""Least seconds between two checkpoints of a busy run."""
SNAPSHOT_SHARE = 20
"""A checkpoint is taken when this many times its own cost has passed: at most 5 % of a segment goes into them."""
CANCEL_SECONDS = 2.0
"""For a step to take note that it was cancelled; one that does not is left behind."""
STALLED = "The workflow stopped without a result and without a question. The server's log has more under this run's id."


class Segment:
    """Executes one claimed run. Make one, `run()` it, drop it; it holds its workflow only while it lives.

    What the workflow publishes is appended to the log as fast as the database takes it; a checkpoint goes with
    it at exact cuts (see `Pump`), and the last one, when the workflow is idle with a question open, together
    with the status `waiting`.
    """

    def __init__(
        self,
        claim: Claim,
        hosted: HostedWorkflow,
        store: Store,
        publish: Callable[[str, Committed], None],
        due: DuePolicy,
        *,
        interrupted: bool,
    ) -> None:
        self._claim = claim
        self._hosted = hosted
        self._store = store
        self._publish = publish
        self._ledger = Ledger(claim, hosted, due)
        self._wake = asyncio.Event()
        self._look_for_answers = False
        self._ended = False
        self._broken: BaseException | None = None
        self._snapshot_due = perf_counter() + SNAPSHOT_PAUSE
        self._pausing = False
        self._recheck: asyncio.TimerHandle | None = None
        self._gathering: asyncio.TimerHandle | None = None
        self._finished_a_step = False
        self._ahead = Counter(claim.ahead)
        self._restored: checkpoint.State | None = json.loads(claim.checkpoint) if claim.checkpoint else None
        self._settled = self._restored is None or checkpoint.waiters(self._restored) == 0
        # An answer to a question that the checkpoint does not know yet waits until the question is asked again.
        self._early = [each for each in claim.deliveries if each.review > claim.checkpoint_seq]
        self._answers = [each for each in claim.deliveries if each.review <= claim.checkpoint_seq]
        # A restored run says nothing by itself if it is idle, or if its waiters have yet to settle.
        self._force = self._restored is not None and not (self._answers and self._settled)
        if interrupted:
            self._ledger.add(translate.notice(claim.run.id, "Resumed after an interruption", "resume"))

    @property
    def epoch(self) -> int:
        """Of the run as it was claimed."""
        return self._claim.run.epoch

    def notify(self) -> None:
        """An answer was recorded while this segment is alive."""
        self._look_for_answers = True
        self._wake.set()

    async def run(self) -> None:
        """Until the workflow waits or ends.

        Raises:
            Superseded: the run was cancelled, deleted or taken over; nothing more was written.
        """
        run = self._claim.run
        if self._restored is not None:
            self._handler = self._hosted.restore(self._restored)
        else:
            self._handler = self._hosted.start(run.question, run.options, run.by)
        handler: WorkflowHandler = self._handler
        self._deliveries = Deliveries(handler, self._on_confirmed)
        self._pump = Pump(handler.stream_events(expose_internal=True), self._on_event, self._on_cut)
        tasks = [
            asyncio.create_task(work)
            for work in (self._pump.run(), self._deliveries.confirm(), self._watch_for_a_silent_end())
        ]
        for task in tasks:
            task.add_done_callback(self._on_task_done)
        try:
            await self._commit_until_done()
        finally:
            self._stop_gathering()
            if self._recheck:
                self._recheck.cancel()
            await _stop(tasks)
            await handler.cancel_run(timeout=CANCEL_SECONDS)

    async def _watch_for_a_silent_end(self) -> None:
        """End the run when its workflow is over without having said so in the stream."""
        with contextlib.suppress(Exception):
            await self._handler.stop_event_result()
        while not self._ended:
            await asyncio.sleep(SNAPSHOT_PAUSE)
            if self._pump.drained and not self._ended:
                self._end(Ending.FAIL, translate.failure(self._claim.run.id, STALLED))

    def _on_task_done(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception():
            self._broken = task.exception()
            self._wake.set()

    async def _commit_until_done(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            self._stop_gathering()
            if self._broken:
                raise self._broken
            if self._look_for_answers:
                self._look_for_answers = False
                self._deliver(await self._store.undelivered(self._claim.run.id))
            commit = self._ledger.take()
            if commit is None:
                continue
            committed = await self._store.commit(commit)
            self._publish(self._claim.run.id, committed)
            if committed.paused or (commit.ending and commit.ending is not Ending.PAUSE):
                return
            if committed.stalled:
                self._end(Ending.FAIL, translate.failure(self._claim.run.id, STALLED))
            self._deliver(committed.undelivered)

    def _stop_gathering(self) -> None:
        if self._gathering:
            self._gathering.cancel()
            self._gathering = None

    def _deliver(self, deliveries: list[Delivery]) -> None:
        held = {each.review for each in [*self._answers, *self._early]}
        new = [each for each in deliveries if not self._deliveries.known(each) and each.review not in held]
        if new:
            early = [each for each in new if self._not_asked_again_yet(each)]
            self._early += early
            self._answers += [each for each in new if each not in early]
            self._look_again()

    def _on_event(self, event: Event) -> None:
        run_id = self._claim.run.id
        if isinstance(event, WorkflowIdleEvent) or (isinstance(event, UnhandledEvent) and event.idle):
            # The cut of the question itself may have seen that already.
            self._force |= not self._pausing
        elif isinstance(event, StopEvent):
            if isinstance(event, WorkflowFailedEvent):
                log.error("run %s: step %s failed", run_id, event.step_name, exc_info=event.exception)
            self._end(*translate.ended(run_id, event))
        elif isinstance(event, InputRequiredEvent):
            self._ask(event)
        elif isinstance(event, DraftEvent):
            self._ledger.draft(event)
        elif isinstance(event, StepStateChanged):
            self._finished_a_step |= event.step_state is StepState.NOT_RUNNING
        elif not isinstance(event, InternalDispatchEvent):
            self._ledger.add(translate.progress(run_id, event))

    def _not_asked_again_yet(self, delivery: Delivery) -> bool:
        """Whether it answers a question that was logged before a crash and is not in the checkpoint."""
        asked_before = self._claim.checkpoint_seq < delivery.review <= self._claim.run.last_seq
        return asked_before and not self._ledger.times_asked(delivery.fingerprint)

    def _ask(self, event: InputRequiredEvent) -> None:
        opens = self._ledger.ask(event)
        self._ahead -= Counter([opens.fingerprint])
        # A question is worth a checkpoint: what led to it need not be done again.
        self._force = True
        asked_again = [each for each in self._early if each.fingerprint == opens.fingerprint]
        self._early = [each for each in self._early if each not in asked_again]
        self._answers += asked_again

    def _on_cut(self) -> None:
        if self._ended:
            return
        if self._ledger.has_events and self._gathering is None:
            self._gathering = asyncio.get_running_loop().call_later(GATHER, self._wake.set)
        if self._settled and self._answers:
            self._send_answers()
        now = perf_counter()
        if self._deliveries.unconfirmed or not (self._force or now >= self._snapshot_due):
            self._look_again(self._snapshot_due - now)
            return
        state = self._handler.ctx.to_dict()
        cost = perf_counter() - now
        self._snapshot_due = now + max(SNAPSHOT_PAUSE, SNAPSHOT_SHARE * cost)
        if self._early and checkpoint.idle(state):
            self._answers, self._early = self._answers + self._early, []
        if self._answers and self._settle(state):
            self._send_answers()
        if checkpoint.idle(state):
            self._ahead.clear()
        # A checkpoint may not claim to cover a question of before the crash that was not asked again yet.
        if self._ahead or self._deliveries.unconfirmed or not checkpoint.storable(state):
            self._look_again(self._snapshot_due - now)
            return
        self._force = False
        self._pausing = checkpoint.idle(state) and not self._answers
        self._ledger.cut(
            json.dumps(state),
            delivered=self._deliveries.take_confirmed(),
            progressed=self._finished_a_step,
            idle=self._pausing,
        )
        self._wake.set()

    def _settle(self, state: checkpoint.State) -> bool:
        """Whether answers can be sent: not before a restored run's waiters are registered again."""
        if not self._settled and self._restored is not None:
            since, expected = self._restored["journal_seq"], checkpoint.waiters(self._restored)
            self._settled = checkpoint.settled(state, since=since, expected=expected)
            if not self._settled:
                self._look_again(SNAPSHOT_PAUSE / 10)
        return self._settled

    def _send_answers(self) -> None:
        for delivery in self._answers:
            self._deliveries.send(delivery)
        self._answers.clear()
        self._pausing = False
        self._ledger.go_on()

    def _on_confirmed(self) -> None:
        self._look_again(0.0 if self._force else self._snapshot_due - perf_counter())

    def _look_again(self, delay: float = 0.0) -> None:
        """Take another cut soon: the stream may stay silent for as long as a step works."""
        if self._recheck:
            self._recheck.cancel()
        self._recheck = asyncio.get_running_loop().call_later(delay, self._cut_again)

    def _cut_again(self) -> None:
        self._force = True
        if self._pump.drained:
            self._on_cut()

    def _end(self, ending: Ending, frame: Frame) -> None:
        self._ended = True
        self._ledger.end(ending, frame, delivered=self._deliveries.take_all())
        self._wake.set()


async def _stop(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
