"""The transactions that write, but for what a segment commits; the same for every database."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from sayso.people.actor import ANYBODY, Actor, key_of
from sayso.people.audit import Action, Entry
from sayso.people.policy import may_not_decide
from sayso.protocol.decisions import Decision, decided
from sayso.protocol.frames import RecordedDecision, RunClaim, Status
from sayso.storage.audience import Audience
from sayso.storage.limits import RunLimits
from sayso.storage.records import Answered, AnswerOutcome, Claim, Delivery, Due, NewEvent, NewRun, Run, StoredEvent
from sayso.storage.transactions import recording
from sayso.storage.transactions.auditing import note
from sayso.storage.transactions.limiting import check_limits
from sayso.storage.transactions.rows import to_audience, to_delivery, to_person, to_review, to_run
from sayso.storage.transactions.transaction import Ask, HandOver, Transaction

NO_LIMITS = RunLimits()


def create(run: NewRun, limits: RunLimits = NO_LIMITS, actor: Actor = ANYBODY) -> Transaction[tuple[Run, bool]]:
    """The run and whether it is new: a known `request_id` gives the run it started.

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
        },
    )
    if inserted.changed:
        if keys := sorted(set(map(key_of, run.asked_of))):
            yield Ask("ask_of", [{"run_id": run.id, "name_key": key} for key in keys])
        yield HandOver(run.id)
        created = to_run((yield Ask("run_by_id", {"id": run.id})).one)
        yield from recording.begin(created)
        yield from note(Entry(Action.ASKED, actor, run.at, run.by, run.id, {"asked_of": list(run.asked_of)}))
        return created, True
    return to_run((yield Ask("run_by_request", {"request_id": run.request_id})).one), False


def claim(run_id: str) -> Transaction[Claim | None]:
    """Take a running run for a segment: raises its epoch. `None` if it is not running."""
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
    """Recorded answers that the workflow has not taken yet, in the order in which they were recorded."""
    found = yield Ask("undelivered", {"run_id": run_id})
    return [to_delivery(row) for row in found.rows]


def answer(
    run_id: str, received: RecordedDecision, event: NewEvent, *, at: datetime, actor: Actor = ANYBODY
) -> Transaction[Answered]:
    """Record an answer, with the event that tells of it, if the review is still open and `actor` may decide it."""
    row = (yield Ask("lock_run", {"id": run_id})).row
    if row is None:
        return Answered(AnswerOutcome.NOT_FOUND)
    run = to_audience(row)
    about = {"review": received.review, "response": decided(received.response) or "answer"}
    if refusal := (yield from _refusal(run, received, actor)):
        yield from note(Entry(Action.REFUSED, actor, at, received.by, run_id, {"wanted": Action.DECIDED, **about}))
        return Answered(AnswerOutcome.FORBIDDEN, refusal=refusal)
    if received.response_id is not None:
        row = (yield Ask("response_by_id", {"run_id": run_id, "response_id": received.response_id})).row
        if row is not None:
            earlier = RecordedDecision.model_validate_json(row["answer"])
            # By whom, and how it was read, is not what was sent.
            aside = {name: getattr(received, name) for name in ("by", "verified", "read")}
            same = earlier.model_copy(update=aside) == received
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
    yield from note(Entry(Action.DECIDED, actor, at, received.by, run_id, about))
    return Answered(AnswerOutcome.ACCEPTED, stored, asker=run.asker)


def _refusal(run: Audience, received: RecordedDecision, actor: Actor) -> Transaction[str | None]:
    """Why `actor`, as it is known to be now, may not decide so; `None` if it may."""
    if actor.id is not None:
        row = (yield Ask("person_by_id", {"id": actor.id})).row
        person = to_person(row) if row else None
        if person is None or person.disabled_at is not None:
            return "You are not one of the people of this server any more."
        actor = replace(actor, role=person.role, groups=person.groups)
    return may_not_decide(actor, run, approves=decided(received.response) is not Decision.REJECT)


def claim_review(run_id: str, claim: RunClaim) -> Transaction[bool]:
    """Say to the others that somebody is on it. False if somebody else is, or the run waits for nobody."""
    return bool((yield Ask("claim_review", {"id": run_id, "claim": claim.model_dump_json()})).rows)


def give_back(run_id: str) -> Transaction[None]:
    """Nobody is on it any more."""
    yield Ask("give_back", {"id": run_id})


def cancel(
    run_id: str, event: NewEvent, *, at: datetime, entry: Entry | None = None
) -> Transaction[StoredEvent | None]:
    """End a run that is not over. `None` if it is."""
    stored = yield from _append(run_id, event, at)
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


def _append(run_id: str, event: NewEvent, at: datetime) -> Transaction[StoredEvent | None]:
    """One event from outside a segment; nothing if the run is over, or gone."""
    row = (yield Ask("append_outside_segment", {"id": run_id, "at": at.isoformat()})).row
    if row is None:
        return None
    stored = StoredEvent(row["last_seq"], event.numbered(row["last_seq"]))
    yield Ask("append_event", {"run_id": run_id, "seq": stored.seq, "body": stored.body})
    yield from recording.extend(run_id, [stored], at.isoformat())
    return stored


def _event(run_id: str, seq: int) -> Transaction[StoredEvent]:
    return StoredEvent(seq, (yield Ask("event_at", {"run_id": run_id, "seq": seq})).one["body"])


def now() -> str:
    return datetime.now(UTC).isoformat()


def set_status(run_id: str, status: Status, at: str) -> Transaction[None]:
    yield Ask("set_status", {"id": run_id, "status": status.value, "at": at})
    if status.over:
        yield Ask("drop_checkpoint", {"run_id": run_id})
