"""Which sentences answer an aspect of the question, and how well: overlap, context, centrality, position, variety."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType

from sayso.research.source import Passage
from sayso.writing.aspects import Aspect, subject
from sayso.writing.sentences import Sentence, statements
from sayso.writing.terms import alike, is_technical, likeness, stem, stems, weight, words

THRESHOLD = 0.42
"""Strength below which a sentence is no good evidence."""
THRESHOLD_WIDER = 0.32
"""The same once a human has said that what was strong is not what they want."""
DIVERSITY = 0.35
"""Weight of novelty against strength in maximal marginal relevance (Carbonell and Goldstein, 1998)."""
_PER_DOCUMENT = 3
_ABOUT = re.compile(r"what\b", re.I)
_ARTICLES = frozenset(("the", "a", "an"))
_COMMON = 0.15
"""Share of passages found without a name that mention it, from which it goes without saying."""
_DATED = stems("legacy deprecated previous migrating upgrade upgrading changelog codemod release obsolete")
"""Titles and headings of pages on how things were; they answer a question only if it asks for that."""


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
    texts: list[frozenset[str]] = field(default_factory=list)
    """Stems of each passage."""
    spread: Counter[str] = field(default_factory=Counter)
    """In how many sentences of the pool a stem occurs."""
    total: int = 0
    _known: dict[str, int] = field(default_factory=dict)

    def add(self, passage: Passage) -> int:
        """The passage's place in the pool; the same text from another document is the same entry."""
        key = " ".join(passage.text.split())
        if key in self._known:
            return self._known[key]
        found = statements(passage.text)
        self._known[key] = len(self.passages)
        self.passages.append(passage)
        self.sentences.append(found)
        self.surroundings.append(stems(f"{passage.title} {passage.place.heading or ''}"))
        self.texts.append(stems(passage.text))
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


_CUES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(rf"\b(?:{asked})\b", re.I), re.compile(rf"\b(?:{answer})\b", re.I))
    for asked, answer in (
        ("when|should", "when|if|while|whenever|until|before|after|only|recommended?|prefer|instead|best|must|use for"),
        ("why|reasons?|purpose", "because|since|so that|therefore|in order to|avoids?|allows?|ensures?|reasons?"),
        (
            "differences?|differ|compared?|versus|vs",
            "whereas|while|unlike|instead|rather|than|differs?|both|but|contrast",
        ),
        ("maximum|minimum|limits?|how (?:many|much|large|big|long|fast|often)|size", r"\d[\d,.]*|unlimited|default"),
        ("alternatives?|instead", "instead|rather|alternatively|alternatives?|without|avoids?|unlike"),
    )
)
"""What a question asks for, and the words in which such answers come."""


