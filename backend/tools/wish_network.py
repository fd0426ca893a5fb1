"""Learns a network that reads prose (`sayso.wishes.network`): a forward pass over many texts, its gradient, and AdamW.

Needs numpy alone. Loshchilov and Hutter 2019 for AdamW; the gradient is the chain rule back through time, and
`tests/wishes/test_network.py` holds it against differences.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sayso.language.meaning import embedded
from sayso.wishes.features import Ids, Numbers, groups_of
from sayso.wishes.network import FORM, LETTERS_SCALE, STATE, VECTOR, shapes, sigmoid, softmax

Floats = np.ndarray[Any, Any]
PART_WEIGHT = 1.5
"""Of what the tokens are against what the text means."""
DECAY, CLIP = 1e-2, 1.0
BATCH, AT_ONCE = 128, 20
"""Texts a step, and steps whose texts are put together by length."""
DROPOUT, UNKNOWN = 0.4, 0.12
"""Shares of what is left out of a step: of inputs and states, and of known forms, which are then open ones."""
_OPEN, _SIGN = 0, 1
"""Numbers of the forms of what is not known."""
_BETAS, _EPSILON = (0.9, 0.999), 1e-8


@dataclass(frozen=True)
class Texts:
    """Texts of one length or less, padded: (texts, tokens) each, but for what belongs to a whole text."""

    forms: Ids
    words: Ids
    """Numbers of words in `vectors` and `groups`, of which 0 is none."""
    mask: Numbers
    parts: Ids
    meanings: Ids
    weights: Numbers
    vectors: Numbers
    """(words, WIDTH)."""
    groups: Ids
    """(words, GROUPS_A_WORD)."""

    def some(self, which: Floats) -> "Texts":
        """The texts `which`, not longer than the longest of them."""
        long = int(self.mask[which].sum(1).max())
        forms, words, parts = (each[which][:, :long] for each in (self.forms, self.words, self.parts))
        used, at = np.unique(words, return_inverse=True)
        whole = self.meanings[which], self.weights[which], self.vectors[used], self.groups[used]
        return Texts(forms, np.asarray(at, np.int32).reshape(words.shape), self.mask[which][:, :long], parts, *whole)


def texts(rows: Sequence[tuple[Sequence[int], Sequence[str], Sequence[int], int, float]]) -> Texts:
    """From each text's known forms, words, parts, meaning and weight."""
    words = ["", *sorted({word for row in rows for word in row[1] if word})]
    numbers = {word: at for at, word in enumerate(words)}
    size = len(rows), max(len(row[0]) for row in rows)
    forms, said, parts = (np.zeros(size, np.int32) for _ in range(3))
    mask = np.zeros(size, np.float32)
    for at, row in enumerate(rows):
        long = len(row[0])
        forms[at, :long], said[at, :long], parts[at, :long] = row[0], [numbers[word] for word in row[1]], row[2]
        mask[at, :long] = 1
    meanings, weights = np.array([row[3] for row in rows], np.int32), np.array([row[4] for row in rows], np.float32)
    groups = np.array([groups_of(word) for word in words], np.int32)
    return Texts(forms, said, mask, parts, meanings, weights, embedded(words), groups)


def first(known: int, meanings: int, parts: int, rng: np.random.Generator) -> dict[str, Floats]:
    """A network that has learned nothing yet."""
    found = {}
    for name, shape in shapes(known, meanings, parts).items():
        scale = {"forms": 0.3, "vectors": 0.5, "letters": 0.2}.get(name, shape[0] ** -0.5)
        bias = name.endswith("bias")
        found[name] = np.zeros(shape, np.float32) if bias else (rng.normal(size=shape) * scale).astype(np.float32)
    return found


def learned(net: dict[str, Floats], epochs: Iterator[Texts], steps: int, rate: float, rng: np.random.Generator) -> None:
    """Change `net` by what `epochs` hold, over `steps` steps in which `rate` falls to 0 by half a cosine.

    Args:
        net: the arrays of a network, changed in place.
        epochs: texts, each time all of them.
        steps: of all epochs together.
        rate: of the first step.
        rng: for the order and for what is left out.
    """
    first_moment, second_moment = ({name: np.zeros_like(array) for name, array in net.items()} for _ in range(2))
    at = 0
    for everything in epochs:
        for which in _batches(everything, rng):
            batch = everything.some(which)
            hidden = (rng.random(batch.forms.shape) < UNKNOWN) & (batch.forms > _SIGN)
            batch.forms[hidden] = _OPEN
            gradient = slope(net, batch, rng)[1]
            long = float(np.sqrt(sum(float((each**2).sum()) for each in gradient.values())))
            now = rate * 0.5 * (1 + np.cos(np.pi * min(1.0, at / steps)))
            at += 1
            for name, array in net.items():
                own = gradient[name] * min(1.0, CLIP / (long + _EPSILON))
                first_moment[name] += (1 - _BETAS[0]) * (own - first_moment[name])
                second_moment[name] += (1 - _BETAS[1]) * (own**2 - second_moment[name])
                mean, spread = (
                    moment[name] / (1 - beta**at)
                    for moment, beta in zip((first_moment, second_moment), _BETAS, strict=True)
                )
                array -= (now * (mean / (np.sqrt(spread) + _EPSILON) + DECAY * array)).astype(np.float32)


