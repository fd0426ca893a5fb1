"""The order in which the findings of a round are shown."""

from hypothesis import given
from hypothesis import strategies as st

from sayso.research.source import Passage
from sayso.writers.extractive.choice import Scored
from sayso.writers.extractive.parts import Part
from sayso.writers.extractive.pool import Pool
from sayso.writers.extractive.shares import best_first

PARTS = [Part(topic, topic) for topic in ("Locks", "Shelves", "Crates")]
READ = Pool([Passage(kind="library", uri="a.md", title="A", text="A shelf is locked.")], "en").read[0]


@given(st.lists(st.tuples(st.sampled_from(PARTS), st.integers(0, 4)), max_size=10))
def test_each_part_shows_its_best_match_first_in_its_own_turns(drawn: list[tuple[Part, int]]) -> None:
    shares = [(part, Scored(READ, at, 1.0, match / 4)) for at, (part, match) in enumerate(drawn)]
    found = best_first(shares)
    assert [part for part, _ in found] == [part for part, _ in shares]
    for part in PARTS:
        own = [each for other, each in found if other == part]
        # As good ones, such as versions of one statement, stay in the order that they were chosen in.
        assert own == sorted(own, key=lambda each: (-each.match, each.index))
        assert {each.index for each in own} == {each.index for other, each in shares if other == part}
