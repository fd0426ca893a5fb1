"""What figures can mean, and when two of them agree."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.gate.quantities import quantities
from sayso.gate.quantity import agree, comparable


@pytest.mark.parametrize(
    ("text", "dimension", "low", "high"),
    [
        ("twenty-five minutes", "time", 1_500, 1_500),
        ("2 hours and 30 minutes", "time", 8_970, 9_030),
        ("3 to 5 days", "time", 259_200, 432_000),
        ("between 4 and 6 weeks", "time", 2_419_200, 3_628_800),
        ("up to 7 kg", "mass", -math.inf, 7_000),
        ("at least 7 kg", "mass", 7_000, math.inf),
        ("at -12 degrees", "temperature", -12, -12),
        ("14 degrees Fahrenheit", "temperature", -10, -10),
        ("half a million dollars", "money usd", 475_000, 525_000),
        ("€40", "money eur", 40, 40),
        ("two thousand five hundred books", "count", 2_450.1, 2_549.9),
        ("about 400 books", "count", 350, 450),
        ("at 9:15 pm", "clock", 1_275, 1_275),
        ("rose by 3 %", "by percent", 3, 3),
    ],
)
def test_what_a_figure_leaves_open(text: str, dimension: str, low: float, high: float) -> None:
    (found,) = quantities(text)
    assert found.dimension == dimension
    assert [found.low, found.high] == pytest.approx([low, high])


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("on 5 March", (0, 3, 5)),
        ("in March 2021", (2021, 3, 0)),
        ("on March 5, 2021", (2021, 3, 5)),
        ("on 2021-03-05", (2021, 3, 5)),
        ("in 1887", (1887, 0, 0)),
        ("in May", (0, 5, 0)),
    ],
)
def test_what_of_a_date_is_told(text: str, date: tuple[int, int, int]) -> None:
    assert [each.date for each in quantities(text)] == [date]


@pytest.mark.parametrize("text", ["one of them", "you may go", "Version 4 runs", "the Falcon 9 flies", "a march home"])
def test_what_is_no_figure(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("10 miles", "16.1 km", True),
        ("10 miles", "15 km", False),
        ("1 month", "30 days", True),
        ("2 to 4 days", "4 to 6 days", True),
        ("2 to 4 days", "5 to 6 days", False),
        ("up to 10 days", "7 days", True),
        ("up to 10 days", "12 days", False),
        ("up to 10 days", "up to 12 days", False),
        ("1.2 million users", "1,187,000 users", True),
        ("1.2 million users", "1.3 million users", False),
        ("on 5 March", "on 5 March 2021", True),
        ("on 5 March", "on 6 March 2021", False),
        ("in 1887", "on 5 March 1887", True),
    ],
)
def test_two_figures_agree_if_a_value_is_common(one: str, other: str, expected: bool) -> None:
    (mine,), (theirs,) = quantities(one), quantities(other)
    assert comparable(mine, theirs)
    assert agree(mine, theirs) is agree(theirs, mine) is expected


@pytest.mark.parametrize(
    ("one", "other"), [("5 days", "5 kg"), ("5 euros", "5 dollars"), ("5 euros a day", "5 euros"), ("5 cats", "5 dogs")]
)
def test_what_cannot_be_compared(one: str, other: str) -> None:
    (mine,), (theirs,) = quantities(one), quantities(other)
    assert not comparable(mine, theirs)


@given(st.text("0123456789.,-–/€% aknot", max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    for each in quantities(text):
        assert each.low <= each.high
        assert comparable(each, each)
        assert agree(each, each)
