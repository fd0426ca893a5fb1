"""One person, two processes: the question is put to A, the answer is given to B, which also shows the run."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from time import perf_counter

import aiohttp
from websockets.asyncio.client import connect

from benchmarks.contestants import PATIENCE, Loop, lines_until, post, until
from benchmarks.processes import Server
from benchmarks.replicas.database import Database
from benchmarks.replicas.servers import dbos, prepare_for_dbos, replica
from benchmarks.results import Row, at_least, at_most, spread

OURS = "Sayso, two processes"
THEIRS = "WorkflowServer on DBOS, two processes"
WARM_UP = 10
ROUNDS = 6
RUNS = 25
SLOW_RUNS = 4
GOAL = 30.0
"""Milliseconds, from the question to the result."""
FASTER = 20

Run = Callable[[], Awaitable[Loop]]


async def measure(folder: Path, database: Database) -> list[Row]:
    ours, theirs = database.new("across"), database.new("across_dbos")
    prepare_for_dbos(theirs)
    with ExitStack() as stack:
        a, b = (stack.enter_context(replica(folder / f"across-{name}", ours)) for name in "ab")
        # One after the other: two that find an empty database at once trip over each other.
        peers = [stack.enter_context(dbos(folder / f"across-dbos-{name}", theirs, name)) for name in "ab"]
        contestants: dict[str, Run] = {
            OURS: lambda: _ours(a, b),
            THEIRS: lambda: _theirs(*peers),
        }
        samples: dict[str, list[Loop]] = {name: [] for name in contestants}
        for _ in range(WARM_UP):
            await _ours(a, b)
        await _theirs(*peers)
        for _ in range(ROUNDS):
            for name, run in contestants.items():
                for _ in range(RUNS if name == OURS else SLOW_RUNS):
                    samples[name].append(await run())
    return [
        _row("asked on A, question shown by B, p50", samples, lambda loop: loop.asked),
        _row("answered on B, result shown by B, p50", samples, lambda loop: loop.answered),
        _row("asked on A, answered and watched on B, to the result, p50", samples, _whole, goals=True),
    ]


def _row(measure: str, samples: dict[str, list[Loop]], part: Callable[[Loop], float], *, goals: bool = False) -> Row:
    times = {name: [1e3 * part(loop) for loop in loops] for name, loops in samples.items()}
    values = {name: median(found) for name, found in times.items()}
    bounds = [
        at_most("ms", values[OURS], GOAL, unit=""),
        at_least("faster than on DBOS", values[THEIRS] / values[OURS], FASTER),
    ]
    return Row(measure, "ms", values, bounds if goals else [], {name: spread(found) for name, found in times.items()})


def _whole(loop: Loop) -> float:
    return loop.asked + loop.answered


async def _ours(a: Server, b: Server) -> Loop:
    began = perf_counter()
    async with asyncio.timeout(PATIENCE):
        async with connect(a.socket) as asking:
            await asking.send(json.dumps({"question": "what", "workflow": "trivial"}))
            run_id = json.loads(await asking.recv())["run_id"]
            async with connect(b.socket) as socket:
                await socket.send(json.dumps({"run_id": run_id}))
                events = await until(socket, "input_required")
                asked = perf_counter()
                await socket.send('{"response": "yes"}')
                await until(socket, "final_result")
                answered = perf_counter()
    return Loop(asked - began, answered - asked, events)


async def _theirs(a: Server, b: Server) -> Loop:
    began = perf_counter()
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession(read_bufsize=2**20) as http:
        url = f"{a.url}/workflows/trivial/run-nowait"
        started = await post(http, url, {"start_event": {"question": "what"}})
        events = f"{b.url}/events/{started['handler_id']}"
        async with http.get(f"{events}?sse=false&after_sequence=-1") as stream:
            count = await lines_until(stream, "InputRequiredEvent")
            asked = perf_counter()
            await post(http, events, {"event": {"type": "HumanResponseEvent", "value": {"response": "yes"}}})
            await lines_until(stream, "StopEvent")
            answered = perf_counter()
    return Loop(asked - began, answered - asked, count)
