"""Seals the rows of the audit, a moment after they were stored."""

import asyncio
import logging

from sayso.engine.clock import now
from sayso.storage.errors import StorageError
from sayso.storage.store import Store

log = logging.getLogger("sayso.engine")

LOOK = 1.0
"""Seconds between two looks for rows that are not sealed."""
BATCH = 1_000
"""Rows that one link seals at most."""


class Sealer:
    """Looks for rows to seal, all the time; every process does, and one of them at a time seals."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            try:
                await self.seal()
            except StorageError:
                log.info("the audit cannot be sealed; trying again")

    async def seal(self) -> None:
        """All that there is.

        Raises:
            StorageError: the database cannot be written.
        """
        while await self._store.unsealed() and await self._store.seal(now(), BATCH) == BATCH:
            pass
