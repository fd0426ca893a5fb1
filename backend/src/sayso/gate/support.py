"""Whether the quotes that a sentence cites support it, without a model.

They do if and only if all of these hold; a sentence that stands in a quote word for word passes at once. The line that
leads into a quote ("Opening hours:", a table's header, a question) was approved with it and counts as part of it.

1. At least `SUPPORT` of its content stems occur in the quotes, or in the titles and headings above them.
2. Every number in it occurs in the quotes (`1,000` is `1000`, and `two` is `2`). What it measures, counts or dates
   ("90 seconds", "version 15", "June 2024") the quotes give with that very value (60 minutes are 1 hour).
3. Every name in it (a word with a digit, a sign or a capital inside, or a capital that does not begin the sentence)
   occurs in the quotes, their titles and headings, or the question. Names that stand in one clause occur together in
   one of the sources, so that nobody is given what another source says of somebody else.
4. Everything it puts in quotation marks or backticks stands in the quotes word for word.
5. It does not deny what its closest quoted sentences state, nor state what they deny.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.language.figures import denies, figures, quantities
from sayso.language.sentences import split
from sayso.language.terms import is_technical, stem, stems, words
from sayso.language.verbatim import stands
from sayso.protocol.evidence import Quote

SUPPORT = 0.6
"""Share of a sentence's content stems that its cited quotes must hold."""
_CLOSE = 0.7
"""Share of a sentence's stems in one quoted sentence from which the two say the same thing."""
_MEASURED = frozenset({"time", "months", "bytes", "percent", "date"})
"""Kinds of quantities that quotes have to give as such: the number alone may count something else there."""

_SPAN = re.compile(r"\"([^\"]{3,})\"|“([^”]{3,})”|`([^`]+)`")
_CLAUSE = re.compile(r"[;:,]\s|\s(?:while|whereas|but|although|though|and|or|than|unlike|instead|like)\s", re.I)
_MONTH = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+(\d{4})\b",
    re.IGNORECASE,
)
_DISGUISED = re.compile("[A-Za-z][\u0370-\u052f]|[\u0370-\u052f][A-Za-z]")
"""Latin letters beside Greek or Cyrillic ones that look like them: a word that reads as one and is another."""


@dataclass(frozen=True)
class SourceQuotes:
    """The quotes of one source."""

    quotes: list[Quote]
    title: str
    said: list[tuple[str, frozenset[str], bool]]
    """Each quoted sentence, its stems, and whether it denies something."""
    stems: frozenset[str]
    around: frozenset[str]

    @classmethod
    def of(cls, quotes: list[Quote], title: str) -> "SourceQuotes":
        texts = [each.readable for quote in quotes for each in split(quote.text)] or [quote.text for quote in quotes]
        said = [(text, stems(text), denies(text)) for text in texts]
        around = stems(" ".join([title, *(quote.place.heading or "" for quote in quotes)]))
        return cls(quotes, title, said, stems(" ".join(each for quote in quotes for each in approved(quote))), around)

    def share(self, own: frozenset[str]) -> float:
        """How many of the stems `own` the quotes, or the title and headings above them, hold: 0 to 1."""
        return len(own & (self.stems | self.around)) / len(own) if own else 0.0


def approved(quote: Quote) -> list[str]:
    """The texts that were approved with a quote: its own, and the line that leads into it."""
    return [quote.text, *([quote.place.lead] if quote.place.lead else [])]


def fault(text: str, cited: Sequence[SourceQuotes], asked: frozenset[str]) -> str:
    """Why the quotes do not support `text`, or nothing when they do.

    Args:
        asked: stems of the question, whose names need not be in the quotes.
    """
    quotes = [text for each in cited for quote in each.quotes for text in approved(quote)]
    if any(stands(text, quote) for quote in quotes):
        return ""
    if disguised := next((word for word in words(text) if _DISGUISED.search(word) and not _in(word, quotes)), ""):
        return f"“{disguised}” has letters of several scripts, which its quotes do not."
    own = stems(text)
    if not own:
        return "It says nothing that a quote could support."
    held: frozenset[str] = frozenset().union(*(each.stems | each.around for each in cited))
    share = len(own & held) / len(own)
    if share < SUPPORT:
        return f"Only {share:.0%} of its words are in the quotes it cites."
    return (
        _wrong_figure(text, quotes) or _wrong_name(text, cited, held, asked) or _wrong_words(text, quotes, own, cited)
    )


def _in(word: str, quotes: Sequence[str]) -> bool:
    return any(word in quote for quote in quotes)


def _wrong_figure(text: str, quotes: Sequence[str]) -> str:
    said = " ".join(quotes)
    given = figures(said, spelled=True)
    missing = next((number for number in figures(text) if number not in given), "")
    if missing:
        return f"The quotes it cites do not give the number {missing}."
    measured = [quantity for quote in quotes for quantity in quantities(quote)]
    for quantity in quantities(text):
        same = {other.value for other in measured if other.kind == quantity.kind}
        counted = same or quantity.kind in _MEASURED
        # "one table at a time" is seldom a count.
        if counted and quantity.value not in same and not quantity.text.lower().startswith("one "):
            return f"The quotes it cites do not say {quantity.text}."
    months = {(month.lower(), year) for month, year in _MONTH.findall(said)}
    if months:
        for match in _MONTH.finditer(text):
            if (match[1].lower(), match[2]) not in months:
                return f"The quotes it cites do not say {match.group()}."
    return ""


def _wrong_name(text: str, cited: Sequence[SourceQuotes], held: frozenset[str], asked: frozenset[str]) -> str:
    names = _names(text)
    missing = next((name for name in names if stem(name) not in held | asked), "")
    if missing:
        return f"The quotes it cites do not mention {missing}."
    for clause in _CLAUSE.split(text):
        told = [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", clause)]
        together = {stem(name) for name in told}
        if len(together) > 1 and not any(together <= each.stems | each.around | asked for each in cited):
            return f"No single source that it cites speaks of {told[0]} and {told[-1]} together."
    return ""


def _wrong_words(text: str, quotes: Sequence[str], own: frozenset[str], cited: Sequence[SourceQuotes]) -> str:
    for match in _SPAN.finditer(text):
        span = next(group for group in match.groups() if group)
        if not any(stands(span.casefold().rstrip(".,"), quote.casefold()) for quote in quotes):
            return f"“{span}” does not stand in the quotes it cites."
    return "It says the opposite of the quote it cites." if _contradicts(text, own, cited) else ""


def _contradicts(text: str, own: frozenset[str], cited: Sequence[SourceQuotes]) -> bool:
    close: list[tuple[float, bool]] = []
    for each in cited:
        # What the title or heading names, the quoted sentence may leave out ("It does not run beside others").
        told = own - each.around or own
        close.extend((len(told & said) / len(told), denied) for _, said, denied in each.said)
    same = [denied for share, denied in close if share >= _CLOSE]
    return bool(same) and denies(text) not in same


def _names(text: str) -> list[str]:
    found = []
    for position, word in enumerate(words(text)):
        capital = position > 0 and word[:1].isupper()
        if (capital or is_technical(word)) and not word.isdigit() and stems(word):
            found.append(word)
    return found
