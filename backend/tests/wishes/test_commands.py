"""Commands on findings."""

import pytest

from sayso.protocol.evidence import Finding, Quote
from sayso.wishes.reading import read
from sayso.wishes.shown import Shown

QUOTE = Quote(text="It is.", source="s1")
SHOWN = Shown([Finding(id=f"f{n}", claim=f"Claim {n}.", quotes=[QUOTE]) for n in range(1, 5)])


def told(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for point in read(text, SHOWN).points:
        found.setdefault(point.field, []).append(point.value)
    return found


@pytest.mark.parametrize(
    "text",
    [
        *("drop f1 and f3", "Drop f1, f3.", "please remove f1 f3", "f1 und f3 raus", "Take out f1 and f3"),
        *("supprime f1 et f3", "keep everything but f1 and f3"),
    ],
)
def test_findings_are_dropped(text: str) -> None:
    assert told(text) == {"drop": ["f1", "f3"]}


@pytest.mark.parametrize(
    "text",
    [
        "only f2",
        "Keep only f2, please.",
        "just f2",
        "drop everything but f2",
        "drop all except f2",
        "all but f2 out",
        "everything except for f2 away",
        "nur f2",
        "alles außer f2 weg",
    ],
)
def test_what_is_to_stay_stays_and_the_others_go(text: str) -> None:
    assert told(text) == {"keep": ["f2"], "drop": ["f1", "f3", "f4"]}


@pytest.mark.parametrize(
    ("text", "kept", "dropped"),
    [
        ("Keep f1 and drop f2.", ["f1"], ["f2"]),
        ("drop f2, f3 and keep f1", ["f1"], ["f2", "f3"]),
        ("keep f1 but remove f2 and f4", ["f1"], ["f2", "f4"]),
        ("behalte f3 und streiche f1", ["f3"], ["f1"]),
    ],
)
def test_each_finding_is_what_the_verb_before_it_says(text: str, kept: list[str], dropped: list[str]) -> None:
    assert told(text) == {"keep": kept, "drop": dropped}


@pytest.mark.parametrize(
    "text", ["f1 keep, f2 drop", "drop f2 and leave f1", "take out f2, leave f1", "keep all but drop f2"]
)
def test_where_it_is_not_plain_which_finding_goes_none_is_turned_round(text: str) -> None:
    assert set(told(text).get("drop", [])) <= {"f2"}
    assert "f2" not in told(text).get("keep", [])


@pytest.mark.parametrize("text", ["do not drop f2", "drop f9", "everything but f2", "drop only f2", "f2?"])
def test_what_is_no_plain_command_drops_nothing_else(text: str) -> None:
    assert set(told(text).get("drop", [])) <= {"f2"}
    assert "f9" not in told(text).get("drop", [])


@pytest.mark.parametrize(
    "text",
    ["also until when an order can be changed", "until when I can cancel", "auch bis wann man kündigen kann"],
)
def test_what_asks_until_when_leaves_nothing_out(text: str) -> None:
    assert "leave_out" not in told(text)


def test_a_figure_is_not_what_is_left_out() -> None:
    assert told("nothing about lorries heavier than 3 t") == {}
