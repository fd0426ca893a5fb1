"""Words that are written apart in one text and as one in another."""

import pytest

from sayso.language.joins import compounds_with, halves, joins


@pytest.mark.parametrize(
    ("text", "language", "whole"),
    [
        ("How do I back up a table?", "en", "backup"),
        ("How do I back my oldest table up?", "en", "backup"),
        ("Logging in fails", "en", "login"),
        ("Which file system is it?", "en", "filesystem"),
        ("Wie schalte ich die Pumpe aus?", "de", "ausschalt"),
        ("Hoe zet ik de lamp aan?", "nl", "aanzet"),
    ],
)
def test_what_may_be_one_word_is_proposed(text: str, language: str, whole: str) -> None:
    assert whole in [each for join in joins(text, language) for each in join.whole]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Is there no table of it?", "en"),
        ("Which log is written by them, out of all?", "en"),
        ("In 2024 up to 30 were sold", "en"),
        ("Was ist das?", "de"),
    ],
)
def test_grammar_and_figures_are_no_part_of_a_word(text: str, language: str) -> None:
    whole = {each for join in joins(text, language) for each in join.whole}
    assert not whole & {"notabl", "logout", "2024up", "upto", "to30", "istdas", "sold"}


def test_a_compound_is_cut_wherever_both_halves_may_be_words() -> None:
    assert ("famili", "kart") in set(halves("familienkart", "de"))
    assert ("temperatur", "messung") in set(halves("temperaturmessung", "de"))
    assert not list(halves("timetable", "en"))
    assert not list(halves("kind", "de"))


def test_a_short_word_begins_a_compound_only_if_the_other_half_is_known_and_ends_any() -> None:
    known = frozenset({"familienkart", "kartoffelsupp", "kartenhaus", "haus", "wassertemperatur", "timetabl"})
    assert compounds_with("kart", known, "de") == {"familienkart", "kartenhaus"}
    assert compounds_with("temperatur", known, "de") == {"wassertemperatur"}
    assert compounds_with("tabl", known, "en") == frozenset()
