"""What a question and its feedback ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.writing.aspects import MAX_QUERIES, aspects_of, excluded, feedback_aspects, plan, subject
from sayso.writing.terms import stem, words
from sayso.writing.writer import Assignment, Feedback


def topics(question: str) -> list[str]:
    return [aspect.topic for aspect in aspects_of(question)]


def test_sub_questions_and_what_their_pronouns_stand_for() -> None:
    assert topics("When does VACUUM FULL lock a table, and what does it do?") == [
        "When does VACUUM FULL lock a table",
        "What does VACUUM FULL do",
    ]
    assert topics("When should I use a Server Component and when a Client Component?") == [
        "When should I use a Server Component",
        "When should I use a Client Component",
    ]
    assert topics("How does Next.js decide what to cache?") == ["How does Next.js decide what to cache"]


def test_a_sub_question_is_searched_in_its_context() -> None:
    second = aspects_of("When does VACUUM FULL lock a table, and what are the alternatives?")[1]
    assert second.own == ("alternatives",)
    assert second.context == ("VACUUM", "FULL")
    assert "instead" in second.wider


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("When does VACUUM FULL lock a table?", "VACUUM FULL"),
        ("How does Next.js cache?", "Next.js"),
        ("Who was Grace Hopper?", "Grace Hopper"),
        ("How is a run resumed?", ""),
    ],
)
def test_the_name_a_question_is_about(question: str, name: str) -> None:
    assert subject(question) == name


def asked(text: str, question: str = "When does VACUUM FULL lock a table?") -> list[str]:
    searched = [query.text for query in plan(Assignment(question=question))]
    feedback = [Feedback(round=1, text=text)]
    return [
        query.text
        for query in plan(Assignment(question=question, round=2, feedback=feedback, searched=searched))
        if query.feedback == 1
    ]


@pytest.mark.parametrize(
    ("feedback", "word"),
    [
        ("What about pg_repack?", "pg_repack"),
        ("not enough on cost", "cost"),
        ("There is nothing about replication.", "replication"),
        ('Look for "maintenance windows" please', "maintenance windows"),
        ("no mention of technology", "technology"),
        ("Needs numbers", "seconds"),
    ],
)
def test_feedback_becomes_a_query_with_what_it_names(feedback: str, word: str) -> None:
    assert any(word in query for query in asked(feedback))


def test_feedback_points_become_headings_without_their_politeness() -> None:
    given = Feedback(round=1, text="Please add more about costs. What can run beside it?")
    aspects = feedback_aspects(given, "When does VACUUM lock?")
    assert [aspect.topic for aspect in aspects] == ["Costs", "What can run beside VACUUM"]


@pytest.mark.parametrize("feedback", ["", "too narrow", "Better sources please", "no"])
def test_feedback_that_names_nothing_searches_wider(feedback: str) -> None:
    question = "When does VACUUM FULL lock a table?"
    searched = [query.text for query in plan(Assignment(question=question))]
    again = plan(Assignment(question=question, round=2, feedback=[Feedback(round=1, text=feedback)], searched=searched))
    assert again
    assert all(query.feedback is None for query in again)


@pytest.mark.parametrize(
    ("feedback", "left_out"),
    [
        ("more on locks, without the pages router", [{"pag", "router"}]),
        ("ignore autovacuum please", [{"autovacuum"}]),
        ("not about replication, but about locks", [{"replication"}]),
        ("not enough on cost", []),
        ("no mention of technology", []),
    ],
)
def test_what_feedback_does_not_want(feedback: str, left_out: list[set[str]]) -> None:
    assert [set(each) for each in excluded([Feedback(round=1, text=feedback)])] == left_out


@given(st.lists(st.sampled_from(["", "more on costs", "too narrow", "Needs numbers", "pg_repack", "«?»"]), max_size=9))
def test_no_round_searches_again_what_was_searched(texts: list[str]) -> None:
    searched: list[str] = []
    feedback: list[Feedback] = []
    for number, text in enumerate([None, *texts], start=1):
        if text is not None:
            feedback.append(Feedback(round=number - 1, text=text))
        queries = plan(
            Assignment(
                question="When does VACUUM FULL lock a table, and why?",
                round=number,
                feedback=feedback,
                searched=searched,
            )
        )
        keys = [frozenset(map(stem, words(query.text))) for query in queries]
        assert len(queries) <= MAX_QUERIES
        assert len(set(keys)) == len(keys)
        assert not set(keys) & {frozenset(map(stem, words(each))) for each in searched}
        searched += [query.text for query in queries]


@given(st.text(min_size=1), st.text())
def test_any_question_and_any_feedback_can_be_planned(question: str, text: str) -> None:
    feedback = [Feedback(round=1, text=text)]
    for assignment in (Assignment(question=question), Assignment(question=question, round=2, feedback=feedback)):
        for query in plan(assignment):
            assert query.text.strip()
            assert len(query.topic) <= 100
