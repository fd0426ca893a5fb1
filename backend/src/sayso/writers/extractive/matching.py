"""Whether a sentence answers an aspect of the question, and how well."""

import re
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

from sayso.language.sentences import Sentence
from sayso.language.terms import is_technical, kindred, root, stem, stems, weight, words
from sayso.writers.extractive.aspects import Aspect, subject
from sayso.writers.extractive.pool import Around, Pool

_ABOUT = re.compile(r"what\b", re.I)
_ARTICLES = frozenset(("the", "a", "an"))
_DATED = stems("legacy deprecated previous migrating upgrade upgrading changelog codemod release obsolete")
"""Titles and headings of pages on how things were; they answer a question only if it asks for that."""
INSIDE, INSIDE_ROOT, INSIDE_KIN = 1.0, 0.8, 0.65
AROUND, AROUND_ROOT, AROUND_KIN = 0.6, 0.55, 0.5
_OFF_FOCUS = 0.75
_UNNAMED = 0.85
"""For a sentence with none of the words itself, under a heading that has them all."""
_TERSE = 9
"""Words below which a sentence rarely tells enough."""
_PLACES, _PLACED = 3, 0.6
"""Words of context from which they are one notion ("row level security"), and how much of it a sentence must hold."""
NEAR = 0.35
"""What a word of the question counts: in the sentence itself, in the heading or title above it, or elsewhere in its
passage; as it is, as another word of its root, or as a word that often stands for it."""

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
        (
            "alternatives?|instead",
            "instead of|rather than|in place of|alternative(?:s|ly)?|without|avoid(?:s|ing)?|unlike|should|better",
        ),
    )
)
"""What a question asks for, and the words in which such answers come."""


