"""What a waiting run costs in memory when nobody watches it: it should be rows in the database, and nothing else."""

import asyncio
import gc
import json
from pathlib import Path

from websockets.asyncio.client import connect

from benchmarks.contestants import SAYSO, until
from benchmarks.processes import Server, sayso
from benchmarks.results import Row, at_most

AT_ONCE = 20
PLATEAU = 4_000
"""Runs before the first look: by then allocators, caches and the database's pages have grown."""
RUNS = 10_000
STEP = 1_000


async def measure(folder: Path) -> list[Row]:
    gc.collect()
    with sayso(folder / "memory-sayso") as server:
        await _start(server, PLATEAU)
        await asyncio.sleep(1)
        resident = [server.resident()]
        for _ in range(RUNS // STEP):
            await _start(server, STEP)
            await asyncio.sleep(0.2)
            resident.append(server.resident())
    grown = (resident[-1] - resident[0]) / RUNS / 1024
    return [
        Row(
            f"memory per waiting run, {RUNS:,} of them",
            "KiB",
            {SAYSO: grown},
            [at_most("KiB of growth", grown, 1.0, unit="")],
            {"resident_mib": [size / 2**20 for size in resident]},
        )
    ]


async def _start(server: Server, count: int) -> None:
    """Runs that get to their question and are left there."""
    left = count

    async def client() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            async with connect(server.socket) as socket:
                await socket.send(json.dumps({"question": "what", "workflow": "trivial"}))
                await until(socket, "input_required")

    await asyncio.gather(*(client() for _ in range(AT_ONCE)))
