"""The contract of a store. Every store that comes passes the same tests."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sayso.protocol.frames import RecordedDecision, RunFigures, Status
from sayso.protocol.review import ReviewData
from sayso.storage.errors import StorageError, Superseded
from sayso.storage.records import AnswerOutcome, Claim, Due, Ending, NewEvent, NewRun, OpenReview, SegmentCommit
from sayso.storage.sqlite.store import SqliteStore
from sayso.storage.store import Store

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
async def store(new_store: Callable[[], Store]) -> AsyncIterator[Store]:
    store = new_store()
    await store.open()
    yield store
    await store.close()


def new_run(id: str = "r", *, at: datetime = AT, request_id: str | None = None) -> NewRun:
    return NewRun(id, "why?", "report", "fp", {"writer": "extractive"}, "Ada", request_id, at)


def event(kind: str = "progress") -> NewEvent:
    return NewEvent(f'{{"type":"{kind}"}}')


def question(fingerprint: str = "q") -> NewEvent:
    review = OpenReview(ReviewData(question="why?"), "module:Class", fingerprint, "key")
    return NewEvent('{"type":"input_required"}', review)


async def claimed(store: Store, id: str = "r") -> Claim:
    claim = await store.claim(id)
    assert claim is not None
    return claim


def commit(claim: Claim, *events: NewEvent, **more: object) -> SegmentCommit:
    return SegmentCommit(claim.run.id, claim.run.epoch, claim.run.last_seq, list(events), **more)  # type: ignore[arg-type]


async def asked(store: Store) -> Claim:
    """A run that waits for an answer to review 2."""
    await store.create(new_run())
    claim = await claimed(store)
    committed = await store.commit(commit(claim, event(), question(), checkpoint="{}", covers=2, ending=Ending.PAUSE))
    assert committed.paused
    return claim


def received(response: str = "yes", response_id: str | None = None) -> RecordedDecision:
    return RecordedDecision(review=2, response=response, by="Ada", response_id=response_id)


async def test_a_run_as_created(store: Store) -> None:
    run, created = await store.create(new_run())
    assert created
    assert (run.status, run.last_seq, run.epoch, run.options) == (Status.RUNNING, 0, 0, {"writer": "extractive"})
    assert run.created_at == AT
    assert await store.run("r") == run
    assert await store.run("other") is None
    assert await store.running() == {"r": (0, None)}


async def test_a_review_is_sent_while_it_is_open(store: Store) -> None:
    await asked(store)
    assert await store.sent_review("r") is None
    assert await store.send_review("r", 2, at=AT)
    assert await store.send_review("r", 2, at=AT + timedelta(hours=1))
    sent = await store.sent_review("r")
    assert sent is not None
    assert (sent.seq, sent.answer) == (2, None)
    assert not await store.send_review("r", 1, at=AT)
    await store.answer("r", received(), event("input_received"), at=AT)
    assert await store.sent_review("r") is None
    assert not await store.send_review("r", 2, at=AT)


async def test_a_request_id_is_used_once(store: Store) -> None:
    first, _ = await store.create(new_run("a", request_id="x"))
    second, created = await store.create(new_run("b", request_id="x"))
    assert (second.id, created) == (first.id, False)


async def test_numbers_without_a_gap_and_bodies_that_begin_with_them(store: Store) -> None:
    await store.create(new_run())
    claim = await claimed(store)
    first = await store.commit(commit(claim, event(), event("draft")))
    second = await store.commit(commit(claim, event()))
    assert [each.seq for each in [*first.events, *second.events]] == [1, 2, 3]
    stored = await store.events("r", after=1, limit=10)
    assert [(each.seq, each.body, each.type) for each in stored] == [
        (2, '{"seq":2,"type":"draft"}', "draft"),
        (3, '{"seq":3,"type":"progress"}', "progress"),
    ]
    assert [each.seq for each in await store.events("r", after=0, limit=2)] == [1, 2]


async def test_who_lost_the_run_can_write_nothing(store: Store) -> None:
    await store.create(new_run())
    old = await claimed(store)
    new = await claimed(store)
    assert new.run.epoch == old.run.epoch + 1
    with pytest.raises(Superseded):
        await store.commit(commit(old, event(), checkpoint="{}", ending=Ending.COMPLETE))
    await store.commit(commit(new, event()))
    assert len(await store.events("r", after=0, limit=10)) == 1
    assert (await claimed(store)).checkpoint is None


async def test_a_pause_waits_and_an_answer_resumes(store: Store) -> None:
    await asked(store)
    run = await store.run("r")
    assert run is not None
    assert run.status is Status.WAITING
    assert await store.claim("r") is None
    assert await store.open_reviews(["r", "other"]) == {"r": [2]}
    answered = await store.answer("r", received(), event("input_received"), at=AT)
    assert answered.outcome is AnswerOutcome.ACCEPTED
    assert answered.event is not None
    assert answered.event.seq == 3
    claim = await claimed(store)
    assert (claim.checkpoint, claim.checkpoint_seq, claim.run.attempts) == ("{}", 2, 1)
    assert [(each.review, each.key, each.answer) for each in claim.deliveries] == [(2, "key", received())]
    assert await store.open_reviews(["r"]) == {}


async def test_an_answer_that_slips_in_stops_the_pause(store: Store) -> None:
    await store.create(new_run())
    claim = await claimed(store)
    await store.commit(commit(claim, event(), question()))
    await store.answer("r", received(), event("input_received"), at=AT)
    committed = await store.commit(commit(claim, checkpoint="{}", ending=Ending.PAUSE))
    assert not committed.paused
    assert [each.review for each in committed.undelivered] == [2]
    committed = await store.commit(commit(claim, checkpoint="{}", delivered=[2], ending=Ending.PAUSE))
    assert committed.stalled
    run = await store.run("r")
    assert run is not None
    assert run.status is Status.RUNNING


async def test_the_first_answer_wins_and_a_repeated_one_is_harmless(store: Store) -> None:
    await asked(store)
    first = await store.answer("r", received("yes", "one"), event("input_received"), at=AT)
    again = await store.answer("r", received("yes", "one"), event("input_received"), at=AT)
    reused = await store.answer("r", received("no", "one"), event("input_received"), at=AT)
    late = await store.answer("r", received("no", "two"), event("input_received"), at=AT + timedelta(hours=1))
    assert [each.outcome for each in (first, again, reused, late)] == [
        AnswerOutcome.ACCEPTED,
        AnswerOutcome.REPEATED,
        AnswerOutcome.REUSED,
        AnswerOutcome.ALREADY_ANSWERED,
    ]
    assert again.event == first.event
    assert late.earlier is not None
    assert (late.earlier.answer, late.earlier.answered_at) == (received("yes", "one"), AT)
    assert len(await store.events("r", after=0, limit=10)) == 3


async def test_the_same_question_asked_again_after_a_crash_is_the_one_that_is_open(store: Store) -> None:
    await store.create(new_run())
    claim = await claimed(store)
    await store.commit(commit(claim, event(), checkpoint="{}", covers=1))
    await store.commit(commit(claim, question("same")))
    after = await claimed(store)
    committed = await store.commit(commit(after, event(), question("same"), question("other")))
    assert [each.type for each in committed.events] == ["progress", "input_required"]
    assert [each.seq for each in committed.events] == [3, 4]
    assert await store.open_reviews(["r"]) == {"r": [2, 4]}


async def test_the_same_question_asked_twice_without_a_crash_is_two(store: Store) -> None:
    await store.create(new_run())
    claim = await claimed(store)
    await store.commit(commit(claim, question("same")))
    await store.commit(commit(claim, question("same")))
    assert await store.open_reviews(["r"]) == {"r": [1, 2]}


async def test_attempts_count_up_until_there_is_progress(store: Store) -> None:
    await store.create(new_run())
    assert [(await claimed(store)).run.attempts for _ in range(3)] == [1, 2, 3]
    claim = await claimed(store)
    await store.commit(commit(claim, event(), checkpoint="{}", covers=1))
    assert (await claimed(store)).run.attempts == 5
    claim = await claimed(store)
    await store.commit(commit(claim, event(), checkpoint="{}", covers=1, progressed=True))
    assert (await claimed(store)).run.attempts == 1


async def test_what_is_over_stays_over(store: Store) -> None:
    claim = await asked(store)
    cancelled = await store.cancel("r", event("cancelled"), at=AT)
    assert cancelled is not None
    assert cancelled.seq == 3
    assert await store.cancel("r", event("cancelled"), at=AT) is None
    assert (await store.answer("r", received(), event(), at=AT)).outcome is AnswerOutcome.RUN_OVER
    assert (await store.answer("r", received().model_copy(update={"review": 1}), event(), at=AT)).outcome is (
        AnswerOutcome.NOT_FOUND
    )
    with pytest.raises(Superseded):
        await store.commit(commit(claim, event()))
    assert await store.running() == {}


async def test_the_brief_is_kept(store: Store) -> None:
    await store.create(new_run())
    claim = await claimed(store)
    await store.commit(commit(claim, event(), brief=RunFigures(stage="searching", round=2)))
    await store.commit(commit(claim, event()))
    run = await store.run("r")
    assert run is not None
    assert run.brief == RunFigures(stage="searching", round=2)


async def test_pages_newest_first(store: Store) -> None:
    for n in range(5):
        await store.create(new_run(f"r{n}", at=AT + timedelta(minutes=n // 2)))
    first = await store.runs(limit=3)
    second = await store.runs(before=(first[-1].created_at, first[-1].id), limit=3)
    assert [run.id for run in [*first, *second]] == ["r4", "r3", "r2", "r1", "r0"]
    await store.cancel("r3", event("cancelled"), at=AT)
    assert [run.id for run in await store.runs(statuses=[Status.CANCELLED])] == ["r3"]


async def test_pages_of_some_statuses_and_of_what_a_search_finds(store: Store) -> None:
    questions = ["How do locks work?", "50% of what_ever", "Über Sperren", "what xever 50", "LOCKS again"]
    for n, text in enumerate(questions):
        await store.create(
            replace(new_run(f"r{n}", at=AT + timedelta(minutes=n)), question=text, by="Bob" if n else "Ada")
        )
    for id in ("r1", "r3"):
        await store.cancel(id, event("cancelled"), at=AT)

    async def found(**wanted: Any) -> list[str]:
        return [run.id for run in await store.runs(**wanted)]

    assert await found(search="locks") == ["r4", "r0"]
    assert await found(search="50%") == ["r1"]
    assert await found(search="what_") == ["r1"]
    assert await found(search="ÜBER") == ["r2"]
    assert await found(search="ada") == ["r0"]
    assert await found(search="nothing of that") == []
    assert await found(statuses=[Status.RUNNING]) == ["r4", "r2", "r0"]
    both = [Status.CANCELLED, Status.RUNNING]
    assert await found(statuses=both, limit=3) == ["r4", "r3", "r2"]
    last = await store.run("r2")
    assert last is not None
    assert await found(statuses=both, before=(last.created_at, last.id)) == ["r1", "r0"]
    assert await found(statuses=[Status.WAITING, Status.CANCELLED], search="ever") == ["r3", "r1"]


async def test_generation_goes_up_after_an_unclean_stop_only(tmp_path: Path) -> None:
    generations = []
    for clean in (True, False, True, True):
        store = SqliteStore(tmp_path / "sayso.db")
        await store.open()
        generations.append(store.generation)
        if clean:
            await store.close()
        else:
            assert store._writer is not None
            await store._writer.close()
    assert generations == [1, 1, 2, 2]


async def test_a_file_that_is_no_database_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "sayso.db"
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(StorageError, match=r"sayso\.db"):
        await SqliteStore(path).open()


async def test_a_segment_stopped_in_good_order_is_no_attempt(store: Store) -> None:
    await store.create(new_run())
    first = await claimed(store)
    await store.release("r", first.run.epoch)
    second = await claimed(store)
    assert second.run.attempts == 1
    await store.release("r", first.run.epoch)
    assert await store.running() == {"r": (1, None)}


async def test_a_deleted_run_leaves_nothing(store: Store) -> None:
    claim = await asked(store)
    await store.create(new_run("other"))
    assert await store.delete("r")
    assert not await store.delete("r")
    assert await store.run("r") is None
    with pytest.raises(Superseded):
        await store.commit(commit(claim, event()))
    assert await store.events("r", after=0, limit=10) == []
    assert await store.review("r", 2) is None
    assert await store.attachments("r") == {}
    assert await store.run("other") is not None
    # A run of the same id finds nothing of the one before.
    await store.create(new_run())
    again = await claimed(store)
    assert (again.checkpoint, again.checkpoint_seq, again.deliveries, again.ahead) == (None, 0, [], [])


async def test_what_is_due_is_recorded_once(store: Store) -> None:
    await store.create(new_run())
    claim = await claimed(store)
    data = ReviewData(question="why?", due_at=AT + timedelta(hours=4))
    asks = NewEvent('{"type":"input_required"}', OpenReview(data, "module:Class", "q", None, AT + timedelta(hours=3)))
    await store.commit(commit(claim, asks, checkpoint="{}", covers=1, ending=Ending.PAUSE))
    due = Due("r", 1, AT + timedelta(hours=4))
    assert await store.to_remind(AT + timedelta(hours=2), 9) == []
    assert await store.to_remind(AT + timedelta(hours=3), 9) == [due]
    assert await store.to_expire(AT + timedelta(hours=3), 9) == []
    reminded = await store.mark_due(due, event("reminder"), expired=False, at=AT + timedelta(hours=3))
    assert reminded is not None
    assert reminded.seq == 2
    assert await store.mark_due(due, event("reminder"), expired=False, at=AT + timedelta(hours=3)) is None
    assert await store.to_remind(AT + timedelta(hours=3), 9) == []
    assert await store.to_expire(AT + timedelta(hours=4), 9) == [due]
    assert await store.mark_due(due, event("input_expired"), expired=True, at=AT + timedelta(hours=4)) is not None
    assert await store.to_expire(AT + timedelta(hours=9), 9) == []
    answered = await store.answer(
        "r", received().model_copy(update={"review": 1}), event("input_received"), at=AT + timedelta(hours=5)
    )
    assert answered.outcome is AnswerOutcome.ACCEPTED, "past due is not decided"


async def test_an_answered_review_is_not_due(store: Store) -> None:
    await store.create(new_run())
    claim = await claimed(store)
    data = ReviewData(question="why?", due_at=AT)
    asks = NewEvent('{"type":"input_required"}', OpenReview(data, "module:Class", "q", None, AT))
    await store.commit(commit(claim, asks, checkpoint="{}", covers=1, ending=Ending.PAUSE))
    await store.answer("r", received().model_copy(update={"review": 1}), event("input_received"), at=AT)
    later = AT + timedelta(days=1)
    assert await store.to_expire(later, 9) == []
    assert await store.mark_due(Due("r", 1, AT), event("input_expired"), expired=True, at=later) is None


async def test_attachments_are_kept_with_the_commit_that_brings_them(store: Store) -> None:
    await store.create(new_run())
    old = await claimed(store)
    claim = await claimed(store)
    await store.commit(commit(claim, question(), attachments={"f1": {"text": "a"}, "f2": [1]}))
    assert await store.attachments("r") == {"f1": {"text": "a"}, "f2": [1]}
    await store.commit(commit(claim, question("other"), attachments={"f2": None}))
    assert await store.attachments("r") == {"f1": {"text": "a"}, "f2": None}
    with pytest.raises(Superseded):
        await store.commit(commit(old, question("late"), attachments={"f3": 1}))
    assert "f3" not in await store.attachments("r")
    await store.commit(commit(claim, event("final_result"), ending=Ending.COMPLETE, attachments={"f4": 4}))
    assert (await store.attachments("r"))["f4"] == 4
    await store.delete("r")
    assert await store.attachments("r") == {}


async def test_what_has_long_been_over_is_pruned(store: Store) -> None:
    for n in range(4):
        await store.create(new_run(f"r{n}"))
        if n < 3:
            await store.cancel(f"r{n}", event("cancelled"), at=AT + timedelta(days=n))
    assert await store.prune(AT + timedelta(days=2), limit=1) == ["r0"]
    assert await store.prune(AT + timedelta(days=2), limit=10) == ["r1"]
    assert await store.prune(AT + timedelta(days=2), limit=10) == []
    assert [run.id for run in await store.runs()] == ["r3", "r2"]


async def test_two_stores_on_one_database_decide_once(new_store: Callable[[], Store]) -> None:
    first = new_store()
    await first.open()
    if first.cluster is None:
        await first.close()
        return
    second = new_store()
    await second.open()
    await asked(first)
    answers = [
        stores.answer("r", received("yes" if n % 2 else "no"), event("input_received"), at=AT)
        for n, stores in enumerate([first, second] * 8)
    ]
    outcomes = [answered.outcome for answered in await asyncio.gather(*answers)]
    assert outcomes.count(AnswerOutcome.ACCEPTED) == 1
    assert outcomes.count(AnswerOutcome.ALREADY_ANSWERED) == 15
    assert [each.seq for each in await second.events("r", after=0, limit=10)] == [1, 2, 3]
    claims = [claim for claim in await asyncio.gather(first.claim("r"), second.claim("r")) if claim]
    assert sorted(claim.run.epoch for claim in claims) == [2, 3]
    older = min(claims, key=lambda claim: claim.run.epoch)
    with pytest.raises(Superseded):
        await second.commit(commit(older, event()))
    await first.close()
    await second.close()
