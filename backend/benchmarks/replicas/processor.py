"""Processor time of one run, with 50 people at once: on SQLite, and on PostgreSQL with one process and with two."""

import asyncio
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.contestants import SocketContestant
from benchmarks.processes import Server, sayso
from benchmarks.replicas.database import Database
from benchmarks.replicas.servers import replica
from benchmarks.results import Row, at_most

CLIENTS = 50
LOOPS = 8
ROUNDS = 4
SQLITE = "SQLite"
ONE = "PostgreSQL, one process"
TWO = "PostgreSQL, two processes"
GOAL = 2.0


@dataclass
class _Variant:
    servers: list[Server]
    own: list[float] = field(default_factory=list)
    """Milliseconds a run, of Sayso's processes."""
    database: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)


async def measure(folder: Path, database: Database) -> list[Row]:
    one, two = database.new("processor_one"), database.new("processor_two")
    with ExitStack() as stack:
        start = stack.enter_context
        variants = {
            SQLITE: _Variant([start(sayso(folder / "processor-sqlite"))]),
            ONE: _Variant([start(replica(folder / "processor-one", one))]),
            TWO: _Variant([start(replica(folder / f"processor-{name}", two)) for name in "ab"]),
        }
        for variant in variants.values():
            await _loops(variant.servers, 1)
        for _ in range(ROUNDS):
            for variant in variants.values():
                await _round(variant, database)
    own = {name: median(variant.own) for name, variant in variants.items()}
    theirs = {name: median(variant.database) for name, variant in variants.items() if name != SQLITE}
    both = {name: value + theirs.get(name, 0.0) for name, value in own.items()}
    rates = {name: median(variant.rates) for name, variant in variants.items()}
    title = f"processor time a run, whole loop, {CLIENTS} clients"
    goals = [at_most(f"of {SQLITE}'s with {count}", own[name] / own[SQLITE], GOAL) for name, count in COUNTS.items()]
    return [
        Row(f"{title}: Sayso's processes", "ms", own, goals),
        Row(f"{title}: PostgreSQL's own", "ms", theirs),
        Row(f"{title}: together", "ms", both),
        Row(f"runs, whole loop, {CLIENTS} clients, all on these cores", "1/s", rates),
    ]


COUNTS = {ONE: "one process", TWO: "two"}


async def _round(variant: _Variant, database: Database) -> None:
    own, theirs, began = _busy(variant), database.busy(), perf_counter()
    runs = await _loops(variant.servers, LOOPS)
    variant.rates.append(runs / (perf_counter() - began))
    variant.own.append(1e3 * (_busy(variant) - own) / runs)
    variant.database.append(1e3 * (database.busy() - theirs) / runs)


async def _loops(servers: list[Server], loops: int) -> int:
    contestants = [SocketContestant("", server, workflow="trivial") for server in servers]

    async def client(number: int) -> None:
        for _ in range(loops):
            await contestants[number % len(contestants)].run("what")

    await asyncio.gather(*(client(number) for number in range(CLIENTS)))
    return CLIENTS * loops


def _busy(variant: _Variant) -> float:
    return sum(server.busy() for server in variant.servers)
