"""Which statements answer a part of a question: by their words, their meaning, and how well their passage was found.

    score = WORDS * words + MEANING * meaning + AROUND * around + PLACE * place

`words` is the share of the part's terms that the statement has (`coverage`). `meaning` and `around` are the cosines of
static vectors for the statement and for its whole passage, scaled over the pool (words are not: where they cover little
of the question they count little); off where the question is in another language than the vectors know. `place` is the
passage's own score. Statements are then taken one by one: the best first, few of one document, none that repeats
another. One in the entry of a name that is asked for, a setting's for example, has `ENTRY` on top.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np

from sayso.language.meaning import LANGUAGE, embedded
from sayso.language.structure import broken_off, is_titled
from sayso.language.terms import likeness
from sayso.language.tokens import telling
from sayso.research.source import Passage
from sayso.research.versions import asks_for_older
from sayso.writers.extractive.coverage import Floats, coverage, entries_of
from sayso.writers.extractive.pool import Pool, Read

WORDS, MEANING, AROUND, PLACE = 1.4, 0.5, 0.5, 0.5
ENTRY, ENTRY_MATCH = 0.6, 0.2
"""What it counts, in a score and in a match, to stand in the entry of a name that is asked for."""
WORDS_MATCH, FEW = 0.6, 0.3
"""What words count in a match; what is left of `AROUND` and `PLACE` there, and among a few passages, all alike."""
WHOLE = WORDS_MATCH + MEANING + FEW * (AROUND + PLACE)
NOTHING_NEW, UNFINISHED, IN_SCORE = 0.3, 0.5, 2.0
"""What a statement loses that tells no more than was asked and stands above it, and one that says where or that
something is said; and the weight of such a loss in a score."""
HOLDS, INSTEAD, SUPERSEDED = 0.5, 0.6, 0.8
"""The match, and share of the match of one of a document that holds no more, from which a statement of another answers
instead of that; and what share of its score and match that one has at most then."""
SHARED, UNSHARED, UNSHARED_OF_FEW = 0.2, 0.3, 0.2
"""Share of what is asked, in its words or in words near to them, that a match has, and the match from which it may have
less: of many passages, of which some come near to anything, and of a few."""
SURE = 0.56
"""Match from which a statement of much that was read is more than near to what was asked. Of the first ones of 216
questions to six collections, 93 % above it are from a right page, and 23 % below."""
ALONE, FELLOWS = 0.1, 4
"""What a statement of much that was read loses at most whose document has nothing else that matches, and how many of a
document's best are looked at. Beside a sure answer, the only statement of another document was from a right page in 6 %
of 204 cases, others of the answer's own document in 93 %."""
SAME = 0.8
"""Cosine from which a statement is as near to a question as one gets."""
SAYING = 2
"""Words that tell something below which a sentence is a heading ("What we saw.")."""
ALIKE = 0.95
"""Cosine, and share of common terms, from which two statements say the same."""
VERSION, VERSIONS = 0.8, 3
"""Likeness of two statements' words, figures apart, from which they are versions, and how many of them are shown."""
PER_DOCUMENT = 4
"""Statements of one document, as long as others have something to say."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A statement held against a part. `match` is 0 to 1, comparable between parts."""

    read: Read
    index: int
    """Its place in the pool."""
    score: float
    match: float


def scored(pool: Pool, text: str, place: Callable[[Passage], float]) -> list[Scored]:
    """All statements of the pool, the best for `text` first.

    Args:
        place: 0 to 1, how well a passage was found for this part.
    """
    if not len(pool):
        return []
    asked = frozenset(telling(text, pool.language))
    lacking = np.array([_lacking(each, asked, pool.language) for each in pool.read])
    words = coverage(pool, text, lacking < NOTHING_NEW)
    places = np.array([place(each.passage) for each in pool.read])
    if pool.language == LANGUAGE:
        meant = embedded([text])[0]
        cosine, around = pool.vectors @ meant, (pool.passages @ meant)[pool.passage_of]
        trust = FEW + (1 - FEW) * pool.crowd
        where = trust * (AROUND * scaled(around) + PLACE * places)
        score = WORDS * words + MEANING * scaled(cosine) + where
        context = FEW * (AROUND * closeness(around) + PLACE * places)
        match = (WORDS_MATCH * words + MEANING * closeness(cosine) + context) / WHOLE
        # Vectors are near to something wherever they are asked; what shares nothing with the question is no match.
        unshared = UNSHARED_OF_FEW + (UNSHARED - UNSHARED_OF_FEW) * pool.crowd
        match = np.where((words < SHARED) & (match < unshared), 0.0, match)
    else:
        score = WORDS * words + FEW * PLACE * places
        match = words
    entries = entries_of(pool, text)
    score, match = score + ENTRY * entries, match + ENTRY_MATCH * entries
    # Rounded, since sums of floats differ in their last digits from run to run, and an answer may not.
    score, match = (score - IN_SCORE * lacking).round(5), (match - lacking).round(4)
    if not asks_for_older(text):
        score, match = _replaced(pool, score, match)
    match = _supported(pool, match)
    order = np.argsort(-score, kind="stable")
    return [Scored(pool.read[at], int(at), float(score[at]), float(min(1.0, max(0.0, match[at])))) for at in order]


def _supported(pool: Pool, match: Floats) -> Floats:
    """Matches with less for what a document says that says little else on it, where something surely answers."""
    if match.max(initial=0.0) < SURE:
        return match
    of_document: defaultdict[str, list[float]] = defaultdict(list)
    for each, own in zip(pool.read, match.clip(min=0.0).tolist(), strict=True):
        of_document[each.passage.uri].append(own)
    # What is short is measured by what it has.
    told = {uri: fmean(sorted(own)[-FELLOWS:]) for uri, own in of_document.items()}
    share = np.array([told[each.passage.uri] for each in pool.read]) / max(told.values())
    return np.asarray((match - max(0.0, 2 * pool.crowd - 1) * ALONE * (1 - share)).round(4))


