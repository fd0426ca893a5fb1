"""PDF: text by page, without running heads and with lines joined to paragraphs."""

import re
from collections import Counter
from io import BytesIO

from pypdf import PdfReader as PypdfReader

from sayso.research.readers.outline import Outline, OutlineReader, Unreadable, squash

MAX_PAGES = 3_000
_REPEATED = 0.5
"""Share of the pages on which a first or last line must stand to be a running head."""
_SHORT_LINE = 0.75
"""A sentence that ends before this share of the line's usual length ends its paragraph."""


class PdfReader(OutlineReader):
    """Reads `.pdf` files that carry text."""

    def outline(self, data: bytes) -> Outline:
        pdf = PypdfReader(BytesIO(data))
        if pdf.is_encrypted and not pdf.decrypt(""):
            raise Unreadable("needs a password; save a copy without one")
        if len(pdf.pages) > MAX_PAGES:
            raise Unreadable(f"has {len(pdf.pages):,} pages; the limit is {MAX_PAGES:,}, so split it")
        pages = [_lines(page.extract_text() or "") for page in pdf.pages]
        if not any(pages):
            raise Unreadable("has no text in it; if it is a scan, run text recognition (OCR) on it first")
        outline = Outline()
        outline.title = squash(str(pdf.metadata.title or "")) if pdf.metadata else ""
        repeated = _running_heads(pages)
        for number, lines in enumerate(pages, start=1):
            outline.page = number
            for paragraph in _paragraphs([line for line in lines if _shape(line) not in repeated]):
                figures = sum(character.isalpha() for character in paragraph) < len(paragraph) / 2
                (outline.aside if figures else outline.prose)(paragraph)
        return outline


def _lines(text: str) -> list[str]:
    lines = [squash(line) for line in text.replace("\0", "").split("\n")]
    while lines and not lines[0]:
        del lines[0]
    while lines and not lines[-1]:
        del lines[-1]
    return lines


def _shape(line: str) -> str:
    """`line` with its numbers made alike, so that a running head with a page number repeats."""
    return re.sub(r"\d+", "0", line)


def _running_heads(pages: list[list[str]]) -> set[str]:
    if len(pages) < 4:
        return set()
    counts = Counter(
        shape for lines in pages for shape in {_shape(line) for line in (*lines[:2], *lines[-2:])} if shape
    )
    return {shape for shape, count in counts.items() if count > len(pages) * _REPEATED}


def _paragraphs(lines: list[str]) -> list[str]:
    """Paragraphs end at an empty line, or at a sentence that ends well before the margin."""
    width = max((len(line) for line in lines), default=0)
    paragraphs = [""]
    for line in lines:
        if not line:
            paragraphs.append("")
            continue
        before = paragraphs[-1]
        if re.search(r"[^\W\d_]-$", before) and line[:1].islower():
            paragraphs[-1] = before[:-1] + line
        else:
            paragraphs[-1] = f"{before} {line}" if before else line
        if len(line) < width * _SHORT_LINE and line.endswith((".", "!", "?", ":")):
            paragraphs.append("")
    return [paragraph for paragraph in paragraphs if paragraph]
