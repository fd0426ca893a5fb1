"""PDF: text by page in reading order, without running heads and with lines joined to paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

import pypdfium2 as pdfium

from sayso.language.dates import first
from sayso.research.formats import Unreadable
from sayso.research.readers.outline import Outline, OutlineReader, squash
from sayso.research.readers.pdf_layout import read
from sayso.research.readers.pdf_line import Line, run_on
from sayso.research.readers.pdf_tables import tables

MAX_PAGES = 3_000
_REPEATED, _FEW = 0.5, 3
"""Share of the pages on which a first or last line must stand to be a running head; of so few it must be on all."""
_SHORT_LINE = 0.75
"""A line that ends before this share of its column's longest may end its paragraph."""
_APART = 0.9
"""Of the em: a wider gap above it begins a paragraph."""
_LARGER = 1.15
"""Times the size of most of the text: lines as large as that are headings."""
_LONG_HEADING = 12
"""Words."""
_LEVELS = 4
_LEADER = re.compile(r"(?:[.·_] ?){6}")
"""Dots from an entry of the contents to its page."""
_BULLET = re.compile(r"[•‣▪◦–-] ")
_ITEM = re.compile(r"(\d{1,3})[.)] (?=\S)")
_ENDED = re.compile(r"[.!?:;…。！？][\"'”’»)\]]*$")
_FACT, _SAYING = 4, 5
"""Words of a line that is figures for the most part ("VAT 20 % 278.00"), at most; of one without figures or a stop, at
least."""
_FACTS = re.compile(r"\d|\w: \w")
_NUMBER = re.compile(r"\d+(?:\.\d+)*[.)]? ")
"""Of a section, in front of its heading."""
_LONGEST = 2_000
"""Characters of a paragraph that may go on in another column: a file without full stops is not one paragraph."""
_SCANNED = 0.5
"""Share of the pages without text from which on a file is said to be a scan in part."""


class PdfReader(OutlineReader):
    """Reads `.pdf` files that carry text."""

    def outline(self, data: bytes) -> Outline:
        pdf = _opened(data)
        try:
            if len(pdf) > MAX_PAGES:
                raise Unreadable(f"has {len(pdf):,} pages; the limit is {MAX_PAGES:,}, so split it")
            pages = [read(page) for page in pdf]
            said = pdf.get_metadata_dict()
        finally:
            pdf.close()
        empty = sum(not page for page in pages)
        if empty == len(pages):
            raise Unreadable("has no text in it; if it is a scan, run text recognition (OCR) on it first")
        outline = Outline()
        outline.title = squash(said.get("Title", ""))
        outline.date = first((said.get("ModDate"), said.get("CreationDate")))
        if empty > len(pages) * _SCANNED:
            outline.notice = f"{empty:,} of its {len(pages):,} pages have no text; if they are scans, run OCR on them"
        _Writing(outline, pages).write()
        return outline


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("needs a password; save a copy without one") from error
        raise


