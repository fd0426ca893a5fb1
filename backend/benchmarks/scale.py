"""100,000 waiting runs in the database, beside one with a few: ready, first answer, inbox."""

import json
import shutil
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import aiohttp
from websockets.asyncio.client import connect

from benchmarks.contestants import SAYSO, until
from benchmarks.crowd import multiply, run_id
from benchmarks.processes import Server, sayso
from benchmarks.results import Row, at_most

FEW = 50
MANY = 100_000
ROUNDS = 4
PAGES = 20
READY = 2.0
"""Seconds."""
NAMES = {"answer": "first answer to the result", "inbox": "inbox, p50", "first inbox": "first inbox"}
NOISE = 1.25
"""As fast as: up to a quarter more is within this measurement's noise."""


async def measure(folder: Path) -> list[Row]:
    one = folder / "scale-one"
    with sayso(one) as server:
        async with aiohttp.ClientSession() as http:
            await (await http.post(f"{server.url}/api/runs", json={"question": "what", "workflow": "trivial"})).read()
            await _until_waiting(http, server)
    samples: dict[int, list[dict[str, float]]] = {}
    for count in (FEW, MANY):
        shutil.copytree(one, folder / f"scale-{count}")
        multiply(folder / f"scale-{count}" / "data" / "sayso.db", count)
        samples[count] = []
    for number in range(1, ROUNDS + 1):
        for count in (FEW, MANY):
            samples[count].append(await _visit(folder / f"scale-{count}", run_id(number)))
    few, many = ({key: median(each[key] for each in samples[count]) for key in samples[count][0]} for count in samples)
    rows = [
        Row(
            f"ready with {MANY:,} waiting runs",
            "s",
            {SAYSO: many["ready"], f"{FEW} runs": few["ready"]},
            [at_most("s", many["ready"], READY, unit="")],
        )
    ]
    for key, name in (
        ("answer", "first answer to the result"),
        ("inbox", "inbox, p50"),
        ("first inbox", "first inbox"),
    ):
        rows.append(
            Row(
                f"{name}, {MANY:,} waiting runs",
                "ms",
                {SAYSO: many[key], f"{FEW} runs": few[key]},
                [at_most(f"of {FEW} runs", many[key] / few[key], NOISE)],
                {"samples": {str(count): [each[key] for each in samples[count]] for count in samples}},
            )
        )
    return rows


async def _until_waiting(http: aiohttp.ClientSession, server: Server) -> None:
    for _ in range(1_000):
        if await _inbox(http, server):
            return
    raise RuntimeError("the run does not wait")


async def _inbox(http: aiohttp.ClientSession, server: Server) -> list[dict[str, Any]]:
    async with http.get(f"{server.url}/api/runs?status=waiting") as response:
        page: dict[str, Any] = await response.json()
    runs: list[dict[str, Any]] = page["runs"]
    return runs


async def _visit(folder: Path, run: str) -> dict[str, float]:
    """Start the server, decide on one run, look at the inbox."""
    with sayso(folder) as server:
        began = perf_counter()
        async with connect(server.socket) as socket:
            await socket.send(json.dumps({"run_id": run}))
            await until(socket, "input_required")
            await socket.send('{"response": "yes"}')
            await until(socket, "final_result")
        answer = perf_counter() - began
        pages = []
        async with aiohttp.ClientSession() as http:
            for _ in range(PAGES):
                began = perf_counter()
                assert await _inbox(http, server)
                pages.append(perf_counter() - began)
        return {
            "ready": server.seconds_to_ready,
            "answer": 1e3 * answer,
            "first inbox": 1e3 * pages[0],
            "inbox": 1e3 * median(pages),
        }
