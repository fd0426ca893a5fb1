from collections.abc import Iterator
from pathlib import Path

import pytest

from support.server import Server

PAGES = {
    "vacuum.md": """# VACUUM

VACUUM reclaims storage occupied by dead tuples. Plain VACUUM can run in parallel with normal reading and writing
of the table, because it takes no exclusive lock.

## VACUUM FULL

VACUUM FULL rewrites the entire contents of the table into a new disk file. It requires an ACCESS EXCLUSIVE lock on
each table while it is being processed, so nothing else can use the table. This form is much slower than plain VACUUM.
""",
    "cluster.md": """# CLUSTER

CLUSTER reorders a table by an index. When a table is being clustered, an ACCESS EXCLUSIVE lock is acquired on it,
which prevents any other operation on the table. The table must be locked until CLUSTER has finished its work.
""",
    "repack.md": """# Online alternatives

The pg_repack extension removes bloat online while applications go on reading and writing. It needs free disk space
for a second copy of the data. Dropping an old partition gives space back to the operating system at once.
""",
    "autovacuum.md": """# Autovacuum

The autovacuum daemon runs VACUUM and ANALYZE on tables with many changed rows. Its threshold is the vacuum base
threshold plus the scale factor times the number of tuples. Autovacuum never runs VACUUM FULL on a table.
""",
}


def write_library(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the tests of a module that do not stop it."""
    folder = tmp_path_factory.mktemp("server")
    write_library(folder / "library")
    with Server(folder) as server:
        yield server


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server to be killed."""
    write_library(tmp_path / "library")
    with Server(tmp_path) as server:
        yield server
