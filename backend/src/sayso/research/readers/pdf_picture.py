"""A page of a PDF as a picture, and where on it a quote stands."""

import struct
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from sayso.research.formats import Unreadable
from sayso.research.readers.pdf_layout import read
from sayso.research.readers.pdf_page import Chunk, characters

WIDEST, HIGHEST = 1_200, 3_600
"""Pixels of a picture."""
_CELLS = frozenset("|¦")
"""What stands between the cells of a table in a document's text, and on no page."""
_PIECE = 12
"""Characters that a quote has at least on each side of where it goes on elsewhere."""
_BROKEN = "\xad"
"""A hyphen that ends a line: a word may have been broken there."""
_HYPHENS = frozenset("-\u2010")
_WORD_GAP = 2.0
"""Of the em: a wider gap within a line parts its box."""

Box = tuple[float, float, float, float]
"""Left, top, width and height, as fractions of the picture's width and height."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page with a quote on it."""

    page: int
    """From 1."""
    width: int
    """In pixels."""
    height: int
    png: bytes
    boxes: list[Box]
    """Of the quote's lines."""
    goes_on: bool
    """The quote ends on the next page."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """A character of a page."""

    text: str
    chunk: Chunk


def pictured(data: bytes, page: int, quote: str, before: str = "") -> Picture:
    """The page on which the quote begins.

    Args:
        page: from 1, where the paragraph of the quote begins; it may itself stand on the next one.
        before: what stands before the quote, which tells it apart from the same words elsewhere on the page.

    Raises:
        Unreadable: with what is the matter with the file, or that the quote is not there. Other exceptions of the
            parser may pass as well.
    """
    wanted = _plain(quote)
    with pdfium.PdfDocument(data) as pdf:
        here, after = (_orders(pdf[at - 1]) if 0 < at <= len(pdf) else [] for at in (page, page + 1))
        for number, orders in ((page, here), (page + 1, after)):
            for signs in orders:
                if found := _whole(signs, wanted, _plain(before)):
                    return _drawn(pdf, number, found, goes_on=False)
        for signs in here:
            split = _split(signs, wanted, after)
            if split is not None:
                return _drawn(pdf, page, *split)
    raise Unreadable(f"does not have the quote on page {page} now")


def _orders(page: pdfium.PdfPage) -> list[list[_Sign]]:
    """The characters of a page in reading order, and in that of the file."""
    drawn = [each for each in characters(page) if each is not None]
    cells = [part for region in read(page) for line in region for part in line.parts]
    lines: list[list[Chunk]] = [[] for _ in cells]
    for chunk in drawn:
        x, y = chunk.middle
        for at, cell in enumerate(cells):
            if cell.left <= x <= cell.right and cell.top <= y <= cell.bottom:
                lines[at].append(chunk)
                break
    ordered = [chunk for line in lines for chunk in sorted(line, key=lambda each: each.left)]
    return [_signs(ordered), _signs(drawn)]


def _signs(chunks: Sequence[Chunk]) -> list[_Sign]:
    found = []
    for chunk, following in zip_longest(chunks, chunks[1:]):
        if chunk.text in _HYPHENS and (following is None or not chunk.beside(following)):
            found.append(_Sign(_BROKEN, chunk))
        else:
            found += [_Sign(text, chunk) for text in _plain(chunk.text)]
    return found


def _plain(text: str) -> str:
    """What is compared of a text: no white space, no marks between cells, one way to write each character."""
    text = unicodedata.normalize("NFKC", text)
    return "".join("-" if char in _HYPHENS else char for char in text if not char.isspace() and char not in _CELLS)


def _matched(signs: Sequence[_Sign], start: int, wanted: str) -> tuple[int, int]:
    """How many characters of `wanted` stand at `start`, and where they end. A hyphen at the end of a line may be one of
    them or not."""
    count, at = 0, start
    while count < len(wanted) and at < len(signs):
        text = signs[at].text
        if text == wanted[count] or (text == _BROKEN and wanted[count] == "-"):
            count += 1
        elif text != _BROKEN or at == start:
            break
        at += 1
    return count, at


def _whole(signs: Sequence[_Sign], wanted: str, before: str = "") -> list[Chunk]:
    """Where all of it stands; of several places the one with the most of `before` before it. Empty if nowhere."""
    best, found = -1, []
    for start in range(len(signs) if wanted else 0):
        count, end = _matched(signs, start, wanted)
        if count == len(wanted) and (shared := _shared(signs, start, before)) > best:
            best, found = shared, [sign.chunk for sign in signs[start:end]]
    return found


def _shared(signs: Sequence[_Sign], start: int, before: str) -> int:
    """How many characters before `start` are the last ones of `before`."""
    count = 0
    for sign in reversed(signs[:start]):
        if sign.text == _BROKEN:
            continue
        if count == len(before) or before[-1 - count] != sign.text:
            break
        count += 1
    return count


def _split(signs: Sequence[_Sign], wanted: str, after: Sequence[Sequence[_Sign]]) -> tuple[list[Chunk], bool] | None:
    """Where its first piece stands, if the rest stands elsewhere on the page or on the next one: a foot or a figure is
    between them. And whether it is the next one."""
    most, at = max((_matched(signs, start, wanted)[0], -start) for start in range(len(signs))) if signs else (0, 0)
    for count in range(min(most, len(wanted) - _PIECE), max(_PIECE, most - _PIECE) - 1, -1):
        first = [sign.chunk for sign in signs[-at : _matched(signs, -at, wanted[:count])[1]]]
        if rest := _whole(signs, wanted[count:]):
            return [*first, *rest], False
        if any(_whole(order, wanted[count:]) for order in after):
            return first, True
    return None


def _drawn(pdf: pdfium.PdfDocument, number: int, found: Sequence[Chunk], goes_on: bool) -> Picture:
    page = pdf[number - 1]
    width, height = page.get_size()
    scale = min(WIDEST / width, HIGHEST / height)
    bitmap = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=raw.FPDFBitmap_BGR)
    pixels = bitmap.to_numpy()
    return Picture(
        page=number,
        width=pixels.shape[1],
        height=pixels.shape[0],
        png=_png(pixels),
        boxes=[_fractions(box, width, height) for box in _boxes(found)],
        goes_on=goes_on,
    )


def _boxes(found: Sequence[Chunk]) -> Iterator[Chunk]:
    """One box for each line, or for each cell."""
    box: Chunk | None = None
    for chunk in found:
        em = max(chunk.size, box.size) if box else 0.0
        if box is not None and box.beside(chunk) and -em < chunk.left - box.right < _WORD_GAP * em:
            box.extended(chunk, "")
            continue
        if box is not None:
            yield box
        box = replace(chunk)
    if box is not None:
        yield box


def _fractions(box: Chunk, width: float, height: float) -> Box:
    left, right = (min(max(each / width, 0.0), 1.0) for each in (box.left, box.right))
    top, bottom = (min(max(each / height, 0.0), 1.0) for each in (box.top, box.bottom))
    return round(left, 5), round(top, 5), round(right - left, 5), round(bottom - top, 5)


def _png(pixels: "np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]") -> bytes:
    """A picture in red, green and blue as PNG."""
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + width * 3), np.uint8)  # each begins with the number of its filter: none
    rows[:, 1:] = pixels.reshape(height, width * 3)

    def part(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(part(*each) for each in parts)
