"""What a segment commits next, as it gathers."""

from collections import Counter

from pydantic import JsonValue
from workflows.events import InputRequiredEvent

from sayso.engine import entries
from sayso.engine.deadlines import DuePolicy
from sayso.engine.hosting import HostedWorkflow
from sayso.events import DraftEvent, ReviewEvent
from sayso.protocol.frames import Error, FinalResult, Frame, Progress
from sayso.storage.records import ENDS, Claim, Ending, OpenReview, SegmentCommit


class Batch:
    """Gathers the entries of one claimed run's log into `SegmentCommit`s."""

    def __init__(self, claim: Claim, hosted: HostedWorkflow, due: DuePolicy) -> None:
        self._due = due
        self._run = claim.run
        self._hosted = hosted
        self._brief = claim.run.brief
        self._drafted = 0
        self._asked: Counter[str] = Counter()
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
        self._next.events.append(entries.to_new_event(frame, opens))
        if not isinstance(frame, Progress):
            self._summarize(frame)
        else:
            # Of a flood of progress only the last counts, so only that is looked at, when it is committed.
            self._progress = frame

    def ask(self, event: InputRequiredEvent) -> OpenReview:
        """A question, which opens a review."""
        frame = entries.review(self._run.id, self._run.question, event)
        # Before the due date, which is another one each time.
        fingerprint = entries.review_fingerprint(frame)
        self._asked[fingerprint] += 1
        frame.data.due_at = due_at = frame.data.due_at or self._due.due_at(frame.at)
        key = frame.data.details.get("key")
        opens = OpenReview(
            frame.data,
            self._hosted.response_type(event),
            fingerprint,
            key if isinstance(key, str) else None,
            self._due.remind_at(frame.at, due_at) if due_at else None,
            nth=self._asked[fingerprint],
        )
        self.add(frame, opens)
        if isinstance(event, ReviewEvent):
            self._next.attachments |= event.attachments
        return opens

    def times_asked(self, fingerprint: str) -> int:
        """How often this segment has asked that question."""
        return self._asked[fingerprint]

    def draft(self, event: DraftEvent) -> None:
        """A piece of the text; the attempts of a later segment are higher than all of an earlier one."""
        self._drafted += 1
        attempt = 100 * self._run.epoch + event.attempt
        self.add(entries.draft(self._run.id, event, attempt=attempt, index=self._drafted))

    def cut(self, state: str, *, delivered: list[int], progressed: bool, idle: bool) -> None:
        """A checkpoint that covers all entries so far.

        Args:
            delivered: reviews whose answers are in it.
            progressed: a step has finished since the segment began.
            idle: nothing is left to do without another answer.
        """
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
