"""Words that one text writes apart and another as one: "back up" and "backup", "file system" and "filesystem",
"schaltet ... aus" and "ausschalten", "Karte für Familien" and "Familienkarte".

What could be one word is only proposed here; whoever asks looks whether the texts that are searched have it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sayso.language.stopwords import STOP_WORDS
from sayso.language.tokens import spellings, stems
from sayso.language.vocabulary import DETERMINERS, PARTICLES, PREFIXES

_BETWEEN = 4
"""Words, at most, that stand between a verb and its particle: "back the old tables up"."""
COMPOUNDING = frozenset({"da", "de", "fi", "hu", "nl", "no", "sv"})
"""Languages that write a noun and what it is made of as one word."""
_HALF, _PLAIN = 4, 6
"""Letters of either half of such a word at least, and of one that needs no other half that is known."""
_LINKS = ("", "s", "es", "n", "en", "e")
"""What stands between its halves."""


@dataclass(frozen=True, slots=True)
class Join:
    """Two words of a text that may be one, as stems: of the one, which may be either of two, and of the two."""

    whole: tuple[str, ...]
    pair: tuple[str, str]


def joins(text: str, language: str) -> list[Join]:
    """What may be one word in `text`, in reading order."""
    words = spellings(text)
    stop = STOP_WORDS.get(language, frozenset())
    prefixes = PREFIXES.get(language, frozenset())
    pairs: dict[tuple[str, str], None] = {}
    for at, word in enumerate(words):
        if at and not {words[at - 1], word} & stop:
            pairs[words[at - 1], word] = None
        if language == "en" and word in PARTICLES:
            near = range(max(0, at - _BETWEEN - 1), at)
            pairs |= {(words[one], word): None for one in near if one == at - 1 or words[one + 1] in DETERMINERS}
        if word in prefixes:
            pairs |= {(word, one): None for one in words[:at] if one not in stop}
    found = (_join(*pair, language, stop) for pair in pairs)
    return [each for each in found if each.whole]


def _join(first: str, second: str, language: str, stop: Collection[str]) -> Join:
    begun, ended = stems([first, second], language)
    # "Logging in" is a login, and "backed up" a backup.
    whole = [f"{each}{second}" for each in (first, begun) if len(each) > 1]
    whole = [each for each in whole if each.isalpha() and each not in stop]
    return Join(tuple(dict.fromkeys(stems(whole, language))), (begun, ended))


def halves(stem: str, language: str) -> Iterator[tuple[str, str]]:
    """Where a compound may be cut, as stems: ("famili", "kart") among others for that of "Familienkarte"."""
    if language not in COMPOUNDING or not stem.isalpha():
        return
    for at in range(_HALF, len(stem) - _HALF + 1):
        for link in _LINKS:
            if stem.startswith(link, at) and len(stem) - at - len(link) >= _HALF:
                first, second = stems([stem[:at], stem[at + len(link) :]], language)
                yield first, second


def compounds_with(stem: str, known: frozenset[str], language: str) -> frozenset[str]:
    """Those of `known` stems that are compounds of `stem`. What a compound ends with is what it is a kind of; a short
    word that it begins with may be another one ("Kartoffel" has nothing to do with a "Karte"), unless its other half
    is known too."""
    if language not in COMPOUNDING or len(stem) < _HALF or not stem.isalpha():
        return frozenset()
    longer = [each for each in known if len(each) >= len(stem) + _HALF]
    begun = [each for each in longer if each.startswith(stem)]
    if len(stem) < _PLAIN:
        begun = [each for each in begun if any(_rest(cut, stem) <= known for cut in halves(each, language))]
    return frozenset(begun) | {each for each in longer if each.endswith(stem)}


def _rest(cut: tuple[str, str], stem: str) -> frozenset[str]:
    """The other half of a compound that begins with `stem`; both, where that is none of them."""
    return frozenset(cut[1:] if cut[0] == stem else cut)
