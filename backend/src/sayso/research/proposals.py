"""Which words that a query does not have, but may mean, are in an index: joined ones, and the halves of compounds."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from sayso.language.joins import compounds_with, halves
from sayso.research.query import Spelling, Term, Terms
from sayso.research.relevance import Floats, frequencies

MOST = 40
"""Compounds that a word is looked for in."""


def held(connection: sqlite3.Connection, terms: Terms, language: str, stems: frozenset[str]) -> tuple[Terms, Floats]:
    """`terms` with what else the index has that they may mean, and their inverse document frequencies.

    Args:
        stems: all words of the index, where the language makes compounds.
    """
    own = {term.spellings: term for term in terms.terms}
    more: list[Term] = []
    for join in terms.joins:
        if not terms.plain and _having(connection, [Term(" ".join(join.pair), (join.pair,))]):
            # A bare term that the index has as it is written is meant so.
            continue
        for word in _having(connection, [_word(whole) for whole in join.whole]):
            parts = [key for key in own if set(key) & {(each,) for each in join.pair}]
            if len(parts) == len(join.pair):
                # A word made of two terms stands for either of them.
                own |= {key: replace(own[key], spellings=own[key].spellings + word.spellings) for key in parts}
            else:
                more.append(word)
    for key, term in own.items():
        wider = [(each,) for (stem,) in _single(key) for each in compounds_with(stem, stems, language)]
        own[key] = replace(
            term, spellings=(*term.spellings, *sorted(wider, key=lambda each: (len(each[0]), each))[:MOST])
        )
    more += [_word(half) for term in terms.terms for half in _halves(term, language, stems)]
    known = {term.text for term in terms.terms}
    found = (*own.values(), *(each for each in dict.fromkeys(more) if each.text not in known))
    return replace(terms, terms=found), frequencies(connection, found)


def _single(spellings: Sequence[Spelling]) -> list[Spelling]:
    return [each for each in dict.fromkeys(spellings) if len(each) == 1]


def _word(stem: str) -> Term:
    return Term(stem, ((stem,),))


def _having(connection: sqlite3.Connection, words: Sequence[Term]) -> list[Term]:
    """Those that the index has."""
    return [word for word, rarity in zip(words, frequencies(connection, words), strict=True) if rarity]


def _halves(term: Term, language: str, stems: frozenset[str]) -> tuple[str, ...]:
    """The halves of a compound, where the index has both."""
    cuts = (cut for (stem,) in _single(term.spellings) for cut in halves(stem, language))
    return next((cut for cut in cuts if stems.issuperset(cut)), ())
