"""Which sentences answer an aspect of the question, and how well: overlap, context, centrality, position, variety."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from sayso.research.source import Passage
from sayso.writing.aspects import Aspect
from sayso.writing.sentences import Sentence, split
from sayso.writing.terms import is_technical, likeness, stem, stems, weight, words

THRESHOLD = 0.42
"""Strength below which a sentence is no good evidence."""
ALIKE = 0.7
"""Jaccard index from which two sentences say the same."""
DIVERSITY = 0.35
"""Weight of novelty against strength in maximal marginal relevance (Carbonell and Goldstein, 1998)."""
_PER_DOCUMENT = 4


@dataclass(frozen=True)
class Scored:
    """A sentence of a passage that speaks to an aspect. `strength` is 0 to 1."""

    passage: Passage
    sentence: Sentence
    aspect: Aspect
    strength: float


@dataclass
class Pool:
    """All passages of one round, each text once, split and with their stems."""

    passages: list[Passage] = field(default_factory=list)
    sentences: list[list[Sentence]] = field(default_factory=list)
    surroundings: list[frozenset[str]] = field(default_factory=list)
    """Stems of each passage's title and heading."""
    spread: Counter[str] = field(default_factory=Counter)
    """In how many sentences of the pool a stem occurs."""
    total: int = 0
    _known: dict[str, int] = field(default_factory=dict)

    def add(self, passage: Passage) -> int:
        """The passage's place in the pool; the same text from another document is the same entry."""
        key = " ".join(passage.text.split())
        if key in self._known:
            return self._known[key]
        found = [sentence for sentence in split(passage.text) if sentence.stands]
        self._known[key] = len(self.passages)
        self.passages.append(passage)
        self.sentences.append(found)
        self.surroundings.append(stems(f"{passage.title} {passage.place.heading or ''}"))
        for sentence in found:
            self.spread.update(sentence.stems)
        self.total += len(found)
        return self._known[key]

    def centrality(self, sentence: Sentence) -> float:
        """0 to 1: how much of the sentence the other sentences found talk about too."""
        if not sentence.stems or self.total < 2:
            return 0.0
        shared = sum(min(1.0, 8 * (self.spread[each] - 1) / self.total) for each in sentence.stems)
        return shared / len(sentence.stems)


class Matcher:
    """Scores sentences against one aspect.

    A sentence counts only if it holds one of the aspect's own words, or one that stands for it, and, when the aspect
    has two words or more, two of them in all, where one may come from the heading or the title above it.
    """

    def __init__(self, aspect: Aspect) -> None:
        self.aspect = aspect
        self.own = {stem(word): weight(word) * (1.2 if is_technical(word) else 1.0) for word in aspect.own}
        self.context = {stem(word): 0.5 for word in aspect.context} if aspect.context else {}
        self.wider = {stem(word) for word in aspect.wider} - set(self.own) - set(self.context)
        ordered = [stem(word) for word in (*aspect.context, *aspect.own)]
        self.pairs = set(pairwise(ordered))
        self.total = sum(self.own.values()) + sum(self.context.values())
        self.needed = min(2, len(self.own) + len(self.context))

    def strength(self, pool: Pool, index: int, sentence: Sentence) -> float:
        """0 when the sentence is no answer, else up to 1: two thirds overlap, the rest context, centrality,
        position, words that stand side by side as they were asked, and beginning with what was asked about."""
        inside, around = sentence.stems, pool.surroundings[index]
        own = inside & set(self.own)
        stand_in = bool(inside & self.wider)
        if not own and not (stand_in and inside & set(self.context)):
            return 0.0
        placed = (set(self.own) | set(self.context)) & around - inside
        hits = len(own) + len(inside & set(self.context)) + stand_in
        if hits + bool(placed) < self.needed or (
            hits < 2 and self.needed > 1 and not placed & set(self.own) and not own
        ):
            return 0.0
        if self.aspect.numeric and not any(char.isdigit() for char in sentence.readable):
            return 0.0
        weights = {**self.context, **self.own}
        matched = sum(weights[each] for each in inside & set(weights))
        matched += 0.6 * sum(weights[each] for each in placed) + (0.5 if stand_in else 0.0)
        overlap = min(1.0, matched / self.total)
        ordered = [stem(word) for word in words(sentence.readable)]
        adjacent = bool(self.pairs & set(pairwise(ordered)))
        leads = bool(set(ordered[:3]) & set(weights))
        score = 0.68 * overlap + 0.1 * pool.centrality(sentence) + 0.06 / (1 + sentence.index)
        score += 0.08 * adjacent + 0.08 * leads
        return score * (0.7 if sentence.dangling else 1.0)


def rank(pool: Pool, aspect: Aspect, indexes: list[int], *, threshold: float = THRESHOLD) -> list[Scored]:
    """Sentences of the passages at `indexes` that answer `aspect`, strongest first; ties go to what search ranked
    first. Sentences that lean on one before them come only where a passage has nothing better."""
    matcher = Matcher(aspect)
    found: list[tuple[float, int, Scored]] = []
    for order, index in enumerate(indexes):
        for sentence in pool.sentences[index]:
            strength = matcher.strength(pool, index, sentence) - 0.004 * min(order, 20)
            if strength >= threshold:
                scored = Scored(pool.passages[index], sentence, aspect, round(min(strength, 1.0), 3))
                found.append((strength, order, scored))
    found.sort(key=lambda each: (-each[0], each[1], each[2].sentence.start))
    return [scored for _, _, scored in found]


def choose(ranked: list[Scored], count: int, taken: list[Scored]) -> list[Scored]:
    """Up to `count` of `ranked`, by maximal marginal relevance against themselves and `taken`: strong, and each
    saying something of its own. At most two from one passage and four from one document."""
    chosen: list[Scored] = []
    left = list(ranked)
    while left and len(chosen) < count:
        others = [*taken, *chosen]
        best, best_value = None, float("-inf")
        for scored in left:
            near = max((likeness(scored.sentence.stems, other.sentence.stems) for other in others), default=0.0)
            if near >= ALIKE or _crowded(scored, others):
                continue
            value = (1 - DIVERSITY) * scored.strength - DIVERSITY * near
            if value > best_value:
                best, best_value = scored, value
        if best is None:
            break
        chosen.append(best)
        left.remove(best)
    return chosen


def _crowded(scored: Scored, others: list[Scored]) -> bool:
    same_document = [other for other in others if other.passage.uri == scored.passage.uri]
    same_passage = [other for other in same_document if other.passage.text == scored.passage.text]
    return len(same_passage) >= 2 or len(same_document) >= _PER_DOCUMENT
