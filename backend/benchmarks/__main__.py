"""`python -m benchmarks [PART,PART] [--write]`: measure, print the table, write `results.json`."""

import argparse
import asyncio
import json
import signal
import sys
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import flood, growth, inboxes, latency, machine, memory, page, scale, throughput, watchers
from benchmarks.arena import arena
from benchmarks.results import Row
from benchmarks.table import notes, tables

HERE = Path(__file__).parent
SIDE_BY_SIDE = {"latency": latency.measure, "flood": flood.measure, "throughput": throughput.measure}
ALONE = {
    "memory": memory.measure,
    "scale": scale.measure,
    "growth": growth.measure,
    "watchers": watchers.measure,
    "inboxes": inboxes.measure,
}
PARTS = [*SIDE_BY_SIDE, *ALONE]


async def measure(parts: list[str], folder: Path) -> list[Row]:
    rows: list[Row] = []
    if chosen := [name for name in SIDE_BY_SIDE if name in parts]:
        with arena(folder) as contestants:
            for name in chosen:
                rows += await _timed(name, SIDE_BY_SIDE[name](contestants))
    for name in ALONE:
        if name in parts:
            rows += await _timed(name, ALONE[name](folder))
    return rows


async def _timed(name: str, work: Coroutine[Any, Any, list[Row]]) -> list[Row]:
    began = perf_counter()
    print(f"{name} ...", end=" ", flush=True)
    rows = await work
    print(f"{perf_counter() - began:.0f} s", flush=True)
    return rows


def _stop(*_: object) -> None:
    """Unwind, once, so that the servers are stopped."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(143)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="?", default="", help=f"some of {','.join(PARTS)}; all if left out")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    given = parser.parse_args()
    parts = [part for part in given.parts.split(",") if part] or PARTS
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    signal.signal(signal.SIGTERM, _stop)
    # Beside the code, on a real disk: where a temporary folder is memory, an fsync would cost nothing.
    with tempfile.TemporaryDirectory(dir=HERE, prefix=".work-") as folder:
        rows = asyncio.run(measure(parts, Path(folder)))
    command = "make bench" if parts == PARTS else f"make bench BENCH={','.join(parts)}"
    about = machine.describe(command)
    results = {"machine": about, "rows": [row.as_json() for row in rows]}
    (HERE / "results.json").write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    print(f"\n{tables(rows)}\n")
    for note in notes(rows):
        print(note)
    missed = [f"{row.measure}: {goal}" for row in rows for goal in row.goals if not goal.met]
    print("All goals met." if not missed else "Missed:\n" + "\n".join(f"  {line}" for line in missed))
    if given.write:
        print(f"Wrote {page.write(rows, about).relative_to(HERE.parents[1])}")


if __name__ == "__main__":
    main()
