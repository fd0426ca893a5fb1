"""A crash in process."""

import asyncio

from sayso.engine.service import Service


async def cut_off(service: Service) -> None:
    """Segments get no chance to say anything more, and the database stays as it is."""
    tasks = list(service._dispatcher._tasks.values())
    if service._watching_deadlines:
        tasks.append(service._watching_deadlines)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await service._store.close()
