"""Whether a text names something that was left out.

It does if it has all its words, each in any form ("replicated" for "replication"), with a hyphen, apart or in one, or
as a part of a compound name ("autovacuum" in `autovacuum_max_workers`). Words of grammar, and such as only say that a
part of a text is meant, are no words of it.
"""

import re
from dataclasses import dataclass

from sayso.language.stopwords import STOP_WORDS
from sayso.language.terms import stem
from sayso.language.tokens import folded, tokens, unspaced
from sayso.language.tongue import language_of

_RUN = re.compile(r"[^\W_]+")
_HYPHEN = re.compile(r"(?<=\w)[-\u2010\u2011](?=\w)")
_INSIDE = 6
"""Letters from which a word counts within another."""
_ABOUT_TEXT = frozenset(
    {"part", "parts", "section", "sections", "chapter", "chapters", "bit", "bits", "stuff", "discussion"}
)


@dataclass(frozen=True)
class Mention:
    """Something that may be named."""

    said: str
    spellings: tuple[tuple[str, ...], ...]
    """Its words, with what a hyphen joins apart, and in one."""
    language: str

    @classmethod
    def of(cls, said: str) -> "Mention":
        """What `said` names; it is named nowhere if that has no word of its own."""
        language = language_of(said, sure=0.9)
        stop = _nothing(language)
        spelled: list[tuple[str, ...]] = []
        for runs in _both_ways(folded(said)):
            spelled.append(tuple(dict.fromkeys([word for word in runs if word not in stop] or runs)))
        return cls(said, tuple(dict.fromkeys(filter(None, spelled))), language)

    def named_in(self, text: str) -> bool:
        """Whether `text` names it."""
        if not self.spellings:
            return False
        line = folded(text)
        held = {word for runs in _both_ways(line) for word in runs}
        forms: dict[str, list[str]] = {}
        for word in held:
            forms.setdefault(_form(word), []).append(word)
        own = set(tokens(text, self.language)) if self.language != "en" else set()
        return any(all(self._has(word, line, held, forms, own) for word in words) for words in self.spellings)

    def is_all_of(self, text: str) -> bool:
        """Whether `text`, such as a heading, names it and says nothing else."""
        own = {_form(word) for words in self.spellings for word in words}
        nothing = _nothing(self.language)
        said = any(all(word in nothing or _form(word) in own for word in runs) for runs in _both_ways(folded(text)))
        return said and self.named_in(text)

    def _has(self, word: str, line: str, held: set[str], forms: dict[str, list[str]], own: set[str]) -> bool:
        if word in held or not all(_differs_in_e(word, other) for other in forms.get(_form(word), [])):
            return True
        if any(each in own for each in tokens(word, self.language)):
            return True
        return (len(word) >= _INSIDE or unspaced(word)) and word in line


def _nothing(language: str) -> frozenset[str]:
    return STOP_WORDS["en"] | STOP_WORDS.get(language, frozenset()) | _ABOUT_TEXT


def _both_ways(line: str) -> list[list[str]]:
    return [_RUN.findall(line), _RUN.findall(_HYPHEN.sub("", line))]


def _form(word: str) -> str:
    """What the forms of a word share, the noun of a verb among them: "arbitrate" and "arbitration", not "arbitrary"."""
    base = stem(word)
    for ending, left in (("ion", 5), ("at", 5), ("er", 7), ("or", 7)):
        if base.endswith(ending) and len(base) - len(ending) >= left and base.isascii():
            base = base.removesuffix(ending)
    return base


def _differs_in_e(one: str, other: str) -> bool:
    """Whether two short words are two for want of an e: "plan" and "planes"."""
    shorter, longer = sorted((one.removesuffix("s"), other.removesuffix("s")), key=len)
    return longer == f"{shorter}e" and len(longer) <= _INSIDE
