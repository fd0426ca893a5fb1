"""How strong a finding is: rises with both of its parts, and stays within bounds."""

from hypothesis import given
from hypothesis import strategies as st

from sayso.report.strength import LONE, strength

MATCHES = st.floats(0, 1)
COUNTS = st.integers(0, 60)


@given(COUNTS, COUNTS, MATCHES, MATCHES)
def test_more_sources_and_a_better_match_never_weaken(one: int, other: int, match: float, better: float) -> None:
    fewer, more = sorted((one, other))
    low, high = sorted((match, better))
    assert 0 <= strength(fewer, low) <= strength(more, low) <= strength(more, high) <= 1


@given(st.integers(1, 5), st.floats(0.1, 1))
def test_every_further_source_tells_and_none_lifts_it_above_its_match(agreeing: int, match: float) -> None:
    assert strength(agreeing, match) < strength(agreeing + 1, match) <= round(match, 4)


def test_the_formula_as_it_is_documented() -> None:
    assert strength(0, 1) == 0
    assert strength(1, 1) == LONE == 0.6
    assert strength(2, 1) == 0.8
    assert strength(3, 0.5) == 0.45
    assert strength(1, 2) == 0.6
    assert strength(1, -1) == 0
