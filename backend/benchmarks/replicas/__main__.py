"""`python -m benchmarks.replicas [PART,PART] [--write]`: measure on PostgreSQL, print the table."""

import argparse
import asyncio
import json
import signal
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks import machine
from benchmarks.replicas import across, many, page, processor, takeover
from benchmarks.replicas.database import Database, database
from benchmarks.results import Row

HERE = Path(__file__).parents[1]
PARTS = {
    "across": across.measure,
    "processor": processor.measure,
    "takeover": takeover.measure,
    "many": many.measure,
}


async def measure(parts: list[str], folder: Path, server: Database) -> list[Row]:
    rows: list[Row] = []
    for name in parts:
        began = perf_counter()
        print(f"{name} ...", end=" ", flush=True)
        rows += await PARTS[name](folder, server)
        print(f"{perf_counter() - began:.0f} s", flush=True)
    return rows


def _stop(*_: object) -> None:
    """Unwind, once, so that the servers are stopped."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(143)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-scale", description=__doc__)
    parser.add_argument("parts", nargs="?", default="", help=f"some of {','.join(PARTS)}; all if left out")
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    given = parser.parse_args()
    parts = [part for part in given.parts.split(",") if part] or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    signal.signal(signal.SIGTERM, _stop)
    # Beside the code, on a real disk: where a temporary folder is memory, an fsync would cost nothing.
    with tempfile.TemporaryDirectory(dir=HERE, prefix=".work-") as name:
        folder = Path(name)
        with database(folder / "postgres") as server:
            rows = asyncio.run(measure(parts, folder, server))
            about = machine.describe("make bench-scale") | {"PostgreSQL": f"{server.version}, its defaults"}
    results = {"machine": about, "rows": [row.as_json() for row in rows]}
    (HERE / "results-scale.json").write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    print(f"\n{page.table(rows)}\n")
    missed = [f"{row.measure}: {goal}" for row in rows for goal in row.goals if not goal.met]
    print("All goals met." if not missed else "Missed:\n" + "\n".join(f"  {line}" for line in missed))
    if given.write:
        print(f"Wrote {page.write(rows, about).relative_to(HERE.parents[1])}")


if __name__ == "__main__":
    main()
