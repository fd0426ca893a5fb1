"""What another document says to what surely answers: who decides has to see it where two documents differ.

A second document says it in words of its own, often few ("Check-out: 10 a.m. at the latest"), and matches a question
far less well than what answers in whole sentences. It is told by being near to that answer too, and by giving a figure
where that gives one. Of 90 pairs of documents by two people on one matter, among 180 documents, the best by this is of
the other document of the pair for 80, and the statement that says it for 65; by its match alone for 77 and 53.
"""

from collections.abc import Sequence

import numpy as np

from sayso.language.counterparts import LANGUAGES, numbers_in_words
from sayso.language.meaning import LANGUAGE
from sayso.language.terms import words
from sayso.writers.extractive.choice import Scored
from sayso.writers.extractive.pool import Pool

KIN, FIGURES = 0.3, 0.2
"""What the cosine to the answer counts, and a figure where the answer has one, against the match."""
ON_IT = 0.6
"""The sum of these from which a statement is on the matter of the answer."""


def second_opinion(answer: Scored, ranked: Sequence[Scored], pool: Pool) -> Scored | None:
    """The statement of another document that most likely is on the matter of `answer`; None if none is."""
    others = [each for each in ranked if each.read.passage.uri != answer.read.passage.uri]
    if not others:
        return None
    opinion = np.array([each.match for each in others])
    if pool.language == LANGUAGE:
        opinion += KIN * (pool.vectors[[each.index for each in others]] @ pool.vectors[answer.index])
    if _has_figure(answer.read.text, pool.language):
        opinion += FIGURES * np.array([_has_figure(each.read.text, pool.language) for each in others])
    best = int(np.argmax(opinion))
    return others[best] if opinion[best] >= ON_IT else None


def _has_figure(text: str, language: str) -> bool:
    """Whether it has a figure, in digits or in words."""
    if any(map(str.isdigit, text)):
        return True
    spelled = numbers_in_words(language) if language in LANGUAGES else {}
    return any(word.lower() in spelled for word in words(text))
