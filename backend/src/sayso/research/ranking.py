"""Which passages answer a query: found by words (FTS5's bm25) and by meaning, scored by both, varied, told once."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sayso.language.joins import COMPOUNDING
from sayso.language.meaning import LANGUAGE
from sayso.language.tongue import language_of
from sayso.research.analysis import FIGURE
from sayso.research.library.index import Index
from sayso.research.proposals import held
from sayso.research.query import Terms, any_of, parse
from sayso.research.relevance import (
    BM25,
    SKETCH,
    Floats,
    Numbers,
    WordSets,
    aligned,
    by_meaning,
    by_words,
)

TITLE_WEIGHT, HEADING_WEIGHT, TEXT_WEIGHT = 8.0, 4.0, 1.0
CANDIDATES, NEAREST = 200, 150
"""Best passages by bm25, and by the cosine of their meaning, that are looked at again."""
DOCUMENT, SUPPORT = 0.3, 3
"""What a document's mean score over so many of its best passages counts: a page that is about it all is no accident."""
QUESTION = 0.4
"""Share of words of grammar from which a query is a question; what is between that and a bare term is a bit of both."""
_PER_DOCUMENT = 2
"""Passages of one document among the first results, as long as others have something to say."""
_NEARLY, _FURTHER = 0.5, 3
"""Share of the best score from which further passages of a document have places kept, and one place in how many."""
_ALIKE = 0.8
"""Share of common words from which two passages say the same."""
_COMMON = round(_ALIKE * SKETCH * 0.75)
"""Numbers that their sketches have in common then, at least: what has fewer need not be compared."""
_COPIES = 5
"""One place in so many may go, at the end, to copies of the results in other documents: who reads them must know."""

