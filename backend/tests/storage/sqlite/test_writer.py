import asyncio
import sqlite3

import pytest

from sayso.storage.errors import StorageError
from sayso.storage.sqlite.writer import SqliteWriter


@pytest.fixture
def connection(tmp_path: object) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{tmp_path}/x.db", isolation_level=None, check_same_thread=False)
    connection.execute("CREATE TABLE t (n INTEGER PRIMARY KEY)")
    return connection


async def test_a_failing_item_undoes_itself_only(connection: sqlite3.Connection) -> None:
    writer = SqliteWriter(connection)

    def insert(*numbers: int) -> "asyncio.Future[int]":
        def work(c: sqlite3.Connection) -> int:
            for n in numbers:
                c.execute("INSERT INTO t VALUES (?)", (n,))
            return numbers[0]

        return asyncio.ensure_future(writer.do(work, durable=False))

    results = await asyncio.gather(insert(1), insert(2, 1), insert(3), return_exceptions=True)
    assert results[0] == 1
    assert isinstance(results[1], sqlite3.IntegrityError)
    assert results[2] == 3
    rows = await writer.do(lambda c: c.execute("SELECT n FROM t ORDER BY n").fetchall(), durable=False)
    assert rows == [(1,), (3,)]
    await writer.close()


async def test_what_was_handed_in_before_the_close_is_stored(tmp_path: object, connection: sqlite3.Connection) -> None:
    writer = SqliteWriter(connection)

    def insert(n: int) -> "asyncio.Future[int]":
        return asyncio.ensure_future(
            writer.do(lambda c: c.execute("INSERT INTO t VALUES (?)", (n,)).rowcount, durable=n % 7 == 0)
        )

    work = [insert(n) for n in range(1_200)]
    await asyncio.sleep(0)
    await writer.close()
    assert await asyncio.gather(*work) == [1] * 1_200
    with pytest.raises(StorageError):
        await writer.do(lambda c: None, durable=False)
    check = sqlite3.connect(f"{tmp_path}/x.db")
    assert check.execute("SELECT count(*) FROM t").fetchone() == (1_200,)
    check.close()


async def test_a_failed_commit_fails_its_items_and_not_the_writer(connection: sqlite3.Connection) -> None:
    writer = SqliteWriter(connection)

    def end_the_transaction(c: sqlite3.Connection) -> None:
        c.execute("COMMIT")

    with pytest.raises(StorageError, match="could not be written"):
        await writer.do(end_the_transaction, durable=False)
    assert await writer.do(lambda c: c.execute("INSERT INTO t VALUES (9)").rowcount, durable=True) == 1
    await writer.close()
