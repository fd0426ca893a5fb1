"""Whether a wording says with other words what a quoted unit says, as far as words tell: mark "reworded".

What counts of a sentence is its outline: content words by their stem (words of one meaning are one), names, figures,
and the closed classes of `sayso.gate.grammar` as they are. The outline has to be that of the unit, in its order but for
the edits of `sayso.gate.edits`. It may lack a few content words (`LACKING`), nothing else, and has nothing more.
"""

import re
from collections.abc import Iterable

from sayso.gate.edits import reached
from sayso.gate.forms import meaning
from sayso.gate.grammar import BE, LOGIC, NEUTRAL, SOFT
from sayso.gate.wording import Words

LACKING = 0.2
"""Share of the unit's outline that a rewording may leave out: content words, and none of the others."""

_PARTICIPLE = re.compile(r"\w{2,}(?:ed|en|wn|ught|nt|lt|ld|de|ung|un)")
_CAPITALS = re.compile(r"[A-Z][A-Z/]{1,5}s?")
_KEPT = "=@"


def outline(words: Words, names: frozenset[str]) -> Words:
    """What counts of `words`, in order.

    Args:
        names: which of them are names.
    """
    found: list[str] = []
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if word in BE:
            if _PARTICIPLE.fullmatch(following) or following in ("not", "being", "been"):
                found.append("be")
        elif word in SOFT:
            if following[:1] in _KEPT or following in names:
                found.append(word)
        elif word in LOGIC or word[0] in _KEPT:
            found.append(_MODALS.get(word, word))
        elif word not in NEUTRAL:
            # A mark such as the "-" of an option has no stem.
            found.append(word if word in names and not word.islower() else meaning(word) or word)
    return tuple(found)


_MODALS = {"shall": "must", "have-to": "must", "has-to": "must", "cannot": "can"}


def agrees(mine: Words, theirs: Words, names: frozenset[str]) -> bool:
    """Whether the outline of `mine` is that of `theirs`, but for a few words left out."""
    mine = spelled_short(mine, theirs)
    one, other = outline(mine, names), outline(theirs, names)
    if not one or len(one) > len(other) + 2:
        return False
    if reached(one, other, str):
        return True
    gaps = _lacking(one, other)
    if gaps is None or len(gaps) > LACKING * len(other):
        return False
    return not any(
        word in LOGIC or word[0] in _KEPT or word in names or word == "be" or not any(map(str.isalnum, word))
        for word in gaps
    )


def _lacking(mine: Words, theirs: Words) -> list[str] | None:
    """What of `theirs` is not in `mine`; None if `mine` is no part of it, in its order."""
    gaps: list[str] = []
    left = iter(mine)
    wanted = next(left, None)
    for word in theirs:
        if word == wanted:
            wanted = next(left, None)
        else:
            gaps.append(word)
    return None if wanted is not None else gaps


def spelled_short(mine: Words, theirs: Words) -> Words:
    """`mine` with the abbreviation that `theirs` has for words that begin with its letters."""
    for short in dict.fromkeys(word for word in theirs if _CAPITALS.fullmatch(word) and word not in mine):
        plural = short.endswith("s")
        letters = short.removesuffix("s").replace("/", "").lower()
        found = _spelled(mine, letters)
        if found and (not plural or mine[found[1] - 1].endswith("s")):
            mine = (*mine[: found[0]], short, *mine[found[1] :])
    return mine


def _spelled(words: Words, letters: str) -> tuple[int, int] | None:
    for start in range(len(words)):
        told, end = "", start
        while end < len(words) and len(told) < len(letters):
            told += "".join(part[0] for part in re.split(r"[-/]", words[end].lower()) if part)
            end += 1
        if told == letters and end > start:
            return start, end
    return None


def names_in(*wordings: Iterable[str]) -> frozenset[str]:
    """The names of several wordings, as one set."""
    return frozenset(name for each in wordings for name in each)
