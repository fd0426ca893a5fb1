"""The passages of one round, taken apart for scoring."""

from collections import Counter
from dataclasses import dataclass, field

from sayso.language.sentences import Sentence, statements
from sayso.language.terms import roots, stems
from sayso.research.source import Passage


@dataclass(frozen=True)
class Around:
    """What a passage says about a sentence in it: stems and roots of the title and heading, and of the whole text."""

    stems: frozenset[str]
    roots: frozenset[str]
    text: frozenset[str]


@dataclass
class Pool:
    """All passages of one round, each text once, split and with their stems."""

    passages: list[Passage] = field(default_factory=list)
    sentences: list[list[Sentence]] = field(default_factory=list)
    around: list[Around] = field(default_factory=list)
    twins: dict[int, list[Passage]] = field(default_factory=dict)
    """The same text in other documents."""
    spread: Counter[str] = field(default_factory=Counter)
    """In how many sentences of the pool a stem occurs."""
    total: int = 0
    _known: dict[str, int] = field(default_factory=dict)

    def add(self, passage: Passage) -> int:
        """The passage's place in the pool; the same text from another document is the same entry."""
        key = " ".join(passage.text.split())
        if key in self._known:
            self._twin(self._known[key], passage)
            return self._known[key]
        found = statements(passage.text)
        self._known[key] = len(self.passages)
        self.passages.append(passage)
        self.sentences.append(found)
        above = f"{passage.title} {passage.place.heading or ''}"
        self.around.append(Around(stems(above), roots(above), roots(passage.text)))
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

    def _twin(self, index: int, passage: Passage) -> None:
        # Marks point into the first passage, so only the same characters will do.
        first, twins = self.passages[index], self.twins.setdefault(index, [])
        documents = {(each.kind, each.uri) for each in (first, *twins)}
        if passage.text == first.text and (passage.kind, passage.uri) not in documents:
            twins.append(passage)
