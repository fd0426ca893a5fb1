"""What a text shows of its meaning: its words of grammar and of demand with their order, and the vectors of all words.

Words that are none of these are one sign (`OPEN`), however many follow each other: what is spoken of must not tell
whether it is wanted. Vectors let a verb that was never seen stand for those near it.
"""

import zlib
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from sayso.language.meaning import WIDTH, embedded
from sayso.wishes.tokens import Token

Numbers: TypeAlias = "np.ndarray[Any, np.dtype[np.float32]]"
OPEN = "·"
TEXT_SIZE, TOKEN_SIZE = 1 << 15, 1 << 14
"""Numbers that features of a text, and of a token in it, are hashed to."""
TEXT_WIDTH = 3 * WIDTH
_POLITE = frozenset({"please", "kindly", "bitte"})
_FAR = 6
"""Known words between two of which a text has the one "before" the other."""
_NEAR = 3
_ENDS = frozenset(",;:?!–—") | {"but"}


@dataclass(frozen=True)
class Seen:
    """A text as the learned weights see it."""

    forms: list[str]
    """Known forms; `OPEN` for all others."""
    vectors: Numbers
    """(tokens, WIDTH); 0 for signs and names."""
    content: list[int]
    """Which tokens are no words of grammar."""


def seen(found: Sequence[Token], known: Set[str], grammar: Set[str]) -> Seen:
    """`found` as seen by who knows the forms `known`, of which those in `grammar` say nothing by themselves."""
    forms = [each.form if each.form in known or not each.is_word else OPEN for each in found]
    words = [each.form if each.form[0].isalpha() else "" for each in found]
    content = [at for at, word in enumerate(words) if len(word) > 1 and word not in grammar]
    return Seen(forms, embedded(words), content)


def text_features(text: Seen) -> tuple[list[int], Numbers]:
    """Hashed features of a text, and its vectors: (TEXT_WIDTH,)."""
    line = ["^"]
    for form in text.forms:
        if form not in _POLITE and (form != OPEN or line[-1] != OPEN):
            line.append(form)
    line.append("$")
    found = {" ".join(line[at : at + size]) for size in (1, 2, 3, 4) for at in range(len(line) - size + 1)}
    found -= {"^", "$", OPEN}  # those that all texts have
    words = [form for form in line[1:-1] if form != OPEN]
    found |= {f"{one} .. {other}" for at, one in enumerate(words) for other in words[at + 1 : at + 1 + _FAR]}
    found.add(" ".join(("whole", *line)))
    found.add(f"length {min(len(text.forms), 12)}")
    rows = text.vectors
    spoken = [at for at in range(len(rows)) if rows[at].any()]
    inner = text.content or spoken
    if not spoken:
        return _hashed(found, TEXT_SIZE), np.zeros(TEXT_WIDTH, np.float32)
    parts = rows[spoken[0]], rows[inner[0]], rows[inner[-1]]
    return _hashed(found, TEXT_SIZE), np.concatenate(parts)


def token_features(text: Seen, at: int) -> tuple[list[int], Numbers]:
    """Hashed features of the token at `at` in its text, and its vectors: (3 * WIDTH,)."""
    forms = ["^", "^", "^", *text.forms, "$", "$", "$"]
    here = at + 3
    near = {offset: forms[here + offset] for offset in range(-_NEAR, _NEAR + 1)}
    before = [form for form in text.forms[:at] if form != OPEN][-2:]
    after = [form for form in text.forms[at + 1 :] if form != OPEN][:2]
    left, right = (before or ["^"])[-1], (after or ["$"])[0]
    found = {f"{offset} {form}" for offset, form in near.items()}
    found |= {f"{one} {other} {near[one]} {near[other]}" for one, other in ((-2, -1), (-1, 0), (0, 1), (1, 2), (-1, 1))}
    found |= {f"< {left}", f"> {right}", f"< {left} > {right}", f"{near[0]} < {left}", f"{near[0]} > {right}"}
    found |= {f"<< {' '.join(before)}", f">> {' '.join(after)}", f"<< {' '.join(before)} > {right}"}
    start = max((place + 1 for place in range(at) if text.forms[place] in _ENDS), default=0)
    end = next((place for place in range(at, len(text.forms)) if text.forms[place] in _ENDS), len(text.forms))
    found |= {f"{near[0]} has {form}" for form in text.forms if form != OPEN}
    found |= {f"{near[0]} after {form}" for form in text.forms[start:at] if form != OPEN}
    found |= {f"{near[0]} before {form}" for form in text.forms[at + 1 : end] if form != OPEN}
    place = "one" if len(text.content) == 1 else str(text.content.index(at)) if at in text.content[:3] else ""
    found |= {f"content {place} {len(text.content[:4])}", f"last {bool(text.content) and at == text.content[-1]}"}
    zero = np.zeros(WIDTH, np.float32)
    others = [each for each in text.content if each != at]
    own, around = text.vectors[at], text.vectors[others].mean(0) if others else zero
    return _hashed(found, TOKEN_SIZE), np.concatenate([own, around, own * (at in text.content)])


def _hashed(found: Set[str], size: int) -> list[int]:
    return sorted({zlib.crc32(each.encode()) % size for each in found})
