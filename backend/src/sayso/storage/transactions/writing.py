"""The transactions that write, but for what a segment commits; the same for every database."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from sayso.protocol.frames import RecordedDecision, Status
from sayso.storage.errors import NotAnswered
from sayso.storage.records import Answered, AnswerOutcome, Claim, Delivery, Due, NewEvent, NewRun, Run, StoredEvent
from sayso.storage.transactions import recording
from sayso.storage.transactions.rows import to_delivery, to_review, to_run
from sayso.storage.transactions.telling import tell
from sayso.storage.transactions.transaction import Ask, HandOver, Transaction


def create(run: NewRun) -> Transaction[tuple[Run, bool]]:
    """The run and whether it is new: a known `request_id` gives the run it started."""
    if (yield from insert(run)):
        yield HandOver(run.id)
        created = to_run((yield Ask("run_by_id", {"id": run.id})).one)
        yield from recording.begin(created)
        return created, True
    return to_run((yield Ask("run_by_request", {"request_id": run.request_id})).one), False


def insert(run: NewRun) -> Transaction[bool]:
    """A new run's row; false if its `request_id` is known."""
    inserted = yield Ask(
        "insert_run",
        {
            "id": run.id,
            "question": run.question,
            "workflow": run.workflow,
            "fingerprint": run.fingerprint,
            "options": json.dumps(run.options),
            "by": run.by,
            "request_id": run.request_id,
            "at": run.at.isoformat(),
            "retry_of": run.retry_of,
        },
    )
    return bool(inserted.changed)


def claim(run_id: str) -> Transaction[Claim | None]:
    """Take a running run for a segment: raises its epoch. `None` if it is not running."""
    claimed = yield Ask("claim_run", {"id": run_id, "at": now()})
    if claimed.row is None:
        return None
    checkpoint = (yield Ask("checkpoint", {"run_id": run_id})).row
    covered = {"run_id": run_id, "after": checkpoint["seq"] if checkpoint else 0}
    deliveries = yield from undelivered(run_id)
    ahead = yield Ask("reviews_ahead", covered)
    asked = yield Ask("reviews_covered", covered)
    return Claim(
        run=to_run(claimed.row),
        checkpoint=checkpoint["state"] if checkpoint else None,
        checkpoint_seq=checkpoint["seq"] if checkpoint else 0,
        deliveries=deliveries,
        ahead=[each["fingerprint"] for each in ahead.rows],
        asked=[each["fingerprint"] for each in asked.rows],
    )


def undelivered(run_id: str) -> Transaction[list[Delivery]]:
    """Recorded answers that the workflow has not taken yet, in the order in which they were recorded."""
    found = yield Ask("undelivered", {"run_id": run_id})
    return [to_delivery(row) for row in found.rows]


def answer(run_id: str, received: RecordedDecision, event: NewEvent, *, at: datetime) -> Transaction[Answered]:
    """Record an answer, with the event that tells of it, if the review is still open."""
    yield Ask("lock_run", {"id": run_id})
    if received.response_id is not None:
        row = (yield Ask("response_by_id", {"run_id": run_id, "response_id": received.response_id})).row
        if row is not None:
            earlier = RecordedDecision.model_validate_json(row["answer"])
            # By whom, and how it was read, is not what was sent.
            same = earlier.model_copy(update={"by": received.by, "read": received.read}) == received
            outcome = AnswerOutcome.REPEATED if same else AnswerOutcome.REUSED
            return Answered(outcome, (yield from _event(run_id, row["answer_seq"])))
    review = (yield Ask("review", {"run_id": run_id, "seq": received.review})).row
    if review is None:
        return Answered(AnswerOutcome.NOT_FOUND)
    if review["answered_at"] is not None:
        event_then = yield from _event(run_id, review["answer_seq"])
        return Answered(AnswerOutcome.ALREADY_ANSWERED, event_then, earlier=to_review(review))
    stored = yield from _append(run_id, event, at)
    if stored is None:
        return Answered(AnswerOutcome.RUN_OVER)
    yield Ask(
        "answer_review",
        {
            "run_id": run_id,
            "seq": received.review,
            "at": at.isoformat(),
            "answer": received.model_dump_json(),
            "answer_seq": stored.seq,
            "response_id": received.response_id,
        },
    )
    resumed = yield Ask("resume_answered", {"id": run_id, "at": at.isoformat()})
    if resumed.changed:
        yield HandOver(run_id)
    return Answered(AnswerOutcome.ACCEPTED, stored)


