"""The outline of a document: its blocks in reading order, with headings and pages."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sayso.language.structure import CELL, CLOSED, FENCE
from sayso.research.formats import HEADING_SEPARATOR, Unreadable
from sayso.research.passages import Stretch
from sayso.research.readers.table_header import names_columns

_FULL = 56
"""Characters that a line has room for in any case; who breaks it earlier means to."""
_CAPTION, _DEEPEST = 12, 99
"""Words of a line right above a table that names it, at most, and the level of such a heading."""


def names(text: str) -> frozenset[str]:
    """The names in `text`, which are apart by spaces."""
    return frozenset(text.split())


def squash(text: str) -> str:
    """`text` on one line with single spaces."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a reader makes of a file: one text, and the stretches of it that may be quoted."""

    title: str
    date: str | None
    """What it says of its own date, see `sayso.language.dates`."""
    text: str
    stretches: list[Stretch]
    notice: str | None = None
    """What is doubtful about it or missing from it, fit to follow the file's name."""


def broken(lines: Sequence[str]) -> list[str]:
    """A paragraph's lines, those joined that were only broken because they were full.

    A break was meant where the next line begins anew (with a capital, a figure or a sign) although its first word would
    have fitted.
    """
    found: list[str] = []
    length = 0
    """Of the line before, as it was written."""
    for line in filter(None, map(squash, lines)):
        fits = length + 1 + len(line.split(" ", 1)[0]) <= _FULL
        if found and not (fits and not line[:1].islower()):
            found[-1] += f" {line}"
        else:
            found.append(line)
        length = len(line)
    return found


_Span: TypeAlias = tuple[int, int, tuple[str, ...], int | None]
"""Start and end of what may be quoted, the headings above it, and its page."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph, where it ends, how many stretches there were before it, and the last of them, if any."""

    text: str
    end: int
    number: int
    before: list[_Span]

    @property
    def name(self) -> str:
        """What the table below it is about, if it says no more than that."""
        name = self.text.rstrip(":： ")
        # "Deposit: 50 EUR" is a fact, and has to stay one that can be quoted.
        is_fact = any(map(str.isdigit, name.partition(": ")[2]))
        return "" if is_fact or len(name.split()) > _CAPTION or CLOSED.search(name) or CELL in name else name


