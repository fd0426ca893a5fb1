"""`sayso worker`: works on the runs of a shared database without serving."""

import asyncio
import logging
import signal

from rich.console import Console

from sayso.cli.private_files import keep_private
from sayso.cli.process import data_folder, log_to_stderr
from sayso.compose import compose
from sayso.errors import SettingsError
from sayso.research.library.source import LibraryError
from sayso.settings import Settings
from sayso.storage.errors import StorageError

log = logging.getLogger("sayso")
say = Console(highlight=False, soft_wrap=True, markup=False)


def work(settings: Settings) -> None:
    """Work on runs until told to stop (SIGTERM, Ctrl+C); then finish or hand back what is at work.

    Raises:
        SettingsError: the database is none that is shared, or cannot be used.
    """
    if not settings.shared:
        raise SettingsError("worker: set SAYSO_DATABASE_URL to a PostgreSQL database, which servers and workers share.")
    log_to_stderr()
    keep_private(settings)
    with data_folder(settings.data_dir):
        asyncio.run(_work(settings))


async def _work(settings: Settings) -> None:
    try:
        toolkit, service = compose(settings)
    except LibraryError as error:
        raise SettingsError(f"SAYSO_LIBRARY: {error}") from error
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        await service.open()
        toolkit.open()
        say.print(f"Sayso works on up to {settings.concurrency} runs at a time. Stop with Ctrl+C.")
        await stop.wait()
        log.info("stopping: no new runs, and those at work come to a stop")
        await service.close()
    except StorageError as error:
        raise SettingsError(str(error)) from error
    finally:
        await toolkit.close()