def _batches(everything: Texts, rng: np.random.Generator) -> Iterator[Floats]:
    order = rng.permutation(len(everything.forms))
    long = everything.mask.sum(1)
    for start in range(0, len(order), BATCH * AT_ONCE):
        part = order[start : start + BATCH * AT_ONCE]
        part = part[np.argsort(long[part], kind="stable")]
        cuts = [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
        yield from (cuts[at] for at in rng.permutation(len(cuts)))


def slope(
    net: Mapping[str, Floats], batch: Texts, rng: np.random.Generator | None = None
) -> tuple[float, dict[str, Floats]]:
    """The loss of `net` on `batch` and its gradient; with `rng` some of what enters and comes out is left out."""
    back: dict[str, Floats] = {}
    many = len(batch.forms)
    mask = batch.mask[..., None]
    tokens = Tokens(net, batch)
    kept_row = _kept(tokens.found.shape, rng)
    row = tokens.found * kept_row
    units = [Unit(net, "onward", row, mask), Unit(net, "back", row[:, ::-1], mask[:, ::-1])]
    states = np.concatenate([units[0].found, units[1].found[:, ::-1]], 2)
    kept_states = _kept(states.shape, rng)
    states = states * kept_states
    greatest = np.where(mask > 0, states, -np.inf).argmax(1)[:, None]
    lengths = batch.mask.sum(1, keepdims=True)
    pooled = np.concatenate(
        [np.take_along_axis(states, greatest, 1)[:, 0], (states * mask).sum(1) / lengths],
        1,
    )
    hidden = np.tanh(pooled @ net["hidden"] + net["hidden_bias"])
    meanings = softmax(hidden @ net["meaning"] + net["meaning_bias"])
    parts = softmax(states @ net["part"] + net["part_bias"])
    # Of the parts only where something is left out.
    weight = (batch.weights / many)[:, None]
    part_weight = PART_WEIGHT * weight * (batch.meanings < 2)[:, None] * batch.mask / lengths
    loss, off = _off(meanings, batch.meanings, weight[:, 0])
    part_loss, off_parts = _off(parts, batch.parts, part_weight)
    back["meaning"], back["meaning_bias"] = hidden.T @ off, off.sum(0)
    inner = (off @ net["meaning"].T) * (1 - hidden**2)
    back["hidden"], back["hidden_bias"] = pooled.T @ inner, inner.sum(0)
    back["part"], back["part_bias"] = _product(states, off_parts), off_parts.sum((0, 1))
    to_pooled = inner @ net["hidden"].T
    to_states = off_parts @ net["part"].T + (to_pooled[:, None, 2 * STATE :] / lengths[..., None]) * mask
    spread = np.take_along_axis(to_states, greatest, 1) + to_pooled[:, None, : 2 * STATE]
    np.put_along_axis(to_states, greatest, spread, 1)
    to_states *= kept_states
    to_row = units[0].back(to_states[..., :STATE], back) + units[1].back(to_states[:, ::-1, STATE:], back)[:, ::-1]
    tokens.back(to_row * kept_row, back)
    return loss + part_loss, back


def _off(odds: Floats, labels: Ids, weights: Floats) -> tuple[float, Floats]:
    """The cross entropy of probabilities, and what it has from the scores that they were made of."""
    own = np.take_along_axis(odds, labels[..., None], -1)
    off = odds * weights[..., None]
    np.put_along_axis(off, labels[..., None], (own - 1) * weights[..., None], -1)
    return -float((np.log(own[..., 0] + 1e-12) * weights).sum()), off


class Tokens:
    """What enters the units of each token of a batch: (texts, tokens, FORM + VECTOR + LETTERS)."""

    def __init__(self, net: Mapping[str, Floats], batch: Texts) -> None:
        self._net, self._batch = net, batch
        self._vectors = np.tanh(batch.vectors @ net["vectors"])
        self._has = (batch.groups > 0)[..., None]
        letters = (net["letters"][batch.groups] * self._has).sum(1) * LETTERS_SCALE
        self._words = np.concatenate([self._vectors, letters], 1)
        self.found = np.concatenate([net["forms"][batch.forms], self._words[batch.words]], 2)

    def back(self, to_found: Floats, gradient: dict[str, Floats]) -> None:
        """Add to `gradient` what the loss has from the arrays that make tokens, from what it has from `found`."""
        batch = self._batch
        for name in ("forms", "letters"):
            gradient[name] = np.zeros_like(self._net[name])
        np.add.at(gradient["forms"], batch.forms.ravel(), to_found[..., :FORM].reshape(-1, FORM))
        to_words = np.zeros_like(self._words)
        np.add.at(to_words, batch.words.ravel(), to_found[..., FORM:].reshape(-1, to_words.shape[1]))
        gradient["vectors"] = batch.vectors.T @ (to_words[:, :VECTOR] * (1 - self._vectors**2))
        to_letters = np.repeat(to_words[:, None, VECTOR:] * LETTERS_SCALE, batch.groups.shape[1], 1) * self._has
        np.add.at(gradient["letters"], batch.groups.ravel(), to_letters.reshape(-1, to_letters.shape[2]))


class Unit:
    """One direction over a batch, with what its gradient needs."""

    def __init__(self, net: Mapping[str, Floats], way: str, row: Floats, mask: Floats) -> None:
        self._net, self._way, self._row, self._mask = net, way, row, mask
        many, long, _ = row.shape
        entering = row @ net[f"{way}_input"] + net[f"{way}_bias"]
        self.found = np.zeros((many, long, STATE), row.dtype)
        self._gates, self._inner, self._new = [], [], []
        state = np.zeros((many, STATE), row.dtype)
        for at in range(long):
            inner = state @ net[f"{way}_state"]
            gates = sigmoid(entering[:, at, : 2 * STATE] + inner[:, : 2 * STATE])
            new = np.tanh(entering[:, at, 2 * STATE :] + gates[:, :STATE] * inner[:, 2 * STATE :])
            there = self._mask[:, at]
            state = there * (new + gates[:, STATE:] * (state - new)) + (1 - there) * state
            self.found[:, at] = state
            self._gates.append(gates)
            self._inner.append(inner[:, 2 * STATE :])
            self._new.append(new)

    def back(self, to_found: Floats, gradient: dict[str, Floats]) -> Floats:
        """What the loss has from each input, from what it has from each state; the unit's own goes to `gradient`."""
        matrix = self._net[f"{self._way}_state"]
        many, long, _ = self._row.shape
        to_entering = np.zeros((many, long, 3 * STATE), self._row.dtype)
        to_inner = np.zeros_like(to_entering)
        before = np.concatenate([np.zeros((many, 1, STATE), self._row.dtype), self.found[:, :-1]], 1)
        later = np.zeros((many, STATE), self._row.dtype)
        for at in range(long - 1, -1, -1):
            there, gates, new = self._mask[:, at], self._gates[at], self._new[at]
            reset, stay = gates[:, :STATE], gates[:, STATE:]
            whole = later + to_found[:, at]
            own = whole * there
            to_new = own * (1 - stay) * (1 - new**2)
            to_stay = own * (before[:, at] - new) * stay * (1 - stay)
            to_reset = to_new * self._inner[at] * reset * (1 - reset)
            to_entering[:, at] = np.concatenate([to_reset, to_stay, to_new], 1)
            to_inner[:, at] = np.concatenate([to_reset, to_stay, to_new * reset], 1)
            later = to_inner[:, at] @ matrix.T + own * stay + whole * (1 - there)
        gradient[f"{self._way}_state"] = _product(before, to_inner)
        gradient[f"{self._way}_input"] = _product(self._row, to_entering)
        gradient[f"{self._way}_bias"] = to_entering.sum((0, 1))
        return to_entering @ self._net[f"{self._way}_input"].T


def _product(left: Floats, right: Floats) -> Floats:
    return np.asarray(left.reshape(-1, left.shape[-1]).T @ right.reshape(-1, right.shape[-1]))


def _kept(shape: tuple[int, ...], rng: np.random.Generator | None) -> Floats | float:
    if rng is None:
        return 1.0
    return (rng.random(shape, np.float32) >= DROPOUT).astype(np.float32) / np.float32(1 - DROPOUT)
