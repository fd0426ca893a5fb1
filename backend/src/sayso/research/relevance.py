"""How well passages answer a query: by their words and by their meaning.

For a bare term the words decide: `bm25 * coverage * (1 + heading coverage)`. Coverage is the share of the query's terms
that the passage has, or its title and heading have, each weighted by its inverse document frequency, log(1 + N / n).

For a question the meaning joins in: the cosine of the passage's vector, and a coverage in which a word that is near to
the term's in meaning stands for it in part (`kinship`). Few questions are asked in the text's own words.
"""

import math
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from sayso.language.meaning import Vectors, embedded, kinship
from sayso.language.stopwords import WEAK
from sayso.research.library.index import Meanings
from sayso.research.query import Term, Terms, in_headings

KINDRED, KINDRED_ABOVE, BM25 = 0.25, 0.15, 0.1
"""What coverage by kindred words, the same of title and heading, and bm25 count, against 1 for the cosine."""
PAIR = 0.2
"""Importance of two neighbouring terms of the query standing together, against that of a term."""
SHORT = 30
"""Distinct words below which a passage has too little to quote: bm25 overrates what is mostly a heading."""

SKETCH = 16
_FACTORS = np.random.default_rng(1).integers(1, 2**31, SKETCH).astype(np.uint32) * np.uint32(2) + np.uint32(1)
"""Odd numbers that spread hashes in different ways."""

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.uint32]]"
Floats: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"
Flags: TypeAlias = "np.ndarray[Any, np.dtype[np.bool_]]"


class WordSets:
    """The words of several passages as numbers, see `sayso.research.analysis.numbered`."""

    def __init__(self, packed: Sequence[bytes]) -> None:
        sets = [np.frombuffer(each, np.uint32) for each in packed]
        self.sizes = np.array([len(each) for each in sets])
        # A number that no word has closes each set, so that none is empty.
        end = np.zeros(1, np.uint32)
        self._flat: Numbers = np.concatenate([part for each in sets for part in (each, end)])
        self._starts = np.concatenate([[0], np.cumsum(self.sizes + 1)[:-1]])

    def sketches(self) -> "np.ndarray[Any, np.dtype[np.uint32]]":
        """Some numbers a set, one row each: two sets of Jaccard index J have about the share J of them in common
        (MinHash, Broder 1997, by multiplicative hashing)."""
        return np.stack([np.maximum.reduceat(self._flat * factor, self._starts) for factor in _FACTORS], axis=1)

    def having(self, term: Term) -> Flags:
        """Which sets have all words of one of the term's spellings."""
        found = np.zeros(len(self.sizes), bool)
        for spelling in term.numbers:
            each = np.ones(len(self.sizes), bool)
            for number in spelling:
                each &= np.logical_or.reduceat(self._flat == number, self._starts)
            found |= each
        return found

    def placed(self, vocabulary: Numbers) -> "np.ndarray[Any, np.dtype[np.int64]]":
        """For each word of each set its place in a vocabulary, whose numbers rise; behind it where it is not there."""
        at = np.searchsorted(vocabulary, self._flat).clip(max=len(vocabulary) - 1)
        return np.where(vocabulary[at] == self._flat, at, len(vocabulary))

    def nearest(self, places: "np.ndarray[Any, np.dtype[np.int64]]", kin: Vectors) -> Floats:
        """For each term (row of `kin`, a column a place) and each set, the nearest word's kinship."""
        return np.maximum.reduceat(kin[:, places], self._starts, axis=1)


def by_words(
    connection: sqlite3.Connection, terms: Terms, weights: Floats, own: WordSets, above: WordSets, lexical: Floats
) -> Floats:
    """The passages' scores by words; 1 for the best.

    Args:
        weights: of the terms, see `frequencies`.
        own, above: the passages' words, and those of their titles and headings.
        lexical: their bm25, 0 where no term was found.
    """
    headed = np.array([above.having(term) for term in terms.terms])
    covered = np.array([own.having(term) for term in terms.terms]) | headed
    total, total_above = weights.sum(), weights.sum()
    coverage, headings = weights @ covered, weights @ headed
    for pair in terms.pairs:
        together, over = (frequencies(connection, [pair], each) * PAIR for each in (str, in_headings))
        total, total_above = total + together[0], total_above + over[0]
        # Words that are both there mostly stand together where they are rare enough to matter.
        coverage = coverage + together[0] * (own.having(pair) | above.having(pair))
        headings = headings + over[0] * above.having(pair)
    substance = np.minimum(1.0, 0.5 + own.sizes / SHORT / 2)
    score = lexical * (coverage / max(total, 1e-9)) * (1 + headings / max(total_above, 1e-9)) * substance
    return np.asarray(score / max(score.max(initial=0.0), 1e-9))


def by_meaning(
    terms: Terms, weights: Floats, own: WordSets, above: WordSets, cosines: Floats, meanings: Meanings
) -> Floats:
    """The passages' scores by meaning, the cosine and the coverage by kindred words together."""
    # A word that no passage has may have kin that some have.
    weights = np.where(weights > 0, weights, math.log(1 + len(meanings.ids)) / 2)
    kin = np.zeros((len(terms.terms), len(meanings.words) + 1), np.float32)
    places = [sets.placed(meanings.words) if len(meanings.words) else None for sets in (own, above)]
    if known := [each for each in places if each is not None]:
        # Of all words only these passages' own, which are far fewer.
        used = np.flatnonzero(np.bincount(np.concatenate(known), minlength=kin.shape[1])[:-1])
        asked = embedded([_word(term) for term in terms.terms])
        kin[:, used] = kinship((meanings.word_vectors[used] @ asked.T).T)
    found = []
    for sets, at in zip((own, above), places, strict=True):
        exact = np.array([sets.having(term) for term in terms.terms])
        near = 0.0 if at is None else sets.nearest(at, kin)
        found.append(weights @ np.maximum(exact, near) / weights.sum())
    return np.asarray(cosines + KINDRED * found[0] + KINDRED_ABOVE * found[1])


def frequencies(connection: sqlite3.Connection, terms: Sequence[Term], within: Any = str) -> Floats:
    """The terms' inverse document frequencies; 0 for one that no passage has."""
    total = max(connection.execute("SELECT max(id) FROM passages").fetchone()[0] or 0, 1)
    ask = "SELECT count(*) FROM words WHERE words MATCH ?"
    counts = [connection.execute(ask, (within(term.expression),)).fetchone()[0] for term in terms]
    found = [math.log(1 + total / count) if count else 0.0 for count in counts]
    return np.array([weight * (WEAK if term.weak else 1.0) for weight, term in zip(found, terms, strict=True)])


def _word(term: Term) -> str:
    # A name of several parts, or with a digit, means nothing but itself.
    return term.text if term.text.isalpha() else ""


def aligned(ids: Sequence[int], scores: Mapping[int, float]) -> Floats:
    return np.array([scores.get(id, 0.0) for id in ids], np.float64)
