"""Whether two passages are one text in two places.

They are if their words are, by and large, or if their carrying sentences are, in the same order, and most of the
shorter passage is in the other.
"""

import re
from itertools import pairwise

from sayso.language.sentences import readable
from sayso.writers.port import Carrier

_SAME_WORDS = 0.8
"""Jaccard index of the words of two passages from which they are versions of one text."""
_MOST = 0.7
"""Share of the words of the shorter passage that the other one has, where the sentences are the same."""


def same_text(one: Carrier, other: Carrier) -> bool:
    """Whether two passages are one text in two places; see the rule above."""
    first, second = _words(one.passage.text), _words(other.passage.text)
    if first == second or len(first & second) >= _SAME_WORDS * len(first | second):
        return True
    mine, theirs = _pairs(_carried(one)), _pairs(_carried(other))
    if len(mine & theirs) < _SAME_WORDS * len(mine | theirs):
        return False
    return len(first & second) >= _MOST * min(len(first), len(second))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    """Words of `text` side by side: told in another order, it is no copy."""
    tokens = re.findall(r"\w+", text.lower())
    return frozenset(pairwise(tokens)) or frozenset((each, "") for each in tokens)


def _carried(carrier: Carrier) -> str:
    return readable(carrier.passage.text[slice(*carrier.marked)])
