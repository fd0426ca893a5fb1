"""Whether the quotes that a sentence cites support it, without a model.

They do if and only if all of these hold; a sentence that stands in a quote word for word passes at once.

1. At least `SUPPORT` of its content stems occur in the quotes, or in the titles and headings above them.
2. Every number in it occurs in the quotes (`1,000` is `1000`, and `two` is `2`).
3. Every name in it (a word with a digit, a sign or a capital inside, or a capital that does not begin the sentence)
   occurs in the quotes, their titles and headings, or the question.
4. Everything it puts in quotation marks or backticks stands in the quotes word for word.
5. It does not deny what its closest quoted sentences state, nor state what they deny.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.protocol.evidence import Quote
from sayso.writing.sentences import contains, split
from sayso.writing.terms import is_technical, stem, stems, words

SUPPORT = 0.6
"""Share of a sentence's content stems that its cited quotes must hold."""
_CLOSE = 0.7
"""Share of a sentence's stems in one quoted sentence from which the two say the same thing."""

_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?![\w])|(?<=[A-Za-z_-])\d+(?:\.\d+)*|\d+(?:\.\d+)*(?=[A-Za-z%])")
_SPAN = re.compile(r"\"([^\"]{3,})\"|“([^”]{3,})”|`([^`]+)`")
_NEGATION = re.compile(
    r"\b(?:not|no|never|cannot|neither|nor|none|nothing|without|hardly|unable|impossible)\b|n['’]t\b", re.I
)
_SPELLED = dict(
    zip(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), range(11), strict=True)
)


@dataclass(frozen=True)
class Evidence:
    """The quotes of one source."""

    quotes: list[Quote]
    title: str
    said: list[tuple[str, frozenset[str], bool]]
    """Each quoted sentence, its stems, and whether it denies something."""
    stems: frozenset[str]
    around: frozenset[str]

    @classmethod
    def of(cls, quotes: list[Quote], title: str) -> "Evidence":
        texts = [each.readable for quote in quotes for each in split(quote.text)] or [quote.text for quote in quotes]
        said = [(text, stems(text), _denies(text)) for text in texts]
        around = stems(" ".join([title, *(quote.place.heading or "" for quote in quotes)]))
        return cls(quotes, title, said, stems(" ".join(quote.text for quote in quotes)), around)

    def share(self, own: frozenset[str]) -> float:
        """How many of the stems `own` the quotes, or the title and headings above them, hold: 0 to 1."""
        return len(own & (self.stems | self.around)) / len(own) if own else 0.0


def fault(text: str, cited: Sequence[Evidence], asked: frozenset[str]) -> str:
    """Why the quotes do not support `text`, or nothing when they do.

    Args:
        asked: stems of the question, whose names need not be in the quotes.
    """
    quotes = [quote.text for each in cited for quote in each.quotes]
    if any(contains(quote, text) for quote in quotes):
        return ""
    own = stems(text)
    if not own:
        return "It says nothing that a quote could support."
    held: frozenset[str] = frozenset().union(*(each.stems | each.around for each in cited))
    share = len(own & held) / len(own)
    if share < SUPPORT:
        return f"Only {share:.0%} of its words are in the quotes it cites."
    given = _figures(" ".join(quotes), spelled=True)
    missing = next((number for number in _figures(text) if number not in given), "")
    if missing:
        return f"The quotes it cites do not give the number {missing}."
    name = next((name for name in _names(text) if stem(name) not in held | asked), "")
    if name:
        return f"The quotes it cites do not mention {name}."
    for match in _SPAN.finditer(text):
        span = next(group for group in match.groups() if group)
        if not any(contains(quote.casefold(), span.casefold().rstrip(".,")) for quote in quotes):
            return f"“{span}” does not stand in the quotes it cites."
    return "It says the opposite of the quote it cites." if _contradicts(text, own, cited) else ""


def _contradicts(text: str, own: frozenset[str], cited: Sequence[Evidence]) -> bool:
    close: list[tuple[float, bool]] = []
    for each in cited:
        # What the title or heading names, the quoted sentence may leave out ("It does not run beside others").
        told = own - each.around or own
        close.extend((len(told & said) / len(told), denies) for _, said, denies in each.said)
    same = [denies for share, denies in close if share >= _CLOSE]
    return bool(same) and _denies(text) not in same


def _denies(text: str) -> bool:
    # Two denials make a statement ("cannot run without" is "needs to run").
    return len(_NEGATION.findall(text)) % 2 == 1


def _figures(text: str, *, spelled: bool = False) -> list[str]:
    found = [match.group().replace(",", "") for match in _NUMBER.finditer(text)]
    if spelled:
        found += [str(_SPELLED[word]) for word in map(str.lower, words(text)) if word in _SPELLED]
    return found


def _names(text: str) -> list[str]:
    found = []
    for position, word in enumerate(words(text)):
        capital = position > 0 and word[:1].isupper()
        if (capital or is_technical(word)) and not word.isdigit() and stems(word):
            found.append(word)
    return found
