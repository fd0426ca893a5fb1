"""Which passages answer a query: by their words (FTS5's bm25, corrected for how much of the query a passage has) and by
their meaning (the cosine of static vectors), weighed by the kind of query."""

import json
import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sayso.language.meaning import LANGUAGE, Vectors, embedded
from sayso.language.tongue import language_of
from sayso.research.library.index import Index
from sayso.research.query import Term, Terms, any_of, in_headings, parse

TITLE_WEIGHT, HEADING_WEIGHT, TEXT_WEIGHT = 8.0, 4.0, 1.0
CANDIDATES = 200
"""Best passages by bm25 that are looked at again."""
KINDRED = 60
"""Best passages by meaning that are looked at too, whatever their words."""
MEANING = 0.5
"""Share of meaning in the score of a question; a bare term has none, what is between has less."""
QUESTION = 0.4
"""Share of words of grammar from which a query counts as a question."""
_PER_DOCUMENT = 2
"""Passages of one document among the first results, as long as others have something to say."""
_NEARLY, _FURTHER = 0.5, 3
"""Share of the best score from which further passages of a document have places kept, and one place in how many."""
_ALIKE = 0.8
"""Share of common words from which two passages say the same."""
_COPIES = 5
"""One place in so many may go, at the end, to copies of the results in other documents: who reads them must know."""
_PAIR = 0.2
"""Importance of two neighbouring terms of the query standing together, against that of a term."""
_SHORT = 30
"""Words below which a passage has too little to quote: bm25 overrates what is mostly a heading."""

_SEARCH = f"""
SELECT rowid, -bm25(words, {TITLE_WEIGHT}, {HEADING_WEIGHT}, {TEXT_WEIGHT}) AS score
FROM words WHERE words MATCH ? ORDER BY score DESC LIMIT {CANDIDATES}
"""  # noqa: S608 - constants
_WORDS = """
SELECT p.id, f.uri, f.date, p.own, p.above FROM passages p JOIN files f ON f.id = p.file
WHERE p.id IN (SELECT value FROM json_each(?))
"""
_FETCH = """
SELECT f.uri, f.title, f.date, p.offset, p.heading, p.page, p.lead, substr(f.text, p.offset + 1, p.length)
FROM passages p JOIN files f ON f.id = p.file WHERE p.id = ?
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `score` is higher for better ones, comparable within one search."""

    uri: str
    title: str
    date: str | None
    offset: int
    heading: str | None
    page: int | None
    lead: str | None
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class _Candidate:
    id: int
    uri: str
    date: str | None
    own: frozenset[int]
    score: float


