"""Limits in years that feedback puts on its sources."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.terms import content
from sayso.wishes.periods import period, without_period


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("only 2024 and later", (2024, None)),
        ("Only sources from 2024 or newer, please.", (2024, None)),
        ("since 2020", (2020, None)),
        ("evidence since 2020", (2020, None)),
        ("nothing older than 2022", (2022, None)),
        ("No documents older than 2022!", (2022, None)),
        ("nothing before 2022", (2022, None)),
        ("newer than 2019", (2020, None)),
        ("use only documents after 2019", (2020, None)),
        ("sources from 2020 on", (2020, None)),
        ("2021 and onwards", (2021, None)),
        ("only 2024", (2024, 2024)),
        ("only from 2024", (2024, 2024)),
        ("only papers published in 2023", (2023, 2023)),
        ("older than 2010", (None, 2009)),
        ("nothing newer than 2015", (None, 2015)),
        ("only sources up to 2010", (None, 2010)),
        ("2010 and earlier", (None, 2010)),
        ("between 2015 and 2018", (2015, 2018)),
        ("only documents from 2018 to 2015", (2015, 2018)),
        ("more about what happened in 2008", None),
        ("What was decided before 2010?", None),
        ("a limit of 2048 connections", None),
        ("only 2024 connections are allowed?", (2024, 2024)),
        ("more on costs", None),
        ("", None),
    ],
)
def test_the_years_that_are_wanted(text: str, expected: tuple[int | None, int | None] | None) -> None:
    assert period(text) == expected


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("More on costs, only 2024 and later", ["costs"]),
        ("nothing older than 2022", []),
        ("pg_repack since 2020", ["pg_repack"]),
        ("More on locks in 2008", ["locks", "2008"]),
    ],
)
def test_the_words_of_the_limit_are_not_searched_for(text: str, left: list[str]) -> None:
    assert content(without_period(text)) == left


@given(st.text(max_size=80))
def test_any_text_is_a_limit_or_none(text: str) -> None:
    found = period(text)
    assert found is None or any(year is not None for year in found)
    assert len(without_period(text)) <= len(text)
