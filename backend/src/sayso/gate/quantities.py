"""What a text gives in figures: how much, how many, how long, when; as what it can mean.

A quantity is the interval of values that its words leave open: "about 400" leaves 350 to 450, "2 to 4 days" leaves two
to four, "at least 30" everything from 30.
"""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from sayso.gate.lexicon import LIGHT_STEMS, canonical, is_function, word_set
from sayso.gate.measures import AMOUNT, CURRENCIES, NUMBER_WORD, UNIT, UNITS, amount
from sayso.gate.moments import ABOUT, BEFORE, CLOCK, DATE, MONTH, YEAR, clock, date, year
from sayso.gate.quantity import Quantity

_CURRENCY = "".join(map(re.escape, CURRENCIES))
_QUANTITY = re.compile(
    rf"(?<![\w.,:/#])(?P<between>between\s)?(?P<currency>[{_CURRENCY}])?(?<!\w-)(?<!\w−)(?P<one>{AMOUNT})(?![\d.,]*\d)"
    rf"(?:\s?(?:{UNIT})?(?:\s(?:to|or|(?(between)and|to))\s|\s?[-–—]\s?)[{_CURRENCY}]?(?P<two>{AMOUNT})(?![\d.,]*\d))?"
    rf"(?:[\s-]?(?P<unit>{UNIT})(?![\w/]))?"
    rf"(?:,?\s(?:and\s)?(?P<less>{AMOUNT})[\s-]?(?P<lesser>{UNIT})(?![\w/]))?",
    re.I,
)
_ANY = re.compile(rf"\d|\b(?:{NUMBER_WORD}|{MONTH}|noon|midday|midnight)\b", re.I)
"""Without one of these there is no figure; most sentences have none."""
_RATE = re.compile(
    r"\s?/\s?(\w+)|\s(?:per|an?|each|every|for\s(?:each|every|one))\s(\w+)|\s(daily|weekly|monthly|yearly)\b", re.I
)
_COUNTED = re.compile(r"[\s-](?!(?:and|or|to)\b)([A-Za-z][\w’'-]*)")
_WORD_BEFORE = re.compile(r"([\w’'-]+)\W{0,2}$")
_NOUN_OF = re.compile(r"([\w’'-]+)\sof\s$")
_MOST = re.compile(
    r"\b(?:up to|at most|no(?:t)? more than|no(?:t)? longer than|a maximum of|maximum of|max\.?|less than|fewer than"
    r"|within|under"
    r"|below|not exceed(?:ing)?|cannot exceed)\s(?:the\s)?$",
    re.I,
)
_LEAST = re.compile(
    r"\b(?:at least|no(?:t)? less than|no(?:t)? fewer than|a minimum of|minimum of|min\.?|more than|over|above"
    r"|well over"
    r"|upwards of|from|since|after|starting at|as of)\s(?:the\s)?$",
    re.I,
)
_ABOUT_AFTER = re.compile(r"\s(?:or so|or thereabouts|approximately|on average)\b|\+", re.I)
_CHANGED_BY = re.compile(r"\b(?:by|another|additional|extra|further)\s(?:\w+\s)?$", re.I)
_NO_COUNT = re.compile(r"\s(?:of|or|another)\b|\w*['’]", re.I)
_LABELS = word_set(
    "version release chapter section page table figure step number no room line phase class type model floor "
    "part appendix article paragraph item tank gate platform unit track route bus train flight grade form "
    "round lot case tier hall"
)
"""Words whose number is a name."""


