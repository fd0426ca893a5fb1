"""Counts how often the log is read while a run is watched; in process, where a store can be counted."""

import asyncio
from pathlib import Path

from benchmarks.workflow import Paced
from sayso.engine.hosting import HostedWorkflow
from sayso.engine.service import Service
from sayso.protocol.commands import Answer, Start
from sayso.storage.records import StoredEvent
from sayso.storage.sqlite.store import SqliteStore
from sayso.storage.transactions.reading import PAGE_SIZE


class _CountingStore(SqliteStore):
    reads = 0

    async def events(self, run_id: str, *, after: int, limit: int, size: int = PAGE_SIZE) -> list[StoredEvent]:
        self.reads += 1
        return await super().events(run_id, after=after, limit=limit, size=size)


async def log_reads(file: Path, watchers: int, events: int) -> int:
    """Reads of the log from the answer until all watchers have the result."""
    store = _CountingStore(file)
    service = Service(store, [HostedWorkflow("paced", Paced(timeout=None))])
    await service.open()
    try:
        state = await service.start(Start(question=f"paced:{events}", workflow="paced"))
        began = asyncio.Semaphore(0)

        async def watch() -> None:
            async for batch in service.watch(state.id, after=0):
                if batch[0].seq == 1:
                    began.release()
                if batch[-1].last:
                    return

        tasks = [asyncio.create_task(watch()) for _ in range(watchers)]
        for _ in tasks:
            await began.acquire()
        store.reads = 0
        await service.answer(state.id, Answer(response="yes", review=1))
        await asyncio.gather(*tasks)
        return store.reads
    finally:
        await service.close()