class Matcher:
    """Scores sentences against one aspect.

    A sentence counts only if it holds one of the aspect's own words, as it is, as another word of its root or as one
    that stands for it, and, when the aspect has two telling words or more, two of them in all, where one may come from
    the heading or the title above it. Under a heading that has all of several words every sentence counts. A name that
    was asked about must be in the sentence, the heading or the title; in feedback the name alone is enough.

    Args:
        ambient: weights of names that go without saying, by stem.
        focus: words of the aspect that the question's other aspects do not have; a sentence with none of them answers
            one of those rather than this one.
    """

    def __init__(
        self,
        aspect: Aspect,
        ambient: Mapping[str, float] = MappingProxyType({}),
        focus: frozenset[str] = frozenset(),
    ) -> None:
        self.aspect = aspect
        self.cues = [answer for asked, answer in _CUES if asked.search(aspect.topic)]
        self.own = {stem(word): weight(word) * (0.8 if is_technical(word) else 1.0) for word in aspect.own}
        self.own |= {name: tells for name, tells in ambient.items() if name in self.own}
        if max(self.own.values()) < 0.6:
            self.own = dict.fromkeys(self.own, 1.0)
        self.context = {stem(word): 0.5 * weight(word) for word in aspect.context if stem(word) not in self.own}
        self.context |= {name: 0.5 * tells for name, tells in ambient.items() if name in self.context}
        known = {*self.own, *self.context}
        self.setting = {stem(word): 0.5 * weight(word) for word in aspect.setting if stem(word) not in known}
        self.focus = {each for each in focus & set(self.own) if self.own[each] >= 0.6}
        self.own |= {each: 1.5 * self.own[each] for each in self.focus}
        every = [*aspect.own, *aspect.context, *aspect.setting]
        self.roots = {stem(word): root(word) for word in every}
        self.kin = {stem(word): frozenset(map(stem, kindred(word))) for word in every}
        known = set(self.own) | set(self.context) | frozenset[str]().union(*self.kin.values())
        self.wider = {stem(word) for word in aspect.wider} - known
        """Words that stand for the whole rather than for one of its words."""
        self.asked = {each for each, tells in self.own.items() if tells >= 0.6}
        self.telling = self.asked | {each for each, tells in self.context.items() if tells >= 0.3}
        self.placing = self.telling | {each for each, tells in self.setting.items() if tells >= 0.3}
        self.needed = min(2, len(self.placing))
        self.names = {stem(word) for word in aspect.own if is_technical(word)} & self.asked
        ordered = [stem(word) for word in (*aspect.context, *aspect.own)]
        self.pairs = set(pairwise(ordered))
        self.total = sum(self.own.values()) + self._enough
        run = list(map(stem, words(subject(" ".join(["", *aspect.own])))))
        self.run = set(run) & self.names if len(run) > 1 else set()
        """A name of several words ("VACUUM FULL"), which means nothing without one of them."""
        self.rest = self.asked - self.names
        if aspect.feedback is not None and self.names:
            # A human asked for this by name: evidence about the name is wanted, wherever it stands.
            self.needed, self.total = 1, sum(self.own.values())
        self.name = [stem(word) for word in words(subject(aspect.topic))] if _ABOUT.match(aspect.topic) else []

    def strength(self, pool: Pool, index: int, sentence: Sentence) -> float:
        """0 when the sentence is no answer, else up to 1.

        Six tenths are the share of the aspect's words, by weight, in the sentence or (counted less) in the heading and
        title above it or the passage around it. The rest: how central it is among all sentences found, whether it
        stands early, keeps the asked words side by side, begins with them, answers in the manner asked for, and has
        them in its heading. What leans on sentences that a reader does not see counts less.
        """
        inside, around = sentence.stems, pool.around[index]
        held = {each: self._held(each, sentence, around) for each in (*self.own, *self.context, *self.setting)}
        within = {each for each in held if held[each] >= INSIDE_KIN and self._inside(each, sentence)}
        stand_in = bool(inside & self.wider)
        headed = len(self.telling) > 1 and all(
            each in around.stems or self.roots[each] in around.roots for each in self.telling
        )
        own_word = within & self.asked
        if not own_word and not (stand_in and within) and not headed:
            return 0.0
        if self.names and not self.names & (inside | around.stems):
            return 0.0
        if any(not held[each] for each in self.run):
            return 0.0
        named = self.aspect.feedback is None and self.names and len(self.rest) > 1 and not headed
        # The name alone is what all of its pages have.
        if named and all(held[each] < AROUND_KIN for each in self.rest):
            return 0.0
        if len(self.context) >= _PLACES and self.aspect.feedback is None:
            placed_by = sum(tells * held[each] for each, tells in self.context.items())
            if placed_by < _PLACED * sum(self.context.values()):
                return 0.0
        placed = {each for each in self.placing - within if held[each] >= AROUND_KIN}
        hits = len(within & self.placing) + stand_in
        if not headed and (not hits or hits + bool(placed) < self.needed):
            return 0.0
        if self.aspect.numeric and not any(char.isdigit() for char in sentence.readable):
            return 0.0
        matched = sum(tells * held[each] for each, tells in self.own.items()) + 0.4 * stand_in
        matched += self._enough * self._covered(held)
        ordered = sentence.order
        score = 0.6 * min(1.0, matched / self.total)
        score += 0.09 * pool.centrality(sentence) + 0.04 / (1 + sentence.index)
        score += 0.07 * bool(self.pairs & set(pairwise(ordered)))
        score += 0.05 * bool(set(ordered[:3]) & self.telling)
        score += 0.1 * self._begins(ordered)
        score += 0.07 * any(cue.search(sentence.readable) for cue in self.cues)
        headings = sum(
            each in around.stems or self.roots[each] in around.roots or bool(self.kin[each] & around.stems)
            for each in self.telling
        )
        score += 0.08 * headings / len(self.telling)
        score += 0.05 * min(1.0, sum(tells * held[each] for each, tells in self.setting.items()))
        if around.stems & _DATED - set(self.own):
            score -= 0.15
        if self.focus and all(held[each] < AROUND_KIN for each in self.focus):
            score *= _OFF_FOCUS
        if not within:
            score *= _UNNAMED
        if len(ordered) < _TERSE:
            score -= 0.07
        return score * sentence.complete

    @property
    def _enough(self) -> float:
        return min(1.0, sum(self.context.values()))

    def _covered(self, held: Mapping[str, float]) -> float:
        """How well a sentence holds the words that place the aspect, 0 to 1: one of two will do."""
        enough = self._enough
        return min(1.0, sum(tells * held[each] for each, tells in self.context.items()) / enough) if enough else 1.0

    def _inside(self, each: str, sentence: Sentence) -> bool:
        return each in sentence.stems or self.roots[each] in sentence.roots or bool(self.kin[each] & sentence.stems)

    def _held(self, each: str, sentence: Sentence, around: Around) -> float:
        """How well a sentence holds one word of the question, 0 to 1."""
        base, kin = self.roots[each], self.kin[each]
        if each in sentence.stems:
            return INSIDE
        if base in sentence.roots:
            return INSIDE_ROOT
        if each in around.stems:
            return AROUND
        if base in around.roots:
            return AROUND_ROOT
        if kin & sentence.stems:
            return INSIDE_KIN
        if kin & around.stems:
            return AROUND_KIN
        return NEAR if base in around.text else 0.0

    def _begins(self, ordered: tuple[str, ...]) -> bool:
        told = [each for each in ordered[: len(self.name) + 2] if each not in _ARTICLES]
        return bool(self.name) and told[: len(self.name)] == self.name
