"""Sentences of a passage: where they stand, and how they read."""

from hypothesis import given
from hypothesis import strategies as st

from sayso.language.sentences import readable, split

TEXT = (
    "Good to know: Plain VACUUM takes no exclusive lock. This form runs beside reads and writes.\n"
    "• Granular caching. Cache a function with `use cache`, not a route.\n"
    "See Section 24.1 for details. What does it cost?\n"
    "```\nSELECT 1; -- not prose at all.\n```\n"
    "The `FULL` option rewrites the whole table, which e.g. doubles the space it needs."
)


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


@given(st.text(alphabet=st.sampled_from("ab .!?\n•-*`#|12。"), max_size=200) | st.text(max_size=200))
def test_every_sentence_is_where_it_says(text: str) -> None:
    end = 0
    for sentence in split(text):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""
        assert sentence.start >= end
        end = sentence.end


def test_a_sign_that_stands_for_something_is_no_mark() -> None:
    said = "Patterns that begin with ‘*.’ and hold no others (‘*?[’), such as *.gif or 2**3, come first*."
    assert readable(said) == said


def test_reading_takes_off_links_and_emphasis_only() -> None:
    assert readable("Use  **`cache`**\nas in [the guide](/docs/a b) for *all* snake_case_names.") == (
        "Use `cache` as in the guide for all snake_case_names."
    )


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
