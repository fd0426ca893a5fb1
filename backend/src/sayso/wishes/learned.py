"""The weights by which prose is read, and what they say of a text and of its words.

They are a small recurrent network (`network.py`) that `tools/wish_weights.py` learns from the lines of
`tests/wishes/sets/learning*.txt`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from sayso.wishes import network
from sayso.wishes.features import Numbers, Seen, seen
from sayso.wishes.tokens import Token

MEANINGS = ("unwanted", "both", "wanted", "writing", "unclear", "keep")
"""What a text may say: that something is not wanted; that one thing is and another is not; that something is; how the
report should read; nothing that can be told; that a finding stays."""
PARTS = ("frame", "unwanted", "wanted")
"""What a word of a text that leaves something out may be: of how it is said, of what is left out, of what is wanted."""
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
FILE = Path(__file__).with_name("weights.npz")
_MOST = 127


@dataclass(frozen=True)
class Weights:
    """What was learned."""

    arrays: Mapping[str, Numbers]
    """As `network.shapes` names them, to the precision that is stored."""
    known: Mapping[str, int]
    """Forms that count by themselves, with their numbers."""
    grammar: frozenset[str]

    @classmethod
    def of(cls, arrays: network.Arrays, known: Sequence[str], grammar: Sequence[str]) -> "Weights":
        """From a network of any precision."""
        packed = {name: _packed(array) for name, array in arrays.items()}
        numbers = {form: at for at, form in enumerate(known)}
        return cls({name: whole * step for name, (whole, step) in packed.items()}, numbers, frozenset(grammar))

    @classmethod
    def load(cls, path: Path) -> "Weights":
        """As `save` wrote them."""
        with np.load(path) as file:
            stored = dict(file)
        known, grammar = (str(stored.pop(name)).split("\n") for name in ("known", "grammar"))
        arrays = {name: stored[name] * stored[f"{name}_step"] for name in stored if f"{name}_step" in stored}
        return cls(arrays, {form: at for at, form in enumerate(known)}, frozenset(grammar))

    def save(self, path: Path) -> None:
        """Write them, always the same bytes for the same weights."""
        stored: dict[str, Any] = {}
        for name, array in self.arrays.items():
            stored[name], stored[f"{name}_step"] = _packed(array)
        stored["known"] = np.array("\n".join(self.known))
        stored["grammar"] = np.array("\n".join(sorted(self.grammar)))
        np.savez_compressed(path, **stored)

    def view(self, found: Sequence[Token]) -> Seen:
        """A text as these weights see it."""
        return seen(found, self.known, self.grammar)

    def read(self, text: Seen) -> tuple[dict[str, float], Numbers]:
        """How probable each of `MEANINGS` is, and each of `PARTS` for each token: (tokens, 3)."""
        meanings, parts = network.read(self.arrays, text)
        return dict(zip(MEANINGS, map(float, meanings), strict=True)), parts


def _packed(array: Numbers) -> tuple["np.ndarray[Any, np.dtype[np.int8]]", np.float32]:
    """Whole numbers and the step that they count, which has few bits: what was packed packs the same again."""
    step = np.float32(np.float16(np.abs(array).max() / _MOST)) or np.float32(1)
    return np.asarray((array / step).round().clip(-_MOST, _MOST), np.int8), step


@lru_cache(1)
def weights() -> Weights:
    """Those that come along."""
    return Weights.load(FILE)
