"""The language that a text is written in, as an ISO 639-1 code."""

import re
from copy import copy
from functools import lru_cache
from typing import TYPE_CHECKING

from sayso.language.stopwords import STOP_WORDS

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

NAMES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "ne": "Nepali",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sr": "Serbian",
    "sv": "Swedish",
    "ta": "Tamil",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""Languages that are told apart, by code: fewer than the identifier knows, so that short texts are not lost among rare
ones."""
DEFAULT = "en"
_SAMPLE = 2_000
"""Characters of a text that are looked at."""
_ENGLISH = STOP_WORDS["en"].difference(*(words for code, words in STOP_WORDS.items() if code != "en"))
"""Words of English grammar that no other language has."""
_ENOUGH = 30
"""Words of a text from which such words tell its language."""
_SHARE = 0.15
"""Of these in a text that is plainly English; other languages come to a hundredth."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CODE = re.compile(r"`[^`]*`|\S*[\d_/=()<>{}\[\]]\S*")
_LEAST = 3
_SURE, _GRAMMAR = 0.85, 0.25
"""Probability of the likeliest language, or share of words of its grammar, from which it surely is that."""
_OWN = {
    "de": ("deutsch",),
    "fr": ("français", "francais"),
    "es": ("español", "espanol", "castellano"),
    "it": ("italiano",),
    "pt": ("português", "portugues"),
    "nl": ("nederlands",),
    "pl": ("polski",),
    "sv": ("svenska",),
    "ru": ("русский",),
}


@lru_cache(1)
def _identifier() -> "LanguageIdentifier":
    # Half a second to load, so not before it is asked.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(NAMES))
    return identifier


@lru_cache(512)
def ranked(text: str) -> tuple[tuple[str, float], ...]:
    """The three likeliest languages of `text` with their probabilities (0 to 1), the likeliest first."""
    found = _identifier().rank(text)[:3]
    return tuple((code, float(probability)) for code, probability in found)


def language_of(text: str, *, sure: float = 0.5) -> str:
    """The language of `text`; English where it cannot be told, such as for names and code.

    Args:
        sure: least probability (0 to 1) of another language than English.
    """
    sample = text[:_SAMPLE]
    if plainly_english(sample):
        return "en"
    code, probability = ranked(sample)[0]
    return code if probability >= sure else DEFAULT


@lru_cache(1)
def _with_latin() -> "LanguageIdentifier":
    identifier = copy(_identifier())
    identifier.set_languages([*NAMES, "la"])
    return identifier


@lru_cache(2_048)
def surely(text: str, code: str) -> bool:
    """Whether `text` is written in the language `code` and can be told from others, Latin too; of a few words it
    cannot. Names and code do not count."""
    words = [word for word in _WORD.findall(_CODE.sub(" ", text[:_SAMPLE])) if not word.isupper() or len(word) == 1]
    if len(words) < _LEAST or code not in STOP_WORDS:
        return False
    found, probability = _with_latin().classify(" ".join(words))
    share = sum(word.casefold() in STOP_WORDS[code] for word in words) / len(words)
    return found == code and (probability >= _SURE or share >= _GRAMMAR)


def code_of(name: str) -> str:
    """The code of a language by its code or name, in English or in itself; nothing for one that is not known."""
    said = name.strip().casefold()
    return next((code for code, known in NAMES.items() if said in (code, known.casefold(), *_OWN.get(code, ()))), "")


def plainly_english(sample: str, *, enough: int = _ENOUGH, share: float = _SHARE) -> bool:
    """Whether the words of grammar tell so; then the identifier, which takes 60 MB and half a second, is not needed.

    Args:
        enough: words below which they do not tell.
        share: of such words among all, from which they do.
    """
    words = re.findall(r"[^\W\d_]+", sample.lower())
    return len(words) >= enough and sum(word in _ENGLISH for word in words) >= share * len(words)
