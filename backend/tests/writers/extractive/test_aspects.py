"""What a question and its feedback ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sayso.writers.extractive.aspects import (
    MAX_QUERIES,
    aspects_of,
    excluded,
    feedback_aspects,
    plan,
    points,
    subject,
    topics_of,
)
from sayso.writers.extractive.subject import subject_phrase

from sayso.language.terms import stem, words
from sayso.wishes.feedback import Feedback
from sayso.wishes.points import MAX_POINTS
from sayso.writers.port import Assignment


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


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How can a deadlock happen and how does PostgreSQL resolve it?",
         ["How can a deadlock happen", "How does PostgreSQL resolve deadlock"]),
        ("How does row level security work and what are its limitations?",
         ["How does row level security work", "What are row level security’s limitations"]),
        ("What does autovacuum do and how do I tune it?", ["What does autovacuum do", "How do I tune autovacuum"]),
    ],
)  # fmt: skip
def test_a_pronoun_stands_for_what_the_first_sub_question_is_about(question: str, expected: list[str]) -> None:
    assert topics(question) == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("How can a deadlock happen", "deadlock"),
        ("How does the planner choose an index", "planner"),
        ("What are the transaction isolation levels", "transaction isolation levels"),
        ("How do I take a backup", ""),
        ("Backups", ""),
    ],
)
def test_what_a_question_is_about_by_its_grammar(clause: str, expected: str) -> None:
    assert subject_phrase(clause) == expected


def test_a_sub_question_with_words_of_its_own_is_searched_by_them() -> None:
    question = "How do I take a consistent backup of a running server, and how can I restore to a point in time?"
    assert any(query.text == "restore point time" for query in plan(Assignment(question=question)))


def test_a_word_is_searched_by_one_that_stands_for_it_at_a_time() -> None:
    searched = [query.text for query in plan(Assignment(question="What are the limits of logical replication?"))]
    assert "logical replication restriction" in searched


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("More on costs", ["More on costs"]),
        ("More on costs. What about pg_repack?", ["More on costs.", "What about pg_repack?"]),
        ("- more on costs\n- pg_repack\n\n* locks", ["more on costs", "pg_repack", "locks"]),
        ("1. more on costs\n2) pg_repack", ["more on costs", "pg_repack"]),
        ("more on costs; pg_repack;", ["more on costs", "pg_repack"]),
        ('Look for "a; b" please', ['Look for "a; b" please']),
        (
            "I should like to know more about what the compaction of a shelf\ncosts in the end\nlocks",
            ["I should like to know more about what the compaction of a shelf costs in the end", "locks"],
        ),
        ("Use version 4.2 of it, e.g. for locks.", ["Use version 4.2 of it, e.g. for locks."]),
        ("", []),
        (" \n - \n", []),
    ],
)
def test_feedback_in_points(text: str, expected: list[str]) -> None:
    assert points(text) == expected


@given(st.text(max_size=300))
def test_points_are_in_the_words_of_their_author(text: str) -> None:
    found = points(text)
    assert len(found) <= MAX_POINTS
    told = iter(text.replace("\0", ";"))
    for char in "".join("".join(found).split()):
        assert any(other == char for other in told), "in their order, nothing added"


def test_the_last_point_holds_what_there_are_too_many_of() -> None:
    found = points("\n".join(f"- topic{n}" for n in range(30)))
    assert len(found) == MAX_POINTS
    assert found[-1].endswith("topic29")


def test_every_query_for_feedback_is_traced_to_its_point() -> None:
    question = "When does VACUUM FULL lock a table?"
    wishes = [
        "more on costs",
        "What about pg_repack?",
        "Needs numbers",
        "only 2020 and later",
        "replication and standby",
    ]
    text = "\n".join(f"- {wish}" for wish in wishes)
    queries = plan(Assignment(question=question, round=2, feedback=[Feedback(round=1, text=text)]))
    by_point = {point: topics_of(point, question) for point in points(text)}
    assert by_point["only 2020 and later"] == []
    assert all(by_point[point] for point in by_point if point != "only 2020 and later")
    told = [topic for own in by_point.values() for topic in own]
    assert len(set(told)) == len(told), "no topic belongs to two points"
    assert {query.topic for query in queries} == set(told)


def test_every_point_of_a_long_feedback_is_searched() -> None:
    wishes = ["costs", "pg_repack", "standby servers", "indexes", "toast", "freezing", "partitions", "statistics views",
              "free space map", "locks"]  # fmt: skip
    given_ = Feedback(round=1, text="\n".join(f"- more on {wish}" for wish in wishes))
    question = "When does VACUUM FULL lock a table?"
    queries = plan(Assignment(question=question, round=2, feedback=[given_]))
    for wish in wishes:
        assert set(topics_of(f"more on {wish}", question)) & {query.topic for query in queries}


def test_wishes_about_the_writing_are_not_searched_for() -> None:
    assert topics_of("Shorter, please.", "When does VACUUM FULL lock a table?") == []
    assert asked("Make it shorter. More on costs.") == asked("More on costs.")
