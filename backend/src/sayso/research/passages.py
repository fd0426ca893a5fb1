"""Passages: stretches of a document that end at a sentence and are short enough to read as a quote."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.language.segments import segments

AIM = 80
"""Words after which a passage ends with its paragraph."""
FULL = 150
"""Words after which a passage ends with its sentence."""
LIMIT = 200
"""Words that a passage never exceeds, unless one sentence does."""
TAIL = 40
"""A last passage below this many words joins the one before it."""

_CHARACTERS_PER_WORD = 10
"""Upper estimate, so that scripts without spaces are cut too and English is not affected."""
_LONGEST_SENTENCE = 1_500
"""Characters; a longer "sentence" (a list without full stops, minified text) is cut at a space."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Prose under one heading and on one page, as `document_text[start:end]`. A passage never leaves it.

    A line break within it ends a sentence.
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


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    size: int
    ends_paragraph: bool


def split(text: str, stretches: Iterable[Stretch]) -> list[Span]:
    """The passages of a document, in reading order."""
    return [
        Span(start, end - start, stretch.heading, stretch.page)
        for stretch in stretches
        for start, end in _pack(text, list(_sentences(text, stretch)))
    ]


def word_count(text: str) -> int:
    """Words of `text`; scripts without spaces count by characters."""
    return max(len(text.split()), len(text) // _CHARACTERS_PER_WORD)


def sentence_ends(line: str) -> Iterator[int]:
    """End offsets (exclusive) of the sentences of one line, rising to `len(line)`."""
    end = 0
    for sentence in segments(line):
        end += len(sentence)
        if end >= len(line):
            break
        yield end
    yield len(line)


def _sentences(text: str, stretch: Stretch) -> Iterator[_Sentence]:
    for line in re.finditer(r"[^\n]*\S[^\n]*", text[stretch.start : stretch.end]):
        # A line that ends in a colon introduces what follows, so no passage ends there.
        introduces = line.group().rstrip().endswith(":")
        start = 0
        for end in sentence_ends(line.group()):
            ends_paragraph = end == len(line.group()) and not introduces
            for piece_start, piece_end in _cut(line.group(), start, end):
                piece = line.group()[piece_start:piece_end]
                offset = stretch.start + line.start() + piece_start + len(piece) - len(piece.lstrip())
                if stripped := piece.strip():
                    yield _Sentence(offset, offset + len(stripped), word_count(stripped), ends_paragraph)
            start = end


def _cut(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST_SENTENCE:
        space = line.rfind(" ", start + _LONGEST_SENTENCE // 2, start + _LONGEST_SENTENCE)
        cut = space if space > 0 else start + _LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end


def _pack(text: str, sentences: list[_Sentence]) -> list[tuple[int, int]]:
    packed: list[list[_Sentence]] = []
    current: list[_Sentence] = []
    size = 0
    for sentence in sentences:
        if current and size + sentence.size > LIMIT:
            packed.append(current)
            current, size = [], 0
        current.append(sentence)
        size += sentence.size
        if size >= FULL or (sentence.ends_paragraph and size >= AIM):
            packed.append(current)
            current, size = [], 0
    if current:
        before = sum(sentence.size for sentence in packed[-1]) if packed else LIMIT
        if size < TAIL and before + size <= LIMIT:
            packed[-1].extend(current)
        else:
            packed.append(current)
    return [(passage[0].start, passage[-1].end) for passage in packed]
