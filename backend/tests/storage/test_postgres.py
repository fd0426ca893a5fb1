"""What only PostgreSQL does: sessions that it ends, and news from process to process."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import psycopg
import pytest

from sayso.storage.errors import StorageError
from sayso.storage.postgres import store as module
from sayso.storage.postgres.news import News
from sayso.storage.postgres.store import PostgresStore
from sayso.storage.records import NewRun
from sayso.storage.store import Durability
from sayso.storage.transactions.transaction import Ask, HandOver, Transaction
from support.postgres import Postgres


@pytest.fixture
async def store(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[PostgresStore]:
    monkeypatch.setattr(module, "LIMITS", "-c idle_in_transaction_session_timeout=100ms")
    store = PostgresStore(postgres.database())
    await store.open()
    yield store
    await store.close()


async def test_a_process_frozen_in_the_middle_of_a_transaction_tries_again(store: PostgresStore) -> None:
    tries = 0

    def frozen_once() -> Transaction[str]:
        nonlocal tries
        tries += 1
        yield Ask("put_meta", {"key": "written", "value": str(tries)})
        if tries == 1:
            time.sleep(0.6)
        row = (yield Ask("get_meta", {"key": "written"})).row
        assert row is not None
        return str(row["value"])

    assert await store._write(frozen_once, Durability.PROMISED) == "2"


async def test_a_connection_that_fails_while_a_run_is_handed_over_is_replaced(store: PostgresStore) -> None:
    tries = 0

    def frozen_once() -> Transaction[int]:
        nonlocal tries
        tries += 1
        yield Ask("put_meta", {"key": "written", "value": str(tries)})
        if tries == 1:
            time.sleep(0.6)
        yield HandOver("of no run")
        return tries

    assert await store._write(frozen_once, Durability.PROMISED) == 2


async def test_a_database_that_ended_all_connections_is_asked_over_a_new_one(
    postgres: Postgres, store: PostgresStore
) -> None:
    """More of them are idle than there are tries."""
    pool = store._pools[False]
    async with contextlib.AsyncExitStack() as busy:
        for _ in range(module.CONNECTIONS):
            held = await busy.enter_async_context(pool.connection())
    assert pool.get_stats()["pool_available"] == module.CONNECTIONS > module.TRIES
    ended = await psycopg.AsyncConnection.connect(held.info.dsn, password=held.info.password, autocommit=True)
    async with ended:
        await ended.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert await store.undelivered("nothing like it") == []


async def test_a_process_that_freezes_again_and_again_is_told_in_words_of_ours(store: PostgresStore) -> None:
    def frozen() -> Transaction[None]:
        yield Ask("put_meta", {"key": "written", "value": "never"})
        time.sleep(0.4)
        yield Ask("get_meta", {"key": "written"})

    with pytest.raises(StorageError):
        await store._write(frozen, Durability.PROMISED)


async def test_a_statement_that_is_wrong_is_not_taken_for_a_database_that_is_away(store: PostgresStore) -> None:
    def wrong() -> Transaction[None]:
        yield Ask("put_meta", {"key": None, "value": "x"})

    with pytest.raises(psycopg.errors.NotNullViolation):
        await store._write(wrong, Durability.PROMISED)


async def test_news_reach_the_others_and_survive_a_lost_connection(postgres: Postgres) -> None:
    url = postgres.database()
    telling, hearing = News(url), News(url)
    heard: asyncio.Queue[str] = asyncio.Queue()
    own: list[str] = []
    ready = asyncio.Event()

    def hear(run_ids: list[str]) -> None:
        for run_id in run_ids:
            heard.put_nowait(run_id)

    telling.start(own.extend, lambda: None)
    hearing.start(hear, ready.set)
    async with asyncio.timeout(20):
        await ready.wait()
        many = {f"{number:032x}" for number in range(1_000)}
        for run_id in many:
            telling.announce(run_id)
        assert {await heard.get() for _ in many} == many
        ready.clear()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        await ready.wait()
        telling.announce("later")
        assert await heard.get() == "later"
    assert own == [], "nobody hears of their own changes"
    await telling.close()
    await hearing.close()


async def test_a_job_is_as_urgent_as_its_asker_has_few(store: PostgresStore) -> None:
    for number, asker in enumerate(["person:a"] * 3 + ["person:b", None]):
        await store.create(NewRun(f"r{number}", "q", "w", "f", {}, "Ada", None, datetime.now(UTC), asker))
    with psycopg.connect(store._url) as connection:
        rows = connection.execute("SELECT priority FROM procrastinate_jobs ORDER BY id").fetchall()
    assert [row[0] for row in rows] == [-1, -2, -3, -1, 0]


async def test_no_cancellation_is_lost_while_connections_are_waited_for(store: PostgresStore) -> None:
    cancelled = 0
    for turns in range(80):
        # More than there are connections, so that some are handed one just when they are cancelled.
        reading = [asyncio.create_task(store.ping()) for _ in range(20)]
        for _ in range(turns):
            await asyncio.sleep(0)
        asked_to_end = [task for task in reading if not task.done()]
        for task in asked_to_end:
            task.cancel()
        await asyncio.gather(*reading, return_exceptions=True)
        assert all(task.cancelled() for task in asked_to_end)
        cancelled += len(asked_to_end)
    assert cancelled
    await asyncio.gather(*(store.ping() for _ in range(20)))