@lru_cache(4_096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of `text`, in reading order."""
    if not _ANY.search(text):
        return ()
    found: list[Quantity] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern in ((date, DATE), (year, YEAR), (clock, CLOCK), (_measured, _QUANTITY)):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            if quantity := kind(text, match):
                found.append(quantity)
                taken.append(quantity.span)
    return tuple(sorted(found, key=lambda each: each.span))


@dataclass(frozen=True)
class _Measure:
    """What a number measures: dimension, how many of its smallest the unit is, the unit as it is written, what is
    counted, and where in the text it ends."""

    dimension: str
    factor: float
    unit: str
    counted: frozenset[str]
    end: int


def _measured(text: str, match: re.Match[str]) -> Quantity | None:
    before = text[max(0, match.start() - BEFORE) : match.start()]
    start = match.end("between") if match["between"] else match.start()
    measure = _measure(text, match)
    if measure is None:
        return None if _in_words(match["one"]) else _label(text, match)
    dimension, end = measure.dimension, measure.end
    low, high, bound = _interval(match, before, text[end : end + 20])
    low, high = low * measure.factor, high * measure.factor
    if match["less"]:
        lesser, factor = UNITS[_unit(match["lesser"])]
        if lesser == dimension and factor < measure.factor and not match["two"]:
            # "2 hours and 55 minutes"
            value = amount(match["one"]).value * measure.factor + amount(match["less"]).value * factor
            low, high, end = value - factor / 2, value + factor / 2, match.end()
    if dimension == "fahrenheit":
        dimension, low, high = "temperature", (low - 32) / 1.8, (high - 32) / 1.8
    rate, end = _rate(text, end)
    if _CHANGED_BY.search(before):
        dimension, bound = f"by {dimension}", 0
    written = text[start:end].strip()
    return Quantity(dimension, low, high, bound, (start, end), written, measure.unit, measure.counted, rate)


def _measure(text: str, match: re.Match[str]) -> _Measure | None:
    """What the number of `match` measures; None for one that stands alone or is a part of a name."""
    end = match.end("two") if match["two"] else match.end("one")
    if match["currency"]:
        return _Measure(CURRENCIES[match["currency"]], 1.0, match["currency"], frozenset(), end)
    unit = _unit(match["unit"])
    spelled = _in_words(match["one"])
    if unit and not (spelled and len(unit) == 1 and unit.isalpha()):
        return _Measure(*UNITS[unit], unit, frozenset(), match.end("unit"))
    counted, end = _counting(text, end)
    named = _WORD_BEFORE.search(text, 0, match.start("one"))
    if not counted or match["one"].lower() == "one" or (named and not spelled and _names(named)):
        return None
    return _Measure("count", 1.0, "", counted, end)


def _unit(written: str | None) -> str:
    return " ".join((written or "").lower().split())


def _in_words(number: str) -> bool:
    return not any(map(str.isdigit, number))


def _rate(text: str, end: int) -> tuple[str, int]:
    """What a figure that ends at `end` is per, and the end of that."""
    following = _RATE.match(text, end)
    word = next(filter(None, following.groups())) if following else ""
    return (canonical(word), following.end()) if following and not is_function(word) else ("", end)


def _interval(match: re.Match[str], before: str, after: str) -> tuple[float, float, int]:
    """The values that a number leaves open, in its own unit, and its bound."""
    one = amount(match["one"])
    low, high = sorted((one.value, amount(match["two"]).value if match["two"] else one.value))
    near = 0.0
    if ABOUT.search(before) or _ABOUT_AFTER.match(after):
        near = max(one.step * 0.5 if one.step >= 10 or one.step < 1 else one.step, abs(high) * 0.05)
    elif one.step < 1 or (abs(high) >= 1_000 and one.step >= 100):
        # A figure that was rounded stands for all that is rounded to it.
        near = min(one.step * 0.499, abs(high) * 0.05)
    low, high = low - near, high + near
    if not match["two"]:
        if _MOST.search(before) or re.match(r"\s(?:or (?:less|fewer|below|under)|at most|only)\b", after):
            return -math.inf, high, -1
        if _LEAST.search(before) or re.match(r"\s(?:or (?:more|above|over)|at least|upwards)\b", after):
            return low, math.inf, 1
    return low, high, 0


def _counting(text: str, end: int) -> tuple[frozenset[str], int]:
    """Canonical words of what is counted from `end` on (two at most), and the end of the first."""
    if _NO_COUNT.match(text, end):
        return frozenset(), end
    counted: list[str] = []
    first = end
    at = end
    while len(counted) < 2 and (match := _COUNTED.match(text, at)):
        word = match[1]
        if is_function(word):
            break
        counted.append(canonical(word))
        at = match.end()
        if len(counted) == 1:
            first = at
        if word.endswith("s") and not word.endswith("ss"):
            break
    return frozenset(counted), max(first, at) if counted else end


def _names(before: re.Match[str]) -> bool:
    """Whether a number after this word is a part of a name: "Swift 90", "tank 4"."""
    word = before[1]
    return word.lower() in _LABELS or (word[0].isupper() and before.start() > 0 and not is_function(word))


def _label(text: str, match: re.Match[str]) -> Quantity | None:
    """A number that stands alone at the end of a clause: "port 8080", "the limit is 1024"."""
    end = match.end("two") if match["two"] else match.end("one")
    before = _WORD_BEFORE.search(text, 0, match.start())
    if not before or not before.start() or _names(before) or re.match(r"\s?[\w(%°-]", text[end:]):
        return None
    low, high, bound = _interval(match, text[max(0, match.start() - BEFORE) : match.start()], "")
    noun = _NOUN_OF.search(text, 0, match.start()) if is_function(before[1]) else before
    counted = frozenset({canonical(noun[1])} if noun else ()) - LIGHT_STEMS
    return Quantity("count", low, high, bound, (match.start(), end), match["one"], counted=counted)
