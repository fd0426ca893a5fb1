"""How far the words of a statement cover what is asked.

Each term is weighted by how rare it is among the statements read. What only the title, heading or lead of a statement
has counts `ABOVE`, and a word that is near to a term in meaning stands for it in part.
"""

import re
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from sayso.language.joins import compounds_with, halves, joins
from sayso.language.meaning import LANGUAGE, embedded, kinship
from sayso.language.stopwords import WEAK, WEAK_WORDS
from sayso.language.tokens import apart, compounds, spelled_telling
from sayso.writers.extractive.pool import Pool, Read

Floats: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Bools: TypeAlias = "np.ndarray[Any, np.dtype[np.bool_]]"

ABOVE = 0.85
"""What a term counts that stands only above a statement, against one in the statement."""
TITLED = 0.6
"""What is taken, among a few passages, of what a statement has only from above it, as far as another of its document
has more itself: under "38 km trail run - rules" all is on the run, and "Poles are permitted" tells no time limit."""
COMPOUND = 0.7
"""What a compound counts for one of its halves, and both for it."""
UNSEEN = 0.5
"""What a term counts that no statement has, against one of its rarity, where no word near to it in meaning can stand
for it: of them it tells none apart."""
TELLING = 8
"""Terms, the rarest of what is asked, that a statement with all that is asked has."""
FURTHER = 0.5
"""What it counts to stand in the entry of a name that is asked for, without opening it."""
_QUALIFIED = re.compile(r"\.|::")


def coverage(pool: Pool, text: str, tells: Bools) -> Floats:
    """For each statement, the weighted share of the terms of `text` that it has; shape (statements,), 0 to 1.

    Args:
        tells: which statements say something beyond their title.
    """
    asked = _asked(text, pool)
    if not asked:
        return np.zeros(len(pool))
    weak = WEAK_WORDS.get(pool.language, frozenset())
    own = np.array([[term.within(each.stems) for each in pool.read] for term in asked], np.float64)
    above = np.array([[term.within(each.stems_above) for each in pool.read] for term in asked], np.float64)
    exact = np.maximum(own, [[term.below(each) for each in pool.read] for term in asked])
    rarity = np.log(1 + len(pool) / (1 + np.count_nonzero(own == 1, axis=1)))
    if pool.language != LANGUAGE:
        rarity = np.where(own.any(axis=1), rarity, UNSEEN * rarity)
    weights = rarity * [WEAK if term.spelling in weak else 1.0 for term in asked]
    if pool.language == LANGUAGE:
        words = [term.spelling if term.spelling.isalpha() else "" for term in asked]
        kin = kinship(embedded(words) @ pool.word_vectors.T)
        exact = np.maximum(exact, np.maximum.reduceat(kin[:, pool.word_numbers], pool.word_starts, axis=1))
    # Nothing answers all that a story tells; what has its rarest words has enough.
    whole = np.sort(weights)[-TELLING:].sum()
    share = weights / max(whole, 1e-9)
    covered, own = np.minimum(1.0, share @ np.maximum(exact, ABOVE * above)), np.minimum(1.0, share @ exact)
    best: dict[str, float] = {}
    for each, alone in zip(pool.read, (own * tells).tolist(), strict=True):
        best[each.passage.uri] = max(alone, best.get(each.passage.uri, 0.0))
    behind = np.array([best[each.passage.uri] for each in pool.read]) - own
    return np.asarray(covered - TITLED * (1 - pool.crowd) * np.clip(behind, 0.0, covered - own))


@dataclass(frozen=True, slots=True)
class _Term:
    """What a statement should have: all stems of one of `ways`, or of one of `nearly`, which counts `COMPOUND`."""

    spelling: str
    ways: tuple[frozenset[str], ...]
    nearly: tuple[frozenset[str], ...] = ()

    def within(self, stems: frozenset[str]) -> float:
        if any(way <= stems for way in self.ways):
            return 1.0
        return COMPOUND if any(way <= stems for way in self.nearly) else 0.0

    def below(self, read: Read) -> bool:
        """Whether it is a qualified name (`radio.join_window`) whose last part stands below the rest."""
        *outer, inner = _QUALIFIED.split(self.spelling)
        return bool(outer) and inner in read.stems and read.stems_above.issuperset(outer)


def _asked(text: str, pool: Pool) -> list[_Term]:
    """The terms that a statement should have. A name of several parts is one of them, and so are a verb and its
    particle where the statements have them as one word. A word made of two others stands for either of them."""
    names = compounds(text)
    rest = apart(text, names)
    telling = spelled_telling(rest, pool.language)
    known = [(join, whole) for join in joins(rest, pool.language) for whole in join.whole if whole in pool.vocabulary]
    verbs = {whole: frozenset(join.pair) for join, whole in known if not telling.keys() >= set(join.pair)}
    inside = frozenset().union(*verbs.values())
    plain = [
        _Term(
            word,
            (frozenset([stem]), *(frozenset([whole]) for join, whole in known if stem in join.pair)),
            _compounds(stem, pool),
        )
        for stem, word in telling.items()
        if stem not in inside
    ]
    return [
        *(_Term(name, (frozenset([name]),)) for name in names),
        *(_Term(whole, (frozenset([whole]), pair)) for whole, pair in verbs.items()),
        *plain,
    ]


def _compounds(stem: str, pool: Pool) -> tuple[frozenset[str], ...]:
    """Words of the statements that a word is a half of, and pairs of them that are its own halves."""
    own = [frozenset(cut) for cut in halves(stem, pool.language) if pool.vocabulary.issuperset(cut)]
    return (*(frozenset([each]) for each in sorted(compounds_with(stem, pool.vocabulary, pool.language))), *own)


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
