"""Sentences of a passage: where they stand, and which of them can stand alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.sentences import readable, split, statements

TEXT = (
    "Good to know: Plain VACUUM takes no exclusive lock. This form runs beside reads and writes.\n"
    "• Granular caching. Cache a function with `use cache`, not a route.\n"
    "See Section 24.1 for details. What does it cost?\n"
    "```\nSELECT 1; -- not prose at all.\n```\n"
    "The `FULL` option rewrites the whole table, which e.g. doubles the space it needs."
)


def one(text: str) -> bool:
    return split(text)[0].stands


def test_sentences_are_found_across_lines_lists_and_code() -> None:
    assert [sentence.text for sentence in split(TEXT)] == [
        "Good to know: Plain VACUUM takes no exclusive lock.",
        "This form runs beside reads and writes.",
        "Granular caching.",
        "Cache a function with `use cache`, not a route.",
        "See Section 24.1 for details.",
        "What does it cost?",
        "The `FULL` option rewrites the whole table, which e.g. doubles the space it needs.",
    ]


def test_statements_join_a_sentence_that_leans_on_the_one_before() -> None:
    assert [sentence.readable for sentence in statements(TEXT)] == [
        "Plain VACUUM takes no exclusive lock.",
        "This form runs beside reads and writes.",
        "Cache a function with `use cache`, not a route.",
        "The `FULL` option rewrites the whole table, which e.g. doubles the space it needs.",
        "Good to know: Plain VACUUM takes no exclusive lock. This form runs beside reads and writes.".removeprefix(
            "Good to know: "
        ),
    ]


@given(st.text(alphabet=st.sampled_from("ab .!?\n•-*`#|12。"), max_size=200) | st.text(max_size=200))
def test_every_sentence_is_where_it_says(text: str) -> None:
    end = 0
    for index, sentence in enumerate(split(text)):
        assert sentence.index == index
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""
        assert sentence.start >= end
        end = sentence.end
    for sentence in statements(text):
        assert text[sentence.start : sentence.end] == sentence.text


@pytest.mark.parametrize(
    "text",
    [
        "Installing the server",
        "For more information about locks, see the chapter on locking.",
        "const lock = await table.acquire({ mode: 'full' });",
        "and then it takes the lock on the table again.",
        "Does the command take a lock on the table?",
        "One | Two | Three columns of a table that went wrong.",
        "This page covers the locks that commands take on tables.",
        "Too short.",
    ],
)
def test_debris_does_not_stand(text: str) -> None:
    assert not one(text)


@pytest.mark.parametrize(
    "text",
    [
        "The command takes an exclusive lock on the table.",
        "`use cache` marks a function whose result is kept.",
        "“Reading never blocks writing” is the promise of this model.",
        "Die Sperre hält, bis der Befehl fertig ist.",
    ],
)
def test_statements_stand(text: str) -> None:
    assert one(text)


@pytest.mark.parametrize(
    ("text", "dangling"),
    [
        ("This form is much slower and takes a lock.", True),
        ("However, the lock is released at the end.", True),
        ("It needs twice the space of the table.", True),
        ("Setting it to zero turns the check off for good.", True),
        ("In contrast, the full variant takes a lock.", True),
        ("The table is locked until the command ends.", False),
        ("Item locks are held for a moment only.", False),
        ("Theirs is a history of locks and tables.", False),
    ],
)
def test_a_sentence_that_points_back_is_noticed(text: str, dangling: bool) -> None:
    assert split(text)[0].dangling is dangling


def test_a_sign_that_stands_for_something_is_no_mark() -> None:
    said = "Patterns that begin with ‘*.’ and hold no others (‘*?[’), such as *.gif or 2**3, come first*."
    assert readable(said) == said


def test_reading_takes_off_links_and_emphasis_only() -> None:
    assert readable("Use  **`cache`**\nas in [the guide](/docs/a b) for *all* snake_case_names.") == (
        "Use `cache` as in the guide for all snake_case_names."
    )


@pytest.mark.parametrize(
    "text",
    [
        "RESERVE_WAL [ boolean ] — If true, this slot reserves space immediately.",
        "Autovacuum — Waiting to read or update the state of the workers.",
        "Changed in version 3.10: The loop parameter was removed from it.",
        "(More information on expression indexes can be found in Section 11.7.)",
        "The behavior of the isolation levels is detailed in the following subsections.",
        "The :meth:`run` method of the class starts the loop for you.",
        "If this value is specified without units, it is taken as milliseconds.",
    ],
)
def test_labels_pointers_and_markup_are_no_statements(text: str) -> None:
    assert not split(text)[0].stands


@pytest.mark.parametrize(
    ("text", "dangling"),
    [
        ("It is also possible to copy the shelf by hand.", False),
        ("It is used to copy the shelf by hand.", True),
        ("It's important to close the shelf again.", False),
        ("(However, its owner may open the shelf.)", True),
    ],
)
def test_an_it_that_stands_for_nothing_leans_on_nothing(text: str, dangling: bool) -> None:
    assert split(text)[0].dangling is dangling


def test_what_leans_on_something_unseen_is_less_complete() -> None:
    whole = split("A lock on the shelf keeps every other command away.")[0]
    assert whole.complete == 1
    for text in (
        "This lock on the shelf keeps every other command away.",
        "A lock of this kind keeps every other command away.",
        "The lock described above keeps every other command away.",
        "Specifies how long a lock keeps other commands away.",
        "If true, a lock keeps every other command away.",
    ):
        assert split(text)[0].complete < 0.9
    assert split("A shelf has a lock, and this lock keeps every command away.")[0].complete == 1


def test_names_with_underscores_stay_whole() -> None:
    assert readable("The __init__ method and **bold** and __two words__ of it.") == (
        "The __init__ method and bold and two words of it."
    )


def test_a_line_that_begins_with_a_small_letter_goes_on_only_if_the_one_before_has_not_ended() -> None:
    assert [each.text for each in split("Use it instead.\nclear_cache — Clear the cache of it.")] == [
        "Use it instead.",
        "clear_cache — Clear the cache of it.",
    ]
    assert [each.text for each in split("A sentence over\ntwo lines.")] == ["A sentence over\ntwo lines."]
