"""Which sentences answer an aspect of the question: overlap, context, centrality, position, variety."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sayso.language.sameness import Said, repeats
from sayso.language.sentences import Sentence
from sayso.language.terms import is_technical, likeness, root, stem, words
from sayso.research.source import Passage
from sayso.writers.extractive.aspects import Aspect
from sayso.writers.extractive.matching import Matcher
from sayso.writers.extractive.pool import Pool

THRESHOLD = 0.42
"""Strength below which a sentence is no good evidence."""
THRESHOLD_WIDER = 0.32
"""The same once a human has said that what was strong is not what they want."""
BESIDE = 0.74
"""Share of the strength of an aspect's best sentence below which another one is beside the point."""
GOOD = 0.6
"""Strength from which a sentence is good evidence, however strong the best one is."""
_EASY = 0.7
DIVERSITY = 0.25
"""Weight of novelty against strength in maximal marginal relevance (Carbonell and Goldstein, 1998)."""
_PER_DOCUMENT = 3
_NEAR = 0.7
"""Nearness from which a passage and its document may give more than others: they are what was asked for."""
NEARNESS = 0.2
"""Weight of what search thinks of the passage."""
_OTHERS = 0.6
_EVERYWHERE = 3
"""Documents that mention a proper name from which it may be what they all are about."""
_COMMON = 0.15
"""Share of passages found without a name that mention it, from which it goes without saying."""


@dataclass(frozen=True)
class Scored:
    """A sentence of a passage that speaks to an aspect. `strength` orders sentences, and can be more than 1."""

    passage: Passage
    index: int
    """The passage's place in the pool."""
    sentence: Sentence
    aspect: Aspect
    strength: float
    near: float = 0.0
    """How near search put the passage, 0 to 1."""

    @property
    def match(self) -> float:
        """0 to 1: `strength`, with what is above `_EASY` halved so that the best still differ below 1."""
        eased = self.strength if self.strength <= _EASY else _EASY + (self.strength - _EASY) / 2
        return round(min(1.0, eased), 3)


def ambient(pool: Pool, aspect: Aspect, found: Iterable[tuple[str, list[int]]]) -> dict[str, float]:
    """Weights of a name that the documents are about anyway, so that sentences rarely repeat it ("Next.js" in its own
    documentation), by stem: the more passages mention a name that the query did not contain, the less it tells.

    Args:
        found: queries, and the places in the pool of what they found.
    """
    every = [*aspect.own, *aspect.context]
    names = frozenset(map(stem, names_of(every)))
    if not names or len(names) == len(every):
        return {}
    if all(map(_proper, names_of(every))) and _spread(pool, names) >= _EVERYWHERE:
        return dict.fromkeys(names, 0.3)
    others = [index for query, indexes in found if not names & set(map(stem, words(query))) for index in indexes]
    if len(others) < 5:
        return {}
    known = frozenset(map(root, names))
    share = sum(known <= pool.around[index].roots | pool.around[index].text for index in others) / len(others)
    return dict.fromkeys(names, max(0.3, 1.2 * (1 - share / _COMMON)))


def names_of(terms: Iterable[str]) -> list[str]:
    """Those of `terms` that are names by their looks."""
    return [word for word in terms if is_technical(word)]


def nearness(found: Iterable[tuple[Aspect, list[Passage], list[int]]], aspect: Aspect) -> dict[int, float]:
    """How near search puts each passage of the pool to `aspect`, 0 to 1, the nearest first: its score against that of
    the best one of the same query and source, or its rank where there are no scores. What only the queries of another
    aspect found counts less.

    Args:
        found: for each query its aspect, what it found, and the places of that in the pool.
    """
    near: dict[int, float] = {}
    for other, passages, indexes in found:
        best: dict[str, float] = {}
        for passage in passages:
            best[passage.kind] = max(best.get(passage.kind, 0.0), passage.score)
        ranks: Counter[str] = Counter()
        for passage, index in zip(passages, indexes, strict=True):
            top = best[passage.kind]
            share = passage.score / top if top > 0 else 1 / (1 + 0.15 * ranks[passage.kind])
            ranks[passage.kind] += 1
            near[index] = max(near.get(index, 0.0), share * (1 if other == aspect else _OTHERS))
    return dict(sorted(near.items(), key=lambda item: -item[1]))


