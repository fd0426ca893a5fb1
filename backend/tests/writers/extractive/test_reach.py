"""What surely answers, and what is only near."""

import pytest

from sayso.language.meaning import LANGUAGE
from sayso.research.source import Passage
from sayso.writers.extractive.choice import scored
from sayso.writers.extractive.pool import MANY, Pool
from sayso.writers.extractive.reach import only_near

ANSWER = "The ferry to the island leaves from the eastern pier at noon."
QUESTIONS = [
    ("When does the ferry to the island leave?", False),
    ("Which boat do I take if I want to get across before the afternoon?", True),
]


def pool_of(others: int, language: str = LANGUAGE) -> Pool:
    texts = [ANSWER, *(f"Orchard {n} was planted with {n} rows of pears by the gardener." for n in range(others))]
    passages = [Passage(kind="library", uri=f"{n}.md", title=f"Note {n}", text=text) for n, text in enumerate(texts)]
    return Pool(passages, language)


@pytest.mark.parametrize(("question", "near"), QUESTIONS)
def test_of_much_that_was_read_what_hardly_matches_is_only_near(question: str, near: bool) -> None:
    pool = pool_of(MANY)
    best = scored(pool, question, lambda passage: 1.0)[0]
    assert best.read.text == ANSWER
    assert only_near(best, pool) == near


@pytest.mark.parametrize("question", [question for question, _ in QUESTIONS])
def test_of_a_few_passages_the_nearest_answers(question: str) -> None:
    pool = pool_of(2)
    assert not only_near(scored(pool, question, lambda passage: 1.0)[0], pool)


def test_in_a_language_without_vectors_the_words_tell() -> None:
    pool = pool_of(MANY, "de")
    assert only_near(scored(pool, "Wann fährt das Schiff ferry?", lambda passage: 1.0)[0], pool)
    assert not only_near(scored(pool, "Ferry island?", lambda passage: 1.0)[0], pool)
