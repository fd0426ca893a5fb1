"""A crash in process."""

import asyncio
from typing import Any

from sayso.engine.service import Service


async def cut_off(service: Service) -> None:
    """Segments get no chance to say anything more, and the database stays as it is."""
    store: Any = service._store
    if store.cluster is not None:
        # Nothing reaches the database any more, not even a farewell of the worker.
        for pool in (*store._pools.values(), store._jobs._app.connector.pool):
            await pool.close(timeout=0.5)
    service._dispatcher._closing = True
    tasks = list(service._dispatcher._tasks.values())
    for task in (*service._housekeeping.tasks, service._member._working):
        if task:
            tasks.append(task)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await service._store.close()