def search(index: Index, query: str, limit: int) -> list[Hit]:
    """The best passages for any text as `query`, best first, varied in their documents, without repetitions
    but for a few copies in other documents at the end. Of several versions of a text the newest comes first.

    The score by words is `bm25 * coverage * (1 + heading coverage)`. Coverage is the share of the query's terms that the
    passage has, or its title and heading have, each weighted by its inverse document frequency, log(1 + N / n).
    """
    language = language_of(query, sure=0.8)
    terms = parse(query, [language, *index.languages()])
    if not terms.terms or limit < 1:
        return []
    meanings = _meanings(index, query) if language == LANGUAGE else {}
    with index.reading() as connection:
        candidates = _scored(connection, terms, meanings)
        chosen = _varied(_distinct(candidates), limit)
        copies = [copy for group in chosen for copy in group.copies][: limit // _COPIES]
        found = [*[group.best for group in chosen][: limit - len(copies)], *copies]
        return [hit for each in found for hit in _fetched(connection, each)]


def _meanings(index: Index, query: str) -> dict[int, float]:
    """The cosine of every passage that has a vector, by id."""
    stored = index.meanings()
    if not len(stored.ids):
        return {}
    cosines = _cosines(stored.vectors, embedded([query])[0])
    return dict(zip(stored.ids.tolist(), cosines.tolist(), strict=True))


def _cosines(vectors: "np.ndarray[Any, np.dtype[np.int8]]", query: Vectors, block: int = 8_192) -> Vectors:
    found = [vectors[at : at + block].astype(np.float32) @ query for at in range(0, len(vectors), block)]
    return np.asarray(np.concatenate(found) / 127, np.float32)


def _scored(connection: sqlite3.Connection, terms: Terms, meanings: Mapping[int, float]) -> list[_Candidate]:
    """All that may answer, best first."""
    lexical: dict[int, float] = dict(connection.execute(_SEARCH, (any_of(terms.terms),)).fetchall())
    share = MEANING * min(1.0, terms.plain / QUESTION) if meanings else 0.0
    nearest = sorted(meanings, key=lambda id: -meanings[id])[:KINDRED] if share else []
    ids = list(dict.fromkeys([*lexical, *nearest]))
    rows = connection.execute(_WORDS, (json.dumps(ids),)).fetchall()
    own = {row[0]: np.frombuffer(row[3], np.uint32) for row in rows}
    coverage, headings = _coverage(connection, terms, own, {row[0]: np.frombuffer(row[4], np.uint32) for row in rows})
    words = {
        id: lexical.get(id, 0.0) * coverage[id] * (1 + headings[id]) * min(1.0, 0.5 + len(own[id]) / _SHORT / 2)
        for id in own
    }
    best = max(words.values(), default=0.0) or 1.0
    near = {id: meanings.get(id, 0.0) for id in own}
    low, high = min(near.values(), default=0.0), max(near.values(), default=1.0)
    found = [
        _Candidate(
            id,
            uri,
            date,
            frozenset(own[id].tolist()),
            (1 - share) * words[id] / best + share * (near[id] - low) / max(1e-9, high - low),
        )
        for id, uri, date, _, _ in rows
    ]
    return sorted(found, key=lambda each: (-each.score, each.uri, each.id))


def _coverage(
    connection: sqlite3.Connection, terms: Terms, own: Mapping[int, Any], above: Mapping[int, Any]
) -> tuple[Mapping[int, float], Mapping[int, float]]:
    """For each passage the weighted share, 0 to 1, of the query that it has, and that its title and heading have."""
    total = max(connection.execute("SELECT max(id) FROM passages").fetchone()[0] or 0, 1)
    covered: defaultdict[int, float] = defaultdict(float)
    headed: defaultdict[int, float] = defaultdict(float)
    weights, above_weights = 0.0, 0.0
    everything = _Sets(own), _Sets(above)
    for term in terms.terms:
        (count,) = connection.execute("SELECT count(*) FROM words WHERE words MATCH ?", (term.expression,)).fetchone()
        weight = math.log(1 + total / count) if count else 0.0
        within, over = everything[0].having(term), everything[1].having(term)
        weights += weight
        above_weights += weight
        for id in within | over:
            covered[id] += weight
        for id in over:
            headed[id] += weight
    for pair in terms.pairs:
        for expression, held in ((pair.expression, covered), (in_headings(pair.expression), headed)):
            rows = connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (expression,)).fetchall()
            weight = _PAIR * math.log(1 + total / len(rows)) if rows else 0.0
            if held is covered:
                weights += weight
            else:
                above_weights += weight
            for (id,) in rows:
                if id in own:
                    held[id] += weight
    return (
        defaultdict(float, {id: each / weights for id, each in covered.items()}),
        defaultdict(float, {id: each / above_weights for id, each in headed.items()}),
    )


class _Sets:
    """Sets of numbers by id, asked for a number at a time."""

    def __init__(self, sets: Mapping[int, Any]) -> None:
        self._ids = np.repeat(np.array(list(sets), np.int64), [len(each) for each in sets.values()])
        self._numbers = np.concatenate(list(sets.values())) if sets else np.zeros(0, np.uint32)

    def having(self, term: Term) -> set[int]:
        """The ids of the sets that have all numbers of one of the term's spellings."""
        found: set[int] = set()
        for spelling in term.numbers:
            held = [set(self._ids[self._numbers == number].tolist()) for number in spelling]
            found |= set.intersection(*held)
        return found


@dataclass(slots=True)
class _Group:
    """A passage with those that say the same in other documents, or are other versions of it."""

    best: _Candidate
    copies: list[_Candidate]


def _distinct(candidates: Iterable[_Candidate]) -> Iterator[_Group]:
    """The candidates without those that say what a better one says, such as pages kept in two places; lazily.

    Two texts with other figures are no copies of one another but versions: each is kept.
    """
    groups: list[_Group] = []
    for each in candidates:
        group = next((group for group in groups if _same(group.best.own, each.own)), None)
        if group is None:
            groups.append(_Group(each, []))
            yield groups[-1]
        elif group.best.uri != each.uri:
            group.copies.append(each)


def _same(one: frozenset[int], other: frozenset[int]) -> bool:
    small, large = sorted((len(one), len(other)))
    return small > _ALIKE * large and len(one & other) > _ALIKE * len(one | other)


def _varied(groups: Iterable[_Group], limit: int) -> list[_Group]:
    """The first `limit`, with further passages of a document only after those of all others. Those that are nearly as
    good as the best have places kept for them: a document that is all about the query has more than two to give."""
    taken: Counter[str] = Counter()
    first: list[_Group] = []
    later: list[_Group] = []
    for group in groups:
        taken[group.best.uri] += 1
        (first if taken[group.best.uri] <= _PER_DOCUMENT else later).append(group)
        if len(first) == limit:
            break
    best = first[0].best.score if first else 0.0
    good = [group for group in later if group.best.score >= _NEARLY * best][: limit // _FURTHER]
    rest = [group for group in later if group not in good]
    return (first[: limit - len(good)] + good + rest)[:limit]


def _fetched(connection: sqlite3.Connection, candidate: _Candidate) -> Sequence[Hit]:
    # A passage can be gone by now: another connection may be indexing.
    return [Hit(*row, candidate.score) for row in connection.execute(_FETCH, (candidate.id,))]
