"""Passages: stretches of a document that end at a statement and are short enough to read as a quote."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.language.segments import segments
from sayso.language.statements import CELL, FENCE, MARK, RULE

AIM = 80
"""Words after which a passage ends with its paragraph."""
FULL = 150
"""Words after which a passage ends with its sentence."""
LIMIT = 200
"""Words that a passage never exceeds, unless one sentence does."""
TAIL = 40
"""A last passage below this many words joins the one before it."""
MAX_LEAD = 300
"""Characters of a line that is carried along as what leads into a passage."""

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
        for first, last in _packed(list(_pieces(text, stretch, language)))
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


def _pieces(text: str, stretch: Stretch, language: str) -> Iterator[_Piece]:
    lead: str | None = None
    """Of the list or table under way."""
    before = ""
    """The line before, a candidate for the next lead."""
    fence: str | None = None
    """The opening line of the code under way."""
    for match in _LINE.finditer(text, stretch.start, stretch.end):
        line = match.group()
        bare = line.strip()
        if fence is not None:
            closes = bare.startswith(FENCE)
            yield _whole(match, line, ends_paragraph=closes or not before, lead=fence)
            before, fence = bare, None if closes else fence
            continue
        if bare.startswith(FENCE):
            fence, lead = bare, None
            yield _whole(match, line, ends_paragraph=False)
            before = bare
            continue
        if CELL in line or RULE.fullmatch(bare.strip("|")):
            if RULE.fullmatch(bare.strip("|")):
                lead = before[:MAX_LEAD]
            yield _whole(match, line, ends_paragraph=CELL in line and lead is not None, lead=lead)
            before = bare
            continue
        item = MARK.match(line)
        if item and lead is None and before.endswith((":", "：")):
            lead = before[-MAX_LEAD:]
        elif not item and not line[:2].isspace():
            lead = None
        # A line that ends in a colon introduces what follows, so no passage ends there.
        introduces = bare.endswith((":", "：", "?", "？"))
        mark = item.end() if item else 0
        start = match.start()
        for end in sentence_ends(line[mark:], language):
            last = match.start() + mark + end
            closes = last == match.end() and not introduces
            for cut_start, cut_end in _cut(text, start, last):
                stripped = text[cut_start:cut_end].strip()
                offset = cut_start + text[cut_start:cut_end].find(stripped)
                if stripped:
                    yield _Piece(offset, offset + len(stripped), word_count(stripped), closes, lead)
            start = last
        before = bare


def _whole(match: re.Match[str], line: str, *, ends_paragraph: bool, lead: str | None = None) -> _Piece:
    return _Piece(match.start(), match.end(), word_count(line), ends_paragraph, lead)


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
