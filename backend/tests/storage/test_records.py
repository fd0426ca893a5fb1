"""The record of a run: a link in each transaction that makes something that belongs into it, and never a second one."""

import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sayso.protocol.frames import Status
from sayso.record.chain import Link
from sayso.storage.errors import Superseded
from sayso.storage.kept import StoredRecord
from sayso.storage.records import AnswerOutcome, Due, Ending, NewEvent
from sayso.storage.sqlite.store import SqliteStore
from sayso.storage.store import Store
from storage.test_store import AT, asked, claimed, commit, event, new_run, question, received


@pytest.fixture
async def store(new_store: Callable[[], Store]) -> AsyncIterator[Store]:
    store = new_store()
    await store.open()
    yield store
    await store.close()


async def recorded(store: Store, run: str = "r") -> StoredRecord:
    record = await store.record(run)
    assert record is not None
    links = [link for link, _ in record.links]
    assert [link.position for link in links] == list(range(1, len(links) + 1))
    assert [link.previous for link in links] == [None, *(link.hash for link in links[:-1])][: len(links)]
    assert all(link.holds() for link in links)
    return record


async def kinds(store: Store) -> list[tuple[str, int]]:
    return [(link.kind, link.seq) for link, _ in (await recorded(store)).links]


async def answer(store: Store, response: str = "yes", response_id: str | None = None) -> AnswerOutcome:
    return (await store.answer("r", received(response, response_id), event("input_received"), at=AT)).outcome


async def test_each_step_that_counts_has_its_link_in_order(store: Store) -> None:
    await asked(store)
    assert await answer(store) is AnswerOutcome.ACCEPTED
    claim = await claimed(store)
    await store.commit(commit(claim, event(), event("final_result"), ending=Ending.COMPLETE))
    assert await kinds(store) == [("start", 0), ("shown", 2), ("decided", 3), ("written", 5)]
    record = await recorded(store)
    assert record.complete
    start, shown, decided, written = [content for _, content in record.links]
    assert isinstance(start, dict)
    assert (start["question"], start["options"], start["by"]) == ("why?", {"writer": "extractive"}, "Ada")
    log = {event.seq: json.loads(event.body) for event in await store.events("r", after=0, limit=10)}
    assert [shown, decided, written] == [log[2], log[3], log[5]]


async def test_an_answer_that_was_refused_or_sent_twice_makes_no_link(store: Store) -> None:
    await asked(store)
    assert await answer(store, response_id="x") is AnswerOutcome.ACCEPTED
    assert await answer(store, response_id="x") is AnswerOutcome.REPEATED
    assert await answer(store, "no") is AnswerOutcome.ALREADY_ANSWERED
    assert await kinds(store) == [("start", 0), ("shown", 2), ("decided", 3)]


async def test_a_request_that_was_sent_twice_begins_one_record(store: Store) -> None:
    await store.create(new_run(request_id="x"))
    await store.create(new_run("other", request_id="x"))
    assert await kinds(store) == [("start", 0)]
    assert await store.record("other") is None


async def test_a_worker_that_lost_its_run_makes_no_link(store: Store) -> None:
    await store.create(new_run())
    lost = await claimed(store)
    await claimed(store)
    with pytest.raises(Superseded):
        await store.commit(commit(lost, question(), ending=Ending.PAUSE))
    assert await kinds(store) == [("start", 0)]


async def test_a_question_that_is_asked_again_after_a_takeover_makes_no_link(store: Store) -> None:
    await store.create(new_run())
    await store.commit(commit(await claimed(store), question()))
    claim = await claimed(store)
    committed = await store.commit(commit(claim, question(), checkpoint="{}", covers=1, ending=Ending.PAUSE))
    assert (committed.paused, committed.events) == (True, [])
    assert await kinds(store) == [("start", 0), ("shown", 1)]


async def test_the_ends_of_a_run_and_a_due_date_that_passed_are_recorded(store: Store) -> None:
    await asked(store)
    due = Due("r", 2, AT + timedelta(days=1))
    await store.mark_due(due, event("reminder"), expired=False, at=AT)
    await store.mark_due(due, event("input_expired"), expired=True, at=AT)
    await store.mark_due(due, event("input_expired"), expired=True, at=AT)
    await store.cancel("r", event("cancelled"), at=AT)
    assert await store.cancel("r", event("cancelled"), at=AT) is None
    assert await kinds(store) == [("start", 0), ("shown", 2), ("expired", 4), ("cancelled", 5)]


