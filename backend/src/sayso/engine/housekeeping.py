"""What a process does all the time, whatever runs there are: it looks at what is due, and seals the audit."""

import asyncio
import contextlib

from sayso.engine.deadlines import Deadlines
from sayso.engine.sealing import Sealer
from sayso.storage.errors import StorageError


class Housekeeping:
    """Goes on until it is closed."""

    def __init__(self, deadlines: Deadlines, sealer: Sealer) -> None:
        self._deadlines = deadlines
        self._sealer = sealer
        self.tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        for work in (self._deadlines, self._sealer):
            self.tasks.append(asyncio.create_task(work.run(), name=type(work).__name__))

    async def close(self) -> None:
        """Look at nothing more."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def finish(self) -> None:
        """Seal what is left, if the database can be written; once, however often the service is closed."""
        if self.tasks:
            self.tasks = []
            with contextlib.suppress(StorageError):
                await self._sealer.seal()
