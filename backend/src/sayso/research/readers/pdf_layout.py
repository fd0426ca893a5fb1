"""The order in which a page is read: its columns from left to right, and each from top to bottom."""

from collections import Counter
from collections.abc import Iterator
from functools import reduce
from itertools import groupby

import pypdfium2 as pdfium

from sayso.research.readers.outline import squash
from sayso.research.readers.pdf_grid import Grid, grids
from sayso.research.readers.pdf_line import Line, Table, lines_of, run_on, together
from sayso.research.readers.pdf_page import Chunk, chunks

_GRID = 3.0
"""Points within which left edges count as one."""
_LINES = 3
"""Of a column, at least."""
_PROSE = 22
"""Characters of a column's lines on average; shorter ones are cells of a table."""
_DEEPEST = 6
_FILLED = 0.5
"""Share of a drawn table's cells that have text, at least."""
_LONG = 300
"""Characters of a drawn table's cells at most, on average: more is text with frames around it."""


def read(page: pdfium.PdfPage) -> list[list[Line]]:
    """The lines of each column, or of what goes across them, in reading order; a drawn table is a line by itself."""
    drawn = grids(page)

    def home(chunk: Chunk) -> tuple[int, tuple[int, int]] | None:
        return next(((at, cell) for at, grid in enumerate(drawn) if (cell := grid.cell(*chunk.middle))), None)

    rest: list[Chunk] = []
    cells: list[dict[tuple[int, int], list[Chunk]]] = [{} for _ in drawn]
    for chunk in chunks(page, home):
        if (place := home(chunk)) is None:
            rest.append(chunk)
        else:
            cells[place[0]].setdefault(place[1], []).append(chunk)
    for grid, own in zip(drawn, cells, strict=True):
        table = _table(grid, own)
        rest += [table] if table else [chunk for held in own.values() for chunk in held]
    return regions(rest)


def _table(grid: Grid, cells: dict[tuple[int, int], list[Chunk]]) -> Table | None:
    """What stands in a grid; nothing where that is no table but a drawing, or text with frames around it."""
    lines = {cell: lines_of(cells[cell]) for cell in sorted(cells)}
    texts = {cell: reduce(run_on, (squash(line.text) for line in own)) for cell, own in lines.items()}
    if len(texts) < _FILLED * len(set(grid.spans.values())) or sum(map(len, texts.values())) > _LONG * len(texts):
        return None
    rows: list[list[str]] = []
    for row in range(grid.size[0]):
        firsts = [grid.spans[row, column] for column in range(grid.size[1])]
        if all(first[0] < row for first in firsts):
            continue
        # What goes down several rows is told in each of them, what goes across several columns once.
        told = [texts.get(each, "") if each[1] == column else "" for column, each in enumerate(firsts)]
        if any(told):
            rows.append(told if len(set(firsts)) > 1 else told[:1])
    whole = [row for row in rows if len(row) > 1]
    used = [column for column in range(grid.size[1]) if any(row[column] for row in whole)]
    # A single row is what a page's end left over of a table, if there is something in each of its cells.
    if not whole or len(used) < 2 or (len(whole) == 1 and not all(whole[0])):
        return None
    rows = [[row[column] for column in used] if len(row) > 1 else row for row in rows]
    parts = [chunk for own in lines.values() for line in own for chunk in line.cells]
    return Table(
        grid.across[0],
        grid.down[0],
        grid.across[-1],
        grid.down[-1],
        max(part.size for part in parts),
        " ".join(texts.values()),
        rows,
        parts,
    )


def regions(chunks: list[Chunk], depth: int = 0) -> list[list[Line]]:
    """The lines of each column, or of what goes across them, in reading order."""
    gutter = _gutter(chunks) if depth < _DEEPEST else None
    if gutter is None:
        return [lines] if (lines := lines_of(chunks)) else []
    found: list[list[Line]] = []
    for band in _bands(chunks, gutter):
        left, right = _sides(band, gutter)
        if _are_columns(left, right):
            found += regions(left, depth + 1) + regions(right, depth + 1)
        else:
            found += regions(band, depth + 1) if len(band) < len(chunks) else [lines_of(band)]
    return found


def _gutter(chunks: list[Chunk]) -> float | None:
    """Where the most text stands in columns on both sides."""
    edges = Counter(round(chunk.left / _GRID) for chunk in chunks)
    candidates = [edge * _GRID - _GRID for edge, count in edges.items() if count >= _LINES]
    best, gutter = 0, None
    for candidate in candidates:
        shared = 0
        for band in _bands(chunks, candidate):
            left, right = _sides(band, candidate)
            if _are_columns(left, right):
                shared += min(_size(left), _size(right))
        if shared > best:
            best, gutter = shared, candidate
    return gutter


def _bands(chunks: list[Chunk], gutter: float) -> Iterator[list[Chunk]]:
    """The chunks from top to bottom, apart where some go across the gutter."""

    def crosses(chunk: Chunk) -> bool:
        return chunk.left < gutter < chunk.right

    for _, band in groupby(sorted(chunks, key=lambda each: (each.top + each.bottom) / 2), crosses):
        yield list(band)


def _sides(band: list[Chunk], gutter: float) -> tuple[list[Chunk], list[Chunk]]:
    return [each for each in band if each.right <= gutter], [each for each in band if each.left >= gutter]


def _are_columns(left: list[Chunk], right: list[Chunk]) -> bool:
    """Whether two sides of a gutter are read one after the other: both are lines of prose, side by side."""
    for side in (left, right):
        lines = _heights(side)
        if lines < _LINES or _size(side) < _PROSE * lines:
            return False
    top = max(min(each.top for each in side) for side in (left, right))
    bottom = min(max(each.bottom for each in side) for side in (left, right))
    shortest = min(max(each.bottom for each in side) - min(each.top for each in side) for side in (left, right))
    return bottom - top > shortest / 2


def _heights(side: list[Chunk]) -> int:
    """How many lines the chunks of a side make, about."""
    return sum(1 for _ in together(side))


def _size(chunks: list[Chunk]) -> int:
    return sum(len(chunk.text) for chunk in chunks)
