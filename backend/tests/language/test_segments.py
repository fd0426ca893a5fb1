import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.segments import segments


def test_a_full_stop_within_a_name_ends_nothing() -> None:
    text = "It renders a React.ReactNode prop. See next.config.js, e.g. Node.js has one. Done."
    assert segments(text) == [
        "It renders a React.ReactNode prop. ",
        "See next.config.js, e.g. Node.js has one. ",
        "Done.",
    ]


def test_a_placeholder_within_a_name_begins_nothing() -> None:
    assert segments("It replaces process.env.[variable] with a value. Done.") == [
        "It replaces process.env.[variable] with a value. ",
        "Done.",
    ]


def test_a_sentence_in_brackets_is_one() -> None:
    assert segments("It is old. (Nobody knows how old it is.) The U.S. (Inc.) Army has one.") == [
        "It is old. ",
        "(Nobody knows how old it is.) ",
        "The U.S. (Inc.) Army has one.",
    ]


def test_a_number_belongs_to_what_it_counts() -> None:
    assert segments("8.1. It ends. 8.2. It is given back. 3. Keep it.") == [
        "8.1. It ends. ",
        "8.2. It is given back. ",
        "3. Keep it.",
    ]
    assert segments("It was built in 1999. 2000 was better. It cost 3.5. Nobody paid.") == [
        "It was built in 1999. ",
        "2000 was better. ",
        "It cost 3.5. ",
        "Nobody paid.",
    ]


def test_a_shortened_word_ends_no_sentence_that_goes_on_in_small_letters_or_figures() -> None:
    assert segments("Shut all day, incl. the Saturday before. Tel. 0555 1234, resp. by post.") == [
        "Shut all day, incl. the Saturday before. ",
        "Tel. 0555 1234, resp. by post.",
    ]
    assert segments("Read it. pg_dump writes all of them. it is fine.") == [
        "Read it. ",
        "pg_dump writes all of them. ",
        "it is fine.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Sie sind bis zum vollendeten 16. Lebensjahr frei.",
        "Ab der 3. Mahnung kostet es 5 Euro.",
        "Es gilt ab dem 1. Juli.",
    ],
)
def test_a_number_with_a_full_stop_counts_what_follows_it_in_german(text: str) -> None:
    assert segments(text, "de") == [text]


def test_a_number_that_ends_a_sentence_ends_it() -> None:
    assert segments("Es steht auf Seite 16. Das ist alles.", "de") == ["Es steht auf Seite 16. ", "Das ist alles."]
    assert segments("It stands on page 16. Chapters are short.") == ["It stands on page 16. ", "Chapters are short."]


def test_sentences_that_are_not_kept_apart_by_blanks() -> None:
    assert segments("これはペンです。それは本です。") == ["これはペンです。", "それは本です。"]


@given(st.text())
def test_nothing_is_lost(text: str) -> None:
    assert "".join(segments(text)) == text
