"""What a segment knows of its run, and what follows from it: it decides, and `Segment` does. No I/O, no timers."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from pydantic import JsonValue
from workflows.events import (
    Event,
    InputRequiredEvent,
    InternalDispatchEvent,
    StepState,
    StepStateChanged,
    StopEvent,
    UnhandledEvent,
    WorkflowIdleEvent,
)
from workflows.runtime.types.results import AddWaiter

from sayso.engine import checkpoint, entries
from sayso.engine.batch import Batch
from sayso.engine.sizes import TooLarge
from sayso.events import DraftEvent, ResultEvent
from sayso.protocol.frames import Error, FinalResult
from sayso.storage.records import Claim, Delivery

CHECKPOINT_PAUSE = 0.05
"""Least seconds between two checkpoints of a busy run."""
CHECKPOINT_SHARE = 20
"""A checkpoint is taken when this many times its own cost has passed: at most 5 % of a segment goes into them."""
SETTLE_PAUSE = 0.005
"""Seconds between two looks at whether the waiters of a restored run are registered again."""

UNKEPT_PAUSE = 1.0
"""Seconds between two tries to store a context that could not be stored."""
UNKEPT = (
    "The workflow cannot wait for an answer, so nobody was asked: {why}, and it would be lost when the server stops. "
    "Keep in the state only what is JSON, a pydantic model or an event."
)


@dataclass(frozen=True)
class Look:
    """What follows from a look at the workflow's context.

    Attributes:
        send: answers to hand to the workflow now.
        stored: the context went into the batch as a checkpoint.
        again: seconds after which to look again, even if nothing happens until then.
    """

    send: list[Delivery] = field(default_factory=list)
    stored: bool = False
    again: float | None = None


class SegmentState:
    """Of one claimed run. Times are seconds of one clock that only goes forward.

    Args:
        interrupted: an earlier process left the run at work.
        now: when the segment begins.
    """

    def __init__(self, claim: Claim, batch: Batch, *, interrupted: bool, now: float) -> None:
        self._claim = claim
        self._batch = batch
        self.restored: checkpoint.State | None = json.loads(claim.checkpoint) if claim.checkpoint else None
        """The context that the workflow goes on from."""
        self._settled = self.restored is None or checkpoint.waiters(self.restored) == 0
        # An answer to a question that the checkpoint does not know yet waits until the question is asked again.
        self._early = [each for each in claim.deliveries if each.review > claim.checkpoint_seq]
        self._answers = [each for each in claim.deliveries if each.review <= claim.checkpoint_seq]
        self._sent: set[int] = set()
        self._confirmed: list[int] = []
        # For as long as the segment lives: until the next commit the database still calls them undelivered.
        self._taken_up: set[int] = set()
        self._ahead = Counter(claim.ahead)
        self._asked = set(claim.asked)
        self._repeats = 0
        self._must_keep = False
        # A restored run says nothing by itself if it is idle, or if its waiters have yet to settle.
        self._wanted = self.restored is not None and not (self._answers and self._settled)
        self._due = now + CHECKPOINT_PAUSE
        self._worth_it = False
        self._step_finished = False
        self._pausing = False
        self._over = False
        if interrupted:
            batch.add(entries.notice(claim.run.id, "Resumed after an interruption", "resume"))

    @property
    def over(self) -> bool:
        """The run's last entry is in the batch."""
        return self._over

    def published(self, event: Event) -> None:
        """The workflow published `event`."""
        if self._over:
            return
        try:
            self._published(event)
        except TooLarge as error:
            self.end(error.frame)

    def _published(self, event: Event) -> None:
        self._worth_it = True
        run_id = self._claim.run.id
        if isinstance(event, WorkflowIdleEvent) or (isinstance(event, UnhandledEvent) and event.idle):
            # The cut of the question itself may have seen that already.
            self._wanted |= not self._pausing
            self._must_keep = True
        elif isinstance(event, StopEvent):
            self.end(entries.ended(run_id, event), event.attachments if isinstance(event, ResultEvent) else {})
        elif isinstance(event, InputRequiredEvent):
            self._ask(event)
        elif isinstance(event, DraftEvent):
            self._batch.draft(event)
        elif isinstance(event, StepStateChanged):
            self._step_finished |= event.step_state is StepState.NOT_RUNNING
        elif not isinstance(event, InternalDispatchEvent):
            self._batch.say(event)

    def _ask(self, event: InputRequiredEvent) -> None:
        opens = self._batch.ask(event, repeated=self._is_repeated)
        if opens is None:
            return
        self._must_keep = True
        self._asked.add(opens.fingerprint)
        self._ahead -= Counter([opens.fingerprint])
        # A question is worth a checkpoint: what led to it need not be done again.
        self._wanted = True
        asked_again = [each for each in self._early if each.fingerprint == opens.fingerprint]
        self._early = [each for each in self._early if each not in asked_again]
        self._answers += asked_again

    def waits(self, waiter: AddWaiter[Any]) -> None:
        """A step is about to wait."""
        self._batch.waits(waiter)

    def repeats(self, waits: int) -> None:
        """A step begins again that has waited so many times: what it streams until it does is no new question."""
        self._repeats += waits

    def _is_repeated(self, fingerprint: str) -> bool:
        repeated = self._repeats > 0 and fingerprint in self._asked
        self._repeats -= repeated
        return repeated

    def answered(self, deliveries: list[Delivery]) -> bool:
        """Answers that the database calls undelivered. Whether there are new ones among them: then look again."""
        known = self._taken_up | {each.review for each in [*self._answers, *self._early]}
        new = [each for each in deliveries if each.review not in known]
        early = [each for each in new if self._not_asked_again_yet(each)]
        self._early += early
        self._answers += [each for each in new if each not in early]
        # What cannot be sent yet waits for what a look at the context says.
        self._wanted |= bool(new) and (bool(early) or not self._settled)
        return bool(new)

    def _not_asked_again_yet(self, delivery: Delivery) -> bool:
        """Whether it answers a question that was logged before a crash and is not in the checkpoint."""
        asked_before = self._claim.checkpoint_seq < delivery.review <= self._claim.run.last_seq
        return asked_before and not self._batch.times_asked(delivery.fingerprint)

    def sendable(self) -> list[Delivery]:
        """Answers to hand to the workflow now. They count as sent."""
        return self._send() if self._settled else []

    def _send(self) -> list[Delivery]:
        send, self._answers = self._answers, []
        if send:
            self._sent |= {each.review for each in send}
            self._taken_up |= self._sent
            self._pausing = False
            self._batch.go_on()
        return send

    def confirmed(self, review: int) -> None:
        """The workflow has taken the answer to `review`."""
        self._sent.discard(review)
        self._confirmed.append(review)
        self._worth_it = True

    def want(self) -> None:
        """Have the next cut looked at, though nothing was published."""
        self._wanted = True

    def wait(self, now: float) -> float | None:
        """Seconds until a look at the workflow's context is worth its cost; `None` while it is not, whenever."""
        if self._sent:
            return None
        if self._wanted:
            return 0.0
        return max(0.0, self._due - now) if self._worth_it else None

    def look(self, context: checkpoint.State, now: float, cost: float) -> Look:
        """Decide over an exact cut.

        Args:
            context: the workflow's, as `Context.to_dict()` gives it.
            now: when it was taken.
            cost: seconds of processor time that this took.
        """
        self._due = now + max(CHECKPOINT_PAUSE, CHECKPOINT_SHARE * cost)
        later = self._due - now
        if checkpoint.idle(context):
            # What was to be asked again would have been asked by now.
            self._answers, self._early = self._answers + self._early, []
            self._ahead.clear()
        if self._answers and not self._settled and self.restored is not None:
            since, expected = self.restored["journal_seq"], checkpoint.waiters(self.restored)
            self._settled = checkpoint.settled(context, since=since, expected=expected)
            later = later if self._settled else min(later, SETTLE_PAUSE)
        if send := self.sendable():
            return Look(send=send)
        # A checkpoint may not claim to cover a question of before the crash that was not asked again yet.
        if self._ahead or not checkpoint.storable(context):
            return Look(again=later)
        try:
            self._store(context)
        except TooLarge as error:
            self._batch.unask()
            self.end(error.frame)
        return Look(stored=True, again=later if self._answers else None)

    def _store(self, context: checkpoint.State) -> None:
        self._wanted = self._worth_it = False
        self._pausing = checkpoint.idle(context) and not self._answers
        delivered, self._confirmed = self._confirmed, []
        self._batch.cut(json.dumps(context), delivered=delivered, progressed=self._step_finished, idle=self._pausing)

    def unkept(self, run_id: str, why: str, now: float) -> float | None:
        """The workflow's context cannot be stored. Seconds until it is worth another look; `None` if somebody was to be
        asked: then nobody is, and the run ends."""
        self._wanted = self._worth_it = False
        if not self._must_keep:
            self._due = now + UNKEPT_PAUSE
            return UNKEPT_PAUSE
        self._batch.unask()
        self.end(entries.failure(run_id, UNKEPT.format(why=why)))
        return None

    def end(self, frame: FinalResult | Error, attachments: dict[str, JsonValue] | None = None) -> None:
        """The last entry. Answers that no checkpoint holds stay to be taken, should a failed run be tried again."""
        self._over = True
        delivered = [] if isinstance(frame, Error) else [*self._confirmed, *self._sent]
        self._batch.end(frame, delivered=delivered, attachments=attachments or {})
        self._confirmed, self._sent = [], set()
