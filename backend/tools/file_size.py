"""Holds every source file under the bound of lines that `pyproject.toml` sets (`tool.sayso.file-size`).

Tests, migrations and what is generated are excepted. A file on the list `longer` may be as long as it says there and
no longer; once it is short, or gone, the list says so no more.
"""

import sys
import tomllib
from pathlib import Path

BACKEND = Path(__file__).resolve().parents[1]
FOLDERS = ("src", "benchmarks", "tools")
EXCEPTED = {"migrations"}


def complaints(lengths: dict[str, int], limit: int, longer: dict[str, int]) -> list[str]:
    """What is wrong, a line each.

    Args:
        lengths: lines of each file, by its path.
        longer: the end of a path to the lines that this file may have.
    """
    found = []
    known = {path: end for path in lengths for end in longer if path.endswith("/" + end)}
    for path, lines in sorted(lengths.items()):
        bound = longer[known[path]] if path in known else limit
        if lines > bound:
            found.append(f"{path} has {lines} lines; {bound} is the bound. Split it: a file is one noun.")
        elif path in known and lines <= limit:
            found.append(f"{path} has {lines} lines: take it out of `longer` in pyproject.toml.")
    gone = [end for end in longer if end not in known.values()]
    return found + [f"{end} in `longer` in pyproject.toml is no file any more." for end in gone]


def source_files() -> list[Path]:
    return [
        path
        for folder in FOLDERS
        for path in (BACKEND / folder).rglob("*.py")
        if not EXCEPTED.intersection(path.parts) and not any(part.startswith(".") for part in path.parts[-3:])
    ]


def main() -> None:
    settings = tomllib.loads((BACKEND / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["sayso"]["file-size"]
    lengths = {
        path.relative_to(BACKEND).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in source_files()
    }
    found = complaints(lengths, settings["limit"], settings["longer"])
    sys.exit("\n".join(found) or None)


if __name__ == "__main__":
    main()
