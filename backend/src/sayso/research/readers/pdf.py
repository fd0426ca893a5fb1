"""PDF: text by page, without running heads and with lines joined to paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import chain, groupby

from pypdf import PageObject
from pypdf import PdfReader as PypdfReader

from sayso.language.dates import first
from sayso.research.formats import Unreadable
from sayso.research.readers.outline import Outline, OutlineReader, squash

MAX_PAGES = 3_000
_REPEATED = 0.5
"""Share of the pages on which a first or last line must stand to be a running head."""
_SHORT_LINE = 0.75
"""A line that ends before this share of the page's longest may end its paragraph."""
_LONG_HEADING = 12
"""Words."""
_BULLET = re.compile(r"[•‣▪◦–-] ")
_LAID_OUT = re.compile(r"\S+(?: \S+)*")
"""A cell of a line that is laid out as on the page."""
_CELL = 40
"""Characters of a cell at most, on average: longer ones are columns of prose."""


class PdfReader(OutlineReader):
    """Reads `.pdf` files that carry text."""

    def outline(self, data: bytes) -> Outline:
        pdf = PypdfReader(BytesIO(data))
        if pdf.is_encrypted and not pdf.decrypt(""):
            raise Unreadable("needs a password; save a copy without one")
        if len(pdf.pages) > MAX_PAGES:
            raise Unreadable(f"has {len(pdf.pages):,} pages; the limit is {MAX_PAGES:,}, so split it")
        pages = [_lines(page.extract_text() or "") for page in pdf.pages]
        tables = [_rows(page) for page in pdf.pages]
        if not any(pages):
            raise Unreadable("has no text in it; if it is a scan, run text recognition (OCR) on it first")
        outline = Outline()
        outline.title = squash(str(pdf.metadata.title or "")) if pdf.metadata else ""
        if pdf.metadata:
            # As text: pypdf raises on dates that are no dates.
            outline.date = first(str(pdf.metadata.get(key, "")) for key in ("/ModDate", "/CreationDate"))
        repeated = _running_heads(pages)
        for number, lines in enumerate(pages, start=1):
            outline.page = number
            for part in _parts(_body(lines, repeated), tables[number - 1]):
                if isinstance(part, list):
                    outline.table(part)
                    continue
                tight = bool(_BULLET.match(part))
                (outline.prose if _is_prose(part) else outline.aside)(part, tight=tight)
        return outline


def _lines(text: str) -> list[str]:
    lines = [squash(line) for line in text.replace("\0", "").split("\n")]
    while lines and not lines[0]:
        del lines[0]
    while lines and not lines[-1]:
        del lines[-1]
    return lines


def _rows(page: PageObject) -> dict[str, list[str]]:
    """The rows of a page's tables by their text: neighbouring lines with as many cells, each below the one above."""
    found: dict[str, list[str]] = {}
    run: list[list[re.Match[str]]] = []
    for line in [*(page.extract_text(extraction_mode="layout") or "").split("\n"), ""]:
        cells = list(_LAID_OUT.finditer(line))
        if run and not _below(cells, run[-1]):
            rows = [[squash(cell.group()) for cell in row] for row in run]
            if len(rows) > 1 and sum(map(len, chain(*rows))) <= _CELL * len(rows) * len(rows[0]):
                found |= {" ".join(row): row for row in rows}
            run = []
        if len(cells) > 1 and not _BULLET.match(f"{cells[0].group()} "):
            run.append(cells)
    return found


def _below(cells: list[re.Match[str]], above: list[re.Match[str]]) -> bool:
    aligned = (
        one.start() < other.end() and other.start() < one.end() for one, other in zip(cells, above, strict=False)
    )
    return len(cells) == len(above) and all(aligned)


def _parts(lines: list[str], rows: dict[str, list[str]]) -> Iterator[str | list[list[str]]]:
    """The page's paragraphs, and its tables as rows of cells."""
    for is_row, group in groupby(lines, rows.__contains__):
        if is_row:
            yield [rows[line] for line in group]
        else:
            yield from _paragraphs(list(group))


def _shape(line: str) -> str:
    """`line` with its numbers made alike, so that a running head with a page number repeats."""
    return re.sub(r"\d+", "0", line)


def _edge(lines: list[str]) -> int:
    """How many lines at the top and the bottom of a page may be running heads."""
    return 2 if len(lines) >= 8 else 1


def _running_heads(pages: list[list[str]]) -> set[str]:
    if len(pages) < 4:
        return set()
    edges = ({_shape(line) for line in (*lines[: _edge(lines)], *lines[-_edge(lines) :])} for lines in pages)
    counts = Counter(shape for shapes in edges for shape in shapes if shape)
    return {shape for shape, count in counts.items() if count > len(pages) * _REPEATED}


def _body(lines: list[str], heads: set[str]) -> list[str]:
    edge, last = _edge(lines), len(lines)
    return [
        line
        for number, line in enumerate(lines)
        if not (_shape(line) in heads and (number < edge or number >= last - edge))
    ]


def _paragraphs(lines: list[str]) -> list[str]:
    """Lines joined to paragraphs, as far as their lengths and first and last characters tell."""
    width = max((len(line) for line in lines), default=0)
    paragraphs: list[str] = []
    ended = True
    for number, line in enumerate(lines):
        if not line:
            ended = True
            continue
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if ended or _BULLET.match(line):
            paragraphs.append(line)
        elif re.search(r"[^\W\d_]-$", paragraphs[-1]) and line[:1].islower():
            paragraphs[-1] = paragraphs[-1][:-1] + line
        else:
            paragraphs[-1] += f" {line}"
        ended = len(line) < width * _SHORT_LINE and not line.endswith((",", "-")) and not following[:1].islower()
    return paragraphs


def _is_prose(paragraph: str) -> bool:
    """Whether it can be quoted: not headings, figures, or captions without a full stop."""
    if sum(character.isalpha() for character in paragraph) < len(paragraph) / 2:
        return False
    if _BULLET.match(paragraph) or len(paragraph.split()) > _LONG_HEADING:
        return True
    return paragraph.endswith((".", "!", "?", ":", ";", "”", ")"))