class Matcher:
    """Scores sentences against one aspect.

    A sentence counts only if it holds one of the aspect's own words, or one that stands for it, and, when the aspect
    has two telling words or more, two of them in all, where one may come from the heading or the title above it. Under
    a heading that has all of several words every sentence counts. A name that was asked about must be in the sentence,
    the heading or the title; in feedback the name alone is enough.
    """

    def __init__(self, aspect: Aspect, ambient: Mapping[str, float] = MappingProxyType({})) -> None:
        self.aspect = aspect
        self.cues = [answer for asked, answer in _CUES if asked.search(aspect.topic)]
        placing = {stem(word): weight(word) for word in (*aspect.context, *aspect.setting)}
        self.own = {stem(word): weight(word) * (1.2 if is_technical(word) else 1.0) for word in aspect.own}
        self.own |= {name: tells for name, tells in ambient.items() if name in self.own}
        if max(self.own.values()) < 0.6:
            self.own = dict.fromkeys(self.own, 1.0)
        self.context = {each: 0.5 * tells for each, tells in placing.items() if each not in self.own}
        self.wider = {stem(word) for word in aspect.wider} - set(self.own) - set(self.context)
        self.asked = {each for each, tells in self.own.items() if tells >= 0.6}
        self.telling = self.asked | {each for each, tells in self.context.items() if tells >= 0.3}
        self.needed = min(2, len(self.telling))
        self.names = {stem(word) for word in aspect.own if is_technical(word)} & self.asked
        ordered = [stem(word) for word in (*aspect.context, *aspect.own)]
        self.pairs = set(pairwise(ordered))
        self.total = sum(self.own.values()) + self._placed(set(self.context))
        if aspect.feedback is not None and self.names:
            # A human asked for this by name: evidence about the name is wanted, wherever it stands.
            self.needed, self.total = 1, sum(self.own.values())
        self.name = [stem(word) for word in words(subject(aspect.topic))] if _ABOUT.match(aspect.topic) else []

    def strength(self, pool: Pool, index: int, sentence: Sentence) -> float:
        """0 when the sentence is no answer, else up to 1.

        Six tenths are the share of the aspect's words, by weight, in the sentence or (counted less) in the heading and
        title above it. The rest: how central it is among all sentences found, whether it stands early, keeps the
        asked words side by side, begins with them, answers in the manner asked for, and has them in its heading.
        """
        inside, around = sentence.stems, pool.surroundings[index]
        stand_in = bool(inside & self.wider)
        headed = len(self.asked) > 1 and self.asked <= around
        if not inside & self.asked and not (stand_in and inside & set(self.context)) and not headed:
            return 0.0
        if self.names and not self.names & (inside | around):
            return 0.0
        placed = around - inside
        hits = len(inside & self.telling) + stand_in
        if not headed and (not hits or hits + bool(placed & self.telling) < self.needed):
            return 0.0
        if self.aspect.numeric and not any(char.isdigit() for char in sentence.readable):
            return 0.0
        matched = sum(self.own[each] for each in inside & set(self.own)) + self._placed(inside)
        matched += 0.6 * sum(self.own[each] for each in placed & set(self.own))
        matched += 0.6 * (self._placed(inside | around) - self._placed(inside)) + 0.4 * stand_in
        ordered = sentence.order
        score = 0.6 * min(1.0, matched / self.total)
        score += 0.09 * pool.centrality(sentence) + 0.04 / (1 + sentence.index)
        score += 0.07 * bool(self.pairs & set(pairwise(ordered)))
        score += 0.05 * bool(set(ordered[:3]) & self.telling)
        score += 0.1 * self._begins(ordered)
        score += 0.07 * any(cue.search(sentence.readable) for cue in self.cues)
        score += 0.08 * len(around & self.telling) / len(self.telling)
        if around & _DATED - set(self.own):
            score -= 0.15
        return score * (0.7 if sentence.dangling else 1.0)

    def _placed(self, held: Iterable[str]) -> float:
        """How well the question's other words place a sentence: 1 from two telling ones."""
        return min(1.0, sum(self.context[each] for each in set(held) & set(self.context)))

    def _begins(self, ordered: tuple[str, ...]) -> bool:
        told = [each for each in ordered[: len(self.name) + 2] if each not in _ARTICLES]
        return bool(self.name) and told[: len(self.name)] == self.name


def ambient(pool: Pool, aspect: Aspect, found: Iterable[tuple[str, list[int]]]) -> dict[str, float]:
    """Weights of a name that the documents are about anyway, so that sentences rarely repeat it ("Next.js" in its own
    documentation), by stem: the more passages mention a name that the query did not contain, the less it tells.

    Args:
        found: queries, and the places in the pool of what they found.
    """
    names = frozenset(stem(word) for word in aspect.own if is_technical(word))
    if not names or len(names) == len(aspect.own):
        return {}
    others = [index for query, indexes in found if not names & set(map(stem, words(query))) for index in indexes]
    if len(others) < 5:
        return {}
    share = sum(names <= pool.surroundings[index] | pool.texts[index] for index in others) / len(others)
    return dict.fromkeys(names, max(0.3, 1.2 * (1 - share / _COMMON)))


def rank(
    pool: Pool, aspect: Aspect, indexes: list[int], names: Mapping[str, float], threshold: float = THRESHOLD
) -> list[Scored]:
    """Sentences of the passages at `indexes` that answer `aspect`, strongest first; ties go to what search ranked
    first. `names` are the weights of names that go without saying, see `ambient`."""
    matcher = Matcher(aspect, names)
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
            if _crowded(scored, others) or any(alike(scored.sentence.stems, each.sentence.stems) for each in others):
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


def _crowded(scored: Scored, others: list[Scored]) -> bool:
    same_document = [other for other in others if other.passage.uri == scored.passage.uri]
    same_passage = [other for other in same_document if other.passage.text == scored.passage.text]
    return len(same_passage) >= 2 or len(same_document) >= _PER_DOCUMENT
