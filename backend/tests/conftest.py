from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sayso.storage.sqlite.store import SqliteStore
from sayso.storage.store import Store
from support.postgres import Postgres

DATABASES = ("sqlite", "postgres")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL, started for the first test that asks."""
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture(params=DATABASES)
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """Makes stores on one database, of each kind that there is: a second one is what another process, or a restart,
    opens."""
    if request.param == "sqlite":
        return lambda: SqliteStore(tmp_path / "sayso.db")
    from sayso.storage.postgres.store import PostgresStore

    postgres: Postgres = request.getfixturevalue("postgres")
    url = postgres.database()
    return lambda: PostgresStore(url, takeover=1.2)
