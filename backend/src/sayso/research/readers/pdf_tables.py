"""Tables that only the places of their cells show, and those that are drawn, among the lines of a page."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from sayso.research.readers.pdf_line import Line, Table
from sayso.research.readers.pdf_page import Chunk

_CELL = 40
"""Characters of a table's cells at most, on average."""


def tables(lines: list[Line]) -> Iterator[list[Line] | list[list[str]]]:
    """The lines of a region, and in their place the rows of cells of the tables that neighbouring lines form: each has
    as many cells as the one above, below them. A line without a first cell goes on with the cells above it."""
    at = 0
    plain: list[Line] = []
    while at < len(lines):
        if drawn := lines[at].drawn:
            beside = tuple(cell for cell in lines[at].cells if not isinstance(cell, Table))
            if plain := [*plain, *([Line(beside)] if beside else [])]:
                yield plain
            plain = []
            yield from (table.rows for table in drawn)
            at += 1
            continue
        run = _run(lines, at)
        rows = [[cell.text for cell in line.cells] for line in run if len(line.cells) == len(run[0].cells)]
        if len(rows) > 1 and sum(map(len, chain(*rows))) <= _CELL * len(rows) * len(rows[0]):
            if plain:
                yield plain
                plain = []
            yield _filled(run)
            at += len(run)
        else:
            plain.append(lines[at])
            at += 1
    if plain:
        yield plain


def _run(lines: list[Line], at: int) -> list[Line]:
    first = lines[at]
    run = [first]
    if len(first.cells) < 2:
        return run
    columns = list(first.cells)
    for line in lines[at + 1 :]:
        if line.drawn:
            break
        places = [_column(cell, columns) for cell in line.cells]
        is_row = places == list(range(len(columns)))
        goes_on = None not in places and places and places[0] != 0 and line.top - run[-1].bottom < line.size / 2
        if not (is_row or goes_on):
            break
        run.append(line)
        if is_row:
            columns = [_wider(column, cell) for column, cell in zip(columns, line.cells, strict=True)]
    return run


def _column(cell: Chunk, columns: list[Chunk]) -> int | None:
    """The column that a cell stands in, if it touches just one."""
    touched = [at for at, column in enumerate(columns) if cell.left < column.right and column.left < cell.right]
    return touched[0] if len(touched) == 1 else None


def _wider(column: Chunk, cell: Chunk) -> Chunk:
    return replace(column, left=min(column.left, cell.left), right=max(column.right, cell.right))


def _filled(run: list[Line]) -> list[list[str]]:
    rows: list[list[str]] = []
    columns = list(run[0].cells)
    for line in run:
        if len(line.cells) == len(columns):
            rows.append([cell.text for cell in line.cells])
            columns = [_wider(column, cell) for column, cell in zip(columns, line.cells, strict=True)]
            continue
        for cell in line.cells:
            at = _column(cell, columns)
            if at is not None:
                rows[-1][at] += f" {cell.text}"
    return rows
