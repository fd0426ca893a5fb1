"""A unit as its writer wrote it: its text without the markers that may have been left in it, and what it cites."""

import re
from collections.abc import Mapping

from sayso.gate.quoted import SourceQuotes, approved
from sayso.language.terms import stem, words
from sayso.language.verbatim import stands
from sayso.protocol.report import Sentence

MARKER = re.compile(r"\s*\[\s*(\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*)\s*\]")
"""What a writer may leave in a text: "[1]", "[2, 5-7]"."""


def numbers_and_text(sentence: Sentence, quoted: Mapping[int, SourceQuotes]) -> tuple[list[int], str]:
    """All numbers a sentence cites, once each, and its text without the markers that a writer left in it. What looks
    like a marker in a verbatim sentence (`items[0]`) is the source's own."""
    found = list(dict.fromkeys(sentence.citations))
    text = plain(sentence.text)
    quotes = [quote for number in found if number in quoted for quote in quoted[number].quotes]
    if any(stands(text, each) for quote in quotes for each in approved(quote)):
        return found, text
    for match in MARKER.finditer(text):
        for part in re.split(r"[,;]", match.group(1)):
            low, _, high = part.replace("–", "-").partition("-")
            first, last = int(low), int(high or low)
            found.extend(range(first, min(last, first + 20) + 1))
    return list(dict.fromkeys(found)), plain(MARKER.sub("", text))


def printable(text: str) -> str:
    """`text` without the characters that cannot be seen."""
    return "".join(char for char in text if char.isprintable() or char.isspace())


def plain(text: str) -> str:
    """One line of characters that can be seen."""
    return " ".join(printable(text).split())


def key(text: str) -> str:
    """By which what was said is known again."""
    return " ".join(map(stem, words(text)))
