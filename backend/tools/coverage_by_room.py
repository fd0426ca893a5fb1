"""Prints what the last `coverage run` saw of lines and branches: a line for each folder of `sayso`, and the whole.

What runs in a process of its own (servers of the live tests, the reader) is not counted.
"""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import Any

BACKEND = Path(__file__).resolve().parents[1]
FIGURES = ("covered_lines", "num_statements", "covered_branches", "num_branches")


def rooms(files: dict[str, Any]) -> dict[str, Counter[str]]:
    """The figures of each folder below `sayso`; modules beside the folders are one, `sayso`.

    Args:
        files: `files` of coverage's JSON report.
    """
    found: dict[str, Counter[str]] = {}
    for path, file in files.items():
        parts = PurePosixPath(path.replace("\\", "/")).parts
        below = parts[len(parts) - parts[::-1].index("sayso") :]
        room = below[0] if len(below) > 1 else "sayso"
        found.setdefault(room, Counter()).update({name: file["summary"][name] for name in FIGURES})
    return found


def row(name: str, figures: Counter[str]) -> str:
    lines, branches = ("covered_lines", "num_statements"), ("covered_branches", "num_branches")
    return f"{name:12}" + "".join(
        f"{figures[done]:>8} of {figures[total]:>5} {share(figures[done], figures[total]):>5}"
        for done, total in (lines, branches)
    )


def share(done: int, total: int) -> str:
    return f"{100 * done // total}%" if total else "-"


def main() -> None:
    command = [sys.executable, "-m", "coverage", "json", "--quiet", "-o", "-"]
    done = subprocess.run(command, cwd=BACKEND, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    found = rooms(json.loads(done.stdout)["files"])
    print(f"{'':12}{'lines':>20} {'':>3}{'branches':>20}")
    for name, figures in sorted(found.items()):
        print(row(name, figures))
    print(row("all", sum(found.values(), Counter())))


if __name__ == "__main__":
    main()
