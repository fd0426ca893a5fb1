"""The order in which a page is read: its columns from left to right, and each from top to bottom."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, groupby

from sayso.research.readers.pdf_page import Chunk, joined

_GRID = 3.0
"""Points within which left edges count as one."""
_LINES = 3
"""Of a column, at least."""
_PROSE = 22
"""Characters of a column's lines on average; shorter ones are cells of a table."""
_CELL = 40
"""Characters of a table's cells at most, on average."""
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one line of a column; several cells where wide gaps are in it."""

    cells: tuple[Chunk, ...]

    @property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells)

    @property
    def top(self) -> float:
        return min(cell.top for cell in self.cells)

    @property
    def bottom(self) -> float:
        return max(cell.bottom for cell in self.cells)

    @property
    def size(self) -> float:
        """Of its largest letters, in points."""
        return max(cell.size for cell in self.cells)


def regions(chunks: list[Chunk], depth: int = 0) -> list[list[Line]]:
    """The lines of each column, or of what goes across them, in reading order."""
    gutter = _gutter(chunks) if depth < _DEEPEST else None
    if gutter is None:
        return [lines] if (lines := _lines(chunks)) else []
    found: list[list[Line]] = []
    for band in _bands(chunks, gutter):
        left, right = _sides(band, gutter)
        if _are_columns(left, right):
            found += regions(left, depth + 1) + regions(right, depth + 1)
        else:
            found += regions(band, depth + 1) if len(band) < len(chunks) else [_lines(band)]
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
    return sum(1 for _ in _together(side))


def _size(chunks: list[Chunk]) -> int:
    return sum(len(chunk.text) for chunk in chunks)


def _lines(chunks: list[Chunk]) -> list[Line]:
    return [Line(tuple(joined(line))) for line in _together(chunks)]


def _together(chunks: Iterable[Chunk]) -> Iterator[list[Chunk]]:
    """Chunks that stand on one line, from top to bottom."""
    line: list[Chunk] = []
    for chunk in sorted(chunks, key=lambda each: (each.top + each.bottom) / 2):
        if line and not chunk.beside(max(line, key=lambda each: each.height)):
            yield line
            line = []
        line.append(chunk)
    if line:
        yield line


def tables(lines: list[Line]) -> Iterator[list[Line] | list[list[str]]]:
    """The lines of a region, and in their place the rows of cells of the tables that neighbouring lines form: each has
    as many cells as the one above, below them. A line without a first cell goes on with the cells above it."""
    at = 0
    plain: list[Line] = []
    while at < len(lines):
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
