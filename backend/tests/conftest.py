from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from sayso.storage.sqlite.store import SqliteStore
from sayso.storage.store import Store
from support.postgres import Postgres

# How long an example takes is the machine's matter, not the test's.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

DATABASES = ("sqlite", "postgres")
TESTS = Path(__file__).parent
SLOW = (
    # Real servers.
    "chaos",
    "live",
    # Many examples, many crashes, or many seconds of waiting by their nature.
    "test_compose.py",
    "api/test_any_input.py",
    "cli/test_private_files.py",
    "engine/test_every_commit.py",
    "engine/test_interruptions.py",
    "engine/test_service.py::test_a_live_segment_survives_garbage_collection",
    "engine/test_stopping.py::test_a_step_that_refuses_is_left_behind",
    "exports/test_docx.py",
    "exports/test_formats.py",
    "report/test_promises.py",
    "research/library/test_reader_process.py",
    "research/test_readers.py::TestRst::test_nothing_deep_or_repeated_takes_long",
    "storage/test_run_state_machine.py",
    "writers/llm/test_failures.py",
    "writers/llm/test_hostile_model.py",
    "writers/llm/test_drafting.py::test_an_answer_that_takes_for_ever_is_cut",
    "writers/llm/test_drafting.py::test_an_endless_answer_is_cut",
    "writers/llm/test_rounds.py",
    "writers/llm/test_sections.py",
)
"""What `make check` leaves to `make test`, beside all that asks for a PostgreSQL: folders, files and single tests."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what is slow; `-m "not slow"` are the quick tests."""
    for item in items:
        place = item.path.relative_to(TESTS)
        test = f"{place}::{item.nodeid.partition('::')[2].partition('[')[0]}"
        if any(place.is_relative_to(each) or test == each for each in SLOW) or _asks_for_postgres(item):
            item.add_marker(pytest.mark.slow)


def _asks_for_postgres(item: pytest.Item) -> bool:
    if not isinstance(item, pytest.Function):
        return False
    parameters = item.callspec.params.values() if hasattr(item, "callspec") else ()
    return "postgres" in item.fixturenames or "postgres" in parameters


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
