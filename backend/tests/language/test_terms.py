"""Tokens, stems and likeness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.terms import alike, content, is_technical, likeness, stem, stems, weight, words


@pytest.mark.parametrize(
    "forms",
    [
        ("cache", "caches", "cached", "caching"),
        ("lock", "locks", "locked", "locking"),
        ("run", "running", "runs"),
        ("query", "queries"),
        ("concurrent", "concurrently", "concurrency"),
        ("process", "processes", "processing"),
        ("write", "writes", "writing"),
    ],
)
def test_forms_of_a_word_meet(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize("pair", [("status", "state"), ("string", "strong"), ("server", "serve"), ("table", "tab")])
def test_other_words_stay_apart(pair: tuple[str, str]) -> None:
    assert stem(pair[0]) != stem(pair[1])


def test_names_stay_whole_and_verbs_of_two_words_are_joined() -> None:
    assert words("Next.js sets up pg_repack-1.5, and C++ backs up.") == [
        "Next.js", "setup", "pg_repack-1.5", "and", "C++", "backup",
    ]  # fmt: skip


def test_scripts_without_spaces_become_pairs() -> None:
    assert words("数据库 lock") == ["数据", "据库", "lock"]
    assert stems("数据库的锁") & stems("锁和数据库")


def test_content_leaves_out_what_carries_no_topic() -> None:
    assert content("How does Next.js decide what to cache, and when is the cache used?") == [
        "Next.js",
        "decide",
        "cache",
    ]


@pytest.mark.parametrize(
    ("word", "technical"),
    [("VACUUM", True), ("Next.js", True), ("useState", True), ("pg_dump", True), ("9.6", True), ("Table", False)],
)
def test_names_by_their_looks(word: str, technical: bool) -> None:
    assert is_technical(word) is technical


def test_words_that_only_shape_a_question_weigh_little() -> None:
    assert weight("zebra") == weight("VACUUM") == 1
    assert weight("overview") < 1


@given(st.text(), st.text())
def test_likeness_is_a_share_and_does_not_depend_on_order(one: str, other: str) -> None:
    a, b = stems(one), stems(other)
    assert 0 <= likeness(a, b) == likeness(b, a) <= 1
    assert alike(a, b) == alike(b, a)
    assert not a or alike(a, a)
