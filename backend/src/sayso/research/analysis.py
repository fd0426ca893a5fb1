"""A document's passages as an index holds them: with their words, and what they mean."""

import base64
import zlib
from dataclasses import astuple, dataclass
from typing import Any

import numpy as np

from sayso.language.meaning import LANGUAGE, embedded, packed
from sayso.language.tokens import tokens
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
    vector: bytes
    """Its meaning, one byte a number; nothing where it is in a language that the table does not know."""

    def to_json(self) -> list[Any]:
        numbers = (base64.b64encode(each).decode() for each in (self.own, self.above, self.vector))
        return [list(astuple(self.span)), self.words, self.title, self.heading, *numbers]

    @classmethod
    def from_json(cls, value: list[Any]) -> "Analysed":
        span, words, title, heading, *numbers = value
        return cls(Span(*span), words, title, heading, *map(base64.b64decode, numbers))


def analysed(title: str, text: str, spans: list[Span], language: str) -> list[Analysed]:
    """The passages of a document for the index."""
    title_words = tokens(title, language)
    headings: dict[str, list[str]] = {}
    for span in spans:
        heading = span.heading or ""
        if heading not in headings:
            headings[heading] = tokens(heading, language)
    words = [tokens(text[span.offset : span.offset + span.length], language) for span in spans]
    vectors = [b""] * len(spans)
    if language == LANGUAGE:
        rows = packed(embedded([_situated(title, span, text) for span in spans]))
        vectors = [row.tobytes() for row in rows]
    return [
        Analysed(
            span,
            " ".join(own),
            " ".join(title_words),
            " ".join(headings[span.heading or ""]),
            numbered(own),
            numbered([*title_words, *headings[span.heading or ""]]),
            vector,
        )
        for span, own, vector in zip(spans, words, vectors, strict=True)
    ]


def numbered(words: list[str]) -> bytes:
    """Distinct words as sorted 32-bit numbers: a hash, so that sets can be compared without their texts."""
    return np.array(sorted({zlib.crc32(word.encode()) for word in words}), np.uint32).tobytes()


def _situated(title: str, span: Span, text: str) -> str:
    last = (span.heading or "").rsplit(HEADING_SEPARATOR, 1)[-1]
    return f"{title}. {last}. {text[span.offset : span.offset + span.length]}"


