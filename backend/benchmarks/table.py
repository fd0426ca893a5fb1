"""The results for people: on the terminal, and as Markdown for `docs/benchmarks.md`."""

from benchmarks.contestants import LOOP, SAYSO, SERVER_MEMORY, SERVER_SQLITE
from benchmarks.results import Row, number

COLUMNS = ("floor", SAYSO, LOOP, SERVER_MEMORY, SERVER_SQLITE)


def tables(rows: list[Row]) -> str:
    """Two Markdown tables: side by side, and Sayso against itself."""
    peers = [row for row in rows if SERVER_SQLITE in row.values]
    alone = [row for row in rows if SERVER_SQLITE not in row.values]
    parts = []
    if peers:
        head = ["", *COLUMNS, "Sayso is (goal)"]
        cells = [[_title(row), *(_value(row, name) for name in COLUMNS), _goals(row)] for row in peers]
        parts.append(_table(head, cells))
    if alone:
        cells = [[_title(row), _value(row, SAYSO), _others(row), _goals(row)] for row in alone]
        parts.append(_table(["", SAYSO, "beside", "goal"], cells))
    return "\n\n".join(parts)


def notes(rows: list[Row]) -> list[str]:
    """Figures behind the figures."""
    lines = [str(row.details["note"]) for row in rows if "note" in row.details]
    for row in rows:
        if floor := row.details.get("floor"):
            parts = ", ".join(f"{part} {value:.2f}" for part, value in floor.items())
            lines.append(f"The parts of the floor, medians in ms: {parts}.")
            break
    return lines


def _title(row: Row) -> str:
    return f"{row.measure}, {row.unit}" if row.unit else row.measure


def _value(row: Row, name: str) -> str:
    return number(row.values[name]) if name in row.values else ""


def _others(row: Row) -> str:
    return ", ".join(f"{name}: {number(value)}" for name, value in row.values.items() if name != SAYSO)


def _goals(row: Row) -> str:
    return "; ".join(str(goal) for goal in row.goals)


def _table(head: list[str], cells: list[list[str]]) -> str:
    widths = [max(len(line[column]) for line in [head, *cells]) for column in range(len(head))]
    lines = [head, ["-" * width for width in widths], *cells]
    return "\n".join(f"| {' | '.join(cell.ljust(w) for cell, w in zip(line, widths, strict=True))} |" for line in lines)
