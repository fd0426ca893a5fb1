"""What a segment commits: its events, the reviews they open, its checkpoint, and how it leaves the run."""

import json
from datetime import UTC, datetime

from sayso.protocol.frames import Status
from sayso.storage.errors import Superseded
from sayso.storage.records import Committed, Ending, OpenReview, SegmentCommit, StoredEvent
from sayso.storage.transactions.recording import extend
from sayso.storage.transactions.telling import tell
from sayso.storage.transactions.transaction import Ask, Transaction
from sayso.storage.transactions.writing import now, set_status, undelivered


def commit(commit: SegmentCommit) -> Transaction[Committed]:
    """Append a segment's events and store its checkpoint, all or nothing.

    Raises:
        Superseded: the segment must stop; nothing was written.
    """
    at = now()
    yield Ask("lock_run", {"id": commit.run_id})
    for review in commit.delivered:
        yield Ask("deliver", {"run_id": commit.run_id, "seq": review, "at": at})
    repeated = yield from _repeated(commit)
    count = len(commit.events) - len(repeated)
    last = yield from _advance(commit, count, at)
    seq = covered = last - count
    appended: list[StoredEvent] = []
    for index, event in enumerate(commit.events):
        if index not in repeated:
            seq += 1
            appended.append(StoredEvent(seq, event.numbered(seq)))
            if event.opens:
                yield from _open(commit.run_id, seq, event.opens)
        if index < commit.covers:
            covered = seq
    if appended:
        yield Ask(
            "append_event", [{"run_id": commit.run_id, "seq": event.seq, "body": event.body} for event in appended]
        )
        yield from extend(commit.run_id, appended, at)
        yield from tell(commit.run_id, appended, at)
    yield from _keep(commit)
    if commit.checkpoint is not None:
        yield Ask("put_checkpoint", {"run_id": commit.run_id, "seq": covered, "state": commit.checkpoint})
    if commit.ending is Ending.PAUSE:
        return (yield from _pause(commit.run_id, appended, at))
    if commit.ending is not None:
        yield from set_status(commit.run_id, Status(commit.ending), at)
    return Committed(appended, paused=False, undelivered=[])


def _keep(commit: SegmentCommit) -> Transaction[None]:
    if commit.attachments:
        kept = commit.attachments.items()
        yield Ask(
            "put_attachment", [{"run_id": commit.run_id, "key": key, "data": json.dumps(data)} for key, data in kept]
        )


def _pause(run_id: str, appended: list[StoredEvent], at: str) -> Transaction[Committed]:
    answers = yield from undelivered(run_id)
    if answers:
        return Committed(appended, paused=False, undelivered=answers)
    if (yield Ask("open_reviews", {"run_id": run_id})).row is None:
        return Committed(appended, paused=False, undelivered=[], stalled=True)
    yield from set_status(run_id, Status.WAITING, at)
    return Committed(appended, paused=True, undelivered=[])


def _repeated(commit: SegmentCommit) -> Transaction[set[int]]:
    """Indexes of the questions that are open already, asked before a crash and asked again after it."""
    asked = [(index, event.opens) for index, event in enumerate(commit.events) if event.opens]
    if not asked:
        return set()
    checkpoint = (yield Ask("checkpoint", {"run_id": commit.run_id})).row
    bounds = {"run_id": commit.run_id, "after": checkpoint["seq"] if checkpoint else 0, "until": commit.claimed_at}
    repeated: set[int] = set()
    for index, opens in asked:
        same = yield Ask("same_reviews", {**bounds, "fingerprint": opens.fingerprint})
        if opens.nth <= same.one["found"]:
            repeated.add(index)
    return repeated


def _advance(commit: SegmentCommit, count: int, at: str) -> Transaction[int]:
    advanced = yield Ask(
        "advance_run",
        {
            "id": commit.run_id,
            "epoch": commit.epoch,
            "count": count,
            "brief": commit.brief.model_dump_json() if commit.brief else None,
            "progressed": commit.progressed,
            "at": at,
        },
    )
    if advanced.row is None:
        raise Superseded(commit.run_id)
    return int(advanced.row["last_seq"])


def _open(run_id: str, seq: int, review: OpenReview) -> Transaction[None]:
    yield Ask(
        "open_review",
        {
            "run_id": run_id,
            "seq": seq,
            "data": review.data.model_dump_json(),
            "response_type": review.response_type,
            "fingerprint": review.fingerprint,
            "key": review.key,
            "fills": json.dumps(review.fills),
            "due_at": _text(review.data.due_at),
            "remind_at": _text(review.remind_at),
        },
    )


def _text(at: datetime | None) -> str | None:
    # In UTC, because the database compares times as text.
    return at.astimezone(UTC).isoformat() if at else None
