"""Whole loops a second with 50 people at once."""

import asyncio
from statistics import median
from time import perf_counter

from benchmarks.arena import Arena
from benchmarks.contestants import LOOP, SAYSO, SERVER_SQLITE, Contestant
from benchmarks.results import Row, at_least

CLIENTS = 50
ROUNDS = 4
SLOW_ROUNDS = 2
LOOPS = 8
SLOW_LOOPS = 2


async def measure(arena: Arena) -> list[Row]:
    rates: dict[str, list[float]] = {each.name: [] for each in arena.contestants}
    for number in range(ROUNDS):
        for each in arena.contestants:
            slow = each.name == SERVER_SQLITE
            if not slow or number < SLOW_ROUNDS:
                rates[each.name].append(await _rate(each, SLOW_LOOPS if slow else LOOPS))
    values = {name: median(found) for name, found in rates.items()}
    goals = [
        at_least(f"of {SERVER_SQLITE}", values[SAYSO] / values[SERVER_SQLITE], 7),
        at_least(f"of the {LOOP}", values[SAYSO] / values[LOOP], 0.7),
    ]
    return [Row(f"runs, {CLIENTS} clients, whole loop", "1/s", values, goals, {"rates": rates})]


async def _rate(contestant: Contestant, loops: int) -> float:
    async def client() -> None:
        for _ in range(loops):
            await contestant.run("what")

    began = perf_counter()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return CLIENTS * loops / (perf_counter() - began)
