"""Sentences of a passage, and where they stand."""

import re
from dataclasses import dataclass
from functools import cached_property

from sayso.language.segments import segments
from sayso.language.terms import stems
from sayso.language.verbatim import without_marks

_BREAK = re.compile(r"^(```|~~~).*?(?:^\1[^\n]*|\Z)|(?<=[.!?:])[^\S\n]*\n\s*|\n(?!\s*[a-z(])\s*", re.M | re.S)
_LEAD = re.compile(r"^(?:\s|>|#{1,6}\s|[-*+•‣◦]\s|\(?\d{1,3}[.)]\s)+")
_LABEL = re.compile(r"^(?:good to know|note|tip|warning|caution|important|hint)\s*:\s+", re.I)


@dataclass(frozen=True)
class Sentence:
    """A sentence at `start:end` of its passage; `text` is the passage's own characters."""

    text: str
    start: int
    end: int

    @cached_property
    def readable(self) -> str:
        return readable(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        return stems(self.readable)


def split(text: str) -> list[Sentence]:
    """The sentences of `text`, in order, without the blanks and list marks before them.

    A line break ends a sentence too (sources give a paragraph on one line), unless the next line goes on in lower
    case. Fenced code is left out.
    """
    found: list[Sentence] = []
    start = 0
    for match in [*_BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        # A list mark would keep sentencex from seeing the full stops after it.
        lead = _LEAD.match(text[start:end])
        at = start + (lead.end() if lead else 0)
        for piece in segments(text[at:end]):
            first = at + len(piece) - len(piece.lstrip())
            last = at + len(piece.rstrip())
            if last > first:
                found.append(Sentence(text[first:last], first, last))
            at += len(piece)
        start = match.end() if match else end
    return found


def readable(text: str) -> str:
    """`text` on one line, without Markdown's links and emphasis; words and their order are untouched."""
    return _LABEL.sub("", without_marks(" ".join(text.split()))).strip()
