"""What a store must do, in a few lines without a database: the model of the state machine test."""

from dataclasses import dataclass, field

from sayso.protocol.frames import Status
from sayso.protocol.review import ReviewData
from sayso.storage.records import AnswerOutcome, Ending, NewEvent, OpenReview

QUESTIONS = ["which?", "when?", "who?"]
OVER = (Status.COMPLETED, Status.FAILED, Status.CANCELLED)


@dataclass
class ModelReview:
    fingerprint: str
    response: str | None = None
    response_id: str | None = None
    answer_seq: int = 0
    delivered: bool = False

    @property
    def undelivered(self) -> bool:
        return self.response is not None and not self.delivered


@dataclass
class ModelRun:
    id: str
    status: Status = Status.RUNNING
    epoch: int = 0
    attempts: int = 0
    log: list[str] = field(default_factory=list)
    """Types of the events; the first has `seq` 1."""
    reviews: dict[int, ModelReview] = field(default_factory=dict)
    checkpoint: tuple[str, int] | None = None
    """Its content, and the last event that it covers."""

    @property
    def over(self) -> bool:
        return self.status in OVER

    @property
    def open(self) -> list[int]:
        return [seq for seq, review in self.reviews.items() if review.response is None]

    @property
    def undelivered(self) -> list[int]:
        """In the order in which they were answered."""
        found = [seq for seq, review in self.reviews.items() if review.undelivered]
        return sorted(found, key=lambda seq: self.reviews[seq].answer_seq)

    def claim(self) -> bool:
        if self.status is not Status.RUNNING:
            return False
        self.epoch += 1
        self.attempts += 1
        return True

    def release(self, epoch: int) -> None:
        """The attempt is taken back; a run that is over makes no more of them, and keeps its count."""
        if self.status is Status.RUNNING and self.epoch == epoch and self.attempts:
            self.attempts -= 1

    def append(self, kind: str) -> int:
        self.log.append(kind)
        return len(self.log)

    def ask(self, fingerprint: str, claimed_at: int) -> int | None:
        """The new review's `seq`; `None` if it is one that was asked before the crash that led to this claim."""
        covered = self.checkpoint[1] if self.checkpoint else 0
        for seq, review in self.reviews.items():
            if review.fingerprint == fingerprint and covered < seq <= claimed_at and not review.delivered:
                return None
        seq = self.append("input_required")
        self.reviews[seq] = ModelReview(fingerprint)
        return seq

    def end(self, ending: Ending) -> None:
        if ending is Ending.PAUSE:
            if not self.undelivered and self.open:
                self.status = Status.WAITING
            return
        self.finish(Status(ending.value))

    def finish(self, status: Status) -> None:
        self.status = status
        self.checkpoint = None

    def answer(self, review: int, response: str, response_id: str | None) -> AnswerOutcome:
        used = [seq for seq, each in self.reviews.items() if response_id and each.response_id == response_id]
        if used:
            same = used == [review] and self.reviews[review].response == response
            return AnswerOutcome.REPEATED if same else AnswerOutcome.REUSED
        if review not in self.reviews:
            return AnswerOutcome.NOT_FOUND
        if self.reviews[review].response is not None:
            return AnswerOutcome.ALREADY_ANSWERED
        if self.over:
            return AnswerOutcome.RUN_OVER
        answered = self.reviews[review]
        answered.response, answered.response_id = response, response_id
        answered.answer_seq = self.append("input_received")
        if self.status is Status.WAITING:
            self.status, self.attempts = Status.RUNNING, 0
        return AnswerOutcome.ACCEPTED

    def cancel(self) -> bool:
        if self.over:
            return False
        self.append("cancelled")
        self.epoch += 1
        self.finish(Status.CANCELLED)
        return True


@dataclass
class Worker:
    """Who claimed a run, and may have lost it since."""

    run: ModelRun
    epoch: int
    claimed_at: int
    asked: set[str] = field(default_factory=set)


def pick(run: ModelRun, which: int) -> int:
    """A review of the run, or now and then a number that is none."""
    reviews = list(run.reviews)
    return reviews[which % len(reviews)] if reviews and which != 5 else 999


def once_each(worker: Worker, entries: list[str]) -> list[str]:
    """Without questions asked again twice: of equal ones from before a crash, which is which is the engine's matter."""
    covered = worker.run.checkpoint[1] if worker.run.checkpoint else 0
    before = {each.fingerprint for seq, each in worker.run.reviews.items() if covered < seq <= worker.claimed_at}
    kept: list[str] = []
    for entry in entries:
        if entry not in before or (entry not in worker.asked and entry not in kept):
            kept.append(entry)
    return kept


def new_event(entry: str) -> NewEvent:
    if entry in QUESTIONS:
        return NewEvent('{"type":"input_required"}', OpenReview(ReviewData(question=entry), "m:C", entry))
    return NewEvent(f'{{"type":"{entry}"}}')
