"""100,000 waiting runs in PostgreSQL, beside one: a start, an answer, the inbox."""

import asyncio
import json
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from time import perf_counter

import aiohttp
from websockets.asyncio.client import connect

from benchmarks.contestants import SocketContestant, until
from benchmarks.crowd import run_id
from benchmarks.processes import Server
from benchmarks.replicas.crowd import multiply
from benchmarks.replicas.database import Database
from benchmarks.replicas.servers import replica
from benchmarks.results import Row, at_most

MANY = 100_000
ROUNDS = 5
RUNS = 20
SAYSO = "Sayso"
NOISE = 1.25
"""As fast as: up to a quarter more is within this measurement's noise."""
INBOX = 20.0
"""Milliseconds."""


async def measure(folder: Path, database: Database) -> list[Row]:
    urls = {count: database.new(f"many_{count}") for count in (1, MANY)}
    for count, url in urls.items():
        with replica(folder / f"many-{count}", url) as server:
            await _one_waits(server)
        multiply(url, count)
    asked: dict[int, list[float]] = {count: [] for count in urls}
    answered: dict[int, list[float]] = {count: [] for count in urls}
    opened: list[float] = []
    inbox: dict[int, list[float]] = {count: [] for count in urls}
    with ExitStack() as stack:
        servers = {count: stack.enter_context(replica(folder / f"many-{count}", url)) for count, url in urls.items()}
        ready = {count: server.seconds_to_ready for count, server in servers.items()}
        for server in servers.values():
            for _ in range(RUNS):
                await SocketContestant(SAYSO, server, workflow="trivial").run("what")
        for number in range(ROUNDS):
            for count, server in servers.items():
                for index in range(RUNS):
                    loop = await SocketContestant(SAYSO, server, workflow="trivial").run("what")
                    asked[count].append(1e3 * loop.asked)
                    answered[count].append(1e3 * loop.answered)
                    if count == MANY:
                        opened.append(1e3 * await _answer(server, run_id(1 + number * RUNS + index)))
                inbox[count] += await _inbox(server)
    one, many = (f"{count:,} waiting run{'s' * (count > 1)}" for count in urls)
    return [
        Row(f"ready with {many}", "s", {SAYSO: ready[MANY], one: ready[1]}),
        _row(f"start to question, {many}, p50", asked, one),
        _row(f"reply to result, {many}, p50", answered, one),
        Row(f"connect to a run that waits, answer it, to the result, {many}, p50", "ms", {SAYSO: median(opened)}),
        Row(
            f"inbox, {many}, p50",
            "ms",
            {SAYSO: median(inbox[MANY]), one: median(inbox[1])},
            [at_most("ms", median(inbox[MANY]), INBOX, unit="")],
        ),
    ]


def _row(measure: str, times: dict[int, list[float]], one: str) -> Row:
    few, many = median(times[1]), median(times[MANY])
    return Row(measure, "ms", {SAYSO: many, one: few}, [at_most(f"of {one}", many / few, NOISE)])


async def _one_waits(server: Server) -> None:
    async with connect(server.socket) as socket:
        await socket.send(json.dumps({"question": "what", "workflow": "trivial"}))
        await until(socket, "input_required")
    async with aiohttp.ClientSession() as http:
        for _ in range(1_000):
            async with http.get(f"{server.url}/api/runs?status=waiting") as response:
                if (await response.json())["runs"]:
                    return
            await asyncio.sleep(0.01)
    raise RuntimeError("the run does not wait")


async def _answer(server: Server, run: str) -> float:
    began = perf_counter()
    async with connect(server.socket) as socket:
        await socket.send(json.dumps({"run_id": run}))
        await until(socket, "input_required")
        await socket.send('{"response": "yes"}')
        await until(socket, "final_result")
    return perf_counter() - began


async def _inbox(server: Server) -> list[float]:
    times = []
    async with aiohttp.ClientSession() as http:
        for _ in range(RUNS):
            began = perf_counter()
            async with http.get(f"{server.url}/api/runs?status=waiting") as response:
                assert (await response.json())["runs"]
            times.append(1e3 * (perf_counter() - began))
    return times
