"""Whether a wording may be a translation of a quoted unit: mark "translated".

What can be told across languages has to agree: figures with their units, days and months, names, and how often
something is denied. The rest cannot, so the mark says that the meaning was not checked, and the unit stands beside it.
Only a wording in the language that was asked for can be one, of a unit that is surely in another; both have to be among
`sayso.language.counterparts.LANGUAGES`.
"""

import re
from collections.abc import Sequence

from sayso.gate.quoted import QuotedUnit, SourceQuotes
from sayso.language.counterparts import DATES, LANGUAGES, UNITS, dated, denials, digits, numbers_in_words
from sayso.language.terms import is_technical
from sayso.language.tongue import surely
from sayso.protocol.blocks import cells

_NUMBER = r"\d+(?:[.,  ]\d+)*"
_WORD = re.compile(rf"{_NUMBER}|[^\W\d_]\w*(?:[.’'/]\w+)*|[%°€$]")
_START = re.compile(r"(?:\A|[.!?:|]\s+|[“\"„«(])\W*\w")
_NAME, _ENDING = 4, 2
"""Letters of a name that may have an ending, and of that."""
Figure = tuple[frozenset[str], str]
"""What a number may be, in digits, and its unit; or nothing and a day or month."""
_LENGTHS = 0.45, 2.2
"""How long a translation may be, in lengths of its original."""
_SHARED = 0.2
"""What each figure or name counts that a unit has too."""


def translation(text: str, source: SourceQuotes, language: str, known: str = "") -> QuotedUnit | None:
    """What of the source `text`, written in `language`, may be a translation of: the likeliest that agrees.

    Args:
        known: names in this text need not be in the quote.
    """
    if language not in LANGUAGES or not surely(text, language):
        return None
    fitting = [each for each in _originals(source) if _agrees(text, each, language, f"{known} {source.title}")]
    return max(fitting, key=lambda each: closeness(text, each, language), default=None)


def foreign(unit: QuotedUnit, language: str) -> str:
    """The language of the unit's quote, if that is surely another one than `language`; else nothing."""
    quote = unit.quote
    text = " ".join([quote.place.lead or "", quote.text])
    if surely(text, language):
        return ""
    return next((code for code in sorted(LANGUAGES) if code != language and surely(text, code)), "")


def closeness(text: str, unit: QuotedUnit, language: str) -> float:
    """How likely it is that `text` tells of a unit in another language: by figures, names and length."""
    theirs = foreign(unit, language) or language
    given = {number for options, _ in _figures(unit.text, theirs) for number in options}
    shared = sum(bool(options & given) for options, _ in _figures(text, language))
    shared += sum(_held(frozenset({name}), unit.text) for name in _named(text, language))
    return min(len(text), len(unit.text)) / max(len(text), len(unit.text), 1) + _SHARED * shared


def _originals(source: SourceQuotes) -> list[QuotedUnit]:
    """What was approved: the units that carry a claim. Of what stands around them, words cannot tell which is meant."""
    return [unit for unit in source.units if unit.carries and unit.kind not in ("lead", "code")]


def _agrees(text: str, unit: QuotedUnit, language: str, known: str) -> bool:
    theirs = foreign(unit, language)
    said = unit.text
    shortest, longest = _LENGTHS
    if not theirs or not shortest * len(said) <= len(text) <= longest * len(said):
        return False
    if len(cells(text)) != len(cells(said)) or not _equal(_figures(text, language), _figures(said, theirs)):
        return False
    if denials(_lower(text), language) != denials(_lower(said), theirs):
        return False
    around = " ".join([said, known, unit.heading, unit.quote.place.lead or "", unit.quote.text])
    return _held(_named(text, language), around) and _held(_named(said, theirs), text)


def _figures(text: str, language: str) -> list[Figure]:
    """Numbers with their units, days and months."""
    words = [word.casefold() for word in _words(text)]
    spelled = numbers_in_words(language)
    found: list[Figure] = [(frozenset(), day) for word in _words(text) if (day := dated(word, language))]
    for at, word in enumerate(words):
        options = digits(word, language) if word[0].isdigit() else frozenset({spelled[word]} if word in spelled else ())
        if options:
            near = [*words[at + 1 : at + 2], *words[max(0, at - 1) : at]]
            found.append((options, next((UNITS[each] for each in near if each in UNITS), "")))
    return found


def _equal(mine: Sequence[Figure], theirs: Sequence[Figure]) -> bool:
    left = list(theirs)
    for options, unit in mine:
        same = next((each for each in left if each[1] == unit and (options & each[0] or options == each[0])), None)
        if same is None:
            return False
        left.remove(same)
    return not left


def _named(text: str, language: str) -> frozenset[str]:
    """The names of a text: technical ones, and words with a capital amid a sentence where only names have one."""
    found = {word for word in _words(text) if is_technical(word) and not word[0].isdigit()}
    if language != "de":
        starts = {match.end() - 1 for match in _START.finditer(text)}
        amid = [match for match in _WORD.finditer(text) if match.start() not in starts]
        found |= {each.group() for each in amid if each.group()[0].isupper() and each.group() != "I"}
    names = {word.casefold().removesuffix("'s").removesuffix("’s") for word in found}
    return frozenset(names - DATES.keys())


def _held(names: frozenset[str], text: str) -> bool:
    """Whether each of the names is in `text`; it may have an ending of its language."""
    words = {word.casefold() for word in _words(text)}
    return all(any(_one(name, word) for word in words) for name in names)


def _one(name: str, word: str) -> bool:
    short, long = sorted((name, word), key=len)
    return name == word or (len(short) >= _NAME and long.startswith(short) and len(long) - len(short) <= _ENDING)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _lower(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"[\w’']+", text)]
