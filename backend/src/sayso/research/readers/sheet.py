"""Tables as spreadsheets have them: a sheet of cells, in which a title, a header and empty rows must be told apart."""

import re
from collections.abc import Iterable, Iterator, Sequence

from sayso.language.structure import CELL
from sayso.research.passages import MAX_LEAD
from sayso.research.readers.outline import Outline, squash

_NUMBER = re.compile(r"[-+(]?\W{0,2}\d[\d.,:/ '’-]*\W{0,3}")
_YEAR = re.compile(r"(?:19|20)\d\d")
"""A number that can name a column."""


def add_sheet(outline: Outline, rows: Iterable[Sequence[str]]) -> None:
    """Add the cells of a sheet, row by row: each part between empty rows is a table of its own."""
    for part in _parts(rows):
        while len(part) > 1 and sum(map(bool, part[0])) == 1 and sum(map(bool, part[1])) > 1:
            # A title above the header.
            outline.prose(next(filter(None, part.pop(0))))
        _add_table(outline, _without_empty_columns(part))


def _parts(rows: Iterable[Sequence[str]]) -> Iterator[list[list[str]]]:
    part: list[list[str]] = []
    for row in rows:
        cells = [squash(cell) for cell in row]
        if any(cells):
            part.append(cells)
        elif part:
            yield part
            part = []
    if part:
        yield part


def _without_empty_columns(rows: list[list[str]]) -> list[list[str]]:
    width = max(map(len, rows))
    full = [row + [""] * (width - len(row)) for row in rows]
    used = [at for at in range(width) if any(row[at] for row in full)]
    return [[row[at] for at in used] for row in full]


def _add_table(outline: Outline, rows: list[list[str]]) -> None:
    header = rows[0] if len(rows) > 1 and _is_header(rows[0]) else None
    if header and len(CELL.join(header)) > MAX_LEAD:
        # A header that is too long to go along with each passage goes along with each cell.
        for row in rows[1:]:
            outline.prose("; ".join(f"{name}: {cell}" for name, cell in zip(header, row, strict=True) if cell))
    else:
        outline.table(rows, header=1 if header else 0)


def _is_header(cells: Sequence[str]) -> bool:
    """Whether a first row names its columns: each has a name of its own, and none is a figure."""
    named = [cell for cell in cells if cell]
    return (
        len(named) >= max(1, len(cells) - 1)
        and len(set(named)) == len(named)
        and not any(_NUMBER.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in named)
    )
