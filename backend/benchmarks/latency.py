"""How long one person waits, with nobody else about: to the question, and from the reply to the result."""

from statistics import median

from benchmarks.arena import Arena
from benchmarks.contestants import SAYSO, SERVER_SQLITE
from benchmarks.floor import PARTS, Floor
from benchmarks.results import Row, at_least, at_most, spread

WARM_UP = 10
ROUNDS = 8
RUNS = 20
FLOOR = "floor"


async def measure(arena: Arena) -> list[Row]:
    floor = Floor(arena.echo, arena.folder)
    asked: dict[str, list[float]] = {each.name: [] for each in arena.contestants}
    answered: dict[str, list[float]] = {each.name: [] for each in arena.contestants}
    for each in arena.contestants:
        for _ in range(WARM_UP):
            await each.run("what")
    for _ in range(ROUNDS):
        for _ in range(RUNS):
            await floor.sample()
        for each in arena.contestants:
            for _ in range(RUNS):
                loop = await each.run("what")
                asked[each.name].append(1e3 * loop.asked)
                answered[each.name].append(1e3 * loop.answered)
    parts = {part: 1e3 * median(floor.samples[part]) for part in PARTS}
    wire, disk = parts["round trip"], parts["fsync"]
    return [
        _row(
            "start to question, p50",
            asked,
            parts["workflow to the question"] + parts["connect"] + wire + disk,
            parts,
            faster=4,
            near=1.5,
        ),
        _row("reply to result, p50", answered, parts["workflow to the result"] + wire + disk, parts, faster=5, near=2),
    ]


def _row(
    measure: str,
    samples: dict[str, list[float]],
    floor: float,
    parts: dict[str, float],
    *,
    faster: float,
    near: float,
) -> Row:
    values = {FLOOR: floor} | {name: median(times) for name, times in samples.items()}
    return Row(
        measure,
        "ms",
        values,
        [
            at_least(f"faster than {SERVER_SQLITE}", values[SERVER_SQLITE] / values[SAYSO], faster),
            at_most("of the floor", values[SAYSO] / floor, near),
        ],
        {"floor": parts, "samples": {name: spread(times) for name, times in samples.items()}},
    )
