"""What a query asks for: its terms, without stop words, as full-text search expressions and as numbers of words."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.language.joins import Join, joins
from sayso.language.stopwords import STOP_WORDS, WEAK_WORDS
from sayso.language.tokens import folded, tokens, unspaced
from sayso.research.analysis import number_of

MAX_TERMS = 32
"""Further ones are ignored: a longer query is a text, not a question."""
MAX_LANGUAGES = 4
"""Languages whose stems a term is looked for in."""

_QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”')
_WORD = re.compile(r"\w+(?:(?:['’.:/@-]|::|->)\w+)*")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PARTS = re.compile(r"[^\W_]+")

Spelling = tuple[str, ...]
"""Stems that stand one behind the other."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, a name such as `pg_stat_activity`, or a quoted phrase, with the spellings that count as it."""

    text: str
    spellings: tuple[Spelling, ...]
    weak: bool = False
    """It shapes a question more than it says what it is about."""

    @property
    def expression(self) -> str:
        """Finds it in FTS5."""
        phrases = ['"' + " ".join(spelling) + '"' for spelling in self.spellings]
        return "(" + " OR ".join(phrases) + ")" if len(phrases) > 1 else phrases[0]

    @property
    def numbers(self) -> tuple[tuple[int, ...], ...]:
        """Its spellings as `sayso.research.analysis.numbered` counts words."""
        return tuple(tuple(map(number_of, spelling)) for spelling in self.spellings)


@dataclass(frozen=True, slots=True)
class Terms:
    """`pairs` are terms that are neighbours in the query, such as "VACUUM FULL"; `joins` what may be one word."""

    terms: tuple[Term, ...]
    pairs: tuple[Term, ...]
    joins: tuple[Join, ...]
    plain: float
    """0 to 1: the share of words that carry grammar. High for a question, 0 for a bare term."""


def parse(query: str, languages: Sequence[str] = ("en",)) -> Terms:
    """The terms of any text; none if it has no letters or digits.

    Args:
        languages: that of the query first, then those that are searched.
    """
    # What SQLite cannot take as text: lone surrogates and NUL.
    query = query.encode("utf-8", "ignore").decode("utf-8").replace("\0", " ")
    # A mark that stands behind its letter is no part of a word.
    query = unicodedata.normalize("NFC", query)
    languages = list(dict.fromkeys(languages))[:MAX_LANGUAGES]
    stop, weak = (words.get(languages[0], frozenset()) for words in (STOP_WORDS, WEAK_WORDS))
    terms: dict[str, Term] = {}
    for match in _QUOTED.finditer(query):
        phrase = match[1] or match[2]
        if len(_PARTS.findall(phrase)) > 1:
            _add(terms, Term(phrase, _spelled([phrase], languages)))
    words = [match.group() for match in _WORD.finditer(query) if _PARTS.search(match.group())]
    said = [word for word in words if not _grammar(word, stop)]
    for word in said or words:
        if unspaced(word):
            for pair in tokens(word, languages[0]):
                _add(terms, Term(pair, ((pair,),)))
        else:
            _add(terms, Term(word, _spelled(_spellings(word, stop), languages), folded(word) in weak))
    known = {folded(word) for word in said}
    pairs = dict.fromkeys(
        Term(f"{first} {second}", _spelled([f"{first} {second}"], languages))
        for first, second in pairwise(words)
        if folded(first) in known and folded(second) in known and not unspaced(first + second)
    )
    plain = 1 - len(said) / len(words) if words else 0.0
    return Terms(
        tuple(terms.values())[:MAX_TERMS],
        tuple(pairs)[:MAX_TERMS],
        tuple(joins(query, languages[0]))[:MAX_TERMS],
        plain,
    )


def any_of(terms: Sequence[Term]) -> str:
    """The FTS5 expression for passages with at least one of the terms."""
    return " OR ".join(term.expression for term in terms)


def in_headings(expression: str) -> str:
    """`expression`, met by a passage's title or heading."""
    return f"{{title heading}} : ({expression})"


def _add(terms: dict[str, Term], term: Term) -> None:
    if term.spellings:
        terms.setdefault(folded(term.text), term)


def _grammar(word: str, stop: frozenset[str]) -> bool:
    return all(part in stop for part in _PARTS.findall(folded(word)))


def _spelled(spellings: Sequence[str], languages: Sequence[str]) -> tuple[Spelling, ...]:
    found = (tuple(tokens(spelling, language)) for spelling in spellings for language in languages)
    return tuple(dict.fromkeys(each for each in found if each))


def _spellings(word: str, stop: frozenset[str]) -> list[str]:
    """`word` itself; parts joined by punctuation count as one only when they stand together."""
    spellings = [word]
    humps = _HUMP.sub(" ", word)
    if humps != word:
        spellings.append(humps)
    parts = _PARTS.findall(word)
    if len(parts) > 1:
        # "old_snapshot_threshold", but also "oldSnapshotThreshold" written as one word.
        spellings.append("".join(parts))
    if re.search(r"[-/’']", word):
        spellings.extend(part for part in parts if len(part) > 1 and folded(part) not in stop)
    return spellings
