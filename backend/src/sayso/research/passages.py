"""Passages: stretches of a document that end at a statement and are short enough to read as a quote."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.language.leads import PARENT, Leads
from sayso.language.segments import segments
from sayso.language.structure import CELL, FENCE, MARK, is_rule

AIM = 80
"""Words after which a passage ends with its paragraph."""
FULL = 150
"""Words after which a passage ends with its sentence."""
LIMIT = 200
"""Words that a passage never exceeds, unless one sentence does."""
TAIL = 40
"""A last passage below this many words joins the one before it."""
MAX_LEAD = 300
"""Characters of a line that is carried along as what leads into a passage; a longer one is none."""

_CHARACTERS_PER_WORD = 10
"""Upper estimate, so that scripts without spaces are cut too and English is not affected."""
_LONGEST_SENTENCE = 1_500
"""Characters; a longer "sentence" (a list without full stops, minified text) is cut at a space."""
_LINE = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text under one heading and on one page, as `document_text[start:end]`. A passage never leaves it.

    A line break within it ends a sentence. Its lists, tables and code are written as `sayso.language.statements` reads
    them.
    """

    start: int
    end: int
    heading: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Where a passage stands: `document_text[offset : offset + length]`."""

    offset: int
    length: int
    heading: str | None = None
    page: int | None = None
    lead: str | None = None
    """The line that leads into the list, table or code in whose middle the passage begins."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is not cut: a sentence, a row, an item, a line of code."""

    start: int
    end: int
    size: int
    """In words."""
    ends_paragraph: bool
    lead: str | None = None
    """What the passage lacks if it begins here."""


def split(text: str, stretches: Iterable[Stretch], language: str = "en") -> list[Span]:
    """The passages of a document, in reading order."""
    return [
        Span(first.start, last - first.start, stretch.heading, stretch.page, first.lead)
        for stretch in stretches
        for first, last in _packed(list(_Cutter(text, language).run(stretch)))
    ]


def word_count(text: str) -> int:
    """Words of `text`; scripts without spaces count by characters."""
    return max(len(text.split()), len(text) // _CHARACTERS_PER_WORD)


def sentence_ends(line: str, language: str = "en") -> Iterator[int]:
    """End offsets (exclusive) of the sentences of one line, rising to `len(line)`."""
    end = 0
    for sentence in segments(line, language):
        end += len(sentence)
        if end >= len(line):
            break
        yield end
    yield len(line)


class _Cutter:
    """Goes through a stretch line by line and knows what leads into each: a table's header, a list's first line, the
    opening line of code."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language
        self._header: str | None = None
        """Of the table under way."""
        self._leads: Leads[str] = Leads()
        self._item_lead: str | None = None
        """Of the item under way, which may go on on the next lines."""
        self._before = ""
        """The line before, a candidate for the next lead."""
        self._fence: str | None = None
        """The opening line of the code under way."""

    def run(self, stretch: Stretch) -> Iterator[_Piece]:
        for match in _LINE.finditer(self._text, stretch.start, stretch.end):
            line, bare = match.group(), match.group().strip()
            if self._fence is not None or bare.startswith(FENCE):
                yield from self._code(match, bare)
            elif CELL in line or is_rule(line):
                if is_rule(line):
                    self._header = self._before if len(self._before) <= MAX_LEAD else None
                yield from self._whole(match, ends=self._header is not None, lead=self._header)
            else:
                yield from self._prose(match, bare)
            self._before = bare

    def _code(self, match: re.Match[str], bare: str) -> Iterator[_Piece]:
        if self._fence is None:
            self._fence, self._header = bare, None
            self._leads.close()
            yield from self._whole(match, ends=False)
            return
        closes = bare.startswith(FENCE)
        yield from self._whole(match, ends=closes, lead=self._fence)
        if closes:
            self._fence = None

    def _prose(self, match: re.Match[str], bare: str) -> Iterator[_Piece]:
        line = match.group()
        item = MARK.match(line)
        self._header = None
        if item:
            itself = line[item.end() :].strip() if len(line.split()) <= PARENT else None
            self._item_lead = self._leads.item(item.group(), self._introduction(), itself)
        elif not line[:2].isspace():
            self._leads.close()
            self._item_lead = None
        # A line that ends in a colon or asks introduces what follows, so no passage ends there.
        introduces = bare.endswith((":", "：", "?", "？"))
        mark = item.end() if item else 0
        start = match.start()
        for end in sentence_ends(line[mark:], self._language):
            last = match.start() + mark + end
            ends = last == match.end() and not introduces
            yield from self._pieces(start, last, ends=ends, lead=self._item_lead)
            start = last

    def _introduction(self) -> str | None:
        """The last sentence of the line before, without the mark of its item, if that introduces something."""
        if not self._before.endswith((":", "：")):
            return None
        mark = MARK.match(self._before)
        introduction = segments(self._before[mark.end() if mark else 0 :], self._language)[-1]
        return introduction if len(introduction) <= MAX_LEAD else None

    def _whole(self, match: re.Match[str], *, ends: bool, lead: str | None = None) -> Iterator[_Piece]:
        return self._pieces(match.start(), match.end(), ends=ends, lead=lead)

    def _pieces(self, start: int, end: int, *, ends: bool, lead: str | None) -> Iterator[_Piece]:
        for first, last in _cut(self._text, start, end):
            stripped = self._text[first:last].strip()
            offset = first + self._text[first:last].find(stripped)
            if stripped:
                yield _Piece(offset, offset + len(stripped), word_count(stripped), ends, lead)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST_SENTENCE:
        space = text.rfind(" ", start + _LONGEST_SENTENCE // 2, start + _LONGEST_SENTENCE)
        cut = space if space > 0 else start + _LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end


def _packed(pieces: list[_Piece]) -> list[tuple[_Piece, int]]:
    """The first piece and the end offset of each passage."""
    packed: list[list[_Piece]] = []
    current: list[_Piece] = []
    size = 0
    for piece in pieces:
        if current and size + piece.size > LIMIT:
            packed.append(current)
            current, size = [], 0
        current.append(piece)
        size += piece.size
        if size >= FULL or (piece.ends_paragraph and size >= AIM):
            packed.append(current)
            current, size = [], 0
    if current:
        before = sum(piece.size for piece in packed[-1]) if packed else LIMIT
        if size < TAIL and before + size <= LIMIT:
            packed[-1].extend(current)
        else:
            packed.append(current)
    return [(passage[0], passage[-1].end) for passage in packed]
