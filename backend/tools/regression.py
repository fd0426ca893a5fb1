"""Softmax regression with L2 on hashed features and vectors, fitted by L-BFGS. Needs numpy alone."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from sayso.wishes.features import Numbers

Floats = np.ndarray[Any, np.dtype[np.float64]]


def fit(
    rows: Sequence[tuple[list[int], Numbers]],
    labels: list[int],
    weights: list[float],
    size: int,
    classes: int,
    scale: float,
    penalty: float,
) -> tuple[Floats, Floats, Floats]:
    """Weights of hashed features (size, classes), of vectors (width, classes) and of nothing (classes,)."""
    lengths = np.array([len(ids) for ids, _ in rows])
    flat = np.concatenate([np.array(ids) for ids, _ in rows])
    owner = np.repeat(np.arange(len(rows)), lengths)
    value = (1 / np.sqrt(lengths))[owner]
    dense = np.array([vector for _, vector in rows], np.float64) * scale
    wanted = np.eye(classes)[labels]
    importance = np.array(weights)[:, None]
    width = dense.shape[1]
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])

    def loss(theta: Floats) -> tuple[float, Floats]:
        sparse, full, bias = _cut(theta, size, width, classes)
        scores = np.add.reduceat(sparse[flat] * value[:, None], starts, axis=0) + dense @ full + bias
        scores -= scores.max(1, keepdims=True)
        total = np.log(np.exp(scores).sum(1, keepdims=True))
        off = (np.exp(scores - total) - wanted) * importance
        cost = float(-(importance * wanted * (scores - total)).sum()) + penalty / 2 * float(
            theta[:-classes] @ theta[:-classes]
        )
        spread = off[owner] * value[:, None]
        back = np.stack([np.bincount(flat, spread[:, one], size) for one in range(classes)], 1)
        gradient = np.concatenate([back.ravel(), (dense.T @ off).ravel(), off.sum(0)])
        gradient[:-classes] += penalty * theta[:-classes]
        return cost, gradient

    sparse, full, bias = _cut(minimised(loss, (size + width + 1) * classes), size, width, classes)
    return sparse, full * scale, bias


def _cut(theta: Floats, size: int, width: int, classes: int) -> tuple[Floats, Floats, Floats]:
    first, second = size * classes, (size + width) * classes
    return theta[:first].reshape(size, classes), theta[first:second].reshape(width, classes), theta[second:]


def minimised(loss: Callable[[Floats], tuple[float, Floats]], size: int, memory: int = 12, rounds: int = 300) -> Floats:
    """Where `loss` is least, by L-BFGS from zero with halved steps."""
    theta = np.zeros(size)
    cost, gradient = loss(theta)
    pairs: list[tuple[Floats, Floats, float]] = []
    for _ in range(rounds):
        direction = gradient.copy()
        shares = []
        for step, change, product in reversed(pairs):
            share = (step @ direction) / product
            shares.append(share)
            direction -= share * change
        if pairs:
            step, change, product = pairs[-1]
            direction *= product / (change @ change)
        else:
            direction /= max(1.0, float(np.linalg.norm(gradient)))
        for (step, change, product), share in zip(pairs, reversed(shares), strict=True):
            direction += (share - (change @ direction) / product) * step
        slope = float(gradient @ direction)
        length = 1.0
        while True:
            new_cost, new_gradient = loss(theta - length * direction)
            if new_cost <= cost - 1e-4 * length * slope or length < 1e-8:
                break
            length /= 2
        step, change = -length * direction, new_gradient - gradient
        if step @ change > 1e-12:
            pairs = [*pairs[-memory + 1 :], (step, change, float(step @ change))]
        theta = theta + step
        if cost - new_cost < 1e-6 * abs(cost):
            break
        cost, gradient = new_cost, new_gradient
    return theta