class Outline:
    """Collects blocks and gives one text, all of which may be quoted but headings and what is set aside.

    Every block is one line, code excepted, so a line break always ends a sentence.
    """

    def __init__(self) -> None:
        self.title = ""
        self.date: str | None = None
        """What the document says of its own date, see `sayso.language.dates`."""
        self.notice: str | None = None
        """See `ReadDocument`."""
        self.page: int | None = None
        self._parts: list[str] = []
        self._length = 0
        self._headings: list[tuple[int, str]] = []
        self._stretches: list[_Span] = []
        self._last: _Paragraph | None = None

    def heading(self, level: int, text: str) -> None:
        """Open a section; it closes those of the same or a deeper level. The first of level 1 names the document."""
        text = squash(text)
        if not text:
            return
        self.close(level)
        self._headings.append((level, text))
        if level == 1 and not self.title:
            self.title = text
        self._append(text, "\n\n")

    def close(self, level: int) -> None:
        """Close the sections of this and deeper levels."""
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()

    def prose(self, text: str, *, tight: bool = False) -> None:
        """A paragraph, or with `tight` an item of a list, which follows on the next line."""
        text = squash(text)
        if not text:
            return
        number, before = len(self._stretches), self._stretches[-1:]
        self._quotable(text, "\n" if tight else "\n\n")
        self._last = None if tight else _Paragraph(text, self._length, number, before)

    def _quotable(self, text: str, separator: str) -> None:
        start, end = self._append(text, separator)
        path = tuple(heading for _, heading in self._headings)
        if self._stretches:
            first, last, other_path, other_page = self._stretches[-1]
            # Only separators may lie between: an aside or a heading ends the stretch.
            if (path, self.page) == (other_path, other_page) and start - last <= 2:
                self._stretches[-1] = (first, end, path, self.page)
                return
        self._stretches.append((start, end, path, self.page))

    def lines(self, lines: Sequence[str], marker: str = "") -> None:
        """A paragraph whose line breaks were meant, in part: see `broken`."""
        for at, line in enumerate(broken(lines)):
            self.prose(f"{marker}{line}" if at == 0 else line, tight=at > 0 or bool(marker))

    def table(self, rows: Sequence[Sequence[str]], *, header: int | None = None) -> None:
        """Rows of cells, as `sayso.language.statements` reads them.

        Args:
            header: how many of the first rows are the header, which may be empty; left out, one, if the first looks
                like one (`names_columns`).
        """
        cleaned = [[squash(cell).replace("|", "¦") for cell in row] for row in rows]
        header = header and sum(any(row) for row in cleaned[:header])
        cleaned = [row for row in cleaned if any(row)]
        if header is None:
            header = int(len(cleaned) > 1 and names_columns(cleaned[0], cleaned[1:]))
        named = bool(cleaned) and self._takes_name()
        for at, row in enumerate(cleaned):
            self.prose(CELL.join(row), tight=at > 0)
            if at + 1 == header and len(row) > 1:
                self._quotable(CELL.join("---" for _ in row), "\n")
        if named:
            self.close(_DEEPEST)

    def _takes_name(self) -> bool:
        """Make the last paragraph the heading of the table that follows, if it is right above it and names it."""
        above = self._last
        if above is None or above.end != self._length or not above.name:
            return False
        self._stretches[max(0, above.number - 1) :] = above.before
        self._headings.append((_DEEPEST, above.name))
        return True

    def code(self, text: str, language: str = "") -> None:
        """A block of code, which keeps its line breaks."""
        text = _without_blank_ends(text).replace(FENCE, '"""')
        if text.strip():
            self._quotable(f"{FENCE}{language}\n{text}\n{FENCE}", "\n\n")

    def aside(self, text: str, *, tight: bool = False) -> None:
        """Drawings, navigation: kept in the text, never quoted. Keeps its line breaks."""
        text = _without_blank_ends(text)
        if text:
            self._append(text, "\n" if tight else "\n\n")

    @property
    def is_empty(self) -> bool:
        return not self._parts

    @property
    def introduces(self) -> bool:
        """Whether the last block ends in a colon."""
        return bool(self._parts) and self._parts[-1].endswith((":", "："))

    @property
    def has_prose(self) -> bool:
        return bool(self._stretches)

    def document(self, name: str) -> ReadDocument:
        """All that was collected; `name` is the title of a document that has none of its own."""
        title = self.title or name
        stretches = [
            Stretch(start, end, HEADING_SEPARATOR.join(path[1:] if path[:1] == (title,) else path) or None, page)
            for start, end, path, page in self._stretches
        ]
        return ReadDocument(title, self.date, "".join(self._parts), stretches, self.notice)

    def title_from_headings(self) -> None:
        """Take the heading that all of the document stands under as its title, if it has no other."""
        tops = {path[:1] for _, _, path, _ in self._stretches}
        self.title = self.title or (next(iter(tops.pop()), "") if len(tops) == 1 else "")

    def _append(self, text: str, separator: str) -> tuple[int, int]:
        if not text.isascii():
            # Lone surrogates, from broken files, cannot be stored or sent.
            text = text.encode("utf-8", "ignore").decode("utf-8")
        if self._parts:
            self._parts.append(separator)
            self._length += len(separator)
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start, self._length


def _without_blank_ends(text: str) -> str:
    # Not an expression, which takes the square of a line's blanks.
    return "\n".join(map(str.rstrip, text.split("\n"))).strip("\n")


class OutlineReader(ABC):
    """Makes one document with headings of one file."""

    @abstractmethod
    def outline(self, data: bytes) -> Outline:
        """The outline of a file's content.

        Raises:
            Unreadable: with the reason. Other exceptions of the parser may pass as well.
        """

    def read(self, data: bytes, name: str) -> ReadDocument:
        """The document in `data`; `name` is its title if it has none of its own.

        Raises:
            Unreadable: see `outline`; also if there is neither text nor a title.
        """
        outline = self.outline(data)
        document = outline.document(name)
        if not document.text and not outline.title:
            raise Unreadable("has no text in it")
        return document
