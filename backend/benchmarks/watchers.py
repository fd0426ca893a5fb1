"""Many watchers of one run: each gets each event, and one that does not read slows nobody."""

import asyncio
import json
import socket
from pathlib import Path
from statistics import median
from time import perf_counter

from websockets.asyncio.client import ClientConnection, connect

from benchmarks.contestants import SAYSO, until
from benchmarks.log_reads import log_reads
from benchmarks.processes import Server, sayso
from benchmarks.results import Row, at_most

WIDE, WIDE_EVENTS = 1_000, 100
DEEP, DEEP_EVENTS = 5, 10_000
"""Watchers, and events: 7 MB for each, more than the buffers between server and client hold."""
IDLE, IDLE_RUNS, IDLE_SECONDS = 2_000, 40, 10
ROUNDS = 4
OPENING = 50
"""Sockets opened at a time."""


async def measure(folder: Path) -> list[Row]:
    with sayso(folder / "watchers") as server:
        await _watch(server, 1, WIDE_EVENTS)
        one = await _watch(server, 1, WIDE_EVENTS)
        wide = await _watch(server, WIDE, WIDE_EVENTS)
        alone, beside = [], []
        for _ in range(ROUNDS):
            alone.append(await _watch(server, DEEP, DEEP_EVENTS))
            beside.append(await _watch(server, DEEP, DEEP_EVENTS, sleeper=True))
    with sayso(folder / "idle") as server:
        idle = await _idle(server)
    reads = {count: await log_reads(folder / f"reads-{count}.db", count, WIDE_EVENTS) for count in (1, 10, WIDE)}
    return [
        Row(
            f"{WIDE_EVENTS} events within 1 s to all of {WIDE:,} watchers",
            "s",
            {SAYSO: wide, "one watcher": one},
        ),
        Row(
            f"{DEEP_EVENTS:,} events within 1 s to {DEEP} watchers, beside one that does not read",
            "s",
            {SAYSO: median(beside), "without it": median(alone)},
            [at_most("of without it", median(beside) / median(alone), 1.2)],
            {"alone": alone, "beside": beside},
        ),
        Row(
            f"processor time while {IDLE:,} watchers wait",
            "ms/s",
            {SAYSO: 1_000 * idle},
            [at_most("ms a second", 1_000 * idle, 20, unit=" ms")],
        ),
        Row(
            f"reads of the log for {WIDE_EVENTS} events, {WIDE:,} watchers",
            "",
            {SAYSO: reads[WIDE], "one watcher": reads[1], "10 watchers": reads[10]},
            [at_most("more than with one", float(reads[WIDE] - reads[1]), 5, unit="")],
        ),
    ]


async def _watch(server: Server, count: int, events: int, *, sleeper: bool = False) -> float:
    """Seconds from the answer until the last of `count` watchers has the result. Each checks that it missed nothing."""
    async with connect(server.socket) as asker:
        await asker.send(json.dumps({"question": f"paced:{events}", "workflow": "paced"}))
        run: str = json.loads(await asker.recv())["run_id"]
        await until(asker, "input_required")
        asleep = await _sleeper(server, run) if sleeper else None
        sockets: list[ClientConnection] = []
        try:
            for begin in range(0, count, OPENING):
                opened = await asyncio.gather(
                    *(connect(server.socket, max_queue=None) for _ in range(begin, min(begin + OPENING, count)))
                )
                sockets += opened
                await asyncio.gather(*(_begin(each, run) for each in opened))
            began = perf_counter()
            await asker.send('{"response": "yes"}')
            await asyncio.gather(*(_see_all(each, events) for each in sockets))
            seconds = perf_counter() - began
            if asleep:
                plain: socket.socket = asleep.transport.get_extra_info("socket")
                plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**20)
                await asleep.recv()
                await _see_all(asleep, events)
            return seconds
        finally:
            for each in [asker, *sockets, *([asleep] if asleep else [])]:
                each.transport.abort()


async def _idle(server: Server) -> float:
    """Seconds of processor time a second, with watchers of runs that wait for a decision."""
    sockets: list[ClientConnection] = []
    try:
        runs = []
        for _ in range(IDLE_RUNS):
            sockets.append(await connect(server.socket))
            await sockets[-1].send(json.dumps({"question": "paced:1", "workflow": "paced"}))
            runs.append(json.loads(await sockets[-1].recv())["run_id"])
            await until(sockets[-1], "input_required")
        for begin in range(IDLE_RUNS, IDLE, OPENING):
            opened = await asyncio.gather(*(connect(server.socket) for _ in range(OPENING)))
            sockets += opened
            await asyncio.gather(*(_begin(each, runs[(begin + n) % IDLE_RUNS]) for n, each in enumerate(opened)))
        await asyncio.sleep(2)
        before, began = server.busy(), perf_counter()
        await asyncio.sleep(IDLE_SECONDS)
        return (server.busy() - before) / (perf_counter() - began)
    finally:
        for each in sockets:
            each.transport.abort()


async def _sleeper(server: Server, run: str) -> ClientConnection:
    """A watcher that has little room and takes nothing out of it."""
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    plain.setblocking(False)
    await asyncio.get_running_loop().sock_connect(plain, ("127.0.0.1", server.port))
    watcher = await connect(server.socket, sock=plain, max_queue=1, compression=None)
    await watcher.send(json.dumps({"run_id": run, "after": 1}))
    return watcher


async def _begin(watcher: ClientConnection, run: str) -> None:
    await watcher.send(json.dumps({"run_id": run, "after": 1}))
    await watcher.recv()


async def _see_all(watcher: ClientConnection, events: int) -> None:
    """The answer, the events and the result: seq 2, 3, 4 and so on."""
    expected = 2
    while True:
        text = str(await watcher.recv())
        assert text.startswith(f'{{"seq":{expected},'), f"event {expected} is missing: {text[:80]}"
        expected += 1
        if '"final_result"' in text[:40]:
            break
    assert expected == events + 4
