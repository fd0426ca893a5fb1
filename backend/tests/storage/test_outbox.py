"""The contract of a store for what is told elsewhere."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest

from sayso.protocol.frames import RecordedDecision
from sayso.protocol.notification import TOPICS, NotificationData, Topic
from sayso.protocol.review import ReviewData
from sayso.storage.outbox import Channel, ChannelKind, Failure, NewChannel, Outgoing
from sayso.storage.records import Due, Ending, NewEvent, NewRun, OpenReview, SegmentCommit
from sayso.storage.store import Store

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
OPENED = (
    '{"type":"input_required","data":{"round":2,"due_at":"2026-11-25T00:00:00Z","sources":[{"id":"s1"}],'
    '"findings":[{"id":"f1","kind":"evidence"},{"id":"f2"},{"id":"g1","kind":"gap"}]}}'
)


@pytest.fixture
async def store(new_store: Callable[[], Store]) -> AsyncIterator[Store]:
    store = new_store()
    await store.open()
    yield store
    await store.close()


def channel(id: str = "c", events: tuple[str, ...] = TOPICS) -> NewChannel:
    return NewChannel(id, ChannelKind.WEBHOOK, f"https://{id}.example/hook", events, "whsec_x")


async def asked(store: Store, id: str = "r") -> SegmentCommit:
    """A run that waits for an answer to review 1."""
    await store.create(NewRun(id, "why?", "report", "fp", {}, "Ada", None, AT))
    claim = await store.claim(id)
    assert claim is not None
    event = NewEvent(OPENED, OpenReview(ReviewData(), "module:Class", "q"))
    commit = SegmentCommit(id, claim.run.epoch, 0, [event], checkpoint="{}", covers=1, ending=Ending.PAUSE)
    assert (await store.commit(commit)).paused
    return commit


async def owed(store: Store, id: str = "c", *, at: datetime | None = None, limit: int = 10) -> list[Outgoing]:
    at = at or datetime.now(UTC)
    return await store.claim_outgoing(id, at=at, until=at + HOUR, limit=limit)


async def state(store: Store, id: str = "c") -> Channel:
    return next(each for each in await store.channels() if each.id == id)


async def test_what_happens_is_owed_to_every_channel_that_wants_it(store: Store) -> None:
    await store.add_channel(channel(), AT)
    await store.add_channel(channel("ends", (Topic.ENDED,)), AT)
    await asked(store)
    due = Due("r", 1, AT)
    await store.mark_due(due, NewEvent('{"type":"reminder","data":{"review":1}}'), expired=False, at=AT + HOUR)
    decision = RecordedDecision(review=1, response="approve", by="Grace")
    received = NewEvent('{"type":"input_received","data":{"review":1,"response":"approve","by":"Grace"}}')
    await store.answer("r", decision, received, at=AT + 2 * HOUR)
    await store.cancel("r", NewEvent('{"type":"cancelled","data":{"by":"Ada"}}'), at=AT + 3 * HOUR)
    messages = await owed(store, at=datetime.now(UTC) + 9 * HOUR)
    told = {each.notification.type: each.notification.data for each in messages}
    assert set(told) == set(TOPICS)
    assert len({each.id for each in messages}) == 4
    common = {"run_id": "r", "workflow": "report", "question": "why?", "asked_by": "Ada", "asked_verified": False}
    assert told[Topic.OPENED] == NotificationData.model_validate(
        {**common, "seq": 1, "review": 1, "round": 2, "findings": 2, "sources": 1, "due_at": "2026-11-25T00:00:00Z"}
    )
    assert (told[Topic.DUE].seq, told[Topic.DUE].review, told[Topic.DUE].past_due) == (2, 1, False)
    assert (told[Topic.DECIDED].decided_by, told[Topic.DECIDED].response) == ("Grace", "approve")
    assert (told[Topic.ENDED].status, told[Topic.ENDED].ended_by) == ("cancelled", "Ada")
    (ended,) = await owed(store, "ends")
    assert ended.notification.data.seq == 4


async def test_another_try_tells_of_the_reviews_that_are_open_in_it_and_of_nothing_old(store: Store) -> None:
    await asked(store)
    decided = RecordedDecision(review=1, response="approve", by="Grace", response_id="1")
    await store.answer("r", decided, NewEvent('{"type":"input_received","data":{"review":1}}'), at=AT)
    claim = await store.claim("r")
    assert claim is not None
    events = [NewEvent(OPENED, OpenReview(ReviewData(), "module:Class", "q2")), NewEvent('{"type":"error","data":{}}')]
    await store.commit(SegmentCommit("r", claim.run.epoch, 2, events, ending=Ending.FAIL))
    await store.add_channel(channel(), AT)
    await store.retry(
        NewRun("again", "why?", "report", "fp", {}, "Bo", None, AT, retry_of="r"), NewEvent('{"type":"notice"}')
    )
    (told,) = await owed(store)
    data = told.notification.data
    assert (told.notification.type, data.run_id, data.seq) == (Topic.OPENED, "again", 3)


async def test_without_channels_nothing_is_kept(store: Store) -> None:
    await asked(store)
    await store.add_channel(channel(), AT)
    assert await store.channels_due(datetime.now(UTC) + HOUR) == []


async def test_what_is_not_committed_is_not_owed(store: Store) -> None:
    await store.add_channel(channel(), AT)
    commit = await asked(store)
    await store.claim("r")
    commit.events = [NewEvent('{"type":"final_result","data":{}}')]
    commit.epoch -= 1
    with pytest.raises(Exception, match="r"):
        await store.commit(commit)
    assert [each.notification.type for each in await owed(store)] == [Topic.OPENED]


async def test_each_message_goes_to_one_sender(store: Store, new_store: Callable[[], Store]) -> None:
    await store.add_channel(channel(), AT)
    for n in range(20):
        await asked(store, f"r{n}")
    claimed = await asyncio.gather(*(owed(store, limit=3) for _ in range(12)))
    messages = [each for batch in claimed for each in batch]
    assert len(messages) == len({each.id for each in messages}) == 20
    assert {each.attempt for each in messages} == {1}
    # Whoever dies with them is followed by somebody else, later.
    assert await owed(store) == []
    again = await owed(store, at=datetime.now(UTC) + 2 * HOUR, limit=100)
    assert {each.id for each in again} == {each.id for each in messages}
    assert {each.attempt for each in again} == {2}


async def test_what_arrived_is_owed_no_more(store: Store) -> None:
    await store.add_channel(channel(), AT)
    await asked(store)
    (message,) = await owed(store)
    await store.note_delivered(message, AT)
    assert await store.channels_due(datetime.now(UTC) + 9 * HOUR) == []
    assert ((await state(store)).delivered_at, (await state(store)).pending) == (AT, 0)


async def test_a_failure_is_tried_again_when_it_is_time(store: Store) -> None:
    await store.add_channel(channel(), AT)
    await asked(store)
    now = datetime.now(UTC)
    (message,) = await owed(store)
    assert not await store.note_failed(message, Failure("503", now, now + 2 * HOUR))
    assert await store.channels_due(now + HOUR) == []
    assert await store.channels_due(now + 3 * HOUR) == ["c"]
    failing = await state(store)
    assert (failing.failing_since, failing.why, failing.pending, failing.disabled_at) == (now, "503", 1, None)
    (message,) = await owed(store, at=now + 3 * HOUR)
    assert message.attempt == 2
    await store.note_delivered(message, now)
    assert ((await state(store)).failing_since, (await state(store)).why) == (None, "")


async def test_a_sender_that_came_too_late_changes_nothing(store: Store) -> None:
    await store.add_channel(channel(), AT)
    await asked(store)
    (old,) = await owed(store)
    (new,) = await owed(store, at=datetime.now(UTC) + 2 * HOUR)
    assert not await store.note_failed(old, Failure("late", AT, None))
    assert (await state(store)).given_up == 0
    await store.hand_back_outgoing([old], AT)
    assert await owed(store) == []
    await store.hand_back_outgoing([new], AT)
    assert [each.attempt for each in await owed(store)] == [2]


async def test_where_nothing_arrived_for_so_long_the_channel_is_disabled(store: Store) -> None:
    await store.add_channel(channel(), AT)
    await asked(store)
    now = datetime.now(UTC)
    (message,) = await owed(store)
    assert await store.note_failed(message, Failure("no answer", now, None))
    assert ((await state(store)).disabled_at, (await state(store)).given_up) == (now, 1)
    # What happens now is kept for nobody; what was owed is, and goes out when somebody enables it.
    await asked(store, "later")
    assert await store.channels_due(now + 9 * HOUR) == []
    assert await store.enable_channel("c", now)
    assert (await state(store)).disabled_at is None
    assert [(each.id, each.attempt) for each in await owed(store)] == [(message.id, 1)]


async def test_one_message_that_is_never_taken_disables_nothing(store: Store) -> None:
    await store.add_channel(channel(), AT)
    await asked(store, "bad")
    (bad,) = await owed(store)
    await asked(store, "good")
    (good,) = await owed(store)
    await store.note_delivered(good, datetime.now(UTC))
    assert not await store.note_failed(bad, Failure("400", datetime.now(UTC), None))
    assert ((await state(store)).disabled_at, (await state(store)).given_up) == (None, 1)


async def test_a_receiver_that_is_gone_disables_at_once(store: Store) -> None:
    await store.add_channel(channel(), AT)
    await asked(store)
    now = datetime.now(UTC)
    (message,) = await owed(store)
    assert await store.note_failed(message, Failure("410", now, now + HOUR, gone=True))
    assert ((await state(store)).disabled_at, (await state(store)).pending) == (now, 1)


async def test_claims_of_a_process_that_is_gone_are_freed(store: Store) -> None:
    await store.add_channel(channel(), AT)
    await asked(store)
    (message,) = await owed(store)
    await store.free_claims(AT)
    assert [each.id for each in await owed(store)] == [message.id]


async def test_erasing_a_run_erases_what_was_to_be_told_of_it(store: Store) -> None:
    await store.add_channel(channel(), AT)
    await asked(store)
    await store.delete("r")
    assert ((await state(store)).pending, await owed(store)) == (0, [])


async def test_the_settings_have_their_own_channels(store: Store) -> None:
    await store.add_channel(channel("added"), AT)
    await store.configure_channels([channel("a"), channel("b")], AT)
    assert not await store.add_channel(channel("a", (Topic.ENDED,)), AT)
    assert not await store.remove_channel("a", AT)
    await asked(store)
    (message,) = await owed(store, "a")
    await store.note_failed(message, Failure("410", AT, None, gone=True))
    await store.configure_channels([channel("a", (Topic.OPENED,))], AT)
    left = {each.id: (each.origin, each.events, each.disabled_at) for each in await store.channels()}
    assert left == {"added": ("added", TOPICS, None), "a": ("settings", (Topic.OPENED,), AT)}
    assert await store.remove_channel("added", AT)
    assert not await store.remove_channel("added", AT)


async def test_channels_are_there_after_a_restart(store: Store, new_store: Callable[[], Store]) -> None:
    await store.add_channel(channel(), AT)
    await asked(store)
    before = await state(store)
    await store.close()
    again = new_store()
    await again.open()
    assert await state(again) == before
    await again.close()


async def test_a_channel_that_goes_while_it_is_told_something_fails_nobody(
    store: Store, new_store: Callable[[], Store]
) -> None:
    async def come_and_go() -> None:
        for _ in range(30):
            await store.add_channel(channel(), AT)
            await store.remove_channel("c", AT)

    async def ask(n: int) -> None:
        await asked(store, f"r{n}")

    await asyncio.gather(come_and_go(), *(ask(n) for n in range(20)))
    assert len(await store.runs(limit=50)) == 20