async def test_a_failure_is_recorded(store: Store) -> None:
    await store.create(new_run())
    await store.commit(commit(await claimed(store), event("error"), ending=Ending.FAIL))
    assert await kinds(store) == [("start", 0), ("failed", 1)]


async def test_an_answer_on_its_way_says_how_far_the_record_had_come(store: Store) -> None:
    await asked(store)
    await answer(store)
    (delivery,) = await store.undelivered("r")
    link = (await recorded(store)).links[2][0]
    assert delivery.record is not None
    assert (delivery.record.links, delivery.record.head) == (3, link.hash)


async def test_numbers_that_no_canonical_json_has_do_not_keep_a_result_from_being_stored(store: Store) -> None:
    await store.create(new_run())
    odd = NewEvent('{"type":"final_result","data":{"result":[123456789012345678901234567890,1e400,NaN]}}')
    await store.commit(commit(await claimed(store), odd, ending=Ending.COMPLETE))
    assert await kinds(store) == [("start", 0), ("written", 1)]


async def test_a_result_of_great_depth_is_recorded(store: Store) -> None:
    await store.create(new_run())
    deep = NewEvent('{"type":"final_result","data":' + "[" * 250 + "]" * 250 + "}")
    await store.commit(commit(await claimed(store), deep, ending=Ending.COMPLETE))
    assert await kinds(store) == [("start", 0), ("written", 1)]


async def test_an_erased_run_leaves_nothing_of_its_record_unless_its_head_is_kept(store: Store) -> None:
    await asked(store)
    assert await store.delete("r")
    assert (await store.record("r"), await store.erased("r")) == (None, None)
    await asked(store)
    head = (await recorded(store)).links[-1][0]
    assert await store.delete("r", keep_head=True)
    assert await store.record("r") is None
    kept = await store.erased("r")
    assert kept is not None
    assert (kept.record.links, kept.record.head) == (head.position, head.hash)
    assert not await store.delete("r", keep_head=True)


async def test_pruned_runs_leave_their_heads_if_they_are_to(store: Store) -> None:
    heads: dict[str, Link] = {}
    for id in ("a", "b"):
        await store.create(replace(new_run(), id=id))
        await store.cancel(id, event("cancelled"), at=AT)
        heads[id] = (await recorded(store, id)).links[-1][0]
    assert await store.prune(AT + timedelta(days=1), 10, keep_heads=True) == ["a", "b"]
    for id in heads:
        kept = await store.erased(id)
        assert kept is not None
        assert kept.record.head == heads[id].hash


async def forget(store: Store, path: Path) -> None:
    """As an earlier version left it: the runs, and no records."""
    await store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM record_links")
        connection.commit()


async def test_the_record_of_a_run_of_an_earlier_version_begins_with_what_there_was(tmp_path: Path) -> None:
    path = tmp_path / "sayso.db"
    store = SqliteStore(path)
    await store.open()
    await asked(store)
    await forget(store, path)
    store = SqliteStore(path)
    await store.open()
    assert not (await recorded(store)).complete
    assert await answer(store) is AnswerOutcome.ACCEPTED
    assert await kinds(store) == [("earlier", 2), ("decided", 3)]
    record = await recorded(store)
    assert record.complete
    earlier = record.links[0][1]
    assert isinstance(earlier, dict)
    assert isinstance(earlier["entries"], list)
    assert [each["type"] for each in earlier["entries"] if isinstance(each, dict)] == ["input_required"]
    await store.catch_up("r", AT.isoformat())
    assert len((await recorded(store)).links) == 2, "there is nothing to catch up with"
    await store.close()


async def test_what_a_process_of_an_earlier_version_wrote_meanwhile_is_caught_up_with(tmp_path: Path) -> None:
    """As in a rolling upgrade: the old process takes the answer, the new one has the rest."""
    path = tmp_path / "sayso.db"
    store = SqliteStore(path)
    await store.open()
    await asked(store)
    await answer(store)
    await store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM record_links WHERE position = 3")
        connection.commit()
    store = SqliteStore(path)
    await store.open()
    await store.commit(commit(await claimed(store), event("final_result"), ending=Ending.COMPLETE))
    assert not (await recorded(store)).complete
    await store.catch_up("r", AT.isoformat())
    assert await kinds(store) == [("start", 0), ("shown", 2), ("written", 4), ("earlier", 4)]
    assert (await recorded(store)).complete
    run = await store.run("r")
    assert run is not None
    assert run.status is Status.COMPLETED
    await store.close()
