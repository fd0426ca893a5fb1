"""The weights by which prose is read, and what they say of a text and of its words.

They are two linear models (softmax regressions) that `tools/wish_weights.py` learns from the lines of
`tests/wishes/sets/learning.txt`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from sayso.wishes.features import Numbers, Seen, seen, text_features, token_features
from sayso.wishes.tokens import Token

MEANINGS = ("unwanted", "both", "wanted", "writing", "unclear", "keep")
"""What a text may say: that something is not wanted; that one thing is and another is not; that something is; how the
report should read; nothing that can be told; that a finding stays."""
PARTS = ("frame", "unwanted", "wanted")
"""What a word of a text that leaves something out may be: of how it is said, of what is left out, of what is wanted."""
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
Array: TypeAlias = "np.ndarray[Any, Any]"
Arrays: TypeAlias = tuple[Array, Array, Array]
_STEP = np.float32(1 / 12)
"""To which weights of hashed features are rounded; there are many of them in a text."""
FILE = Path(__file__).with_name("weights.npz")


@dataclass(frozen=True)
class _Layer:
    hashed: Numbers
    """(features, classes)."""
    vectors: Numbers
    """(width, classes)."""
    bias: Numbers

    def __call__(self, ids: list[int], vector: Numbers) -> Numbers:
        """Probabilities of the classes."""
        scores = self.hashed[ids].sum(0) / np.sqrt(max(1, len(ids))) + vector @ self.vectors + self.bias
        odds = np.exp(scores - scores.max())
        return np.asarray(odds / odds.sum(), np.float32)


def _stepped(hashed: Array) -> "np.ndarray[Any, np.dtype[np.int8]]":
    return np.asarray((hashed / _STEP).round().clip(-127, 127), np.int8)


def _halved(numbers: Array) -> Numbers:
    return np.asarray(np.asarray(numbers, np.float16), np.float32)


@dataclass(frozen=True)
class Weights:
    """What was learned."""

    text: _Layer
    token: _Layer
    known: frozenset[str]
    grammar: frozenset[str]

    @classmethod
    def of(cls, text: Arrays, token: Arrays, known: Sequence[str], grammar: Sequence[str]) -> "Weights":
        """From the weights of hashed features, of vectors and of nothing, to the precision that is stored."""
        layers = [_Layer(_stepped(one[0]) * _STEP, _halved(one[1]), _halved(one[2])) for one in (text, token)]
        return cls(layers[0], layers[1], frozenset(known), frozenset(grammar))

    @classmethod
    def load(cls, path: Path) -> "Weights":
        """As `save` wrote them."""
        with np.load(path) as file:
            arrays = dict(file)
        text, token = (
            (arrays[f"{name}_hashed"] * _STEP, arrays[f"{name}_vectors"], arrays[f"{name}_bias"])
            for name in ("text", "token")
        )
        known, grammar = (str(arrays[name]).split("\n") for name in ("known", "grammar"))
        return cls.of(text, token, known, grammar)

    def save(self, path: Path) -> None:
        """Write them, always the same bytes for the same weights."""
        arrays: dict[str, Any] = {}
        for name, layer in (("text", self.text), ("token", self.token)):
            arrays[f"{name}_hashed"] = _stepped(layer.hashed)
            arrays[f"{name}_vectors"] = layer.vectors.astype(np.float16)
            arrays[f"{name}_bias"] = layer.bias.astype(np.float16)
        for name, words in (("known", self.known), ("grammar", self.grammar)):
            arrays[name] = np.array("\n".join(sorted(words)))
        np.savez_compressed(path, **arrays)

    def view(self, found: Sequence[Token]) -> Seen:
        """A text as these weights see it."""
        return seen(found, self.known, self.grammar)

    def meaning(self, text: Seen) -> dict[str, float]:
        """How probable each of `MEANINGS` is."""
        return dict(zip(MEANINGS, map(float, self.text(*text_features(text))), strict=True))

    def parts(self, text: Seen) -> Numbers:
        """How probable each of `PARTS` is for each token: (tokens, 3)."""
        rows = [self.token(*token_features(text, at)) for at in range(len(text.forms))]
        return np.array(rows, np.float32).reshape(-1, len(PARTS))


@lru_cache(1)
def weights() -> Weights:
    """Those that come along."""
    return Weights.load(FILE)
