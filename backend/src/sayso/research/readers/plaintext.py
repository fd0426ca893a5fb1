"""Plain text: its paragraphs."""

import re
from collections.abc import Iterator
from itertools import pairwise
from textwrap import dedent

from sayso.research.readers.outline import Outline, OutlineReader

_UNDERLINE = re.compile(r"(=|-|~|\*|#){3,}\s*$")
_ITEM = re.compile(r"\s*(?:[-*+•]|(\d+)[.)])\s+(?=\S)")
_COLUMNS = re.compile(r"\S {3,}\S|\t\S")
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
_TITLE = re.compile(r"[^.!?:;,|]{3,80}")
"""A first line by itself, without a stop, names the document."""
_INDENT = ("    ", "\t")
"""Of code below a line that introduces it."""
_GAP = re.compile(r"\t+| {3,}")
_RULE = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"(?:\d+\.)+\d+\.?\s")
_APART = 8
"""Blanks that a line is further in than the paragraph below it, from which it stands in the middle of the page."""
_TITLE_PAGE = 4
"""Lines that a title in the middle of the page has at most, with the version and the date below it."""
_SMALL = 4
"""Letters of a word from which it has a capital in a title."""


class TextReader(OutlineReader):
    """Reads `.txt`: paragraphs apart by empty lines, underlined headings, simple lists."""

    def outline(self, data: bytes) -> Outline:
        outline = Outline()
        add_text(outline, decode(data))
        return outline


def add_text(outline: Outline, text: str) -> None:
    """Add the paragraphs of `text`, which has `\\n` line ends."""
    for lines, following in pairwise(_paragraphs(text)):
        if outline.is_empty and len(lines) <= _TITLE_PAGE and _is_apart(lines, following):
            outline.heading(1, lines[0])
            outline.aside(dedent("\n".join(lines[1:])))
        elif level := _heading_level(lines, following):
            outline.heading(level, lines[0])
        else:
            _add(outline, lines)


def _paragraphs(text: str) -> Iterator[list[str]]:
    """The lines of each paragraph, and an empty one behind the last."""
    start = 0
    # Not split at once: a large file would take twice its size.
    for gap in _EMPTY_LINE.finditer(text):
        if lines := text[start : gap.start()].strip("\n"):
            yield lines.split("\n")
        start = gap.end()
    yield text[start:].strip("\n").split("\n")
    yield []


def _heading_level(lines: list[str], following: list[str]) -> int:
    """The level of the heading that a lone line is by how it is set against what stands below it; 0 if it is none."""
    said = lines[0].strip()
    words = [word for word in said.split() if word[:1].isalpha()]
    if len(lines) > 1 or not following or not words or not _TITLE.fullmatch(said.replace(".", "")) or said[-1] == ".":
        return 0
    if not any(map(str.islower, "".join(following))):
        return 0
    if said.isupper():
        return 2
    if _NUMBERED.match(said):
        return 2 + said.split()[0].strip(".").count(".")
    if not said[0].isupper():
        return 0
    is_title = len(words) > 1 and all(word[0].isupper() for word in words if len(word) >= _SMALL)
    return 3 if _is_apart(lines, following) or (is_title and following[-1].rstrip().endswith(".")) else 0


def _is_apart(lines: list[str], following: list[str]) -> bool:
    """Whether all of `lines` stand in the middle of the page, above what begins at its edge."""
    return bool(following) and min(map(_indent, lines)) >= _indent(following[0]) + _APART


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def decode(data: bytes) -> str:
    """The text in `data`, in UTF-8 (see `sayso.research.readers.encoding`), with `\\n` line ends."""
    text = data.decode("utf-8", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")


def _add(outline: Outline, lines: list[str]) -> None:
    if len(lines) >= 2 and _UNDERLINE.match(lines[1].strip()) and len(lines[0].strip()) <= 100:
        outline.heading("=-~*#".index(lines[1].strip()[0]) + 1, lines[0])
        lines = lines[2:]
    if not lines:
        return
    if len(lines) == 1 and outline.is_empty and _TITLE.fullmatch(lines[0].strip()):
        outline.heading(1, lines[0])
        return
    if all(line.startswith(_INDENT) for line in lines) and outline.introduces and not _ITEM.match(lines[0]):
        outline.code(dedent("\n".join(lines)))
        return
    if _looks_tabular(lines):
        outline.table([_GAP.split(line.strip()) for line in lines if not _RULE.fullmatch(line.strip())])
        return
    if _looks_drawn(lines):
        outline.aside("\n".join(lines))
        return
    current: list[str] = []
    marker: str | None = None
    for line in lines:
        item = _ITEM.match(line)
        if item and (marker is not None or line is lines[0] or current[-1].rstrip().endswith(":")):
            _flush(outline, marker, current)
            current, marker = [line[item.end() :]], f"{item[1]}) " if item[1] else "• "
        else:
            current.append(line)
    _flush(outline, marker, current)


def _flush(outline: Outline, marker: str | None, lines: list[str]) -> None:
    text = " ".join(lines).strip()
    if _RULE.fullmatch(text):
        outline.aside(text)
    elif marker is not None:
        outline.prose(marker + text, tight=True)
    else:
        outline.lines(lines)


def _looks_tabular(lines: list[str]) -> bool:
    """Columns, apart by tabs or several blanks."""
    return len(lines) >= 2 and sum(bool(_COLUMNS.search(line.strip())) for line in lines) > len(lines) / 2


def _looks_drawn(lines: list[str]) -> bool:
    """Drawings and ciphers, of which no statement can be made."""
    text = "".join("".join(lines).split())
    return bool(text) and sum(character.isalnum() for character in text) < len(text) / 2
