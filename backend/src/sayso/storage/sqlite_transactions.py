"""The writing transactions, as functions of a connection; the writer thread runs them."""

import json
import sqlite3
from datetime import UTC, datetime

from sayso.protocol.frames import Received, Status
from sayso.storage.records import (
    Answered,
    AnswerOutcome,
    Claim,
    Committed,
    Delivery,
    Due,
    Ending,
    NewEvent,
    NewRun,
    OpenReview,
    Run,
    SegmentCommit,
    StoredEvent,
)
from sayso.storage.sqlite_rows import to_delivery, to_review, to_run
from sayso.storage.statements import Statements
from sayso.storage.store import Superseded

SQL = Statements("sqlite3")
Connection = sqlite3.Connection


def create(connection: Connection, run: NewRun) -> tuple[Run, bool]:
    inserted = connection.execute(
        SQL["insert_run"],
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
    ).rowcount
    if inserted:
        return to_run(connection.execute(SQL["run_by_id"], {"id": run.id}).fetchone()), True
    return to_run(connection.execute(SQL["run_by_request"], {"request_id": run.request_id}).fetchone()), False


def claim(connection: Connection, run_id: str) -> Claim | None:
    row = connection.execute(SQL["claim_run"], {"id": run_id, "at": _now()}).fetchone()
    if row is None:
        return None
    checkpoint = connection.execute(SQL["checkpoint"], {"run_id": run_id}).fetchone()
    covered = {"run_id": run_id, "after": checkpoint["seq"] if checkpoint else 0}
    return Claim(
        run=to_run(row),
        checkpoint=checkpoint["state"] if checkpoint else None,
        checkpoint_seq=checkpoint["seq"] if checkpoint else 0,
        deliveries=undelivered(connection, run_id),
        ahead=[each["fingerprint"] for each in connection.execute(SQL["reviews_ahead"], covered)],
    )


def undelivered(connection: Connection, run_id: str) -> list[Delivery]:
    return [to_delivery(row) for row in connection.execute(SQL["undelivered"], {"run_id": run_id})]


def commit(connection: Connection, commit: SegmentCommit) -> Committed:
    at = _now()
    for review in commit.delivered:
        connection.execute(SQL["deliver"], {"run_id": commit.run_id, "seq": review, "at": at})
    repeated = _repeated(connection, commit)
    last = _advance(connection, commit, len(commit.events) - len(repeated), at)
    seq = last - (len(commit.events) - len(repeated))
    appended: list[StoredEvent] = []
    covered = seq
    for index, event in enumerate(commit.events):
        if index not in repeated:
            seq += 1
            appended.append(StoredEvent(seq, event.numbered(seq)))
            if event.opens:
                _open(connection, commit.run_id, seq, event.opens)
        if index < commit.covers:
            covered = seq
    connection.executemany(
        SQL["append_event"], [{"run_id": commit.run_id, "seq": event.seq, "body": event.body} for event in appended]
    )
    if commit.checkpoint is not None:
        connection.execute(SQL["put_checkpoint"], {"run_id": commit.run_id, "seq": covered, "state": commit.checkpoint})
    if commit.ending is Ending.PAUSE:
        return _pause(connection, commit.run_id, appended, at)
    if commit.ending is not None:
        _set_status(connection, commit.run_id, Status(commit.ending.value), at)
    return Committed(appended, paused=False, undelivered=[])


def _pause(connection: Connection, run_id: str, appended: list[StoredEvent], at: str) -> Committed:
    answers = undelivered(connection, run_id)
    if answers:
        return Committed(appended, paused=False, undelivered=answers)
    if connection.execute(SQL["open_reviews"], {"run_id": run_id}).fetchone() is None:
        return Committed(appended, paused=False, undelivered=[], stalled=True)
    _set_status(connection, run_id, Status.WAITING, at)
    return Committed(appended, paused=True, undelivered=[])


def _repeated(connection: Connection, commit: SegmentCommit) -> set[int]:
    """Indexes of the questions that are open already, asked before a crash and asked again after it."""
    asked = [index for index, event in enumerate(commit.events) if event.opens]
    if not asked:
        return set()
    checkpoint = connection.execute(SQL["checkpoint"], {"run_id": commit.run_id}).fetchone()
    bounds = {"run_id": commit.run_id, "after": checkpoint["seq"] if checkpoint else 0, "until": commit.claimed_at}
    repeated: set[int] = set()
    for index in asked:
        opens = commit.events[index].opens
        assert opens is not None
        same = connection.execute(SQL["same_reviews"], {**bounds, "fingerprint": opens.fingerprint}).fetchone()
        if opens.nth <= same["found"]:
            repeated.add(index)
    return repeated


