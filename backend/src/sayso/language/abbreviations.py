"""Abbreviations where a text says what they stand for: "write-ahead log (WAL)", "WAL (write-ahead log)"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from sayso.language.mention import Mention
from sayso.language.stopwords import STOP_WORDS
from sayso.language.tokens import folded

_RUN = re.compile(r"[^\W_]+")
_SHORT = r"([A-Z][A-Z0-9]{1,7})s?"
_BEHIND = re.compile(rf"\({_SHORT}\)")
_BEFORE = re.compile(rf"(?<![\w-]){_SHORT}\s+\(([^()\n]{{4,100}})\)")
_LINE = 120
"""Characters before an abbreviation in which its words stand."""


def defined(text: str) -> Iterator[tuple[str, str]]:
    """Each thing that `text` abbreviates, in full and in short. Its words begin with the letters of the short form;
    such as "of" may stand between them, and what a hyphen joins are words of their own."""
    for match in _BEHIND.finditer(text):
        before = text[max(0, match.start() - _LINE) : match.start()]
        for run in reversed(list(_RUN.finditer(before))):
            if _abbreviates(match[1], before[run.start() :]):
                yield before[run.start() :].strip(), match[1]
                break
    for match in _BEFORE.finditer(text):
        if _abbreviates(match[1], match[2]):
            yield match[2].strip(), match[1]


def _abbreviates(short: str, full: str) -> bool:
    short, runs = folded(short), _RUN.findall(folded(full))
    if short in STOP_WORDS["en"] or not runs or runs[0] in STOP_WORDS["en"]:
        return False
    telling = [run for run in runs if run not in STOP_WORDS["en"]]
    return short in ("".join(run[0] for run in runs), "".join(run[0] for run in telling))


@lru_cache(maxsize=100)
def other_names(things: tuple[str, ...], abbreviations: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """What else names each of `things`: its abbreviation, or what it abbreviates.

    Args:
        abbreviations: short forms, each with the full one.
    """
    found: list[str] = []
    for mention in map(Mention.of, things):
        for short, full in abbreviations:
            if folded(mention.said) == folded(short):
                found.append(full)
            elif mention.named_in(full) and Mention.of(full).named_in(mention.said):
                found.append(short)
    return tuple(dict.fromkeys(found))
