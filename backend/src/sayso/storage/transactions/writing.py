"""The transactions that write, the same for every database.

Each is a generator: it yields statements by name, is sent what they gave, and returns its result. It knows no driver
and waits for nothing but the database; who runs it begins and commits the transaction around it.
"""

import json
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from sayso.protocol.frames import Received, Status
from sayso.storage.records import (
    Answered,
    AnswerOutcome,
    Claim,
    Delivery,
    Due,
    NewEvent,
    NewRun,
    Run,
    StoredEvent,
)
from sayso.storage.transactions.rows import Row, to_delivery, to_review, to_run

T = TypeVar("T")
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """A statement of `queries/*.sql`, with one set of values or several."""

    statement: str
    values: Values | Sequence[Values]


@dataclass(frozen=True, slots=True)
class Got:
    """What a statement gave: its rows, and how many rows it changed."""

    rows: Sequence[Row]
    changed: int

    @property
    def row(self) -> Row | None:
        """The first row, if there is one."""
        return self.rows[0] if self.rows else None


Transaction = Generator[Ask, Got, T]


def create(run: NewRun) -> Transaction[tuple[Run, bool]]:
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
        },
    )
    if inserted.changed:
        return to_run(one((yield Ask("run_by_id", {"id": run.id})))), True
    return to_run(one((yield Ask("run_by_request", {"request_id": run.request_id})))), False


def claim(run_id: str) -> Transaction[Claim | None]:
    claimed = yield Ask("claim_run", {"id": run_id, "at": now()})
    if claimed.row is None:
        return None
    checkpoint = (yield Ask("checkpoint", {"run_id": run_id})).row
    covered = {"run_id": run_id, "after": checkpoint["seq"] if checkpoint else 0}
    deliveries = yield from undelivered(run_id)
    ahead = yield Ask("reviews_ahead", covered)
    return Claim(
        run=to_run(claimed.row),
        checkpoint=checkpoint["state"] if checkpoint else None,
        checkpoint_seq=checkpoint["seq"] if checkpoint else 0,
        deliveries=deliveries,
        ahead=[each["fingerprint"] for each in ahead.rows],
    )


def undelivered(run_id: str) -> Transaction[list[Delivery]]:
    found = yield Ask("undelivered", {"run_id": run_id})
    return [to_delivery(row) for row in found.rows]


def answer(run_id: str, received: Received, event: NewEvent, at: datetime) -> Transaction[Answered]:
    yield Ask("lock_run", {"id": run_id})
    if received.response_id is not None:
        row = (yield Ask("response_by_id", {"run_id": run_id, "response_id": received.response_id})).row
        if row is not None:
            earlier = Received.model_validate_json(row["answer"])
            same = earlier.model_copy(update={"by": received.by}) == received
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
    return Answered(AnswerOutcome.ACCEPTED, stored, resumes=bool(resumed.changed))


def cancel(run_id: str, event: NewEvent, at: datetime) -> Transaction[StoredEvent | None]:
    stored = yield from _append(run_id, event, at)
    if stored is not None:
        yield Ask("end_epoch", {"id": run_id})
        yield from set_status(run_id, Status.CANCELLED, at.isoformat())
    return stored


def mark_due(due: Due, event: NewEvent, at: datetime, *, expired: bool) -> Transaction[StoredEvent | None]:
    yield Ask("lock_run", {"id": due.run_id})
    where = {"run_id": due.run_id, "seq": due.review, "at": at.isoformat()}
    marked = yield Ask("expire" if expired else "remind", where)
    return (yield from _append(due.run_id, event, at)) if marked.changed else None


def release(run_id: str, epoch: int) -> Transaction[bool]:
    return bool((yield Ask("release_run", {"id": run_id, "epoch": epoch})).changed)


def needs_segment(run_id: str) -> Transaction[bool]:
    yield Ask("lock_run", {"id": run_id})
    row = (yield Ask("run_by_id", {"id": run_id})).row
    return row is not None and row["status"] == Status.RUNNING


def delete(run_id: str) -> Transaction[bool]:
    return bool((yield Ask("delete_run", {"id": run_id})).changed)


def prune(before: datetime, limit: int) -> Transaction[list[str]]:
    found = yield Ask("runs_over_before", {"before": before.astimezone(UTC).isoformat(), "limit": limit})
    ids = [row["id"] for row in found.rows]
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
    return stored


def _event(run_id: str, seq: int) -> Transaction[StoredEvent]:
    return StoredEvent(seq, one((yield Ask("event_at", {"run_id": run_id, "seq": seq})))["body"])


def one(got: Got) -> Row:
    assert got.row is not None
    return got.row


def now() -> str:
    return datetime.now(UTC).isoformat()


def set_status(run_id: str, status: Status, at: str) -> Transaction[None]:
    yield Ask("set_status", {"id": run_id, "status": status.value, "at": at})
    if status.over:
        yield Ask("drop_checkpoint", {"run_id": run_id})
