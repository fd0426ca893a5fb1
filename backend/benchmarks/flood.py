"""Events through to one watcher: a step that publishes 2,000 of them as fast as it can."""

from statistics import median

from benchmarks.arena import Arena
from benchmarks.contestants import SAYSO, SERVER_MEMORY, SERVER_SQLITE
from benchmarks.results import Row, at_least

ROUNDS = 5
SLOW_ROUNDS = 2
"""Of the slow one, which takes seconds for each."""
EVENTS = 2_000


async def measure(arena: Arena) -> list[Row]:
    rates: dict[str, list[float]] = {each.name: [] for each in arena.contestants}
    for each in arena.contestants:
        await each.run("flood:100")
    for number in range(ROUNDS):
        for each in arena.contestants:
            if each.name == SERVER_SQLITE and number >= SLOW_ROUNDS:
                continue
            loop = await each.run(f"flood:{EVENTS}")
            assert loop.events >= EVENTS
            rates[each.name].append(loop.events / loop.asked)
    values = {name: median(found) for name, found in rates.items()}
    goals = [
        at_least(f"of {SERVER_SQLITE}", values[SAYSO] / values[SERVER_SQLITE], 30),
        at_least(f"of {SERVER_MEMORY}", values[SAYSO] / values[SERVER_MEMORY], 1.5),
    ]
    return [Row(f"events through to one watcher, {EVENTS:,}", "1/s", values, goals, {"rates": rates})]
