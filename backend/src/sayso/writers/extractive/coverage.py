"""How far the words of a statement cover what is asked.

Each term is weighted by how rare it is among the statements read. What only the title, heading or lead of a statement
has counts `ABOVE`, and a word that is near to a term in meaning stands for it in part.
"""

import math
import re
from collections import Counter
from typing import Any, TypeAlias

import numpy as np

from sayso.language.meaning import LANGUAGE, embedded, kinship
from sayso.language.stopwords import WEAK, WEAK_WORDS
from sayso.language.tokens import apart, compounds, spelled_telling
from sayso.writers.extractive.pool import Pool, Read

Floats: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"

ABOVE = 0.85
"""What a term counts that stands only above a statement, against one in the statement."""
TELLING = 8
"""Terms, the rarest of what is asked, that a statement with all that is asked has."""
FURTHER = 0.5
"""What it counts to stand in the entry of a name that is asked for, without opening it."""
_QUALIFIED = re.compile(r"\.|::")


def coverage(pool: Pool, text: str) -> Floats:
    """For each statement, the weighted share of the terms of `text` that it has; shape (statements,), 0 to 1."""
    asked = _asked(text, pool.language)
    if not asked:
        return np.zeros(len(pool))
    spread = Counter(stem for each in pool.read for stem, _ in asked if stem in each.stems)
    weak = WEAK_WORDS.get(pool.language, frozenset())
    weights = np.array(
        [math.log(1 + len(pool) / (1 + spread[stem])) * (WEAK if word in weak else 1.0) for stem, word in asked]
    )
    exact = np.array([[_has(each, stem) for each in pool.read] for stem, _ in asked], np.float64)
    above = np.array([[stem in each.stems_above for each in pool.read] for stem, _ in asked], np.float64)
    if pool.language == LANGUAGE:
        kin = kinship(embedded([word if word.isalpha() else "" for _, word in asked]) @ pool.word_vectors.T)
        exact = np.maximum(exact, np.maximum.reduceat(kin[:, pool.word_numbers], pool.word_starts, axis=1))
    # Nothing answers all that a story tells; what has its rarest words has enough.
    whole = np.sort(weights)[-TELLING:].sum()
    return np.asarray(np.minimum(1.0, weights @ np.maximum(exact, ABOVE * above) / max(whole, 1e-9)))


def _has(read: Read, term: str) -> bool:
    """Whether it has a term. Of a qualified name (`radio.join_window`) the last part will do below the rest."""
    if term in read.stems:
        return True
    *outer, inner = _QUALIFIED.split(term)
    return bool(outer) and inner in read.stems and read.stems_above.issuperset(outer)


def _asked(text: str, language: str) -> list[tuple[str, str]]:
    """The terms that a statement should have, with a spelling of each. A name of several parts is one of them."""
    whole = compounds(text)
    return [*((each, each) for each in whole), *spelled_telling(apart(text, whole), language).items()]


def entries_of(pool: Pool, text: str) -> Floats:
    """For each statement in the entry of a name that is asked for, such as a setting's, 1 if it stands right below the
    heading, where it mostly says what the thing is, and `FURTHER` behind that; 0 for others."""
    whole = frozenset(compounds(text))
    found = np.zeros(len(pool))
    if not whole:
        return found
    first: dict[tuple[str, str | None], tuple[int, int]] = {}
    for at, each in enumerate(pool.read):
        if each.about and each.about <= whole:
            found[at] = FURTHER
            place = each.passage.place
            entry, offset = (each.passage.uri, place.heading), (place.offset or 0) + each.statement.start
            if entry not in first or offset < first[entry][0]:
                first[entry] = offset, at
    for _, at in first.values():
        found[at] = 1.0
    return found