def _replaced(pool: Pool, score: Floats, match: Floats) -> tuple[Floats, Floats]:
    """Scores and matches with what holds no more behind what holds instead of it."""
    older = np.array([each.superseded for each in pool.read])
    if older.all() or not older.any():
        return score, match
    now = int(np.argmax(np.where(older, -1.0, match)))
    behind = older & (match[now] >= HOLDS) & (match[now] >= INSTEAD * match)
    return (
        np.where(behind, np.minimum(score, (SUPERSEDED * score[now]).round(5)), score),
        np.where(behind, np.minimum(match, (SUPERSEDED * match[now]).round(4)), match),
    )


def chosen(pool: Pool, ranked: Sequence[Scored], limit: int, taken: Sequence[Scored] = ()) -> list[Scored]:
    """The first `limit` of `ranked` that tell something that none before them, nor `taken`, tells.

    Statements that say the same but for their figures are versions: the newest few stand where the best of them would,
    the newest first.
    """
    groups: list[list[Scored]] = []
    later: list[Scored] = []
    documents = Counter(each.read.passage.uri for each in taken)
    for each in ranked:
        home = next((group for group in groups if _versions(each.read, group[0].read)), None)
        if sum(_versions(each.read, other.read) for other in taken) >= VERSIONS - 1:
            continue
        if home is not None:
            home.append(each)
        elif any(_repeats(pool, each, other) for other in [*taken, *(group[0] for group in groups)]):
            continue
        elif documents[each.read.passage.uri] >= PER_DOCUMENT:
            later.append(each)
        elif len(groups) < limit:
            groups.append([each])
            documents[each.read.passage.uri] += 1
    found = [each for group in groups for each in _newest(group)]
    for each in later:
        if not any(_repeats(pool, each, other) for other in found):
            found.append(each)
    return found[:limit]


def _versions(one: Read, other: Read) -> bool:
    """Whether two statements of different documents say the same but for their figures."""
    if one.passage.uri == other.passage.uri or _figures(one.stems) == _figures(other.stems):
        return False
    words, others = one.stems - _figures(one.stems), other.stems - _figures(other.stems)
    return likeness(words, others) >= VERSION


def _newest(group: Sequence[Scored]) -> list[Scored]:
    """The newest few of the versions, each once, as well matched as the best of them."""
    by_date = sorted(group, key=lambda each: each.read.passage.date or "", reverse=True)
    apart = list({each.read.passage.uri: each for each in reversed(by_date)}.values())[::-1]
    best = max(each.match for each in group)
    return [replace(each, match=best) for each in apart[:VERSIONS]]


POINTS_ON = re.compile(
    r"(?:^\W*|[.!?]\s+)(?:see\b|learn more|read more|for (?:more|further|additional)\b|more (?:information|details?)\b"
    r"|refer to|visit\b|click\b|continue\b|next\b.{0,3}:|this (?:page|guide|section|chapter|document|article)\b)",
    re.I,
)
"""A sentence that says where something is said (English)."""
_ADDRESS = re.compile(r"\b(?:[a-z][a-z0-9+.-]{1,9}://|www\.)\S+", re.I)


def _lacking(read: Read, asked: frozenset[str], language: str) -> float:
    """What is taken off for what a reader would miss: what it leans on, what it only points to, and whatever is new
    in it."""
    statement = read.statement
    lacking = 0.1 * statement.leans
    if not read.lead and not read.stems - asked - read.stems_above:
        lacking += NOTHING_NEW
    goes_on = read.passage.text[statement.end : statement.end + 1] == " "
    is_bare = statement.kind != "answer" and not any(map(str.isdigit, statement.text))
    if goes_on and is_bare and is_titled(statement.text):
        lacking += UNFINISHED  # "Disclaimer of Warranty.", which a paragraph begins with.
    elif statement.kind == "item" and statement.text.endswith((":", "：")):
        lacking += UNFINISHED  # It says nothing without the list that it leads into.
    elif statement.kind == "sentence" and (
        POINTS_ON.search(statement.text)
        or statement.text.endswith((":", "?", ",", "：", "？"))
        or (statement.leans and broken_off(statement.text))
        or len(telling(_ADDRESS.sub(" ", statement.text), language)) < SAYING
    ):
        lacking += UNFINISHED
    return lacking


def closeness(cosines: Floats) -> Floats:
    """Cosines as shares: 0 for what has nothing to do with it, 1 from `SAME` on."""
    return np.asarray(np.clip(cosines / SAME, 0.0, 1.0))


def scaled(values: Floats) -> Floats:
    """`values` stretched so that the least is 0 and the greatest 1; all 0 if they are the same."""
    low, high = values.min(), values.max()
    return np.asarray((values - low) / max(1e-9, high - low))


def _repeats(pool: Pool, one: Scored, other: Scored) -> bool:
    if one.read.passage is other.read.passage:
        first, second = one.read.statement, other.read.statement
        if first.start < second.end and second.start < first.end:
            return True
    a, b = one.read.stems, other.read.stems
    if _figures(a) != _figures(b):
        return False
    common = len(a & b)
    if common and common >= ALIKE * min(len(a), len(b)) and min(len(a), len(b)) >= 5:
        return True
    return bool(pool.vectors[one.index] @ pool.vectors[other.index] > ALIKE and common >= 0.6 * len(a | b))


def _figures(stems: frozenset[str]) -> frozenset[str]:
    return frozenset(each for each in stems if each[0].isdigit())
