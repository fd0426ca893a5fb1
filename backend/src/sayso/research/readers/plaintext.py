"""Plain text: its paragraphs."""

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from textwrap import dedent

from sayso.language.structure import is_titled
from sayso.research.readers.heads import is_title_page, mail_head, sections, titled
from sayso.research.readers.outline import Outline, OutlineReader, broken, squash
from sayso.research.readers.text_items import ITEM, TITLE, begins, follows, mark_of, names_list

_UNDERLINE = re.compile(r"(=|-|~|\*|#){3,}\s*$")
_LEADER = r" ?(?:\.{4,}|(?: \.){3,}|_{4,}) ?"
"""The dots that lead from a name to its figure."""
_COLUMNS = re.compile(rf"\S {{3,}}\S|\t\S|\S{_LEADER}\S")
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
_INDENT = ("    ", "\t")
"""Of code below a line that introduces it."""
_GAP = re.compile(rf"{_LEADER}|\t+| {{3,}}|(?<=:) {{2,}}")
_RULE = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"(\d+(?:\.\d+)*[.)]?)\s+(?=\S)")
_CAPITALS = re.compile(r"[^.!?:;|]{3,120}")
_SECTION = 2
"""The level of a section."""
_HEADING_LINES = 3
"""Of a heading that is in capitals, or has a number."""
_APART = 8
"""Blanks that a line is further in than the paragraph below it, from which it stands in the middle of the page."""
_TITLE_PAGE = 4
"""Lines that a title in the middle of the page has at most, with the version and the date below it."""
_SIDES = re.compile(r"([*#|])(?P<inner>(?: [^*#|]*)?)\1")
_BOX = 3  # Lines, at least.


class TextReader(OutlineReader):
    """Reads `.txt`: paragraphs apart by empty lines, underlined headings, simple lists."""

    def outline(self, data: bytes) -> Outline:
        outline = Outline()
        add_text(outline, decode(data))
        outline.title_from_headings()
        return outline


def add_text(outline: Outline, text: str) -> None:
    """Add the paragraphs of `text`, which has `\\n` line ends."""
    section: int | None = None
    """The number of the section under way, whose paragraphs have none."""
    before: list[str] = []
    numbered = sections(_paragraphs(text))
    for at, (lines, following) in enumerate(pairwise(chain(_paragraphs(text), [[]]))):
        title, lines = (squash(lines[0]), lines[1:]) if at in numbered else titled(lines)
        if title:
            outline.heading(_SECTION, title)
            section = _whole_number([title])
            _add(outline, lines)
        elif mail := mail_head(lines):
            outline.heading(_SECTION, mail)
            outline.aside("\n".join(lines))
        elif outline.is_empty and len(lines) <= _TITLE_PAGE and _is_apart(lines, following):
            outline.heading(1, lines[0])
            outline.aside(dedent("\n".join(lines[1:])))
        elif outline.is_empty and is_title_page(lines):
            outline.heading(1, lines[0])
            _add(outline, lines[1:])
        elif (level := _heading_level(lines, following)) and not _is_listed(lines, before, following):
            outline.heading(level, " ".join(lines))
            section = _whole_number(lines) if level == _SECTION else section
        else:
            if section is not None and (number := _whole_number(lines)) in (1, section + 1):
                # The next section has no title above it; after a list of its own it cannot be told.
                section = number if number != 1 else None
                if section:
                    outline.close(_SECTION)
            _add(outline, lines)
        before = lines


def _paragraphs(text: str) -> Iterator[list[str]]:
    """The lines of each paragraph."""
    start = 0
    # Not split at once: a large file would take twice its size.
    for gap in _EMPTY_LINE.finditer(text):
        if lines := text[start : gap.start()].strip("\n"):
            yield from _unboxed(lines.split("\n"))
        start = gap.end()
    yield from _unboxed(text[start:].strip("\n").split("\n"))


def _unboxed(lines: list[str]) -> list[list[str]]:
    """The paragraphs in the box that is drawn around `lines`; `lines`, if there is none."""
    drawn = [_SIDES.fullmatch(line.strip()) for line in lines]
    if len(lines) < _BOX or not all(
        each or _RULE.fullmatch(line.strip()) for each, line in zip(drawn, lines, strict=True)
    ):
        return [lines]
    return list(_paragraphs(dedent("\n".join(each["inner"] for each in drawn if each))))