class _Writing:
    """Writes the pages of one file into its outline."""

    def __init__(self, outline: Outline, pages: Sequence[list[list[Line]]]) -> None:
        self._outline = outline
        self._pages = pages
        self._heads = _running_heads(pages)
        self._sizes = _heading_sizes(pages)
        self._item = 0
        """The number of the last item, if it was numbered and nothing else came after it."""
        self._open: tuple[int, str] | None = None
        """The last paragraph and its page: it may go on in the next column, or on the next page."""
        self._rows: list[list[str]] = []
        """The last table, as long as nothing else came after it: it may go on on the next page."""
        self._begun = self._last = self._page = 0
        """The pages on which that table begins and ends so far, and the one that is read."""

    def write(self) -> None:
        for number, page in enumerate(self._pages, start=1):
            self._page = number
            edges = {id(line) for line in _edges([line for region in page for line in region])}
            for region in page:
                kept = [line for line in region if not (id(line) in edges and _shape(line) in self._heads)]
                for listed, lines in groupby(kept, lambda line: bool(_LEADER.search(line.text))):
                    if listed:
                        self._close()
                        self._outline.aside("\n".join(squash(line.text) for line in lines))
                    else:
                        self._region(list(lines))
        self._close()

    def _region(self, lines: list[Line]) -> None:
        width = max((len(line.text) for line in lines if not line.drawn), default=0)
        parts = list(tables(lines))
        for part in parts:
            if isinstance(part[0], list):
                self._table([cells for cells in part if isinstance(cells, list)], first=part is parts[0])
                continue
            for size, text in self._paragraphs([line for line in part if isinstance(line, Line)], width):
                if size is not None or self._rows:
                    self._close()
                if size is not None:
                    self._outline.heading(self._sizes.index(size) + 1, text)
                    self._item = 0
                elif self._open and text[:1].islower() and _goes_on(self._open[1]):
                    self._open = (self._open[0], run_on(self._open[1], text))
                else:
                    self._close()
                    self._open = (self._page, text)

    def _table(self, rows: list[list[str]], *, first: bool) -> None:
        """Begin a table, or go on with the last one, which may have its header again."""
        if first and self._rows and self._page == self._last + 1 and len(rows[0]) == len(self._rows[0]):
            self._rows += rows[1:] if rows[0] == self._rows[0] else rows
        else:
            self._close()
            self._rows, self._begun = rows, self._page
        self._last = self._page

    def _close(self) -> None:
        """Write the paragraph or the table that was open; what comes next stands on the current page."""
        if self._rows:
            self._outline.page, self._item = self._begun, 0
            self._outline.table(self._rows)
            self._rows = []
        if self._open:
            self._outline.page, text = self._open
            number = _counted(text)
            # The first of several may as well be a section.
            tight = bool(_BULLET.match(text)) or 1 < number == self._item + 1
            self._item = number
            (self._outline.prose if _is_prose(text) else self._outline.aside)(text, tight=tight)
            self._open = None
        self._outline.page = self._page

    def _paragraphs(self, lines: list[Line], width: int) -> Iterator[tuple[int | None, str]]:
        """Lines joined to paragraphs, as far as their places, lengths and first and last characters tell; and headings
        with their size."""
        paragraph, size = "", None
        before: Line | None = None
        for line in lines:
            text = squash(line.text)
            own = self._heading(line, text)
            counts_on = 1 < _counted(text) == _counted(paragraph) + 1 and _ENDED.search(paragraph)
            if before is None or own != size or counts_on or (own is None and self._begins(before, line, width)):
                if paragraph:
                    yield size, paragraph
                paragraph, size = text, own
            else:
                paragraph = run_on(paragraph, text)
            before = line
        if paragraph:
            yield size, paragraph

    def _begins(self, before: Line, line: Line, width: int) -> bool:
        """Whether a line begins a paragraph."""
        text, last = squash(line.text), squash(before.text)
        if _BULLET.match(text) or line.top - before.bottom > _APART * line.size:
            return True
        return len(last) < width * _SHORT_LINE and not last.endswith((",", "-")) and not text[:1].islower()

    def _heading(self, line: Line, text: str) -> int | None:
        size = round(line.size)
        is_heading = size in self._sizes and len(line.cells) == 1 and len(text.split()) <= _LONG_HEADING
        return size if is_heading and any(map(str.isalpha, text)) else None


def _counted(text: str) -> int:
    """The number that an item begins with, if it is one like "3." or "3)"; else 0."""
    match = _ITEM.match(text)
    return int(match[1]) if match else 0


def _goes_on(paragraph: str) -> bool:
    """Whether it was left in the middle of a sentence."""
    return len(paragraph) < _LONGEST and not _ENDED.search(paragraph)


def _heading_sizes(pages: Sequence[list[list[Line]]]) -> list[int]:
    """Sizes of lines that are headings, the largest first: clearly more than most of the text has."""
    sizes: Counter[int] = Counter()
    for page in pages:
        for region in page:
            for line in region:
                sizes[round(line.size)] += len(line.text)
    most = sizes.most_common(1)[0][0] if sizes else 0
    return sorted((size for size in sizes if size >= most * _LARGER), reverse=True)[:_LEVELS]


def _shape(line: Line) -> str:
    """A line with its numbers made alike, so that a running head with a page number repeats."""
    return re.sub(r"\d+", "0", squash(line.text))


def _edges(lines: list[Line]) -> list[Line]:
    """The lines at the top and the bottom of a page, which may be running heads; a drawn table is none."""
    lines = sorted((line for line in lines if not line.drawn), key=lambda line: line.top)
    edge = 2 if len(lines) >= 8 else 1
    return [*lines[:edge], *lines[-edge:]]


def _running_heads(pages: Sequence[list[list[Line]]]) -> set[str]:
    """What stands at the edge of most pages; of a few pages, of all, and no larger than the rest."""
    few = len(pages) <= _FEW
    large = _heading_sizes(pages)
    edges = (_edges([line for region in page for line in region]) for page in pages)
    counts = Counter(
        shape
        for lines in edges
        for shape in {_shape(line) for line in lines if not few or round(line.size) not in large}
    )
    least = len(pages) if few else len(pages) * _REPEATED + 0.5
    return {shape for shape, count in counts.items() if shape and count >= least > 1}


def _is_prose(paragraph: str) -> bool:
    """Whether it can be quoted: a sentence, or a line that says something of something ("To pay 1,668.00"); not the
    scale or the labels of a drawing, nor a short heading."""
    words = _NUMBER.sub("", paragraph).split()
    said = [any(map(str.isalpha, word)) for word in words]
    if 2 * sum(said) < len(words):
        return said[0] and len(words) <= _FACT
    return len(words) >= _SAYING or bool(_ENDED.search(paragraph)) or bool(_FACTS.search(" ".join(words)))
