"""The text of a PDF's page with its places: characters as pdfium finds them, put together to chunks."""

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_HYPHEN = ("\x02", "\ufffe", "\xad")
"""How pdfium says that a word goes on in the next line."""
_GAP = 0.85
"""Of the em: a wider gap lies between columns or cells, not between words."""
_TOUCHING = 0.12
"""Of the em: a narrower gap lies within a word."""
_UPRIGHT = 0.05
"""Radians that a line of text may be askew."""


@dataclass(slots=True)
class Chunk:
    """Text on one line without a wide gap. Points from the page's left and upper edge, as the page is shown."""

    left: float
    top: float
    right: float
    bottom: float
    size: float
    """Of its letters: the em, which unlike the box says the same of each font."""
    text: str

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def beside(self, other: "Chunk") -> bool:
        """Whether both stand on one line."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared > min(self.height, other.height) / 2

    def extended(self, other: "Chunk", space: str) -> None:
        """Append what follows on the same line."""
        self.text += space + other.text
        self.left, self.right = min(self.left, other.left), max(self.right, other.right)
        self.top, self.bottom = min(self.top, other.top), max(self.bottom, other.bottom)
        self.size = max(self.size, other.size)


class Shown:
    """Where a point of a page is on the page as it is shown: from its left and upper edge."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._width, self._height = page.get_size()
        # Of what is shown of the page, which need not begin where its coordinates do.
        self._x, self._y, _, _ = page.get_bbox()
        self.turned = page.get_rotation()

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self._x, y - self._y
        if self.turned == 90:
            return y, x
        if self.turned == 180:
            return self._width - x, y
        if self.turned == 270:
            return self._width - y, self._height - x
        return x, self._height - y


def chunks(page: pdfium.PdfPage, home: Callable[[Chunk], object] = lambda _: None) -> list[Chunk]:
    """The chunks of a page, in the order in which the file has them. What is written sideways is left out.

    Args:
        home: what a character stands in; chunks end where that does.
    """
    found: list[Chunk] = []
    homes: list[object] = []
    space = True
    for character in characters(page):
        if character is None:
            space = True
            continue
        last, own = found[-1] if found else None, home(character)
        if last is None or own != homes[-1] or not _goes_on(last, character):
            found.append(character)
            homes.append(own)
        else:
            last.extended(character, " " if space and not last.text.endswith(" ") else "")
        space = False
    return found


def joined(line: list[Chunk]) -> list[Chunk]:
    """The chunks of one line from left to right, those joined that have no wide gap between them."""
    cells: list[Chunk] = []
    for chunk in sorted(line, key=lambda each: each.left):
        last = cells[-1] if cells else None
        gap = chunk.left - last.right if last else 0.0
        if last is None or gap > _GAP * max(last.size, chunk.size):
            cells.append(replace(chunk))
        else:
            last.extended(chunk, " " if gap > _TOUCHING * chunk.size else "")
    return cells


def _goes_on(chunk: Chunk, character: Chunk) -> bool:
    em = max(chunk.size, character.size)
    return chunk.beside(character) and -em < character.left - chunk.right <= _GAP * em


def characters(page: pdfium.PdfPage) -> Iterator[Chunk | None]:
    """One character after the other, and nothing where there is a blank."""
    shown = Shown(page)
    text = page.get_textpage()
    box = raw.FS_RECTF()
    matrix = raw.FS_MATRIX()
    try:
        for at in range(text.count_chars()):
            character = chr(raw.FPDFText_GetUnicode(text, at) or 0x20)
            if character in _HYPHEN:
                character = "-"
            if character.isspace() or character == "\0":
                yield None
                continue
            found = raw.FPDFText_GetLooseCharBox(text, at, ctypes.byref(box))
            if not found or not raw.FPDFText_GetMatrix(text, at, ctypes.byref(matrix)):
                continue
            askew = (math.atan2(matrix.b, matrix.a) - math.radians(shown.turned)) % math.tau
            if min(askew, math.tau - askew) > _UPRIGHT:
                continue
            (x, y), (to_x, to_y) = shown(box.left, box.top), shown(box.right, box.bottom)
            left, right, top, bottom = min(x, to_x), max(x, to_x), min(y, to_y), max(y, to_y)
            if bottom > top:
                size = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.b, matrix.d)
                yield Chunk(left, top, right, bottom, size, character)
    finally:
        text.close()
