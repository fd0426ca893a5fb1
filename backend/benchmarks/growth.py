"""Whether an event costs more as its run's log grows, and a step as its segment grows."""

from pathlib import Path
from statistics import median

from benchmarks.contestants import SAYSO, SocketContestant
from benchmarks.processes import Server, sayso
from benchmarks.results import Row, at_most

SHORT, LONG = 10_000, 100_000
STEPS = (10, 100, 1_000)
ROUNDS = 3
FLAT = 1.25


async def measure(folder: Path) -> list[Row]:
    with sayso(folder / "growth") as server:
        return [await _log(server), await _segment(server)]


async def _log(server: Server) -> Row:
    """Time per event, start to end of the log, of short logs and of long ones."""
    contestant = SocketContestant(SAYSO, server, workflow="trivial")
    await contestant.run(f"flood:{SHORT}")
    per_event: dict[int, list[float]] = {SHORT: [], LONG: []}
    for _ in range(ROUNDS):
        for events, found in per_event.items():
            for _ in range(1 if events == LONG else 3):
                found.append(1e6 * (await contestant.run(f"flood:{events}")).asked / events)
    short, long = median(per_event[SHORT]), median(per_event[LONG])
    return Row(
        f"an event as the log grows to {LONG:,}",
        "µs",
        {SAYSO: long, f"to {SHORT:,}": short},
        [at_most(f"of a log of {SHORT:,}", long / short, FLAT)],
        {"per_event": {str(events): found for events, found in per_event.items()}},
    )


async def _segment(server: Server) -> Row:
    """Time per step, less what a run costs that has none."""
    contestant = SocketContestant(SAYSO, server, workflow="steps")
    times: dict[int, list[float]] = {steps: [] for steps in (0, *STEPS)}
    for _ in range(ROUNDS):
        for steps, found in times.items():
            for _ in range(20 if steps < 100 else 1):
                found.append((await contestant.run(f"steps:{steps}")).asked)
    empty = median(times[0])
    per_step = {steps: 1e3 * (median(times[steps]) - empty) / steps for steps in STEPS}
    short, long = per_step[STEPS[1]], per_step[STEPS[-1]]
    return Row(
        f"a step as the segment grows to {STEPS[-1]:,}",
        "ms",
        {SAYSO: long} | {f"{steps} steps": per_step[steps] for steps in STEPS[:-1]},
        [at_most(f"of {STEPS[1]} steps", long / short, FLAT)],
        {"per_step": {str(steps): value for steps, value in per_step.items()}},
    )
