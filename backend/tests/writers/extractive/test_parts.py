"""What a question and its feedback ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.tokens import tokens
from sayso.language.tongue import language_of
from sayso.wishes.feedback import Feedback
from sayso.wishes.points import points
from sayso.writers.extractive.parts import (
    LONG,
    MAX_PARTS,
    MAX_QUERIES,
    heading,
    literal,
    parts_of,
    parts_of_feedback,
    plan,
    topics_of,
)
from sayso.writers.port import Assignment

QUESTION = "When does VACUUM FULL lock a table?"


def topics(question: str) -> list[str]:
    return [part.topic for part in parts_of(question)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "When does VACUUM FULL lock a table, and what does it do?",
            ["When does VACUUM FULL lock a table", "What does it do"],
        ),
        (
            "How can a deadlock happen and how does PostgreSQL resolve it?",
            ["How can a deadlock happen", "How does PostgreSQL resolve it"],
        ),
        ("What is a shelf? Who locks it?", ["What is a shelf", "Who locks it"]),
        ("How does Next.js decide what to cache?", ["How does Next.js decide what to cache"]),
        ("How do I stop Linux from swapping?", ["How do I stop Linux from swapping"]),
        ("How does the system get out of a deadlock?", ["How does the system get out of a deadlock"]),
        ("At the weekend, whom do I call?", ["At the weekend, whom do I call"]),
        ("No heat since Friday, what number do I call?", ["No heat since Friday, what number do I call"]),
        ("In Lantern Hill, who wins and when does it end?", ["In Lantern Hill, who wins", "When does it end"]),
        ("What is a shelf, who locks it?", ["What is a shelf", "Who locks it"]),
        ("Salt and pepper: which is older?", ["Salt and pepper: which is older"]),
        ("Wie teuer ist es und was gehört dazu?", ["Wie teuer ist es", "Was gehört dazu"]),
        ("Gibt es einen Rabatt für Schüler oder Studenten?", ["Gibt es einen Rabatt für Schüler oder Studenten"]),
        ("Können Sie mir sagen, was der neue Pass kostet?", ["Können Sie mir sagen, was der neue Pass kostet"]),
        ("Gilt der Ausweis, bis ich einen neuen habe?", ["Gilt der Ausweis, bis ich einen neuen habe"]),
        ("¿Abre por la mañana y por la noche?", ["Abre por la mañana y por la noche"]),
        ("At this hour when and where does it meet?", ["At this hour when and where does it meet"]),
        ("Combien coûte la carte et comment la renouveler ?", ["Combien coûte la carte", "Comment la renouveler"]),
        ("¿Cuánto cuesta la tarjeta y cómo se renueva?", ["Cuánto cuesta la tarjeta", "Cómo se renueva"]),
        ("Quanto costa la tessera e come si rinnova?", ["Quanto costa la tessera", "Come si rinnova"]),
        ("Backups", ["Backups"]),
        ("pg_dump", ["pg_dump"]),
    ],
)
def test_parts_are_in_the_words_of_who_asked(question: str, expected: list[str]) -> None:
    assert topics(question) == expected


def test_a_part_that_points_back_is_held_against_what_it_points_to() -> None:
    first, second = parts_of("When does VACUUM FULL lock a table, and what does it do?")
    assert first.text == "When does VACUUM FULL lock a table"
    assert second.text.startswith(first.text)
    assert "what does it do" in second.text
    card = parts_of("Was kostet die Jahreskarte und wie lange gilt sie?")[1]
    assert "Jahreskarte" in card.text
    assert "Jahreskarte" not in parts_of("Was kostet die Jahreskarte und wo kann man Fahrräder parken?")[1].text
    own = parts_of("How does autovacuum work, and which settings limit replication slots?")[1]
    assert "autovacuum" not in own.text


def test_a_story_is_no_part_but_belongs_to_its_question() -> None:
    question = "Yesterday the store stopped. Nobody could read a shelf. What does SHELF_BUSY mean? How is a lock freed?"
    first, second = parts_of(question)
    assert (first.topic, second.topic) == ("What does SHELF_BUSY mean", "How is a lock freed")
    assert (first.text, second.text) == ("What does SHELF_BUSY mean?", "How is a lock freed?")
    assert (first.story, second.story) == ("Yesterday the store stopped. Nobody could read a shelf.", "")


def test_next_to_a_long_story_the_question_counts_by_itself_too() -> None:
    story = "At nine the alarm rang in the cellar and somebody went down to look at the barrels there. " * 8
    [part] = parts_of(f"{story}What does SHELF_BUSY mean?")
    assert (part.text, part.story.split()) == ("What does SHELF_BUSY mean?", story.split())
    assert 0 < part.alone < 1
    assignment = Assignment(question=f"{story}What does SHELF_BUSY mean?", round=1)
    assert [query.text for query in plan(assignment)] == [part.text, f"{part.story} {part.text}"]


def test_next_to_a_few_sentences_each_question_counts_by_itself_too() -> None:
    told = "This morning I hired a bike, and the rear tyre went flat ten kilometres outside the city, in the rain."
    first, second = parts_of(f"{told} Who comes to help with a tyre, and do I pay another day for it tomorrow?")
    assert (first.story, second.story) == (told, told)
    assert 0 < first.alone < 1
    assert 0 < second.alone < 1
    assert parts_of("The tyre is flat. Who comes to help with a tyre?")[0].alone == 0


def test_a_question_that_says_nothing_is_its_story() -> None:
    story = "Since the alarm rang in the cellar at nine no shelf can be read, and the barrels stay locked. " * 4
    for vague in ("Is that normal?", "How do I get out of this?"):
        question = f"{story}{vague}"
        assert parts_of(question)[0].alone == 0
        assert len(plan(Assignment(question=question, round=1))) == 1


def test_a_long_text_without_a_question_is_one_part() -> None:
    text = "The store stopped at nine, and what was on the shelves was lost; nobody knows how. " * 6
    assert len(text.split()) > LONG
    assert len(parts_of(text)) == 1


STORY = "I sit on the board of a traders' association. Everybody tells me to look at the town across the river. " * 3


def test_without_a_mark_the_sentences_that_ask_are_the_question() -> None:
    asked = "What I need to know is how they compensated the shops, and what went wrong with it at first."
    told = "I do not care how many passengers they have. Last week the fund was lost."
    [part] = parts_of(f"{STORY}{told} {asked} Please also say who paid for it.")
    assert part.text == f"{asked} Please also say who paid for it."
    assert "across the river" in part.story
    assert part.alone


def test_in_a_story_what_introduces_a_question_belongs_to_the_story() -> None:
    first, second = parts_of(
        f"{STORY}Before I print anything and get forty letters: how many trees are felled, and where does the other"
        " figure come from?"
    )
    assert (first.topic, second.topic) == ("How many trees are felled", "Where does the other figure come from")
    assert "forty letters" in first.story
    assert second.text.startswith("how many trees are felled"), "the other figure is one of these"


def test_there_are_not_too_many_parts_and_nothing_is_lost() -> None:
    words = ["locks", "shelves", "crates", "bottles", "ladders", "lanterns", "spiders", "barrels", "cheeses"]
    found = parts_of(" ".join(f"What do {word} cost in Ghent?" for word in words))
    assert len(found) == MAX_PARTS
    assert all(word in found[-1].text for word in words[MAX_PARTS - 1 :])


@given(st.text())
def test_any_text_has_a_part_with_its_words(text: str) -> None:
    found = parts_of(text)
    assert found
    for part in found:
        assert len(part.topic) <= 100
        assert "\n" not in part.topic
        kept = set("".join(part.topic.removesuffix(" …").split()).casefold())
        assert kept <= set("".join(text.split()).casefold()), "nothing is added"


def test_a_heading_is_short_and_without_politeness() -> None:
    assert heading("please tell me what a lock is?") == "What a lock is"
    assert heading("only the prices") == "The prices"
    assert heading("pg_repack") == "pg_repack"
    assert len(heading("word " * 100)) <= 92


def asked(text: str, question: str = QUESTION) -> list[str]:
    searched = [query.text for query in plan(Assignment(question=question))]
    feedback = [Feedback(round=1, text=text)]
    return [
        query.text
        for query in plan(Assignment(question=question, round=2, feedback=feedback, searched=searched))
        if query.feedback == 1
    ]


def test_a_question_of_several_parts_is_searched_by_each_and_as_a_whole() -> None:
    question = "How do I take a backup of a running server, and how can I restore it?"
    queries = plan(Assignment(question=question))
    assert [query.text for query in queries] == [*(part.text for part in parts_of(question)), question]
    assert [query.topic for query in queries] == [*topics(question), topics(question)[0]]


@pytest.mark.parametrize(
    ("feedback", "word"),
    [
        ("What about pg_repack?", "pg_repack"),
        ("not enough on lock timeouts", "lock timeouts"),
        ("There is nothing about streaming replication.", "streaming replication"),
        ('Look for "maintenance windows" please', "maintenance windows"),
        ("no mention of technology", "technology"),
        ("Was ist mit dem Standby-Server?", "Standby-Server"),
    ],
)
def test_feedback_is_searched_with_what_it_names_alone_and_beside_the_question(feedback: str, word: str) -> None:
    queries = asked(feedback)
    assert all(word in query for query in queries)
    assert any("VACUUM" not in query for query in queries)
    assert any("VACUUM" in query for query in queries)


def test_feedback_of_a_single_word_is_searched_beside_the_question() -> None:
    assert all("VACUUM" in query and "costs" in query for query in asked("more on costs"))


def test_feedback_points_become_headings_without_their_politeness() -> None:
    found = parts_of_feedback("Please add more about costs. What can run beside it?", 1, QUESTION)
    assert [(part.topic, part.feedback) for part in found] == [("Costs", 1), ("What can run beside it", 1)]
    assert "VACUUM FULL" in found[1].text, "it points back at the question"


@pytest.mark.parametrize("feedback", ["", "no", "?!"])
def test_feedback_that_names_nothing_searches_wider(feedback: str) -> None:
    searched = [query.text for query in plan(Assignment(question=QUESTION))]
    again = plan(Assignment(question=QUESTION, round=2, feedback=[Feedback(round=1, text=feedback)], searched=searched))
    assert again
    assert all(query.feedback is None for query in again)
    assert all(query.topic == "When does VACUUM FULL lock a table" for query in again)


def test_what_a_human_names_is_searched_for_in_those_words_and_beside_the_question() -> None:
    queries = literal(["pg_repack on 16"], 2, QUESTION)
    assert [query.text for query in queries] == ["pg_repack on 16", "VACUUM FULL lock table pg_repack on 16"]
    assert {(query.topic, query.feedback) for query in queries} == {("pg_repack on 16", 2)}


@given(st.lists(st.sampled_from(["", "more on costs", "too narrow", "Needs numbers", "pg_repack", "«?»"]), max_size=9))
def test_no_round_searches_again_what_was_searched(texts: list[str]) -> None:
    searched: list[str] = []
    feedback: list[Feedback] = []
    for number, text in enumerate([None, *texts], start=1):
        if text is not None:
            feedback.append(Feedback(round=number - 1, text=text))
        assignment = Assignment(
            question="When does VACUUM FULL lock a table, and why?", round=number, feedback=feedback, searched=searched
        )
        queries = plan(assignment)
        keys = [tuple(tokens(query.text, language_of(query.text))) for query in queries]
        assert len(queries) <= MAX_QUERIES
        assert len(set(keys)) == len(keys)
        assert not set(keys) & {tuple(tokens(each, language_of(each))) for each in searched}
        searched += [query.text for query in queries]


@given(st.text(min_size=1), st.text())
def test_any_question_and_any_feedback_can_be_planned(question: str, text: str) -> None:
    feedback = [Feedback(round=1, text=text)]
    for assignment in (Assignment(question=question), Assignment(question=question, round=2, feedback=feedback)):
        for query in plan(assignment):
            assert query.text.strip()
            assert len(query.topic) <= 100


def test_every_query_for_feedback_is_traced_to_its_point() -> None:
    wishes = ["more on costs", "What about pg_repack?", "replication and standby"]
    text = "\n".join(f"- {wish}" for wish in wishes)
    queries = plan(Assignment(question=QUESTION, round=2, feedback=[Feedback(round=1, text=text)]))
    by_point = {point: topics_of(point, QUESTION) for point in points(text)}
    told = [topic for own in by_point.values() for topic in own]
    assert len(set(told)) == len(told), "no topic belongs to two points"
    assert {query.topic for query in queries} == set(told)


def test_every_point_of_a_long_feedback_is_searched() -> None:
    wishes = ["costs", "pg_repack", "standby servers", "indexes", "toast", "freezing", "partitions", "statistics views",
              "free space map", "locks"]  # fmt: skip
    given_ = Feedback(round=1, text="\n".join(f"- more on {wish}" for wish in wishes))
    queries = plan(Assignment(question=QUESTION, round=2, feedback=[given_]))
    for wish in wishes:
        assert set(topics_of(f"more on {wish}", QUESTION)) & {query.topic for query in queries}
