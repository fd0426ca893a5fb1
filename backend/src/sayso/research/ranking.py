"""Which passages answer a query: FTS5's bm25, corrected for how much of the query a passage has."""

import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sayso.research.query import any_of, in_headings, parse

TITLE_WEIGHT, HEADING_WEIGHT, TEXT_WEIGHT = 8.0, 4.0, 1.0
_CANDIDATES = 200
"""Best passages by bm25 that are looked at again."""
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
FROM words WHERE words MATCH ? ORDER BY score DESC LIMIT {_CANDIDATES}
"""  # noqa: S608 - constants
_FETCH = """
SELECT f.uri, f.title, f.date, p.offset, p.heading, p.page, substr(f.text, p.offset + 1, p.length)
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
    text: str
    score: float


def search(connection: sqlite3.Connection, query: str, limit: int) -> list[Hit]:
    """The best passages for any text as `query`, best first, varied in their documents, without repetitions
    but for a few copies in other documents at the end.

    The score is `bm25 * coverage * (1 + heading coverage)`. Coverage is the share of the query's terms that the
    passage has, or its title and heading have, each weighted by its inverse document frequency, log(1 + N / n).
    """
    terms = parse(query)
    if not terms.terms or limit < 1:
        return []
    scores: dict[int, float] = dict(connection.execute(_SEARCH, (any_of(terms),)).fetchall())
    wanted = [*((term.expression, 1.0) for term in terms.terms), *((pair, _PAIR) for pair in terms.pairs)]
    coverage = _coverage(connection, wanted, scores)
    headings = _coverage(connection, [(in_headings(expression), weight) for expression, weight in wanted], scores)
    hits = []
    for id, score in scores.items():
        # A passage can be gone by now: another connection may be indexing.
        for uri, title, date, offset, heading, page, text in connection.execute(_FETCH, (id,)):
            score *= coverage[id] * (1 + headings[id]) * _substance(text)
            hits.append(Hit(uri, title, date, offset, heading, page, text, score))
    hits.sort(key=lambda hit: (-hit.score, hit.uri, hit.offset))
    distinct, twins = _distinct(hits)
    found = _varied(distinct, limit)
    copies = [copy for hit in found for copy in twins.get((hit.uri, hit.offset), [])][: limit // _COPIES]
    return [*found[: limit - len(copies)], *copies]


def _coverage(
    connection: sqlite3.Connection, expressions: Iterable[tuple[str, float]], ids: Iterable[int]
) -> Mapping[int, float]:
    """For each passage the weighted share, 0 to 1, of the expressions that find it, among those that find any."""
    total = max(connection.execute("SELECT max(id) FROM passages").fetchone()[0] or 0, 1)
    wanted = set(ids)
    coverage: defaultdict[int, float] = defaultdict(float)
    weights = 0.0
    for expression, importance in expressions:
        # The full-text index is asked, not the text: it alone knows its own stems.
        rows = connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (expression,)).fetchall()
        weight = importance * math.log(1 + total / len(rows)) if rows else 0.0
        weights += weight
        for (id,) in rows:
            if id in wanted:
                coverage[id] += weight
    return defaultdict(float, {id: covered / weights for id, covered in coverage.items()})


def _substance(text: str) -> float:
    return min(1.0, 0.5 + len(text.split()) / _SHORT / 2)


def _distinct(hits: Iterable[Hit]) -> tuple[list[Hit], dict[tuple[str, int], list[Hit]]]:
    """`hits` without passages that say what a better one says, such as pages kept in two versions; and those of other
    documents that were left out, by the document and offset of the better one."""
    seen: list[tuple[frozenset[str], Hit]] = []
    twins: defaultdict[tuple[str, int], list[Hit]] = defaultdict(list)
    for hit in hits:
        words = frozenset(re.findall(r"\w+", hit.text.lower()))
        better = next((other for own, other in seen if len(words & own) > _ALIKE * len(words | own)), None)
        if better is None:
            seen.append((words, hit))
        elif better.uri != hit.uri:
            twins[better.uri, better.offset].append(hit)
    return [hit for _, hit in seen], twins


def _varied(hits: Iterable[Hit], limit: int) -> list[Hit]:
    """The first `limit`, with further passages of a document only after those of all others. Those that are nearly as
    good as the best have places kept for them: a document that is all about the query has more than two to give."""
    taken: Counter[str] = Counter()
    first: list[Hit] = []
    later: list[Hit] = []
    for hit in hits:
        taken[hit.uri] += 1
        (first if taken[hit.uri] <= _PER_DOCUMENT else later).append(hit)
        if len(first) == limit:
            break
    best = first[0].score if first else 0.0
    good = [hit for hit in later if hit.score >= _NEARLY * best][: limit // _FURTHER]
    rest = [hit for hit in later if hit not in good]
    return (first[: limit - len(good)] + good + rest)[:limit]
