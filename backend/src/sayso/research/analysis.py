"""A document's passages as an index holds them: with their words, and what they mean."""

import base64
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from sayso.language.meaning import LANGUAGE, embedded, packed
from sayso.language.tokens import spellings, stems, tokens
from sayso.research.formats import HEADING_SEPARATOR
from sayso.research.passages import Span


@dataclass(frozen=True, slots=True)
class Analysed:
    """One passage. Words are stems apart by blanks, see `sayso.language.tokens`."""

    span: Span
    words: str
    title: str
    heading: str
    own: bytes
    """The distinct words of the passage as sorted 32-bit numbers (`numbered`)."""
    above: bytes
    """Those of its title and headings."""
    spelled: dict[int, str]
    """A spelling of each of its words that has a meaning of its own and no passage before it has, by number."""
    vector: bytes
    """Its meaning, one byte a number; nothing where it is in a language that the table does not know."""

    def to_json(self) -> list[Any]:
        packed = (base64.b64encode(each).decode() for each in (self.own, self.above, self.vector))
        span = self.span
        place = [span.offset, span.length, span.heading, span.page, span.lead]
        return [place, self.words, self.title, self.heading, list(self.spelled.items()), *packed]

    @classmethod
    def from_json(cls, value: list[Any]) -> "Analysed":
        span, words, title, heading, spelled, *packed = value
        own, above, vector = map(base64.b64decode, packed)
        return cls(Span(*span), words, title, heading, own, above, dict(spelled), vector)


def analysed(title: str, text: str, spans: list[Span], language: str) -> list[Analysed]:
    """The passages of a document for the index."""
    title_words = tokens(title, language)
    headings: dict[str, list[str]] = {}
    for span in spans:
        heading = span.heading or ""
        if heading not in headings:
            headings[heading] = tokens(heading, language)
    runs = [spellings(text[span.offset : span.offset + span.length]) for span in spans]
    words = [stems(each, language) for each in runs]
    vectors = [b""] * len(spans)
    if language == LANGUAGE:
        held = [text[span.offset : span.offset + span.length] for span in spans]
        rows = packed(
            embedded([situated(title, span.heading or "", each) for span, each in zip(spans, held, strict=True)])
        )
        vectors = [row.tobytes() for row in rows]
    joined_title = " ".join(title_words)
    joined = {heading: (" ".join(found), numbered([*title_words, *found])) for heading, found in headings.items()}
    seen: set[tuple[str, str]] = set()
    return [
        Analysed(
            span,
            " ".join(own),
            joined_title,
            joined[span.heading or ""][0],
            numbered(own),
            joined[span.heading or ""][1],
            _spelled(spelled, own, seen) if vector else {},
            vector,
        )
        for span, spelled, own, vector in zip(spans, runs, words, vectors, strict=True)
    ]


def numbered(words: list[str]) -> bytes:
    """Distinct words as sorted 32-bit numbers: a hash, so that sets can be compared without their texts."""
    return np.array(sorted(set(map(number_of, words))), np.uint32).tobytes()


FIGURE = 1 << 31
"""The bit that is set in the numbers of words with a digit."""


@lru_cache(1 << 17)
def number_of(word: str) -> int:
    """A word's number: a hash of 31 bits, and one bit that tells figures."""
    return zlib.crc32(word.encode()) & (FIGURE - 1) | (FIGURE if any(map(str.isdigit, word)) else 0)


def _spelled(runs: list[str], own: list[str], seen: set[tuple[str, str]]) -> dict[int, str]:
    new = set(zip(runs, own, strict=True)) - seen
    seen |= new
    return {number_of(stem): run for run, stem in sorted(new) if run.isalpha() and len(run) > 2}


def situated(title: str, heading: str, text: str) -> str:
    """A passage as vectors are made of it: below its title and last heading."""
    return f"{title}. {heading.rsplit(HEADING_SEPARATOR, 1)[-1]}. {text}"