def _heading_level(lines: list[str], following: list[str]) -> int:
    """The level of the heading that `lines` are by how they are set against what stands below; 0 if they are none."""
    said = squash(" ".join(lines))
    number, bare = _numbered(said)
    depth = _depth(number)
    words = [word for word in bare.split() if word[0].isalpha()]
    # "TOTAL      2,531" is a row.
    is_other = _is_underlined(lines) or any(_COLUMNS.search(line.strip()) for line in lines)
    if is_other or not following or len(lines) > _HEADING_LINES or not words or not bare[0].isupper():
        return 0
    if said.isupper():
        return _SECTION if _CAPITALS.fullmatch(bare) and any(map(str.islower, "".join(following))) else 0
    if len(broken(lines)) > 1 or not TITLE.fullmatch(bare.removesuffix(".") if number else bare):
        return 0
    if depth:
        return _SECTION + depth
    is_title = is_titled(bare)
    if number:
        return _SECTION if is_title and _whole_number(following) is None else 0
    if len(lines) > 1:
        return 0
    is_above_prose = len(words) > 1 and following[-1].rstrip().endswith(".")
    return _SECTION + 1 if _is_apart(lines, following) or (is_title and is_above_prose) else 0


def _is_listed(lines: list[str], *beside: list[str]) -> bool:
    """Whether a number like "1.07" is one of several right behind each other: entries of a list, such as versions."""
    depth = _depth(_numbered(lines[0].strip())[0])
    return depth > 0 and any(each and _depth(_numbered(each[0].strip())[0]) == depth for each in beside)


def _depth(number: str) -> int:
    return number.strip(".").count(".")


def _whole_number(lines: list[str]) -> int | None:
    """The number that a paragraph begins with, if it is one like "7."."""
    number, _ = _numbered(lines[0].strip()) if lines else ("", "")
    bare = number.strip(".)")
    return int(bare) if bare.isdecimal() and bare != number else None


def _numbered(text: str) -> tuple[str, str]:
    """The number in front of `text`, or nothing, and the rest of it."""
    match = _NUMBER.match(text)
    return (match[1], text[match.end() :]) if match else ("", text)


def _is_apart(lines: list[str], following: list[str]) -> bool:
    """Whether all of `lines` stand in the middle of the page, above what begins at its edge."""
    return bool(following) and min(map(_indent, lines)) >= _indent(following[0]) + _APART


def _is_underlined(lines: list[str]) -> bool:
    return len(lines) >= 2 and _UNDERLINE.match(lines[1].strip()) is not None and len(lines[0].strip()) <= 100


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def decode(data: bytes) -> str:
    """The text in `data`, in UTF-8 (see `sayso.research.readers.encoding`), with `\\n` line ends."""
    text = data.decode("utf-8", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")


def _add(outline: Outline, lines: list[str]) -> None:
    if _is_underlined(lines):
        outline.heading("=-~*#".index(lines[1].strip()[0]) + 1, lines[0])
        lines = lines[2:]
    if not lines:
        return
    if len(lines) == 1 and outline.is_empty and TITLE.fullmatch(lines[0].strip()):
        outline.heading(1, lines[0])
        return
    if all(line.startswith(_INDENT) for line in lines) and outline.introduces and not ITEM.match(lines[0]):
        outline.code(dedent("\n".join(lines)))
        return
    if _looks_tabular(lines):
        _add_table(outline, lines)
        return
    if _looks_drawn(lines):
        outline.aside("\n".join(lines))
        return
    if names_list(lines):
        outline.heading(_SECTION + 1, lines[0])
        _add_lines(outline, lines[1:])
        # What comes below the list is no part of it.
        outline.close(_SECTION + 1)
    else:
        _add_lines(outline, lines)


def _add_lines(outline: Outline, lines: list[str]) -> None:
    """Add a paragraph with the lists in it."""
    current: list[str] = []
    marker: str | None = None
    numbers: dict[bool, str] = {}
    """The last number, and the last letter, of an item."""
    indents: list[int] = []
    """Of the bullets of the list under way, and of the lists around it."""
    for line in lines:
        item = ITEM.match(line)
        sign = item and (item[1] or item[2])
        goes_on = item and marker is not None and (sign is None or follows(sign, numbers))
        if item and (goes_on or not current or current[-1].rstrip().endswith(":") or begins(lines, line, item)):
            if sign:
                numbers[sign.isdigit()] = sign
            else:
                indents = [*(each for each in indents if each < _indent(line)), _indent(line)]
            _flush(outline, marker, current)
            current, marker = [line[item.end() :]], mark_of(item, len(indents) - 1)
        else:
            current.append(line)
    _flush(outline, marker, current)


def _add_table(outline: Outline, lines: list[str]) -> None:
    led = any(re.search(rf"\S{_LEADER}\S", line) for line in lines)
    if led and len(lines) > 2 and not _COLUMNS.search(lines[0].strip()):
        # The name of what is listed, right above it.
        outline.prose(lines[0])
        lines = lines[1:]
    rows = [_GAP.split(line.strip()) for line in lines if not _RULE.fullmatch(line.strip())]
    # Names with what leads to their figures, or with a colon, are facts: the first is no header of the others.
    outline.table(rows, header=0 if led or rows[0][0].endswith(":") else None)


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