def answer_all(
    run_id: str, decisions: Sequence[tuple[RecordedDecision, NewEvent]], *, at: datetime
) -> Transaction[list[Answered]]:
    """Record several answers, all or none.

    Raises:
        NotAnswered: one of them could not be recorded; nothing was.
    """
    done: list[Answered] = []
    for index, (received, event) in enumerate(decisions):
        answered = yield from answer(run_id, received, event, at=at)
        if answered.outcome not in (AnswerOutcome.ACCEPTED, AnswerOutcome.REPEATED):
            raise NotAnswered(index, answered)
        done.append(answered)
    return done


def cancel(run_id: str, event: NewEvent, *, at: datetime) -> Transaction[StoredEvent | None]:
    """End a run that is not over. `None` if it is."""
    stored = yield from _append(run_id, event, at)
    if stored is not None:
        yield Ask("end_epoch", {"id": run_id})
        yield from set_status(run_id, Status.CANCELLED, at.isoformat())
    return stored


def mark_due(due: Due, event: NewEvent, *, expired: bool, at: datetime) -> Transaction[StoredEvent | None]:
    """Record a reminder, or that the review is past due, once. `None` if it was answered or recorded meanwhile."""
    yield Ask("lock_run", {"id": due.run_id})
    where = {"run_id": due.run_id, "seq": due.review, "at": at.isoformat()}
    marked = yield Ask("expire" if expired else "remind", where)
    return (yield from _append(due.run_id, event, at)) if marked.changed else None


def send_review(run_id: str, seq: int, *, at: datetime) -> Transaction[bool]:
    """Note that a review is being sent to a client that cannot name the one it answers. False if it is not open."""
    sent = yield Ask("send_review", {"run_id": run_id, "seq": seq, "at": at.isoformat()})
    return bool(sent.changed)


def release(run_id: str, epoch: int) -> Transaction[None]:
    """Take back the attempt of a segment that was stopped in good order."""
    yield Ask("release_run", {"id": run_id, "epoch": epoch})


def hand_back(run_id: str) -> Transaction[None]:
    """A worker stops: if the run still needs a segment, another worker gets it."""
    yield Ask("lock_run", {"id": run_id})
    row = (yield Ask("run_by_id", {"id": run_id})).row
    if row is not None and row["status"] == Status.RUNNING:
        yield HandOver(run_id)


def delete(run_id: str, *, keep_head: bool = False) -> Transaction[bool]:
    """Erase a run and all its rows. False if there is none.

    Args:
        keep_head: leave the last hash of its record.
    """
    if keep_head:
        yield Ask("lock_run", {"id": run_id})
        yield Ask("keep_head", {"run_id": run_id, "at": now()})
    return bool((yield Ask("delete_run", {"id": run_id})).changed)


def prune(before: datetime, limit: int, *, keep_heads: bool = False) -> Transaction[list[str]]:
    """Erase runs that were over before that time, oldest first. Returns their ids. See `delete`."""
    found = yield Ask("runs_over_before", {"before": before.astimezone(UTC).isoformat(), "limit": limit})
    ids = [row["id"] for row in found.rows]
    if ids and keep_heads:
        yield Ask("keep_head", [{"run_id": id, "at": now()} for id in ids])
    if ids:
        yield Ask("delete_run", [{"id": id} for id in ids])
    return ids


def _append(run_id: str, event: NewEvent, at: datetime) -> Transaction[StoredEvent | None]:
    """One event from outside a segment; nothing if the run is over, or gone."""
    row = (yield Ask("append_outside_segment", {"id": run_id, "at": at.isoformat()})).row
    if row is None:
        return None
    stored = StoredEvent(row["last_seq"], event.numbered(row["last_seq"]))
    yield Ask("append_event", {"run_id": run_id, "seq": stored.seq, "body": stored.body})
    yield from recording.extend(run_id, [stored], at.isoformat())
    yield from tell(run_id, [stored], at.isoformat())
    return stored


def _event(run_id: str, seq: int) -> Transaction[StoredEvent]:
    return StoredEvent(seq, (yield Ask("event_at", {"run_id": run_id, "seq": seq})).one["body"])


def now() -> str:
    return datetime.now(UTC).isoformat()


def set_status(run_id: str, status: Status, at: str) -> Transaction[None]:
    yield Ask("set_status", {"id": run_id, "status": status.value, "at": at})
    # A failed run can be tried again from there.
    if status.over and status is not Status.FAILED:
        yield Ask("drop_checkpoint", {"run_id": run_id})
