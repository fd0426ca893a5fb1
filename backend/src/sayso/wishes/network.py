"""The network by which prose is read: a gated recurrent unit in each direction over the tokens of a text.

Each token enters by its known form, its word's vector and the letters of its word. What both units make of it tells
what the token is; the greatest and the mean of that over all tokens tell what the text means. After Cho et al. 2014,
with the reset gate behind the matrix, as Keras and PyTorch have it. `tools/wish_network.py` learns it.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np

from sayso.language.meaning import WIDTH
from sayso.wishes.features import GROUPS, Numbers, Seen

Array: TypeAlias = "np.ndarray[Any, Any]"
Arrays: TypeAlias = Mapping[str, Array]
FORM, VECTOR, LETTERS, STATE, HIDDEN = 32, 48, 16, 64, 64
"""Numbers of a known form, a word's vector, its letters, a unit's state, and the layer below the meanings."""
LETTERS_SCALE = np.float32(1 / 3)
DIRECTIONS = ("onward", "back")


def shapes(known: int, meanings: int, parts: int) -> dict[str, tuple[int, ...]]:
    """The arrays of a network, with their shapes."""
    found: dict[str, tuple[int, ...]] = {
        "forms": (known, FORM),
        "vectors": (WIDTH, VECTOR),
        "letters": (GROUPS, LETTERS),
        "part": (2 * STATE, parts),
        "part_bias": (parts,),
        "hidden": (4 * STATE, HIDDEN),
        "hidden_bias": (HIDDEN,),
        "meaning": (HIDDEN, meanings),
        "meaning_bias": (meanings,),
    }
    for way in DIRECTIONS:
        found[f"{way}_input"] = (FORM + VECTOR + LETTERS, 3 * STATE)
        found[f"{way}_state"] = (STATE, 3 * STATE)
        found[f"{way}_bias"] = (3 * STATE,)
    return found


def read(arrays: Arrays, text: Seen) -> tuple[Numbers, Numbers]:
    """Probabilities of the meanings of `text`, and of the parts of each token: (meanings,), (tokens, parts)."""
    rows = states(arrays, text)
    parts = softmax(rows @ arrays["part"] + arrays["part_bias"])
    if not len(rows):
        rows = np.zeros((1, 2 * STATE), np.float32)
    pooled = np.concatenate([rows.max(0), rows.mean(0)])
    hidden = np.tanh(pooled @ arrays["hidden"] + arrays["hidden_bias"])
    return softmax(hidden @ arrays["meaning"] + arrays["meaning_bias"]), parts


def states(arrays: Arrays, text: Seen) -> Numbers:
    """What both units make of each token: (tokens, 2 * STATE)."""
    letters = arrays["letters"][text.groups] * (text.groups > 0)[..., None]
    words = np.tanh(text.vectors @ arrays["vectors"]), letters.sum(1) * LETTERS_SCALE
    row = np.concatenate([arrays["forms"][text.ids], *words], 1)
    onward, back = (_unit(arrays, way, row if way == "onward" else row[::-1]) for way in DIRECTIONS)
    return np.concatenate([onward, back[::-1]], 1)


def _unit(arrays: Arrays, way: str, row: Numbers) -> Numbers:
    entering = row @ arrays[f"{way}_input"] + arrays[f"{way}_bias"]
    matrix = arrays[f"{way}_state"]
    state = np.zeros(STATE, np.float32)
    found = np.zeros((len(row), STATE), np.float32)
    for at, own in enumerate(entering):
        inner = state @ matrix
        gates = sigmoid(own[: 2 * STATE] + inner[: 2 * STATE])
        new = np.tanh(own[2 * STATE :] + gates[:STATE] * inner[2 * STATE :])
        state = found[at] = new + gates[STATE:] * (state - new)
    return found


def sigmoid(scores: Array) -> Array:
    """1 / (1 + exp(-scores)), without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * scores)))


def softmax(scores: Array) -> Array:
    """Probabilities by the last axis."""
    odds = np.exp(scores - scores.max(-1, keepdims=True)) if scores.size else scores
    return np.asarray(odds / odds.sum(-1, keepdims=True))
