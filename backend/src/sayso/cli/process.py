"""What the processes that work on runs have in common: a data folder of their own, and a log."""

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.errors import SettingsError


@contextmanager
def data_folder(folder: Path) -> Iterator[None]:
    """Hold the data folder for this process.

    Raises:
        SettingsError: another server has it, or it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "serve.lock").open("a")
    except OSError as error:
        raise SettingsError(f"SAYSO_DATA_DIR: {folder} cannot be written ({error.strerror}).") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SettingsError(
                f"SAYSO_DATA_DIR: another server works on {folder} already. Stop it, or name another folder."
            ) from error
        yield


def log_to_stderr() -> None:
    """What the program says of itself; of its libraries only what is wrong."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    for chatty in ("alembic", "httpx", "openai", "procrastinate", "psycopg.pool", "uvicorn.error"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
