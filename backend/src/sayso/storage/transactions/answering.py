"""The transactions in which people decide, and say that they are about to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sayso.people.actor import ANYBODY, Actor
from sayso.people.audit import Action, Entry
from sayso.people.policy import may_not_decide
from sayso.protocol.decisions import Decision, decided
from sayso.protocol.frames import RecordedDecision, RunClaim
from sayso.storage.audience import Audience
from sayso.storage.errors import NotAnswered
from sayso.storage.records import Answered, AnswerOutcome, NewEvent
from sayso.storage.transactions.auditing import note
from sayso.storage.transactions.rows import to_audience, to_person, to_review
from sayso.storage.transactions.transaction import Ask, HandOver, Transaction
from sayso.storage.transactions.writing import append, event_at


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
            return Answered(outcome, (yield from event_at(run_id, row["answer_seq"])))
    review = (yield Ask("review", {"run_id": run_id, "seq": received.review})).row
    if review is None:
        return Answered(AnswerOutcome.NOT_FOUND)
    if review["answered_at"] is not None:
        event_then = yield from event_at(run_id, review["answer_seq"])
        return Answered(AnswerOutcome.ALREADY_ANSWERED, event_then, earlier=to_review(review))
    stored = yield from append(run_id, event, at)
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


def answer_all(
    run_id: str, decisions: Sequence[tuple[RecordedDecision, NewEvent]], *, at: datetime, actor: Actor = ANYBODY
) -> Transaction[list[Answered]]:
    """Record several answers, all or none; of one alone, what came of it.

    Raises:
        NotAnswered: one of them could not be recorded; nothing was.
    """
    done: list[Answered] = []
    for index, (received, event) in enumerate(decisions):
        answered = yield from answer(run_id, received, event, at=at, actor=actor)
        # What is refused to one answer alone is noted, so that is kept.
        if len(decisions) > 1 and answered.outcome not in (AnswerOutcome.ACCEPTED, AnswerOutcome.REPEATED):
            raise NotAnswered(index, answered)
        done.append(answered)
    return done


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


def send_review(run_id: str, seq: int, *, at: datetime) -> Transaction[bool]:
    """Note that a review is being sent to a client that cannot name the one it answers. False if it is not open."""
    sent = yield Ask("send_review", {"run_id": run_id, "seq": seq, "at": at.isoformat()})
    return bool(sent.changed)
