"""A process is killed with 50 runs at work; another one goes on with them."""

import asyncio
import json
import os
import signal
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import aiohttp
from websockets.asyncio.client import connect

from benchmarks.contestants import post
from benchmarks.processes import Server
from benchmarks.replicas.database import Database
from benchmarks.replicas.servers import replica
from benchmarks.results import Row, at_most

RUNS = 50
STEPS = 60
"""A quarter of a minute of work: none is done before its process is killed."""
RESUMED = "Resumed after an interruption"
GOAL = 15.0
"""Seconds."""
PATIENCE = 180


async def measure(folder: Path, database: Database) -> list[Row]:
    url = database.new("takeover")
    with ExitStack() as stack:
        first = stack.enter_context(replica(folder / "takeover-first", url))
        async with aiohttp.ClientSession() as http:
            start = {"question": f"lasting:{STEPS}", "workflow": "lasting"}
            runs = [(await post(http, f"{first.url}/api/runs", start))["id"] for _ in range(RUNS)]
            # The other one comes later, so that all of them are at work in the first.
            other = stack.enter_context(replica(folder / "takeover-other", url))
            at_work = asyncio.Barrier(RUNS + 1)
            watches = [asyncio.create_task(_watch(other, run, at_work)) for run in runs]
            async with asyncio.timeout(PATIENCE):
                await at_work.wait()
                killed = perf_counter()
                os.kill(first.pid, signal.SIGKILL)
                found = await asyncio.gather(*watches)
    resumed = [at - killed for at, _ in found]
    wrong = sum(not _whole(frames) for _, frames in found)
    return [
        Row(
            f"kill -9 with {RUNS} runs at work: until the last one goes on",
            "s",
            {"Sayso": max(resumed), "median": median(resumed)},
            [at_most("s", max(resumed), GOAL, unit="")],
        ),
        Row(
            f"of these {RUNS}, lost, doubled or with a gap in the log",
            "",
            {"Sayso": float(wrong)},
            [at_most("runs", float(wrong), 0, unit="")],
        ),
    ]


async def _watch(server: Server, run: str, at_work: asyncio.Barrier) -> tuple[float, list[dict[str, Any]]]:
    """When the run went on after the kill, and all its frames."""
    frames: list[dict[str, Any]] = []
    resumed = 0.0
    async with connect(server.socket, max_queue=None) as socket:
        await socket.send(json.dumps({"run_id": run}))
        while not frames or frames[-1]["type"] not in ("final_result", "error", "cancelled"):
            frame = json.loads(await socket.recv())
            if frame.get("seq") is None:
                continue
            frames.append(frame)
            if len(frames) == 2:
                await at_work.wait()
            if not resumed and frame["payload"] == RESUMED:
                resumed = perf_counter()
    if not resumed:
        raise RuntimeError(f"run {run} was not resumed: {frames[-1]}")
    return resumed, frames


def _whole(frames: list[dict[str, Any]]) -> bool:
    """Nothing is missing, and nothing was done by two: the log is numbered without a gap, the run was taken up once,
    steps follow one another before and after that, and each was counted once in the end.

    What was done since the last checkpoint is done again, so the second part may begin a little before the first ends.
    """
    lines = [frame["payload"] for frame in frames if frame["type"] == "progress"]
    if lines.count(RESUMED) != 1:
        return False
    before, after = lines[: lines.index(RESUMED)], lines[lines.index(RESUMED) + 1 :]
    steps = [f"step {number}" for number in range(1, STEPS + 1)]
    return (
        [frame["seq"] for frame in frames] == list(range(1, len(frames) + 1))
        and (frames[-1]["type"], frames[-1]["payload"]) == ("final_result", f"{STEPS} steps")
        and before == steps[: len(before)]
        and after == steps[-len(after) :]
        and len(before) + len(after) >= STEPS
    )
