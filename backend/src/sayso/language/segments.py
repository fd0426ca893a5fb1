"""Text cut into sentences."""

import re

import sentencex

_INSIDE_A_NAME = re.compile(r"[\w)]\.$", re.ASCII)


def segments(text: str, language: str = "en") -> list[str]:
    """The sentences of `text`, each with the blanks behind it; joined they are `text` again.

    A full stop with no blank behind it is part of a name ("React.ReactNode"), where the segmenter takes it for an end.
    """
    found: list[str] = []
    for piece in sentencex.segment(language, text):
        if found and _INSIDE_A_NAME.search(found[-1]) and piece[:1].isascii() and piece[:1].isalnum():
            found[-1] += piece
        else:
            found.append(piece)
    return found


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
