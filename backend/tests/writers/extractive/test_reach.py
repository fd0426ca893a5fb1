"""What surely answers, and what is only near."""

from dataclasses import replace

import pytest

from sayso.language.meaning import LANGUAGE
from sayso.protocol.evidence import Place
from sayso.research.source import Passage
from sayso.writers.extractive.choice import scored
from sayso.writers.extractive.pool import MANY, Pool
from sayso.writers.extractive.reach import FAINT, OTHERS, answering, only_near
from sayso.writers.extractive.second import FIGURES, ON_IT, second_opinion

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


def test_of_a_few_passages_the_nearest_is_only_near_that_hardly_matches() -> None:
    pool = pool_of(2)
    best = scored(pool, QUESTIONS[0][0], lambda passage: 1.0)[0]
    assert only_near(replace(best, match=FAINT - 0.01), pool)
    assert not only_near(replace(best, match=FAINT), pool)


def test_in_a_language_without_vectors_the_words_tell() -> None:
    pool = pool_of(MANY, "de")
    assert only_near(scored(pool, "Wann fährt das Schiff ferry?", lambda passage: 1.0)[0], pool)
    assert not only_near(scored(pool, "Ferry island?", lambda passage: 1.0)[0], pool)


def _shown(question: str, *passages: Passage) -> list[str]:
    others = [
        Passage(
            kind="library", uri=f"{n}.md", title=f"Note {n}", text=f"Orchard {n} was planted with {n} rows of pears."
        )
        for n in range(MANY)
    ]
    pool = Pool([*passages, *others], LANGUAGE)
    found = scored(pool, question, lambda passage: 1.0 if passage in passages else 0.0)
    return [each.read.text for each in answering(found, found, pool, question)]


def _page(uri: str, text: str, heading: str = "") -> Passage:
    return Passage(kind="library", uri=uri, title=uri, text=text, place=Place(heading=heading or None))


@pytest.mark.parametrize(
    ("matches", "shown"),
    [
        # What looks sure may not be what was meant: two others are shown.
        ([0.7, 0.46, 0.46, 0.46, 0.46], 1 + OTHERS),
        ([0.57, 0.48, 0.48, 0.48, 0.48], 5),
        ([0.5, 0.4, 0.3, 0.3, 0.3], 5),
    ],
    ids=["far behind a sure answer", "close to it", "nothing is sure"],
)
def test_beside_a_sure_answer_few_others_are_shown_that_are_only_near(matches: list[float], shown: int) -> None:
    pool = pool_of(MANY)
    found = scored(pool, QUESTIONS[0][0], lambda passage: 1.0)
    ranked = [replace(each, match=match) for each, match in zip(found, matches, strict=False)]
    assert answering(ranked, ranked, pool, QUESTIONS[0][0]) == ranked[:shown]


def test_beside_the_answer_on_what_is_named_what_is_near_has_to_name_it_too() -> None:
    right = _page("errors.md", "E-18 means that the drain of the washer is blocked.", "E-18")
    named = _page("errors.md", "Clean the pump of the washer.", "E-18")
    other = _page("errors.md", "E-24 is an error of the door.", "E-24")
    assert _shown("What does error E-18 of the washer in the cellar of the house mean?", right, named, other) == [
        right.text,
        named.text,
    ]
    assert other.text in _shown("What does the error of the washer in the cellar mean?", right, named, other)


GUEST = "A guest of a member plays a game of tennis on any free court for 8 pounds."
CHARGES = "Charges of the club\nThe pears are ripe.\nGuest of a member, one session: 11.50\nBring a coat."


def test_what_another_document_says_of_it_in_few_words_is_shown_beside_a_sure_answer() -> None:
    question = "What does a guest of a member pay for a game of tennis on a free court?"
    own, other = _page("handbook.md", GUEST), _page("charges.md", CHARGES)
    assert _shown(question, own, other) == [GUEST, "Guest of a member, one session: 11.50"]


def test_what_is_on_nothing_of_it_is_not() -> None:
    question = "What does a guest of a member pay for a game of tennis on a free court?"
    assert _shown(question, _page("handbook.md", GUEST), _page("pears.md", "The pears are ripe.")) == [GUEST]


def test_in_another_language_a_figure_in_words_tells_it() -> None:
    pool = Pool([_page("a.md", "Fundsachen liegen 14 Tage."), _page("b.md", "Nach zwei Wochen sind sie fort.")], "de")
    found = scored(pool, "Wie lange liegen Fundsachen?", lambda passage: 1.0)
    matched = [replace(each, match=match) for each, match in zip(found, (0.9, ON_IT - FIGURES), strict=True)]
    assert second_opinion(matched[0], matched, pool) == matched[1]
    less = [replace(each, match=each.match - 0.01) for each in matched]
    assert second_opinion(less[0], less, pool) is None
