"""A sentence as the check compares it: its words in order, figures by their value.

What differs only in writing is one: capitals at the beginning, articles, commas, "n't", figures in words or digits,
units converted exactly, and the phrases of `sayso.gate.grammar`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import pairwise

from sayso.gate.grammar import ARTICLES, PHRASES, REPORTING
from sayso.gate.measures import AMOUNT, CURRENCIES, UNIT, UNITS, amount
from sayso.gate.moments import CLOCK, DATE, clock, date
from sayso.language.terms import stems
from sayso.language.verbatim import folded

Words = tuple[str, ...]

_FIGURE = re.compile(
    rf"(?<![\w.,:/#&])(?P<sign>[{re.escape(''.join(CURRENCIES))}])?\s?(?<![\w-]-)(?P<number>{AMOUNT})"
    rf"(?:[\s-]?(?P<unit>{UNIT})(?![\w/])|(?!\w|[.,:/]\d))",
    re.I,
)
_PART_OF = re.compile(rf"\b(?P<part>half|three quarters of|a quarter of) an? (?P<unit>{UNIT})\b", re.I)
_PARTS = {"half": 0.5, "three quarters of": 0.75, "a quarter of": 0.25}
_AND_PART = re.compile(rf"\b(?:an?|one) (?P<unit>{UNIT}) and a (?P<part>half|quarter)\b", re.I)
_FIRST = 0xE000
"""Of the private characters that stand for figures while words are cut."""
_WORD = re.compile(
    r"[\ue000-\uf8ff]|[^\W_](?:[\w.\-/’'+#%]*[\w+#%])?|[_$@\\][\w$@\\.-]*\w|[;:,()—–?]|[^\w\s\"“”„`*|.!]"
)
_OPENING = re.compile(
    r"^(?:in (?:short|summary|brief|other words|addition)|to sum up|that is|moreover|furthermore|additionally),\s+",
    re.I,
)
"""What joins a sentence to those before it and says nothing by itself."""
_GLUED = re.compile(r"(?<=\d)[-–](?=\d)")
_NAME = re.compile(r"[\d_#+/]|[a-z][A-Z]|^[A-Z]{2,}|\w\.\w")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
_MARKS = frozenset(";:,()—–?")
_TENSES = {form: group.split()[0] for group in REPORTING for form in group.split()}
_CASED = frozenset({"mw", "mwh", "mv", "ma", "mah", "mm", "mg", "ml", "ms", "m", "mhz"})
"""Units in which a capital M makes a million of a thousandth."""


@dataclass(frozen=True)
class Word:
    """A word, a figure or a mark.

    Attributes:
        key: by which it is compared: lower case, a name as it is written, a figure by its value ("=45 time").
        text: as it is written.
        name: whether it is a name by its looks.
    """

    key: str
    text: str
    name: bool = False

    @property
    def is_figure(self) -> bool:
        return self.key[0] in "=@" and len(self.key) > 1


@dataclass(frozen=True)
class Wording:
    """The words of a sentence."""

    text: str
    marked: tuple[Word, ...]
    """With the marks between them."""

    @cached_property
    def said(self) -> tuple[Word, ...]:
        """Without marks and articles."""
        return tuple(word for word in self.marked if word.key not in _MARKS and word.key not in ARTICLES)

    @cached_property
    def keys(self) -> Words:
        return tuple(word.key for word in self.said)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Of its content words."""
        return stems(self.text)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(word.key for word in self.said if word.name)

    @cached_property
    def figures(self) -> tuple[str, ...]:
        return tuple(word.key for word in self.said if word.is_figure)


@lru_cache(8_192)
def wording(text: str) -> Wording:
    """The words of `text`, which is one sentence, item or row."""
    plain = _GLUED.sub(" to ", _PRIVATE.sub(" ", folded(text)).replace("can't", "can not").replace("n't", " not"))
    figures: list[Word] = []
    masked = _OPENING.sub("", plain)
    for pattern, read in _FIGURES:
        masked = pattern.sub(partial(_masked, read=read, figures=figures), masked)
    masked = masked.replace("percentage points", "percentage-points")
    found: list[Word] = []
    for at, match in enumerate(_WORD.finditer(_phrased(masked))):
        word = match.group()
        if "\ue000" <= word <= "\uf8ff":
            found.append(figures[ord(word) - _FIRST])
        elif word in _MARKS:
            found.append(Word(word, word))
        else:
            found.append(_word(word, at == 0))
    for at, (one, other) in enumerate(pairwise(found)):
        if other.key == "that" and one.key in _TENSES:
            found[at] = Word(_TENSES[one.key], one.text)
    return Wording(text, tuple(found))


def _word(word: str, first: bool) -> Word:
    named = bool(_NAME.search(word))
    key = word if named and not word.isdigit() else word.lower()
    return Word(key, word, named or (not first and word[0].isupper()))


_PHRASES = dict(PHRASES)
_PHRASE = re.compile(
    rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(_PHRASES, key=len, reverse=True)))})(?![\w-])", re.I
)


def _phrased(text: str) -> str:
    return _PHRASE.sub(lambda match: _PHRASES[match.group().lower()], text)


def _masked(match: re.Match[str], read: Callable[[re.Match[str]], str], figures: list[Word]) -> str:
    key = read(match)
    if not key:
        return match.group()
    figures.append(Word(key, match.group().strip()))
    return f" {chr(_FIRST + len(figures) - 1)} "


def _date(match: re.Match[str]) -> str:
    found = date(match.string, match)
    return "@{}-{}-{}".format(*found.date) if found else ""


def _clock(match: re.Match[str]) -> str:
    return f"@{clock(match.string, match).low:g} clock"


def _part(match: re.Match[str]) -> str:
    return _value(_PARTS[match["part"].lower()], match["unit"])


def _and_part(match: re.Match[str]) -> str:
    return _value(1 + _PARTS["half" if match["part"].lower() == "half" else "a quarter of"], match["unit"])


def _figure(match: re.Match[str]) -> str:
    value = amount(match["number"]).value
    if match["sign"]:
        # "$42 million dollars" is nobody's; the sign is the unit.
        return f"={value:.12g} {CURRENCIES[match['sign']]}"
    unit = match["unit"]
    if unit:
        # "one m" is none.
        return "" if len(unit) == 1 and match["number"][0].isalpha() else _value(value, unit)
    # "15.20" is a version as often as a number.
    written = match["number"] if "." in match["number"] and match["number"][-1].isdigit() else f"{value:.12g}"
    return f"={written}"


def _value(value: float, unit: str) -> str:
    dimension, factor = UNITS[" ".join(unit.lower().split())]
    cased = f" {unit[0]}" if unit.lower() in _CASED and unit[0] == "M" else ""
    return f"={value * factor:.10g} {dimension}{cased}"


_FIGURES = ((DATE, _date), (CLOCK, _clock), (_AND_PART, _and_part), (_PART_OF, _part), (_FIGURE, _figure))


def turned(mine: Words, theirs: Words, openers: frozenset[str]) -> bool:
    """Whether `theirs` is `mine` with what goes from one of `openers` to its end put first."""
    return any(mine[at:] + mine[:at] == theirs for at in range(1, len(mine)) if mine[at] in openers)
