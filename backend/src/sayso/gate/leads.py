"""Lines that lead into a list, a table or code, and headings: which of them claim nothing."""

import re
from collections.abc import Iterable

from sayso.gate.grammar import AUXILIARIES, BE, LOGIC, word_set
from sayso.gate.wording import wording
from sayso.language.terms import stem

_LEADING = frozenset(
    map(
        stem,
        word_set(
            "the following these those this here below are is as follows follow include includes including such and or "
            "of in on for to by with from at a an its their it them list lists listed table tables shows show gives "
            "give given example examples code command commands option options step steps value values setting settings "
            "parameter parameters reason reasons result results case cases kind kinds type types point points item "
            "items figure figures part parts way ways name names hour hours rule rules say says source sources quote "
            "quotes finding findings detail details overview summary what who when where how which"
        ),
    )
)
"""Stems of the words with which something is announced."""
_ANNOUNCING = re.compile(r"\b(?:as follows|the following|these|this|here|listed (?:here|below)|below|:)\W*:?$", re.I)
_FREE = {word for word, name in LOGIC.items() if name in {"comparison", "who"}} | {"following", "including"}
_ASSERTING = {word for word, name in LOGIC.items() if name in {"negation", "modality", "hedge", "comparison", "cause"}}


def claims_nothing(lead: str, known: Iterable[str]) -> bool:
    """Whether a line that leads into something only announces it: it ends in a colon, has no word but those of `known`
    (stems of the question and the heading) and of a closed list, and none that states, denies or limits."""
    if not lead.rstrip().endswith((":", "：")):
        return False
    said = wording(lead)
    allowed = _LEADING | frozenset(known)
    keys = said.keys
    for at, word in enumerate(keys):
        stating = word in AUXILIARIES and not (word in BE and _ANNOUNCING.search(" ".join(keys[at + 1 :]) + ":"))
        if stating or (word in LOGIC and word not in _FREE) or word[0] in "=@":
            return False
        if stem(word) not in allowed:
            return False
    return bool(keys)


def asserts(heading: str) -> bool:
    """Whether a heading states something by its words of grammar, its figures, or who does what to whom."""
    said = wording(f"a {heading}")
    if any(word in AUXILIARIES or word in _ASSERTING for word in said.keys):
        return not heading.rstrip().endswith("?")
    return bool(said.figures)
