"""Processes that work on a shared database without serving: a worker, and what an operator does now and then."""

import asyncio
import contextlib
import logging
import signal
from datetime import UTC, datetime, timedelta

from rich.console import Console

from sayso.api.app import compose
from sayso.errors import SettingsError
from sayso.research.library import LibraryError
from sayso.serving import data_folder, log_to_stderr
from sayso.settings import Settings
from sayso.storage.choice import store_for
from sayso.storage.store import StorageError

log = logging.getLogger("sayso")
say = Console(highlight=False, soft_wrap=True, markup=False)

PRUNED_AT_ONCE = 100
"""Runs that are erased in one transaction."""


def work(settings: Settings) -> None:
    """Work on runs until told to stop (SIGTERM, Ctrl+C); then finish or hand back what is at work.

    Raises:
        SettingsError: the database is none that is shared, or cannot be used.
    """
    if not settings.shared:
        raise SettingsError("worker: set SAYSO_DATABASE_URL to a PostgreSQL database, which servers and workers share.")
    log_to_stderr()
    with data_folder(settings.data_dir):
        asyncio.run(_work(settings))


async def _work(settings: Settings) -> None:
    try:
        parts, service = compose(settings)
    except LibraryError as error:
        raise SettingsError(f"SAYSO_LIBRARY: {error}") from error
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    parts.open()
    try:
        await service.open()
        say.print(f"Sayso works on up to {settings.concurrency} runs at a time. Stop with Ctrl+C.")
        await stop.wait()
        log.info("stopping: no new runs, and those at work come to a stop")
        await service.close()
    except StorageError as error:
        raise SettingsError(str(error)) from error
    finally:
        await parts.close()


def migrate(settings: Settings) -> None:
    """Bring the database up to date, as a start does too.

    Raises:
        SettingsError: it cannot be used.
    """
    log_to_stderr()
    with _own(settings):
        asyncio.run(_open_and_close(settings))
    say.print("The database is up to date.")


def prune(settings: Settings, older_than: timedelta) -> None:
    """Erase runs that have been over for that long, with all that belongs to them.

    Raises:
        SettingsError: the database cannot be used.
    """
    log_to_stderr()
    with _own(settings):
        erased = asyncio.run(_prune(settings, datetime.now(UTC) - older_than))
    say.print(f"{erased:,} run{'s' * (erased != 1)} erased.")


async def _open_and_close(settings: Settings) -> None:
    store = store_for(settings)
    try:
        await store.open()
        await store.close()
    except StorageError as error:
        raise SettingsError(str(error)) from error


async def _prune(settings: Settings, before: datetime) -> int:
    store = store_for(settings)
    erased = 0
    try:
        await store.open()
        while ids := await store.prune(before, PRUNED_AT_ONCE):
            erased += len(ids)
        await store.close()
    except StorageError as error:
        raise SettingsError(str(error)) from error
    return erased


def _own(settings: Settings) -> contextlib.AbstractContextManager[None]:
    """An SQLite file is one process's own; a server that works on it has to be stopped first."""
    return contextlib.nullcontext() if settings.shared else data_folder(settings.data_dir)
