"""What a model reads counts only as far as it has ground, and says nothing that the rules read the other way round."""

import pytest

from sayso.protocol.evidence import Finding, Quote, Source
from sayso.wishes.checking import Item, checked
from sayso.wishes.shown import Shown

SHOWN = Shown(
    [
        Finding(id="f1", claim="Anchovies are salted for months.", quotes=[Quote(text="Salted.", source="s1")]),
        Finding(id="f2", claim="Roast lamb rests before it is carved.", quotes=[Quote(text="Rest it.", source="s2")]),
    ],
    [
        Source(id="s1", kind="library", title="Larder", uri="larder.md"),
        Source(id="s2", kind="library", title="Oven", uri="oven.md"),
    ],
)


def read(
    said: str, *items: tuple[int, str, str] | tuple[int, str, str, str]
) -> tuple[list[tuple[str, str]], list[str]]:
    """Fields with their values, and the points that are not sure."""
    prose = checked(said, SHOWN, [Item(*item) for item in items])
    return [(point.field, point.value) for point in prose.points], [each.said for each in prose.unsure]


def test_what_the_rules_do_not_understand_can_be_read() -> None:
    assert read("Don't bother with fish sauce.", (1, "leave_out", "fish sauce")) == ([("leave_out", "fish sauce")], [])
    assert read("The anchovy one was never my question.", (1, "drop", "The anchovy one", "f1")) == (
        [("drop", "f1")],
        [],
    )
    assert read("For a nurse on the night shift", (1, "note", "for a nurse on the night shift")) == (
        [("note", "for a nurse on the night shift")],
        [],
    )
    both = (1, "search", "roasting"), (1, "leave_out", "frying")
    assert read("roasting, nothing about frying", *both) == ([("search", "roasting"), ("leave_out", "frying")], [])
    assert read("Nothing about Larder", (1, "leave_out", "Larder")) == ([("drop", "f1"), ("leave_out", "Larder")], [])


@pytest.mark.parametrize(
    ("said", "item"),
    [
        ("Costs of salt.", (1, "search", "costs of pepper")),
        ("Costs of salt.", (1, "search", "osts of sal")),
        ("Costs of salt.", (1, "search", "")),
        ("Costs of salt.", (1, "unsure", "Costs of salt.")),
        ("Costs of salt.", (1, "limits", "Costs of salt")),
        ("Don't bother with salt.", (1, "leave_out", "pepper")),
        ("Don't bother with it.", (1, "leave_out", "it")),
        ("The lamb was never my question.", (1, "drop", "The lamb", "f1")),
        ("The lamb was never my question.", (1, "drop", "The lamb", "f9")),
        ("The second finding was never my question.", (1, "drop", "The second finding", "f1")),
    ],
)
def test_what_has_no_ground_is_not_sure(said: str, item: tuple[int, str, str]) -> None:
    assert read(said, item) == ([], [said])


@pytest.mark.parametrize(
    ("said", "item"),
    [
        ("Nothing about salt.", (1, "search", "salt")),
        ("Nothing about salt.", (1, "search", "Nothing about salt")),
        ("Don't bother with salt.", (1, "search", "salt")),
        ("Why is salt not sweet, and who cares?", (1, "search", "salt")),
        ("More about salt.", (1, "leave_out", "salt")),
        ("More about the lamb.", (1, "drop", "the lamb", "f2")),
        ("Drop f1.", (1, "keep", "f1", "f1")),
        ("Keep f1.", (1, "drop", "f1", "f1")),
        ("Keep f1.", (1, "search", "f1")),
    ],
)
def test_what_is_turned_round_is_not_sure_and_never_searched(said: str, item: tuple[int, str, str]) -> None:
    assert read(said, item) == ([], [said])


def test_what_the_rules_read_as_unwanted_stays_so() -> None:
    said = "Nothing about salt, and make it short."
    assert read(said, (1, "note", "make it short")) == ([("note", "make it short"), ("leave_out", "salt")], [])
    assert read("Nothing older than 2022.", (1, "note", "Nothing older than 2022")) == (
        [("note", "Nothing older than 2022"), ("limits", "from 2022")],
        [],
    )
    assert read("Nothing older than 2022.", (1, "limits", "older than 2022")) == ([], ["Nothing older than 2022."])


def test_a_point_that_was_passed_over_is_what_the_rules_read() -> None:
    said = "Nothing about salt. More about lamb."
    assert read(said, (2, "search", "lamb"), (7, "search", "lamb")) == ([("leave_out", "salt"), ("search", "lamb")], [])
