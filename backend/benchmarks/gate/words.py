"""What is put for what, by kind and by half: no word that is changed in one half is changed in the other.

A line of `words/` is `A => B` or, both ways, `A <=> B`. What follows a bar is a regular expression for what has to come
next. A line under `[entity]` names things of one sort.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.gate.texts import Half

_FOLDER = Path(__file__).parent / "words"
_ARTICLE = re.compile(r"\b([Aa])n? $")
GLUE = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "by",
        "for",
        "as",
        "at",
        "is",
        "are",
        "be",
        "was",
        "were",
        "not",
        "or",
        "and",
        "it",
        "that",
        "with",
        "than",
        "will",
        "do",
        "does",
        "has",
        "have",
    ]
)
"""Words that stand in phrases of both halves and tell nothing."""


@dataclass(frozen=True)
class Change:
    """One phrase for another."""

    old: str
    new: str
    pattern: re.Pattern[str]

    def made(self, text: str) -> str | None:
        """`text` with the first `old` changed, or nothing."""
        match = self.pattern.search(text)
        if not match:
            return None
        new = self.new[0].upper() + self.new[1:] if match[0][0].isupper() and self.old[0].islower() else self.new
        return put(text, match.start(), match.end(), new)


def put(text: str, start: int, end: int, new: str) -> str:
    """`text` with `new` from `start` to `end`, and the article before it as it has to be."""
    before = _ARTICLE.sub(lambda article: f"{article[1]}{'n' if new[0] in 'aeioAEIO' else ''} ", text[:start])
    after = text[end:]
    if new.endswith(" a") and after[1] in "aeio":
        new += "n"
    return before + new + after


@cache
def sections(half: Half) -> dict[str, list[str]]:
    """The lines of a half by their kind."""
    found: dict[str, list[str]] = {}
    for line in filter(None, (_FOLDER / f"{half}.txt").read_text("utf-8").splitlines()):
        if line[0] == "[":
            found[line.strip("[]")] = []
        else:
            found[list(found)[-1]].append(line)
    return found


@cache
def changes(half: Half, kind: str) -> tuple[Change, ...]:
    """The changes of a kind."""
    found: list[Change] = []
    for line in sections(half).get(kind, []):
        both, _, after = line.partition(" | ")
        old, arrow, new = re.split(r" (<?=>) ", both)
        found.append(_change(old, new, after))
        if arrow == "<=>":
            found.append(_change(new, old, after))
    return tuple(found)


@cache
def names(half: Half) -> tuple[tuple[str, ...], ...]:
    """Names of things of one sort."""
    return tuple(tuple(line.split(", ")) for line in sections(half)["entity"])


@cache
def changed_words(half: Half) -> frozenset[str]:
    """Every word that a twist of this half takes out or puts in by its lists."""
    kinds = set(sections(half)) - {"entity", "synonym", "abbreviation"}
    phrases = [phrase for kind in kinds for change in changes(half, kind) for phrase in (change.old, change.new)]
    return frozenset(word for phrase in phrases for word in phrase.lower().split()) - GLUE


def _change(old: str, new: str, after: str) -> Change:
    first = f"[{old[0]}{old[0].upper()}]" if old[0].islower() else old[0]
    return Change(old, new, re.compile(rf"(?<![\w-]){first}{re.escape(old[1:])}(?![\w-]){after}"))
