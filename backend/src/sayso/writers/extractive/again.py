"""Other words for what was searched in vain: those near in meaning that the documents use."""

import re
from collections.abc import Sequence

import numpy as np

from sayso.language.meaning import LANGUAGE, LIKE, embedded
from sayso.language.tokens import spelled_telling, telling
from sayso.language.tongue import language_of
from sayso.research.source import Passage
from sayso.writers.port import Part, Query

WORDS = 3
"""Words of a part that are said in another way, or stand beside a heading."""
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
    said = _in_other_words(asked, read) if language == LANGUAGE else []
    said += _beside(asked, read)
    return [Query(text=each, topic=part.topic, feedback=part.feedback) for each in dict.fromkeys(said)]


def _in_other_words(asked: dict[str, str], read: Sequence[Passage]) -> list[str]:
    """The words with one of them said in another way, if the documents do not use it."""
    words = list(asked.values())
    spread = sorted({word.lower() for passage in read for word in _WORD.findall(passage.text)})
    used = {stem for word in spread for stem in telling(word, LANGUAGE)}
    held = [word for word in spread if not asked.keys() & set(telling(word, LANGUAGE))]
    missing = [at for at, stem in enumerate(asked) if stem not in used]
    if not missing or not held:
        return []
    near = embedded(words) @ embedded(held).T
    best = sorted(missing, key=lambda at: -near[at].max())[:WORDS]
    found: list[str] = []
    for at in best:
        for other in np.argsort(-near[at])[:NEAR]:
            if near[at][other] >= LIKE:
                found.append(" ".join(held[other] if at == own else word for own, word in enumerate(words)))
    return found


def _beside(asked: dict[str, str], read: Sequence[Passage]) -> list[str]:
    """The first words beside the headings of what was found first."""
    headings = [(passage.place.heading or "").rsplit(" › ", 1)[-1] or passage.title for passage in read]
    words = " ".join(list(asked.values())[:WORDS])
    return [f"{words} {heading}" for heading in list(dict.fromkeys(headings))[:HEADINGS] if words]
