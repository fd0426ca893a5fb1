"""Open lists of runs: what a hundred of them take from those who work."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

import aiohttp

from benchmarks.contestants import SAYSO, SocketContestant
from benchmarks.processes import Server, sayso
from benchmarks.results import Row, at_least

INBOXES = 100
CLIENTS = 50
LOOPS = 6
ROUNDS = 3


async def measure(folder: Path) -> list[Row]:
    with sayso(folder / "inboxes") as server:
        await _rate(server, 1)
        without, beside = [], []
        for _ in range(ROUNDS):
            without.append(await _rate(server, LOOPS))
            async with _inboxes(server, INBOXES):
                beside.append(await _rate(server, LOOPS))
    return [
        Row(
            f"runs, {CLIENTS} clients, beside {INBOXES} open lists of runs",
            "1/s",
            {SAYSO: median(beside), "without them": median(without)},
            [at_least("of without them", median(beside) / median(without), 0.6)],
            {"without": without, "beside": beside},
        )
    ]


async def _rate(server: Server, loops: int) -> float:
    contestant = SocketContestant(SAYSO, server, workflow="trivial")

    async def client() -> None:
        for _ in range(loops):
            await contestant.run("what")

    began = perf_counter()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return CLIENTS * loops / (perf_counter() - began)


@asynccontextmanager
async def _inboxes(server: Server, count: int) -> AsyncIterator[None]:
    """So many streams of changes, each read to its end."""
    connector = aiohttp.TCPConnector(limit=0)
    patience = aiohttp.ClientTimeout(total=None)
    async with aiohttp.ClientSession(connector=connector, timeout=patience, read_bufsize=2**20) as http:
        opened = asyncio.Semaphore(0)

        async def read() -> None:
            async with http.get(f"{server.url}/api/runs/stream") as stream:
                async for line in stream.content:
                    if line.startswith(b"data:"):
                        assert json.loads(line[5:]).keys() == {"runs", "gone"}
                        opened.release()
                        break
                # The rest is only taken: who reads it is a browser, elsewhere.
                async for _ in stream.content.iter_any():
                    pass

        reading = [asyncio.create_task(read()) for _ in range(count)]
        for _ in reading:
            await opened.acquire()
        try:
            yield
        finally:
            for task in reading:
                task.cancel()
            await asyncio.gather(*reading, return_exceptions=True)
