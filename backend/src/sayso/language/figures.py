"""The figures of a sentence, and whether it denies something."""

import re

from sayso.language.terms import words

_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?!\w)|(?<=[A-Za-z_-])\d+(?:\.\d+)*|\d+(?:\.\d+)*(?=[A-Za-z%])")
_NEGATION = re.compile(
    r"\b(?:not|no|never|cannot|neither|nor|none|nothing|without|hardly|unable|impossible)\b|n['’]t\b", re.I
)
_EMPHATIC = re.compile(
    r"\b(?:not only|not just|not merely|no longer than|no more than|no less than|whether or not)\b", re.I
)
"""Negations that deny nothing."""
_SPELLED = dict(
    zip(
        (
            *[
                "zero",
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
                "thirteen",
                "fourteen",
                "fifteen",
            ],
            *["sixteen", "seventeen", "eighteen", "nineteen", "twenty"],
        ),
        range(21),
        strict=True,
    )
) | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100, "once": 1, "twice": 2}


def figures(text: str, *, spelled: bool = False) -> list[str]:
    """The numbers of `text` in order, without thousands separators; with `spelled` those in words after them."""
    found = [match.group().replace(",", "") for match in _NUMBER.finditer(text)]
    if spelled:
        found += [str(_SPELLED[word]) for word in map(str.lower, words(text)) if word in _SPELLED]
    return found


def denies(text: str) -> bool:
    """Whether `text` denies something. Two denials make a statement ("cannot run without" is "needs to run")."""
    return len(_NEGATION.findall(_EMPHATIC.sub(" ", text))) % 2 == 1
