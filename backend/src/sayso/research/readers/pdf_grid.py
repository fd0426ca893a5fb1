"""Tables that are drawn: the cells that the ruled lines of a page make."""

import ctypes
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from sayso.research.readers.pdf_page import Shown

_MOST = 20_000
"""Strokes of a page; drawings have more, and make no table."""
_NEAR = 3.0
"""Points within which two lines are one, and within which a line meets another."""
_SHORTEST = 6.0
"""Points of a line that can be a side of a cell."""
_MOST_LINES = 400
"""Of one direction, in a grid: patterns have more."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along one axis, in points as the page is shown."""

    at: float
    """Where it is, across."""
    start: float
    end: float

    def covers(self, place: float) -> bool:
        return self.start - _NEAR <= place <= self.end + _NEAR

    def meets(self, other: "Rule") -> bool:
        """Whether it touches a line of the other direction."""
        return self.covers(other.at) and other.covers(self.at)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows and columns between lines."""

    across: tuple[float, ...]
    """Where the columns begin and the last one ends."""
    down: tuple[float, ...]
    """Where the rows begin and the last one ends."""
    spans: dict[tuple[int, int], tuple[int, int]]
    """For each row and column the first row and column of the cell that covers it."""

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.down) - 1, len(self.across) - 1

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """The first row and column of the cell at a place; nothing outside of the table."""
        row, column = bisect_right(self.down, y) - 1, bisect_right(self.across, x) - 1
        return self.spans.get((row, column))


def grids(page: pdfium.PdfPage) -> list[Grid]:
    """The tables that lines make, from top to bottom: each of at least two columns."""
    flat, upright = _rules(page)
    found = [_grid(own, others) for own, others in _joined(_merged(flat), _merged(upright))]
    return sorted((grid for grid in found if grid), key=lambda grid: (grid.down[0], grid.across[0]))


def _rules(page: pdfium.PdfPage) -> tuple[list[Rule], list[Rule]]:
    """The lines that go across the page, and those that go down."""
    flat: list[Rule] = []
    upright: list[Rule] = []
    for count, ((x, y), (to_x, to_y)) in enumerate(_strokes(page)):
        if count == _MOST:
            return [], []
        if abs(y - to_y) <= 1 and abs(x - to_x) >= _SHORTEST:
            flat.append(Rule((y + to_y) / 2, min(x, to_x), max(x, to_x)))
        elif abs(x - to_x) <= 1 and abs(y - to_y) >= _SHORTEST:
            upright.append(Rule((x + to_x) / 2, min(y, to_y), max(y, to_y)))
    return flat, upright


_Point = tuple[float, float]


def _strokes(page: pdfium.PdfPage) -> Iterator[tuple[_Point, _Point]]:
    """The straight parts of what is drawn on the page itself, filled or not: a border is often a thin filled box."""
    shown = Shown(page)
    matrix = raw.FS_MATRIX()
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(raw.FPDFPage_CountObjects(page)):
        drawn = raw.FPDFPage_GetObject(page, at)
        if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_PATH:
            continue
        raw.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix))
        first = last = (0.0, 0.0)
        for number in range(min(raw.FPDFPath_CountSegments(drawn), _MOST)):
            segment = raw.FPDFPath_GetPathSegment(drawn, number)
            raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            point = shown(
                matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f
            )
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                first = point
            elif kind == raw.FPDF_SEGMENT_LINETO:
                yield last, point
            if raw.FPDFPathSegment_GetClose(segment):
                yield point, first
            last = point


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Lines that lie on each other, or go on where another one ends, as one."""
    found: list[Rule] = []
    for rule in sorted(rules, key=lambda each: (each.at, each.start)):
        for at, other in enumerate(reversed(found), start=1):
            if rule.at - other.at > _NEAR:
                found.append(rule)
                break
            if rule.start <= other.end + _NEAR and other.start <= rule.end + _NEAR:
                found[-at] = Rule(other.at, min(rule.start, other.start), max(rule.end, other.end))
                break
        else:
            found.append(rule)
    return found


def _joined(flat: list[Rule], upright: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Lines that hang together."""
    if max(len(flat), len(upright)) > _MOST_LINES:
        return
    left = set(range(len(upright)))
    waiting = set(range(len(flat)))
    while waiting:
        rows, columns, new = {waiting.pop()}, set[int](), True
        while new:
            more = {at for at in left if any(flat[row].meets(upright[at]) for row in rows)}
            left -= more
            columns |= more
            new = bool(found := {at for at in waiting if any(upright[each].meets(flat[at]) for each in more)})
            waiting -= found
            rows |= found
        yield [flat[at] for at in sorted(rows)], [upright[at] for at in sorted(columns)]


def _grid(flat: list[Rule], upright: list[Rule]) -> Grid | None:
    down, across = _places(flat), _places(upright)
    if len(down) < 2 or len(across) < 3:
        return None
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for row, (top, bottom) in enumerate(pairwise(down)):
        for column, (left, right) in enumerate(pairwise(across)):
            x, y = (left + right) / 2, (top + bottom) / 2
            open_left = column and not _parted(upright, left, y)
            open_above = row and not _parted(flat, top, x)
            if open_above and (row - 1, column) in spans:
                spans[row, column] = spans[row - 1, column]
            elif open_left and (row, column - 1) in spans:
                spans[row, column] = spans[row, column - 1]
            else:
                spans[row, column] = row, column
    return Grid(across, down, spans)


def _places(rules: list[Rule]) -> tuple[float, ...]:
    found: list[float] = []
    for rule in sorted(rules, key=lambda each: each.at):
        if not found or rule.at - found[-1] > _NEAR:
            found.append(rule.at)
    return tuple(found)


def _parted(rules: list[Rule], at: float, place: float) -> bool:
    return any(abs(rule.at - at) <= _NEAR and rule.covers(place) for rule in rules)
