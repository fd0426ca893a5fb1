"""The last word on order: a model of the user's own reads the best statements of a part and scores them again."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from sayso.writers.extractive.choice import Scored, scaled
from sayso.writers.extractive.coverage import Floats

BEST = 30
"""Statements of a part that the model reads."""
SHARE = 0.3
"""What its score counts, against the one without it. More costs answers with a small model: the words know names."""


class Reranker(Protocol):
    """Scores texts by how well they answer a question. May take long; is called beside the event loop."""

    @property
    def name(self) -> str:
        """The model, for people."""
        ...

    def score(self, question: str, texts: Sequence[str]) -> Floats:
        """Shape (texts,), on any scale; the higher, the better."""
        ...


def reranked(ranked: Sequence[Scored], text: str, reranker: Reranker) -> list[Scored]:
    """`ranked`, its best `BEST` in the order that they have with the model; the others stay behind them.

    What is a match at all is not for the model to say: models differ in what their scores are worth.

    Args:
        text: what `ranked` was held against.
    """
    best = ranked[:BEST]
    if not best:
        return []
    said = reranker.score(text, [f"{each.read.above}. {each.read.text}" for each in best])
    scores = (1 - SHARE) * scaled(np.array([each.score for each in best])) + SHARE * scaled(said)
    again = [replace(each, score=float(score)) for each, score in zip(best, scores, strict=True)]
    return [*sorted(again, key=lambda each: -each.score), *ranked[BEST:]]
