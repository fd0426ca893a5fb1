"""The lines of a page: what stands beside each other, from left to right."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.research.readers.pdf_page import Chunk, joined


@dataclass(slots=True)
class Table(Chunk):
    """A table that is drawn, as one piece of the page."""

    rows: list[list[str]]
    parts: list[Chunk]
    """What stands in it, cell by cell."""


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one line of a column; several cells where wide gaps are in it."""

    cells: tuple[Chunk, ...]

    @property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells)

    @property
    def drawn(self) -> list[Table]:
        """The drawn tables among its cells."""
        return [cell for cell in self.cells if isinstance(cell, Table)]

    @property
    def parts(self) -> list[Chunk]:
        """Its cells, and in the place of a drawn table what stands in it."""
        return [part for cell in self.cells for part in (cell.parts if isinstance(cell, Table) else [cell])]

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


def lines_of(chunks: Iterable[Chunk]) -> list[Line]:
    """From top to bottom."""
    return [Line(tuple(_cells(line))) for line in together(chunks)]


def _cells(line: list[Chunk]) -> Iterator[Chunk]:
    """The cells of a line from left to right; nothing is joined to a drawn table."""
    tables = [chunk for chunk in line if isinstance(chunk, Table)]
    plain = [chunk for chunk in line if not isinstance(chunk, Table)]
    yield from sorted([*tables, *joined(plain)], key=lambda each: each.left)


def together(chunks: Iterable[Chunk]) -> Iterator[list[Chunk]]:
    """Chunks that stand on one line, from top to bottom."""
    line: list[Chunk] = []
    for chunk in sorted(chunks, key=lambda each: (each.top + each.bottom) / 2):
        if line and not chunk.beside(max(line, key=lambda each: each.height)):
            yield line
            line = []
        line.append(chunk)
    if line:
        yield line


def run_on(text: str, more: str) -> str:
    """A text and what follows it on the next line; a word that was broken between them is whole again."""
    capitals = re.search(r"[A-Z]{2}-$", text) and re.match(r"[A-Z]{2}", more)
    if capitals or (more[:1].islower() and re.search(r"[^\W\d_]-$", text)):
        return text[:-1] + more
    return text + more if re.search(r"\w-$", text) else f"{text} {more}"
