"""The network that reads prose: that it learns by its own gradient, and reads a text alone as it did among others."""

import numpy as np
import pytest
from tools.wish_network import Floats, Texts, first, slope, texts

from sayso.wishes.features import OPEN, SIGN, seen
from sayso.wishes.learned import Weights
from sayso.wishes.network import read, shapes
from sayso.wishes.tokens import tokens
from tools import wish_network

KNOWN = [OPEN, SIGN, "drop", "only", "and", "not", ",", "please"]
ROWS = [
    ([2, 0, 7], ["drop", "prices", "please"], [0, 1, 0], 0, 1.0),
    ([3, 0, 6, 5, 0], ["only", "cats", "", "not", "dogs"], [0, 2, 0, 0, 1], 1, 0.5),
    ([0], ["hens"], [2], 2, 1.5),
]


@pytest.fixture
def batch() -> Texts:
    return texts(ROWS)


@pytest.fixture
def net() -> dict[str, Floats]:
    fresh = first(len(KNOWN), 6, 3, np.random.default_rng(3))
    return {name: array.astype(np.float64) for name, array in fresh.items()}


def test_a_network_has_the_arrays_that_it_is_read_by(net: dict[str, Floats]) -> None:
    assert {name: array.shape for name, array in net.items()} == shapes(len(KNOWN), 6, 3)


@pytest.mark.parametrize("name", sorted(shapes(len(KNOWN), 6, 3)))
def test_the_gradient_is_that_of_the_loss(name: str, net: dict[str, Floats], batch: Texts) -> None:
    gradient = slope(net, batch)[1][name].ravel()
    flat = net[name].reshape(-1)
    for at in np.argsort(-abs(gradient))[:5]:
        before = flat[at]
        around = []
        for step in (1e-5, -1e-5):
            flat[at] = before + step
            around.append(slope(net, batch)[0])
        flat[at] = before
        assert gradient[at] == pytest.approx((around[0] - around[1]) / 2e-5, rel=1e-3, abs=1e-7)


def test_a_text_is_read_alone_as_among_others(net: dict[str, Floats], batch: Texts) -> None:
    numbers = {form: at for at, form in enumerate(KNOWN)}
    loss = 0.0
    for text, (_, _, marks, meaning, weight) in zip(
        ("drop prices please", "only cats, not dogs", "hens"), ROWS, strict=True
    ):
        meanings, parts = read(net, seen(tokens(text), numbers, frozenset({"only", "and", "not"})))
        loss -= weight / len(ROWS) * np.log(meanings[meaning])
        if meaning < 2:
            own = -np.log(parts[np.arange(len(marks)), marks]).mean()
            loss += weight / len(ROWS) * wish_network.PART_WEIGHT * own
    assert loss == pytest.approx(slope(net, batch)[0], rel=1e-5)


def test_what_it_is_shown_it_learns() -> None:
    rng = np.random.default_rng(5)
    net = first(len(KNOWN), 6, 3, rng)
    many = texts(ROWS * 40)
    wish_network.learned(net, iter([many] * 60), 60, 3e-3, rng)
    weights = Weights.of(net, KNOWN, ["only", "and", "not"])
    for text, meaning in (("drop tables please", "unwanted"), ("only mice, not rats", "both"), ("geese", "wanted")):
        found, _ = weights.read(weights.view(tokens(text)))
        assert max(found, key=lambda name: found[name]) == meaning
