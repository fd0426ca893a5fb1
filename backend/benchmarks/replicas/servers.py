"""Processes of Sayso that share a database, and the peer that does too."""

import sys
from pathlib import Path

import psycopg

from benchmarks.processes import BENCH_PYTHON, WORKFLOWS, Server

LASTING = "lasting=benchmarks.replicas.workflow:Lasting"


def replica(folder: Path, url: str) -> Server:
    """The real command, with its defaults, on a PostgreSQL database."""
    (folder / "library").mkdir(parents=True, exist_ok=True)
    return Server(
        [sys.executable, "-m", "sayso", "serve", "--port", "0"],
        folder,
        SAYSO_DATA_DIR=str(folder / "data"),
        SAYSO_LIBRARY=str(folder / "library"),
        SAYSO_WORKFLOWS=f"{WORKFLOWS},{LASTING}",
        SAYSO_DATABASE_URL=url,
    )


def dbos(folder: Path, url: str, name: str) -> Server:
    """WorkflowServer on the DBOS runtime, in the environment of the peers."""
    return Server([str(BENCH_PYTHON), "-m", "benchmarks.peers.dbos_server", url, name], folder)


def prepare_for_dbos(url: str) -> None:
    """Enter the extension uuid-ossp, which DBOS creates and does not use, and which the wheel's server has not."""
    with psycopg.connect(url) as connection:
        connection.execute(
            "INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion) "
            "SELECT 9999, 'uuid-ossp', pg_roles.oid, pg_namespace.oid, true, '1.1' FROM pg_roles, pg_namespace "
            "WHERE rolname = current_user AND nspname = 'public'"
        )