def _advance(connection: Connection, commit: SegmentCommit, count: int, at: str) -> int:
    row = connection.execute(
        SQL["advance_run"],
        {
            "id": commit.run_id,
            "epoch": commit.epoch,
            "count": count,
            "brief": commit.brief.model_dump_json() if commit.brief else None,
            "progressed": commit.progressed,
            "at": at,
        },
    ).fetchone()
    if row is None:
        raise Superseded(commit.run_id)
    return int(row["last_seq"])


def _open(connection: Connection, run_id: str, seq: int, review: OpenReview) -> None:
    connection.execute(
        SQL["open_review"],
        {
            "run_id": run_id,
            "seq": seq,
            "data": review.data.model_dump_json(),
            "response_type": review.response_type,
            "fingerprint": review.fingerprint,
            "key": review.key,
            "due_at": _text(review.data.due_at),
            "remind_at": _text(review.remind_at),
        },
    )
    connection.executemany(
        SQL["put_attachment"],
        [{"run_id": run_id, "key": key, "data": json.dumps(data)} for key, data in review.attachments.items()],
    )


def _set_status(connection: Connection, run_id: str, status: Status, at: str) -> None:
    connection.execute(SQL["set_status"], {"id": run_id, "status": status.value, "at": at})
    if status.over:
        connection.execute(SQL["drop_checkpoint"], {"run_id": run_id})


def answer(connection: Connection, run_id: str, received: Received, event: NewEvent, at: datetime) -> Answered:
    if received.response_id is not None:
        row = connection.execute(
            SQL["response_by_id"], {"run_id": run_id, "response_id": received.response_id}
        ).fetchone()
        if row is not None:
            earlier = Received.model_validate_json(row["answer"])
            same = earlier.model_copy(update={"by": received.by}) == received
            outcome = AnswerOutcome.REPEATED if same else AnswerOutcome.REUSED
            return Answered(outcome, _event(connection, run_id, row["answer_seq"]))
    review = connection.execute(SQL["review"], {"run_id": run_id, "seq": received.review}).fetchone()
    if review is None:
        return Answered(AnswerOutcome.NOT_FOUND)
    if review["answered_at"] is not None:
        event_then = _event(connection, run_id, review["answer_seq"])
        return Answered(AnswerOutcome.ALREADY_ANSWERED, event_then, earlier=to_review(review))
    row = connection.execute(
        SQL["append_outside_segment"], {"id": run_id, "at": at.isoformat(), "brief": None}
    ).fetchone()
    if row is None:
        return Answered(AnswerOutcome.RUN_OVER)
    seq = row["last_seq"]
    connection.execute(
        SQL["answer_review"],
        {
            "run_id": run_id,
            "seq": received.review,
            "at": at.isoformat(),
            "answer": received.model_dump_json(),
            "answer_seq": seq,
            "response_id": received.response_id,
        },
    )
    stored = StoredEvent(seq, event.numbered(seq))
    connection.execute(SQL["append_event"], {"run_id": run_id, "seq": seq, "body": stored.body})
    connection.execute(SQL["resume_answered"], {"id": run_id, "at": at.isoformat()})
    return Answered(AnswerOutcome.ACCEPTED, stored)


def cancel(connection: Connection, run_id: str, event: NewEvent, at: datetime) -> StoredEvent | None:
    row = connection.execute(
        SQL["append_outside_segment"], {"id": run_id, "at": at.isoformat(), "brief": None}
    ).fetchone()
    if row is None:
        return None
    stored = StoredEvent(row["last_seq"], event.numbered(row["last_seq"]))
    connection.execute(SQL["append_event"], {"run_id": run_id, "seq": stored.seq, "body": stored.body})
    connection.execute(SQL["end_epoch"], {"id": run_id})
    _set_status(connection, run_id, Status.CANCELLED, at.isoformat())
    return stored


def mark_due(connection: Connection, due: Due, event: NewEvent, at: datetime, *, expired: bool) -> StoredEvent | None:
    where = {"run_id": due.run_id, "seq": due.review, "at": at.isoformat()}
    if not connection.execute(SQL["expire" if expired else "remind"], where).rowcount:
        return None
    row = connection.execute(
        SQL["append_outside_segment"], {"id": due.run_id, "at": at.isoformat(), "brief": None}
    ).fetchone()
    if row is None:
        return None
    stored = StoredEvent(row["last_seq"], event.numbered(row["last_seq"]))
    connection.execute(SQL["append_event"], {"run_id": due.run_id, "seq": stored.seq, "body": stored.body})
    return stored


def _event(connection: Connection, run_id: str, seq: int) -> StoredEvent:
    row = connection.execute(SQL["event_at"], {"run_id": run_id, "seq": seq}).fetchone()
    return StoredEvent(seq, row["body"])


def _text(at: datetime | None) -> str | None:
    # In UTC, because the database compares times as text.
    return at.astimezone(UTC).isoformat() if at else None


def _now() -> str:
    return datetime.now(UTC).isoformat()
