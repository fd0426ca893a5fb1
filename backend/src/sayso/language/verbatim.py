"""Finds in a passage the sentence that a model says it copied."""

import re
import unicodedata
from functools import lru_cache

from sayso.language.sentences import split
from sayso.language.terms import words

Span = tuple[int, int]
"""Start and end in characters, end exclusive."""

_SAME = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", **dict.fromkeys("‐‑‒–—−", "-")}
)
_UNSEEN = re.compile(r"\]\([^()\s]*\)|[*`\[\u00ad\u200b-\u200d\u2060\ufeff]")
"""What a copying model leaves out and a reader does not see: Markdown's marks, link targets, invisible characters."""
_SHORTEST = 8
"""Characters; less than that stands in a passage by chance."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def locate(sentence: str, text: str) -> Span | None:
    """Where `sentence` stands in `text`, widened to whole sentences; `None` if it does not.

    White space, typographic quotes, dashes, ligatures and what no reader sees may differ; all else counts.
    """
    wanted = folded(sentence).strip(" \"'.…")
    if len(wanted) < _SHORTEST:
        return None
    have, at = _folded(text)
    start = have.find(wanted)
    if start < 0:
        return None
    return _widened((at[start], at[start + len(wanted) - 1] + 1), text)


def closest(sentence: str, text: str, *, overlap: float = 0.8) -> Span | None:
    """The sentence of `text` that shares at least `overlap` of its words, and all numbers, with `sentence`."""
    wanted = _lowered(sentence)
    best: tuple[float, Span] | None = None
    for one in split(text):
        have = _lowered(one.text)
        shared = len(wanted & have) / max(len(wanted), len(have), 1)
        if shared >= overlap and numbers(sentence) <= numbers(one.text) and (best is None or shared > best[0]):
            best = shared, (one.start, one.end)
    return best[1] if best else None


def numbers(text: str) -> set[str]:
    """The numbers of `text`, as digits: "1,000" is "1000"."""
    return {number.replace(",", "") for number in _NUMBER.findall(text)}


def folded(text: str) -> str:
    """`text` for comparison: what `locate` looks past is gone."""
    return _folded(text)[0].strip()


@lru_cache(maxsize=256)
def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    """`text` with what may differ made equal, and for each of its characters the offset it came from."""
    unseen = {offset for match in _UNSEEN.finditer(text) for offset in range(*match.span())}
    out: list[str] = []
    at: list[int] = []
    for offset, char in enumerate(text.translate(_SAME)):
        if offset in unseen:
            continue
        for part in unicodedata.normalize("NFKC", char):
            if part.isspace():
                if out and out[-1] == " ":
                    continue
                part = " "
            out.append(part)
            at.append(offset)
    return "".join(out), tuple(at)


def _widened(span: Span, text: str) -> Span:
    touched = [one for one in split(text) if one.start < span[1] and span[0] < one.end]
    return (touched[0].start, touched[-1].end) if touched else span


def _lowered(text: str) -> set[str]:
    return {word.casefold() for word in words(text)}
