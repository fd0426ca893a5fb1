"""Text as search sees it: stems, in one Unicode form, the same in the index, in questions and in statements.

A word is stemmed by the rules of its text's language (Snowball). Scripts that put no blanks between words (Chinese,
Japanese, Thai, Lao, Khmer, Burmese) are taken in overlapping pairs of characters.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

from sayso.language.stopwords import STOP_WORDS

_RUN = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_PIECE = re.compile(f"{_UNSPACED.pattern}|[^{_UNSPACED.pattern[1:-2]}]+")
_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
"""Snowball's algorithms by language; other languages are not stemmed."""


def folded(text: str) -> str:
    """`text` in the one form that is compared: compatibility-composed (NFKC), case folded."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def spellings(text: str) -> list[str]:
    """The words of `text` in reading order, in the one form that is compared; those of unspaced scripts as pairs."""
    found: list[str] = []
    for run in _RUN.findall(folded(text)):
        if run.isascii() or not _UNSPACED.search(run):
            found.append(run)
        else:
            for piece in _PIECE.findall(run):
                found.extend(_pairs(piece) if _UNSPACED.match(piece) else [piece])
    return found


def tokens(text: str, language: str) -> list[str]:
    """The stems of `text` in reading order, stop words included."""
    return stems(spellings(text), language)


def stems(words: Iterable[str], language: str) -> list[str]:
    """The stems of words as `spellings` gives them."""
    return list(map(_stemming(language).__getitem__, words))


def telling(text: str, language: str) -> list[str]:
    """The stems of `text` without its stop words, each once; all of them where nothing else is left."""
    return list(spelled_telling(text, language))


def spelled_telling(text: str, language: str) -> dict[str, str]:
    """The same with a spelling of each."""
    stop = STOP_WORDS.get(language, frozenset())
    words = spellings(text)
    stem = _stemming(language).__getitem__
    return {stem(word): word for word in reversed([word for word in words if word not in stop] or words)}


_COMPOUND = re.compile(r"[^\W_]+(?:(?:_+|\.|::)[^\W_]+)+")
_FIGURES = re.compile(r"[\d.]+")


def compounds(text: str) -> list[str]:
    """Names of several parts, such as `work_mem` and `next.js`, whole and folded, each once. A part of a longer one
    is none."""
    return list(dict.fromkeys(each for each in _COMPOUND.findall(folded(text)) if not _FIGURES.fullmatch(each)))


def apart(text: str, names: Iterable[str]) -> str:
    """`text`, folded, without `names` as `compounds` gives them."""
    held = frozenset(names)
    return _COMPOUND.sub(lambda match: " " if match[0] in held else match[0], folded(text))


def unspaced(text: str) -> bool:
    """Whether `text` has a script without blanks between its words."""
    return bool(_UNSPACED.search(text))


def _pairs(run: str) -> Iterable[str]:
    return [run] if len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)]


_REMEMBERED = 40
"""Characters of a word; a longer one is hardly met again."""


class _Stems(dict[str, str]):
    """Stems of one language by their words, remembered."""

    def __init__(self, language: str) -> None:
        super().__init__()
        name = _STEMMERS.get(language)
        # Its own cache is not safe to share between threads, a dict is.
        self._stem = Stemmer.Stemmer(name, 0).stemWord if name else str

    def __missing__(self, word: str) -> str:
        # A name with a digit in it has no inflection.
        found = word if any(map(str.isdigit, word)) else str(self._stem(word))
        if len(self) > 200_000:
            self.clear()
        if len(word) <= _REMEMBERED:
            self[word] = found
        return found


@lru_cache(64)
def _stemming(language: str) -> _Stems:
    return _Stems(language)
