"""Feedback in points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.wishes.points import MAX_POINTS, points


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("More on costs", ["More on costs"]),
        ("More on costs. What about pg_repack?", ["More on costs.", "What about pg_repack?"]),
        ("- more on costs\n- pg_repack\n\n* locks", ["more on costs", "pg_repack", "locks"]),
        ("1. more on costs\n2) pg_repack", ["more on costs", "pg_repack"]),
        ("1. More on costs. 2. Drop pg_repack.", ["More on costs.", "Drop pg_repack."]),
        ("more on costs; pg_repack;", ["more on costs", "pg_repack"]),
        ('Look for "a; b" please', ['Look for "a; b" please']),
        (
            "I should like to know more about what the compaction of a shelf\ncosts in the end\nlocks",
            ["I should like to know more about what the compaction of a shelf costs in the end", "locks"],
        ),
        ("Use version 4.2 of it, e.g. for locks.", ["Use version 4.2 of it, e.g. for locks."]),
        ("no prices. is there anything on cold", ["no prices.", "is there anything on cold"]),
        ("dont want opinions!! what of the lab", ["dont want opinions!!", "what of the lab"]),
        ("not the costs incl. freight, etc. and so on", ["not the costs incl. freight, etc. and so on"]),
        ("i.e. locks, vs. reads", ["i.e. locks, vs. reads"]),
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
