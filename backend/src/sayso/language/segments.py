"""Text cut into sentences."""

import re
from collections.abc import Iterable, Iterator

import sentencex

from sayso.language.stopwords import STOP_WORDS

_BRACKETED = re.compile(r"\((?=[A-Z])[^()]+[.!?]\)\s+(?=[A-Z(\[“\"])")
"""A sentence in brackets, which the segmenter takes for a part of the next one."""
_WORDS = 4
"""Of which it has at least so many: "(Inc.)" is none."""
_INSIDE_A_NAME = re.compile(r"[\w)]\.$", re.ASCII)
_GOES_ON = re.compile(r"\w|\[[A-Za-z]", re.ASCII)
_SHORTENED = re.compile(r"(?:^|[\s(/–-])(?P<word>[^\W\d_]{1,6})\.\s+$")
"""What may be an abbreviation: "incl.", "Tel."."""
_TO_FIGURES = 3
"""Letters of one that figures go on from, at most: "tab. 4"; longer words end a sentence before them."""
_SMALL = re.compile(r"[^\W\d_]+(?=[\s,;:.)?!]|$)")
_NUMBER = re.compile(r"\W*\d[\d.]*\.[ \t]+")
"""The number of a paragraph or a step, which the segmenter takes for a sentence."""


_ORDINALS = frozenset({"cs", "da", "de", "et", "fi", "hr", "hu", "nb", "nn", "no", "sk", "sl", "tr"})
"""Languages that write "the 16th" as "16."."""
_ORDINAL = re.compile(r"\b\d{1,2}\.\s+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_ASKS = re.compile(r"[?？؟]\s*$")


def is_question(text: str) -> bool:
    """Whether it ends as a question."""
    return bool(_ASKS.search(text))


def asked_by(heading: str | None) -> str:
    """The question that a heading path (`Place.heading`) ends with, or nothing."""
    last = (heading or "").rsplit(" › ", 1)[-1]
    return last if is_question(last) else ""


def segments(text: str, language: str = "en") -> list[str]:
    """The sentences of `text`, each with the blanks behind it; joined they are `text` again.

    A full stop with no blank behind it is part of a name ("React.ReactNode"), where the segmenter takes it for an end.
    """
    found: list[str] = []
    for piece in _apart(sentencex.segment(language, text)):
        if found and (
            _NUMBER.fullmatch(found[-1])
            or (_INSIDE_A_NAME.search(found[-1]) and _GOES_ON.match(piece))
            or _abbreviated(found[-1], piece, language)
            or _counts(found[-1], piece, language)
        ):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _abbreviated(before: str, piece: str, language: str) -> bool:
    """Whether a full stop ends a short word only: a word in small letters, or a figure, goes on from it."""
    match = _SHORTENED.search(before)
    if match is None or match["word"].casefold() in STOP_WORDS.get(language, ()):
        return False
    following = _SMALL.match(piece)
    goes_on = following is not None and following.group().islower()
    return goes_on or (len(match["word"]) <= _TO_FIGURES and piece[:1].isdigit())


def _counts(before: str, piece: str, language: str) -> bool:
    """Whether a number in front of a full stop counts the word behind it, which is none that sentences begin with."""
    if language not in _ORDINALS or not _ORDINAL.search(before):
        return False
    first = _FIRST_WORD.match(piece)
    return first is not None and first.group().casefold() not in STOP_WORDS.get(language, ())


def _apart(pieces: Iterable[str]) -> Iterator[str]:
    for piece in pieces:
        start = 0
        for match in _BRACKETED.finditer(piece):
            if len(match.group().split()) >= _WORDS:
                yield piece[start : match.end()]
                start = match.end()
        yield piece[start:]


def stretches(text: str, start: int, language: str) -> list[tuple[int, int]]:
    """The sentences of a text that begins at `start`, as offsets."""
    found: list[tuple[int, int]] = []
    for piece in segments(text, language):
        if said := piece.strip():
            first = start + piece.find(said)
            # Marks alone close what is before them.
            begins = found.pop()[0] if found and not any(map(str.isalnum, said)) else first
            found.append((begins, first + len(said)))
        start += len(piece)
    return found
