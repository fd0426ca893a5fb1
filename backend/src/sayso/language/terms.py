"""Words as search sees them: tokens, stems, stop words, and words that documents use for one another."""

import re
from functools import lru_cache

from sayso.language.stopwords import STOP_WORDS, WEAK_WORDS
from sayso.language.vocabulary import PHRASAL

_TOKEN = re.compile(r"[^\W_](?:[\w.\-/'’+#]*[\w+#])?|[^\W_]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_TECHNICAL = re.compile(r"[\d_.\-/+#]|^[A-Z]{2,}|[a-z][A-Z]")
_PARTICLES = frozenset(pair.partition("-")[2] for pair in PHRASAL)


def words(text: str) -> list[str]:
    """Tokens in reading order, as written. Names such as `next.js` or `pg_repack` stay whole, verbs of two words are
    joined ("backing up" is `backup`), and runs of Chinese, Japanese or Korean script, which have no spaces, become
    overlapping pairs of characters."""
    found: list[str] = []
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in _PARTICLES and found and f"{(first := stem(found[-1]))}-{token}" in PHRASAL:
            found[-1] = first + token
            continue
        run = _CJK.search(token)
        if run is None or len(token) < 3:
            found.append(token)
        else:
            found.extend(token[i : i + 2] for i in range(len(token) - 1))
    return found


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word's stem, lower case: plural, past, progressive and adverb endings go, so that `caching`, `cached`
    and `caches` meet. English only; other words come back lower-cased. Light on purpose: nouns and their
    adjectives stay apart, for matching too much is worse here than matching too little."""
    word = word.lower().replace("’", "'").removesuffix("'s").rstrip(".'-/")
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "edly", "ed", "ly"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) > 2 and re.search("[aeiouy]", rest):
            word = rest
            if ending != "ly" and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    if len(word) > 4 and word.endswith(("ency", "ancy")):
        word = word[:-2] + "t"
    if word.endswith("y") and len(word) > 3:
        word = word[:-1] + "i"
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


_WEAK_STEMS = frozenset(map(stem, WEAK_WORDS["en"]))


def is_technical(word: str) -> bool:
    """Whether a word is a name by its looks: digits, dots, underscores, capitals inside or throughout."""
    return bool(_TECHNICAL.search(word))


def is_content(word: str) -> bool:
    """Whether a word says what a text is about."""
    return not _grammar(word) and (len(word) > 1 or not word.isascii())


@lru_cache(maxsize=20_000)
def _grammar(word: str) -> bool:
    return all(part in STOP_WORDS["en"] for part in re.split("['’]", word.lower()) if part)


def weight(word: str) -> float:
    """How much a word tells: little for words that only shape a question."""
    return 0.3 if stem(word) in _WEAK_STEMS and not is_technical(word) else 1.0


def content(text: str) -> list[str]:
    """Content words in reading order, each stem once."""
    return list({stem(word): word for word in reversed(words(text)) if is_content(word)}.values())[::-1]


def stems(text: str) -> frozenset[str]:
    """Stems of a text's content words."""
    return frozenset(stem(word) for word in words(text) if is_content(word))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard index of two sets of stems, 0 to 1."""
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sentences say the same: their stems are seven tenths alike, or one is nearly all in the other."""
    smaller = min(len(one), len(other))
    return likeness(one, other) >= 0.7 or (smaller >= 5 and len(one & other) >= 0.88 * smaller)
