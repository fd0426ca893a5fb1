"""What a text shows of its meaning: its known words with their order, and of every word its vector and its letters.

What a text speaks of must not tell whether it is wanted, so words that no way of saying things is made of are one form
(`OPEN`). Vectors and groups of letters let a verb that was never seen stand for those near it, in other languages too.
"""

import zlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np

from sayso.language.meaning import WIDTH, embedded
from sayso.wishes.tokens import Token

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float32]]"
Ids: TypeAlias = "np.ndarray[Any, np.dtype[np.int32]]"
OPEN, SIGN = "·", "‹sign›"
"""Forms of a word and of a sign that are not known."""
GROUPS = 3_000
"""Numbers that groups of letters are hashed to; 0 is none."""
GROUPS_A_WORD = 10


@dataclass(frozen=True)
class Seen:
    """A text as the learned weights see it."""

    forms: list[str]
    """Known forms; `OPEN` and `SIGN` for all others."""
    ids: Ids
    """(tokens,); their numbers among the known forms."""
    vectors: Numbers
    """(tokens, WIDTH); 0 for signs and names."""
    groups: Ids
    """(tokens, GROUPS_A_WORD); 0 where a word has fewer."""
    content: list[int]
    """Which tokens are no words of grammar."""


def seen(found: Sequence[Token], known: Mapping[str, int], grammar: Set[str]) -> Seen:
    """`found` as seen by who knows the forms `known`, of which those in `grammar` say nothing by themselves."""
    forms = [form_of(each, known) for each in found]
    words = [word_of(each) for each in found]
    content = [at for at, word in enumerate(words) if len(word) > 1 and word not in grammar]
    ids = np.array([known[form] for form in forms], np.int32)
    groups = np.array([groups_of(word) for word in words], np.int32).reshape(-1, GROUPS_A_WORD)
    return Seen(forms, ids, embedded(words) if words else np.zeros((0, WIDTH), np.float32), groups, content)


def form_of(token: Token, known: Mapping[str, int]) -> str:
    """The known form of `token`."""
    return token.form if token.form in known else OPEN if token.is_word else SIGN


def word_of(token: Token) -> str:
    """The word of `token`; nothing if it is a sign or a name."""
    return token.form if token.form[0].isalpha() else ""


@lru_cache(4_000)
def groups_of(word: str) -> tuple[int, ...]:
    """Groups of three to five letters at both ends of `word`, and of four within: GROUPS_A_WORD numbers."""
    if not word:
        return (0,) * GROUPS_A_WORD
    whole = f"<{word}>"
    ends = [whole[:3], whole[:4], whole[:5], whole[-3:], whole[-4:], whole[-5:]]
    inner = [whole[at : at + 4] for at in range(1, len(whole) - 4)]
    found = [1 + zlib.crc32(each.encode()) % (GROUPS - 1) for each in (ends + inner)[:GROUPS_A_WORD]]
    return (*found, *(0,) * (GROUPS_A_WORD - len(found)))
