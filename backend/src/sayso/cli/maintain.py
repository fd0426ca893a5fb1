"""`sayso migrate` and `sayso prune`: what an operator does now and then."""

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta

from rich.console import Console

from sayso.cli.private_files import keep_private
from sayso.cli.process import data_folder, log_to_stderr
from sayso.errors import SettingsError
from sayso.settings import Settings
from sayso.storage.choice import store_for
from sayso.storage.errors import StorageError

say = Console(highlight=False, soft_wrap=True, markup=False)

PRUNED_AT_ONCE = 100
"""Runs that are erased in one transaction."""


def migrate(settings: Settings) -> None:
    """Bring the database up to date, as a start does too.

    Raises:
        SettingsError: it cannot be used.
    """
    log_to_stderr()
    keep_private(settings)
    with _own(settings):
        asyncio.run(_open_and_close(settings))
    say.print("The database is up to date.")


def prune(settings: Settings, older_than: timedelta) -> None:
    """Erase runs that have been over for that long, with all that belongs to them.

    Raises:
        SettingsError: the database cannot be used.
    """
    log_to_stderr()
    keep_private(settings)
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
        while ids := await store.prune(before, PRUNED_AT_ONCE, keep_heads=settings.keep_records):
            erased += len(ids)
        await store.close()
    except StorageError as error:
        raise SettingsError(str(error)) from error
    return erased


def _own(settings: Settings) -> contextlib.AbstractContextManager[None]:
    """An SQLite file is one process's own; a server that works on it has to be stopped first."""
    return contextlib.nullcontext() if settings.shared else data_folder(settings.data_dir)
