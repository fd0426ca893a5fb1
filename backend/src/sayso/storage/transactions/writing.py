"""The transactions that write, but for what a segment commits; the same for every database."""

import json
from datetime import UTC, datetime

from sayso.people.actor import ANYBODY, Actor, key_of
from sayso.people.audit import Action, Entry
from sayso.protocol.frames import Status
from sayso.storage.limits import RunLimits
from sayso.storage.records import Claim, Delivery, Due, NewEvent, NewRun, Run, StoredEvent
from sayso.storage.transactions import recording
from sayso.storage.transactions.auditing import note
from sayso.storage.transactions.limiting import check_limits
from sayso.storage.transactions.rows import to_delivery, to_run
from sayso.storage.transactions.telling import tell
from sayso.storage.transactions.transaction import Ask, HandOver, Transaction

NO_LIMITS = RunLimits()


def create(run: NewRun, limits: RunLimits = NO_LIMITS, actor: Actor = ANYBODY) -> Transaction[tuple[Run, bool]]:
    """The run and whether it is new: a known `request_id` gives the run it started.

    Raises:
        TooManyRuns: of its asker.
    """
    if (yield from insert(run, limits)):
        yield HandOver(run.id)
        created = to_run((yield Ask("run_by_id", {"id": run.id})).one)
        yield from recording.begin(created)
        yield from note(Entry(Action.ASKED, actor, run.at, run.by, run.id, {"asked_of": list(run.asked_of)}))
        return created, True
    return to_run((yield Ask("run_by_request", {"request_id": run.request_id})).one), False


def insert(run: NewRun, limits: RunLimits = NO_LIMITS) -> Transaction[bool]:
    """A new run's rows; false if its `request_id` is known.

    Raises:
        TooManyRuns: of its asker.
    """
    if limits.any and run.asker is not None:
        known = yield Ask("run_by_request", {"request_id": run.request_id})
        if known.row is None:
            yield from check_limits(run.asker, run.at, limits)
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
            "asker": run.asker,
            "asked_of": json.dumps(run.asked_of),
            "four_eyes": int(run.four_eyes),
            "retry_of": run.retry_of,
        },
    )
    if inserted.changed and (keys := sorted(set(map(key_of, run.asked_of)))):
        yield Ask("ask_of", [{"run_id": run.id, "name_key": key} for key in keys])
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


def cancel(
    run_id: str, event: NewEvent, *, at: datetime, entry: Entry | None = None
) -> Transaction[StoredEvent | None]:
    """End a run that is not over. `None` if it is."""
    stored = yield from append(run_id, event, at)
    if stored is not None:
        yield Ask("end_epoch", {"id": run_id})
        yield from set_status(run_id, Status.CANCELLED, at.isoformat())
        yield from note(entry)
    return stored


def mark_due(due: Due, event: NewEvent, *, expired: bool, at: datetime) -> Transaction[StoredEvent | None]:
    """Record a reminder, or that the review is past due, once. `None` if it was answered or recorded meanwhile."""
    yield Ask("lock_run", {"id": due.run_id})
    where = {"run_id": due.run_id, "seq": due.review, "at": at.isoformat()}
    marked = yield Ask("expire" if expired else "remind", where)
    return (yield from append(due.run_id, event, at)) if marked.changed else None


def release(run_id: str, epoch: int) -> Transaction[None]:
    """Take back the attempt of a segment that was stopped in good order."""
    yield Ask("release_run", {"id": run_id, "epoch": epoch})


def hand_back(run_id: str) -> Transaction[None]:
    """A worker stops: if the run still needs a segment, another worker gets it."""
    yield Ask("lock_run", {"id": run_id})
    row = (yield Ask("run_by_id", {"id": run_id})).row
    if row is not None and row["status"] == Status.RUNNING:
        yield HandOver(run_id)


def delete(run_id: str, *, keep_head: bool = False, entry: Entry | None = None) -> Transaction[bool]:
    """Erase a run and all its rows. False if there is none.

    Args:
        keep_head: leave the last hash of its record.
    """
    if keep_head:
        yield Ask("lock_run", {"id": run_id})
        yield Ask("keep_head", {"run_id": run_id, "at": now()})
    deleted = bool((yield Ask("delete_run", {"id": run_id})).changed)
    if deleted:
        yield from note(entry)
    return deleted


def prune(before: datetime, limit: int, *, keep_heads: bool = False) -> Transaction[list[str]]:
    """Erase runs that were over before that time, oldest first. Returns their ids. See `delete`."""
    found = yield Ask("runs_over_before", {"before": before.astimezone(UTC).isoformat(), "limit": limit})
    ids = [row["id"] for row in found.rows]
    if ids and keep_heads:
        yield Ask("keep_head", [{"run_id": id, "at": now()} for id in ids])
    if ids:
        yield Ask("delete_run", [{"id": id} for id in ids])
    return ids


def append(run_id: str, event: NewEvent, at: datetime) -> Transaction[StoredEvent | None]:
    """One event from outside a segment; nothing if the run is over, or gone."""
    row = (yield Ask("append_outside_segment", {"id": run_id, "at": at.isoformat()})).row
    if row is None:
        return None
    stored = StoredEvent(row["last_seq"], event.numbered(row["last_seq"]))
    yield Ask("append_event", {"run_id": run_id, "seq": stored.seq, "body": stored.body})
    yield from recording.extend(run_id, [stored], at.isoformat())
    yield from tell(run_id, [stored], at.isoformat())
    return stored


def event_at(run_id: str, seq: int) -> Transaction[StoredEvent]:
    return StoredEvent(seq, (yield Ask("event_at", {"run_id": run_id, "seq": seq})).one["body"])


def now() -> str:
    return datetime.now(UTC).isoformat()


def set_status(run_id: str, status: Status, at: str) -> Transaction[None]:
    yield Ask("set_status", {"id": run_id, "status": status.value, "at": at})
    # A failed run can be tried again from there.
    if status.over and status is not Status.FAILED:
        yield Ask("drop_checkpoint", {"run_id": run_id})
