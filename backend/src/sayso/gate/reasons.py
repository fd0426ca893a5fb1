"""Why a wording is not taken for its quote, in plain words."""

import re
from collections.abc import Sequence

from sayso.gate.forms import meaning
from sayso.gate.grammar import LOGIC, NEUTRAL, SOFT
from sayso.gate.quoted import QuotedUnit
from sayso.gate.wording import Wording, wording
from sayso.language.verbatim import stands

_DISGUISED = re.compile("[A-Za-z][\u0370-\u052f]|[\u0370-\u052f][A-Za-z]")
"""Latin letters beside Greek or Cyrillic ones that look like them: a word that reads as one and is another."""
_SPAN = re.compile(r"\"([^\"]{3,})\"|“([^”]{3,})”|`([^`]+)`")


def reason(text: str, units: Sequence[QuotedUnit]) -> str:
    """The first thing in which `text` differs from the units that are closest to it."""
    said = wording(text)
    quotes = [unit.quote.text for unit in units]
    if word := next((each.text for each in said.said if _DISGUISED.search(each.text)), ""):
        return f"“{word}” has letters of several scripts, which its quote does not."
    for match in _SPAN.finditer(text):
        span = next(filter(None, match.groups()))
        if not any(stands(span.casefold().rstrip(".,"), quote.casefold()) for quote in quotes):
            return f"“{span}” does not stand in its quote."
    theirs = [unit.wording for unit in units]
    return _figure(said, theirs) or _name(said, units) or _logic(said, theirs[0]) or _words(said, units)


def _figure(said: Wording, theirs: Sequence[Wording]) -> str:
    given = {key for each in theirs for key in each.figures}
    strange = (each.text for each in said.said if each.is_figure and each.key not in given)
    return next((f"Its quote does not say {text}." for text in strange), "")


def _name(said: Wording, units: Sequence[QuotedUnit]) -> str:
    texts = [text for unit in units for text in (unit.quote.text, unit.heading, unit.quote.place.lead or "")]
    held = {key.lower() for text in texts for key in wording(text).keys}
    named = (each for each in said.said if each.name and not each.is_figure)
    return next((f"Its quote does not mention {each.text}." for each in named if each.key.lower() not in held), "")


def _logic(said: Wording, theirs: Wording) -> str:
    mine = [each for each in said.said if LOGIC.get(each.key, "who") != "who"]
    own = [each for each in theirs.said if LOGIC.get(each.key, "who") != "who"]
    more = [each for each in mine if each.key not in theirs.keys]
    less = [each for each in own if each.key not in said.keys]
    for each in more:
        other = next((one for one in less if LOGIC[one.key] == LOGIC[each.key]), None)
        if other is not None:
            return f"It says “{each.text}” where its quote says “{other.text}”."
    if more:
        return f"It says “{more[0].text}”, which its quote does not."
    if less:
        return f"It leaves out “{less[0].text}”, which its quote says."
    if sorted(each.key for each in mine) != sorted(each.key for each in own):
        return "It denies, limits or links something else than its quote does."
    return ""


def _words(said: Wording, units: Sequence[QuotedUnit]) -> str:
    held = {meaning(key) for unit in units for key in unit.wording.keys}
    plain = (each for each in said.said if each.key not in NEUTRAL | SOFT and not each.is_figure)
    strange = [each.text for each in plain if meaning(each.key) not in held]
    if len(strange) > 3:
        return f"It says more than its quote: {_listed(strange[:3])}, and more."
    if strange:
        return f"{_listed(strange)} {'is' if len(strange) == 1 else 'are'} not in its quote."
    return "It puts the words of its quote together in another way."


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
