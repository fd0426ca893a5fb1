"""Whether a text names something that was left out.

It does if it has all its words, each in any inflection or as a part of a compound name ("autovacuum" in
`autovacuum_max_workers`). Words of grammar, and such as only say that a part of a text is meant, are no words of it.
"""

import re
from dataclasses import dataclass

from sayso.language.stopwords import STOP_WORDS
from sayso.language.terms import stem
from sayso.language.tokens import folded, tokens, unspaced
from sayso.language.tongue import language_of

_RUN = re.compile(r"[^\W_]+")
_INSIDE = 6
"""Letters from which a word counts within another."""
_ABOUT_TEXT = frozenset(
    {"part", "parts", "section", "sections", "chapter", "chapters", "bit", "bits", "stuff", "discussion"}
)


@dataclass(frozen=True)
class Mention:
    """Something that may be named."""

    said: str
    words: tuple[str, ...]
    language: str

    @classmethod
    def of(cls, said: str) -> "Mention":
        """What `said` names; it is named nowhere if that has no word of its own."""
        language = language_of(said, sure=0.9)
        stop = STOP_WORDS["en"] | STOP_WORDS.get(language, frozenset()) | _ABOUT_TEXT
        runs = _RUN.findall(folded(said))
        return cls(said, tuple(dict.fromkeys([word for word in runs if word not in stop] or runs)), language)

    def named_in(self, text: str) -> bool:
        """Whether `text` names it."""
        if not self.words:
            return False
        line = folded(text)
        held = set(_RUN.findall(line))
        stems = {stem(word) for word in held}
        own = set(tokens(text, self.language)) if self.language != "en" else set()
        return all(self._has(word, line, held, stems, own) for word in self.words)

    def _has(self, word: str, line: str, held: set[str], stems: set[str], own: set[str]) -> bool:
        if word in held or stem(word) in stems or any(each in own for each in tokens(word, self.language)):
            return True
        return (len(word) >= _INSIDE or unspaced(word)) and word in line
