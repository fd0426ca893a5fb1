"""What a segment commits next, as it gathers."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from pydantic import JsonValue
from workflows.events import Event, InputRequiredEvent
from workflows.runtime.types.results import AddWaiter

from sayso.engine import entries
from sayso.engine.deadlines import DuePolicy
from sayso.engine.hosting import HostedWorkflow
from sayso.engine.responses import STANDARD, Responses
from sayso.engine.sizes import check_state, sized
from sayso.events import DraftEvent, ReviewEvent
from sayso.protocol.frames import Error, FinalResult, Frame, Progress
from sayso.storage.records import ENDS, Claim, Ending, OpenReview, SegmentCommit

SHORT = 200
"""Characters of a question's field that its answer has too."""


class Batch:
    """Gathers the entries of one claimed run's log into `SegmentCommit`s."""

    def __init__(self, claim: Claim, hosted: HostedWorkflow, due: DuePolicy) -> None:
        self._due = due
        self._run = claim.run
        self._hosted = hosted
        self._brief = claim.run.brief
        self._drafted = 0
        self._asked: Counter[str] = Counter()
        self._waiters: list[AddWaiter[Any]] = []
        self._progress: Progress | None = None
        self._next = self._new()

    @property
    def has_events(self) -> bool:
        return bool(self._next.events)

    def take(self) -> SegmentCommit | None:
        """All that has gathered, to be committed; `None` if that is nothing."""
        if self._progress is not None:
            self._summarize(self._progress)
        commit, self._next = self._next, self._new()
        return commit if commit.events or commit.checkpoint or commit.ending else None

    def add(self, frame: Frame, opens: OpenReview | None = None) -> None:
        """The next entry of the log."""
        self.go_on()
        self._next.events.append(sized(frame, opens))
        if not isinstance(frame, Progress):
            self._summarize(frame)
        else:
            # Of a flood of progress only the last counts, so only that is looked at, when it is committed.
            self._progress = frame

    def waits(self, waiter: AddWaiter[Any]) -> None:
        """A step waits; its question is about to be published, or was so just now."""
        self._waiters.append(waiter)

    def ask(self, event: InputRequiredEvent, *, repeated: Callable[[str], bool]) -> OpenReview | None:
        """A question, which opens a review; `None` if `repeated` says of its fingerprint that it was asked before."""
        frame = entries.review(self._run.id, self._run.question, event)
        waiter = self._waiter(event, frame.data.details)
        responses = self._hosted.responses(event, waiter)
        fills = _fills(frame.data.details, responses, waiter)
        # A question's own schema is what its fingerprint knows; what follows from its classes is no part of it.
        asks_itself = isinstance(event, ReviewEvent) or bool(frame.data.response_schema)
        # Before the due date, which is another one each time.
        fingerprint = entries.review_fingerprint(frame)
        if (waiter is None or waiter.waiter_event is None) and repeated(fingerprint):
            return None
        if not asks_itself:
            frame.data.response_schema = responses.schema(fills)
        self._asked[fingerprint] += 1
        frame.data.due_at = due_at = frame.data.due_at or self._due.due_at(frame.at)
        key = frame.data.details.get("key")
        opens = OpenReview(
            frame.data,
            responses.name,
            fingerprint,
            key if isinstance(key, str) else None,
            self._due.remind_at(frame.at, due_at) if due_at else None,
            nth=self._asked[fingerprint],
            fills=fills,
        )
        self.add(frame, opens)
        if isinstance(event, ReviewEvent):
            self._next.attachments |= event.attachments
        return opens

    def _waiter(self, event: InputRequiredEvent, fields: dict[str, JsonValue]) -> AddWaiter[Any] | None:
        """What the step waits for that has asked `event`, if it does."""
        for at, waiter in enumerate(self._waiters):
            unasked = waiter.waiter_event is None and waiter.requirements.items() <= fields.items()
            if waiter.waiter_event is event or unasked:
                return self._waiters.pop(at)
        return None

    def unask(self) -> None:
        """Take back the questions that no checkpoint covers."""
        covered, later = self._next.events[: self._next.covers], self._next.events[self._next.covers :]
        self._next.events = [*covered, *(event for event in later if event.opens is None)]

    def times_asked(self, fingerprint: str) -> int:
        """How often this segment has asked that question."""
        return self._asked[fingerprint]

    def draft(self, event: DraftEvent) -> None:
        """A piece of the text; the attempts of a later segment are higher than all of an earlier one."""
        self._drafted += 1
        attempt = 100 * self._run.epoch + event.attempt
        self.add(entries.draft(self._run.id, event, attempt=attempt, index=self._drafted))

    def say(self, event: Event) -> None:
        """Any other event that the workflow streams: progress, or the next piece of a text, as agents stream theirs."""
        delta = getattr(event, "delta", None)
        if not isinstance(delta, str):
            self.add(entries.progress(self._run.id, event))
        elif delta:
            # Not the text so far, which such an event repeats: a log would grow with its square.
            self.draft(DraftEvent(text=delta, section=str(getattr(event, "current_agent_name", ""))))

    def cut(self, state: str, *, delivered: list[int], progressed: bool, idle: bool) -> None:
        """A checkpoint that covers all entries so far.

        Args:
            delivered: reviews whose answers are in it.
            progressed: a step has finished since the segment began.
            idle: nothing is left to do without another answer.
        """
        check_state(self._run.id, state)
        self._next.checkpoint = state
        self._next.covers = len(self._next.events)
        self._next.delivered += delivered
        self._next.progressed |= progressed
        if idle:
            self._next.ending = Ending.PAUSE

    def go_on(self) -> None:
        """Take back a pause that was not committed yet: something has happened since."""
        if self._next.ending is Ending.PAUSE:
            self._next.ending = None

    def end(self, frame: FinalResult | Error, *, delivered: list[int], attachments: dict[str, JsonValue]) -> None:
        """The last entry, whose type says how the run ends, and what is kept with it."""
        self.add(frame)
        self._next.attachments |= attachments
        self._next.ending = Ending(ENDS[frame.type])
        self._next.delivered += delivered

    def _summarize(self, frame: Frame) -> None:
        self._progress = None
        self._brief = self._next.brief = entries.updated(self._brief, frame)

    def _new(self) -> SegmentCommit:
        return SegmentCommit(self._run.id, self._run.epoch, claimed_at=self._run.last_seq)


def _fills(details: dict[str, JsonValue], responses: Responses, waiter: AddWaiter[Any] | None) -> dict[str, JsonValue]:
    """Fields that the answer has from its question: what the step requires of it, and else what the question has and no
    class of answers names."""
    own = {name for kind in responses.classes for name in kind.model_fields} | STANDARD | set(entries.SHOWN)
    short = {name: value for name, value in details.items() if isinstance(value, str | int | float)}
    required = waiter.requirements if waiter else {}
    told = {name: value for name, value in short.items() if name not in own and len(str(value)) <= SHORT}
    return {**told, **{name: entries.jsonable(value) for name, value in required.items()}}