def focus_of(aspect: Aspect, others: Iterable[Aspect]) -> frozenset[str]:
    """Stems of the aspect's own words that no other aspect of the same question or feedback has."""
    beside = [other for other in others if other != aspect and other.feedback == aspect.feedback]
    shared = {stem(word) for other in beside for word in (*other.own, *other.context)}
    return frozenset(map(stem, aspect.own)) - shared if beside else frozenset()


def rank(
    pool: Pool,
    aspect: Aspect,
    near: Mapping[int, float],
    names: Mapping[str, float],
    threshold: float = THRESHOLD,
    focus: frozenset[str] = frozenset(),
) -> list[Scored]:
    """Sentences of the passages in `near` that answer `aspect`, strongest first; ties go to what search put nearest.
    `names` are the weights of names that go without saying, see `ambient`."""
    matcher = Matcher(aspect, names, focus)
    found: list[tuple[float, int, Scored]] = []
    for order, (index, share) in enumerate(near.items()):
        for sentence in pool.sentences[index]:
            strength = matcher.strength(pool, index, sentence)
            strength = strength + NEARNESS * (share - 0.4) if strength else 0.0
            if strength >= threshold:
                scored = Scored(pool.passages[index], index, sentence, aspect, strength, share)
                found.append((strength, order, scored))
    found.sort(key=lambda each: (-each[0], each[1], each[2].sentence.start))
    floor = min(BESIDE * found[0][0], GOOD) if found and threshold == THRESHOLD else 0.0
    return [scored for strength, _, scored in found if strength >= floor]


def choose(ranked: list[Scored], count: int, taken: list[Scored]) -> list[Scored]:
    """Up to `count` of `ranked`, by maximal marginal relevance against themselves and `taken`: strong, and each
    saying something of its own. At most two from one passage and `_PER_DOCUMENT` from one document, a few more where
    search found just what was asked for."""
    chosen: list[Scored] = []
    left = list(ranked)
    said = {id(scored): Said.of(scored.sentence.readable) for scored in [*ranked, *taken]}
    while left and len(chosen) < count:
        others = [*taken, *chosen]
        best, best_value = None, float("-inf")
        for scored in left:
            if _crowded(scored, others) or any(repeats(said[id(scored)], said[id(each)]) for each in others):
                continue
            near = max((likeness(scored.sentence.stems, each.sentence.stems) for each in others), default=0.0)
            value = (1 - DIVERSITY) * scored.strength - DIVERSITY * near
            if value > best_value:
                best, best_value = scored, value
        if best is None:
            break
        chosen.append(best)
        left.remove(best)
    return chosen


def divide(ranked: Mapping[Aspect, list[Scored]]) -> dict[Aspect, list[Scored]]:
    """Each sentence only under the aspect that it answers best; the earlier one where it answers two as well."""
    best: dict[tuple[int, int, int], tuple[float, Aspect]] = {}
    for aspect, each in ranked.items():
        for scored in each:
            key = (scored.index, scored.sentence.start, scored.sentence.end)
            if key not in best or scored.strength > best[key][0]:
                best[key] = (scored.strength, aspect)
    return {
        aspect: [
            scored for scored in each if best[scored.index, scored.sentence.start, scored.sentence.end][1] == aspect
        ]
        for aspect, each in ranked.items()
    }


def _crowded(scored: Scored, others: list[Scored]) -> bool:
    same_document = [other for other in others if other.passage.uri == scored.passage.uri]
    same_passage = [other for other in same_document if other.passage.text == scored.passage.text]
    more = 2 * (scored.near >= _NEAR)
    return len(same_passage) >= 2 + more // 2 or len(same_document) >= _PER_DOCUMENT + more


def _proper(word: str) -> bool:
    """Whether it is spelled as names of products and people are ("PostgreSQL"), not as a command, option or acronym."""
    return word[:1].isupper() and word[1:2].islower() and word.isalpha()


def _spread(pool: Pool, names: frozenset[str]) -> int:
    """How many documents mention all of the names; 0 if they are less than a tenth of all that were found."""
    known = frozenset(map(root, names))
    documents = {passage.uri for passage in pool.passages}
    mention = {
        passage.uri
        for passage, around in zip(pool.passages, pool.around, strict=True)
        if known <= around.roots | around.text
    }
    return len(mention) if len(mention) * 10 >= len(documents) else 0
