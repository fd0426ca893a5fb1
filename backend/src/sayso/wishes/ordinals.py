"""Words for places in a row: "first", "3rd", "last"."""

import re

_ORDINALS = (
    "first 1st erste ersten premier première primer primera",
    "second 2nd zweite zweiten deuxième segundo segunda",
    "third 3rd dritte dritten troisième tercer tercera",
    "fourth 4th vierte vierten quatrième cuarto cuarta",
    "fifth 5th fünfte fünften cinquième quinto quinta",
    "sixth 6th",
    "seventh 7th",
    "eighth 8th",
    "ninth 9th",
    "tenth 10th",
)
_PLACES = {word: at for at, words in enumerate(_ORDINALS) for word in words.split()} | {"last": -1, "letzte": -1}
ORDINAL = rf"({'|'.join(map(re.escape, _PLACES))}|\d+(?:st|nd|rd|th))"
"""A group of a pattern."""


def place_of(word: str) -> int | None:
    """The index that `word` stands for: 0 for "first", -1 for "last"; `None` if it is no ordinal."""
    if match := re.fullmatch(r"(\d+)(?:st|nd|rd|th)", word):
        return int(match[1]) - 1
    return _PLACES.get(word)