_SEARCH = f"""
SELECT rowid, -bm25(words, {TITLE_WEIGHT}, {HEADING_WEIGHT}, {TEXT_WEIGHT}) AS score
FROM words WHERE words MATCH ? ORDER BY score DESC LIMIT {CANDIDATES}
"""  # noqa: S608 - constants
_SEARCH_IN = f"""
SELECT rowid, -bm25(words, {TITLE_WEIGHT}, {HEADING_WEIGHT}, {TEXT_WEIGHT}) AS score
FROM words WHERE words MATCH ? AND rowid IN (SELECT value FROM json_each(?)) ORDER BY score DESC LIMIT {CANDIDATES}
"""  # noqa: S608 - constants
_PASSAGES_OF = """
SELECT p.id FROM passages p JOIN files f ON f.id = p.file WHERE f.uri IN (SELECT value FROM json_each(?))
"""
_WORDS = """
SELECT p.id, f.uri, f.date, p.own, p.above FROM passages p JOIN files f ON f.id = p.file
WHERE p.id IN (SELECT value FROM json_each(?)) ORDER BY f.uri, p.offset
"""
_FETCH = """
SELECT p.id, f.uri, f.title, f.date, p.offset, p.heading, p.page, p.lead, substr(f.text, p.offset + 1, p.length)
FROM passages p JOIN files f ON f.id = p.file WHERE p.id IN (SELECT value FROM json_each(?))
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
    date: str
    words: bytes
    sketch: Numbers
    """See `WordSets.sketches`."""
    score: float


@dataclass(slots=True)
class _Group:
    """A passage with those that say the same in other documents."""

    best: _Candidate
    copies: list[_Candidate]


def search(index: Index, query: str, limit: int, uris: frozenset[str] | None = None) -> list[Hit]:
    """The best passages for any text as `query`, best first, varied in their documents, without repetitions
    but for a few copies in other documents at the end. See `sayso.research.relevance` for the score.

    Args:
        uris: search in these documents only.
    """
    language = language_of(query, sure=0.8)
    terms = parse(query, [language, *index.languages()])
    if not terms.terms or limit < 1:
        return []
    candidates = _candidates(index, query, terms, uris, language)
    chosen = _varied(_distinct(candidates), limit)
    copies = [copy for group in chosen for copy in group.copies][: limit // _COPIES]
    found = [*[group.best for group in chosen][: limit - len(copies)], *copies]
    scores = {each.id: each.score for each in found}
    with index.reading() as connection:
        rows = connection.execute(_FETCH, (json.dumps(list(scores)),)).fetchall()
    hits = {
        id: Hit(uri, title, date, offset, heading, page, lead, text, scores[id])
        for id, uri, title, date, offset, heading, page, lead, text in rows
    }
    # A passage can be gone by now: another connection may be indexing.
    return [hits[id] for id in scores if id in hits]


def _candidates(
    index: Index, query: str, terms: Terms, uris: frozenset[str] | None, language: str
) -> Iterator[_Candidate]:
    """All that may answer, best first."""
    meanings = index.meanings()
    share = min(1.0, terms.plain / QUESTION) if language == LANGUAGE and len(meanings.ids) else 0.0
    near: dict[int, float] = {}
    stems = index.stems() if language in COMPOUNDING else frozenset()
    only = None if uris is None else _passages_of(index, uris)
    if share:
        cosines = meanings.cosines(query)
        # What is not asked stays behind all that is.
        ranked = cosines if only is None else np.where(np.isin(meanings.ids, only), cosines, -2.0)
        best = np.argpartition(-ranked, min(NEAREST, len(ranked) - 1))[:NEAREST]
        best = best[ranked[best] > -2.0]
        near = dict(zip(meanings.ids[best].tolist(), cosines[best].tolist(), strict=True))
    with index.reading() as connection:
        terms, weights = held(connection, terms, language, stems)
        found: dict[int, float] = dict(
            connection.execute(_SEARCH, (any_of(terms.terms),)).fetchall()
            if only is None
            else connection.execute(_SEARCH_IN, (any_of(terms.terms), json.dumps(only))).fetchall()
        )
        if share:
            at = np.searchsorted(meanings.ids, np.array(list(found), np.int64)).clip(max=len(meanings.ids) - 1)
            near |= {id: float(cosines[each]) for id, each in zip(found, at, strict=True) if meanings.ids[each] == id}
        rows = connection.execute(_WORDS, (json.dumps([*found, *near]),)).fetchall()
        if not rows:
            return
        own, above = WordSets([row[3] for row in rows]), WordSets([row[4] for row in rows])
        ids = [row[0] for row in rows]
        lexical = aligned(ids, found)
        # What a question's words would score by themselves does not count, and its neighbours cost most to look up.
        scores = by_words(connection, terms, weights, own, above, lexical) if share < 1 else np.zeros(len(rows))
        if share:
            meaning = by_meaning(terms, weights, own, above, aligned(ids, near), meanings)
            meaning = meaning + BM25 * lexical / max(lexical.max(), 1e-9)
            meaning = meaning + DOCUMENT * _of_document(meaning, [row[1] for row in rows])
            scores = (1 - share) * scores + share * meaning / max(meaning.max(), 1e-9)
    sketches = own.sketches()
    for at in np.argsort(-scores, kind="stable"):
        id, uri, date, words, _ = rows[at]
        yield _Candidate(id, uri, date or "", words, sketches[at], float(scores[at]))


def _passages_of(index: Index, uris: frozenset[str]) -> list[int]:
    with index.reading() as connection:
        return [id for (id,) in connection.execute(_PASSAGES_OF, (json.dumps(sorted(uris)),))]


def _of_document(scores: Floats, uris: Sequence[str]) -> Floats:
    """For each passage the mean score of the best `SUPPORT` passages of its document; those it lacks count 0."""
    best: defaultdict[str, list[float]] = defaultdict(list)
    for uri, score in sorted(zip(uris, scores.tolist(), strict=True), key=lambda each: -each[1]):
        if len(best[uri]) < SUPPORT:
            best[uri].append(score)
    return np.array([sum(best[uri]) / SUPPORT for uri in uris])


def _distinct(candidates: Iterable[_Candidate]) -> Iterator[_Group]:
    """The candidates without those that say what a better one says, such as pages kept in two places; lazily."""
    groups: list[_Group] = []
    sketches = np.zeros((CANDIDATES + NEAREST, SKETCH), np.uint32)
    for each in candidates:
        alike = np.count_nonzero(sketches[: len(groups)] == each.sketch, axis=1) >= _COMMON
        group = next((groups[at] for at in np.flatnonzero(alike) if _same(groups[at].best, each)), None)
        if group is None:
            sketches[len(groups)] = each.sketch
            groups.append(_Group(each, []))
            yield groups[-1]
        elif group.best.uri != each.uri:
            group.copies.append(each)


def _same(first: _Candidate, second: _Candidate) -> bool:
    one, other = (frozenset(np.frombuffer(each.words, np.uint32).tolist()) for each in (first, second))
    if {number for number in one ^ other if number & FIGURE}:
        # Two texts with other figures are versions of one another, and each says something.
        return False
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
    # The best come first here too.
    near = sum(group.best.score >= _NEARLY * best for group in later)
    good, rest = later[: min(near, limit // _FURTHER)], later[min(near, limit // _FURTHER) :]
    return (first[: limit - len(good)] + good + rest)[:limit]
