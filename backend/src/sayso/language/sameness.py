"""Whether two sentences make the same claim.

They do if they are about the same things in the same words, by and large (`SAME` of all their content stems are
common, numbers apart, and those that each begins with in any case), name the same names and give the same numbers, and
both state or both deny it.
"""

from dataclasses import dataclass

from sayso.language.figures import denies, figures
from sayso.language.terms import alike, is_content, is_technical, likeness, stem, words

SAME = 0.62
"""Jaccard index of the content stems of two sentences from which they say the same."""
_FEW = 3
"""Content stems below which a sentence says too little to be compared."""


@dataclass(frozen=True)
class Said:
    """What is compared of a sentence."""

    stems: frozenset[str]
    """Of its content words, numbers apart."""
    names: frozenset[str]
    """Those of them that are names by their looks, capitals at the beginning of the sentence apart."""
    figures: frozenset[str]
    denies: bool
    lead: frozenset[str] = frozenset()
    """The first two of the stems: what it is about, as often as not."""

    @classmethod
    def of(cls, text: str) -> "Said":
        tokens = words(text)
        named = [
            word
            for position, word in enumerate(tokens)
            if (is_technical(word) or (position > 0 and word[:1].isupper())) and is_content(word) and not _numeric(word)
        ]
        stems = list(dict.fromkeys(stem(word) for word in tokens if is_content(word) and not _numeric(word)))
        return cls(
            stems=frozenset(stems),
            names=frozenset(map(stem, named)),
            figures=frozenset(figures(text, spelled=True)),
            denies=denies(text),
            lead=frozenset(stems[:2]),
        )


def agrees(one: Said, other: Said) -> bool:
    """Whether the two make the same claim; see the rule above."""
    if min(len(one.stems), len(other.stems)) < _FEW or likeness(one.stems, other.stems) < SAME:
        return False
    if not (one.lead <= other.stems and other.lead <= one.stems):
        return False
    return not differs(one, other) and one.names == other.names


def differs(one: Said, other: Said) -> bool:
    """Whether two sentences on the same give other numbers, or one denies what the other states."""
    return one.figures != other.figures or one.denies != other.denies


def repeats(one: Said, other: Said) -> bool:
    """Whether two sentences are so alike that showing both tells nothing more: not if their numbers differ, or one
    denies what the other states."""
    return alike(one.stems, other.stems) and not differs(one, other)


def _numeric(word: str) -> bool:
    return word[:1].isdigit()
