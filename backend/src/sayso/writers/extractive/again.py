"""Other words for what was searched in vain: those near in meaning that the documents use."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from sayso.language.meaning import LANGUAGE, LIKE, embedded
from sayso.language.tokens import spelled_telling, telling
from sayso.language.tongue import language_of
from sayso.research.source import Passage
from sayso.writers.port import Part, Query

WORDS = 3
"""Words of a part that are said in another way."""
NEAR = 2
"""Other words for each of them."""
HEADINGS = 2
"""Headings of what was found first that are searched beside the part's own words."""
_WORD = re.compile(r"[^\W\d_]{4,}")


def again(part: Part, text: str, read: Sequence[Passage]) -> list[Query]:
    """Queries for a part on which little was found.

    Args:
        text: what is asked for, in the words of who asked.
        read: what was found so far, the best first: its words are those of the documents.
    """
    language = language_of(text)
    asked = spelled_telling(text, language)
    said = _in_other_words(list(asked.values()), read, set(asked)) if language == LANGUAGE else []
    said += _beside(asked, read)
    return [Query(text=each, topic=part.topic, feedback=part.feedback) for each in dict.fromkeys(said)]


def _in_other_words(words: list[str], read: Sequence[Passage], stems: set[str]) -> list[str]:
    """The words with one of them said in another way."""
    spread = Counter(word.lower() for passage in read for word in set(_WORD.findall(passage.text)))
    held = [word for word in spread if not stems & set(telling(word, LANGUAGE))]
    if not words or not held:
        return []
    near = embedded(words) @ embedded(held).T
    best = np.argsort(-near.max(axis=1))[:WORDS]
    found: list[str] = []
    for at in best:
        for other in np.argsort(-near[at])[:NEAR]:
            if near[at][other] >= LIKE:
                found.append(" ".join(held[other] if at == own else word for own, word in enumerate(words)))
    return found


def _beside(asked: dict[str, str], read: Sequence[Passage]) -> list[str]:
    """The rarest words beside the headings of what was found first."""
    headings = [(passage.place.heading or "").rsplit(" › ", 1)[-1] or passage.title for passage in read]
    words = " ".join(list(asked.values())[:WORDS])
    return [f"{words} {heading}" for heading in list(dict.fromkeys(headings))[:HEADINGS] if words]
