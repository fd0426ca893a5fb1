"""Lists that say something only as a whole."""

import pytest

from sayso.language.lists import carried_on, inner_list, whole_list
from sayso.language.statements import statements

STEPS = "This is the procedure:\n1. Stop the pump.\n2. Drain the pit.\n3. Start the pump."
UNLESS = "Do not take it if you:\n- are pregnant\n- have an ulcer\n- drive"
HOURS = "Opening hours:\n- Monday: closed\n- Saturday: 10:00 to 14:00"


def whole(passage: str, marked: str) -> list[str]:
    around = statements(passage)
    item = next(each for each in around if marked in each.text)
    return [each.text for each in whole_list(item, around, passage)]


@pytest.mark.parametrize(
    ("passage", "marked", "items"),
    [
        (STEPS, "Drain", ["Stop the pump.", "Drain the pit.", "Start the pump."]),
        (
            STEPS.replace("This is the procedure", "Steps"),
            "Drain",
            ["Stop the pump.", "Drain the pit.", "Start the pump."],
        ),
        (UNLESS, "ulcer", ["are pregnant", "have an ulcer", "drive"]),
        (HOURS, "Saturday", []),
        ("- tea\n- coffee", "tea", []),
        ("Nothing but this stands here.", "Nothing", []),
    ],
)
def test_steps_and_items_that_finish_a_sentence_belong_together(passage: str, marked: str, items: list[str]) -> None:
    assert whole(passage, marked) == items


def test_a_long_list_is_looked_up_item_by_item() -> None:
    assert whole("These are the settings of it:\n" + "\n".join(f"- s{n}" for n in range(30)), "s7") == []


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("c) pay\nd) say so\n5) Never sell it.", 2),
        ("- tea\n- coffee\nThat is all.", 2),
        ("- tea\n  * green\n- coffee", 3),
        ("Nothing but this stands here.\n- tea", 0),
    ],
)
def test_the_first_items_go_on_with_the_list_that_the_passage_begins_within(passage: str, expected: int) -> None:
    assert carried_on(statements(passage), passage) == expected


def test_what_stands_within_an_item_belongs_to_it() -> None:
    passage = "- Weaving\n  - bring a towel\n  - room: barn\n- Chairs\n  - bring a chair"
    around = statements(passage)
    items = {each.text: [inner.text for inner in inner_list(each, around)] for each in around}
    assert items == {
        "Weaving": ["bring a towel", "room: barn"],
        "bring a towel": [],
        "room: barn": [],
        "Chairs": ["bring a chair"],
        "bring a chair": [],
    }
    many = "- Species\n" + "\n".join(f"  - no. {n}" for n in range(30))
    assert inner_list(statements(many)[0], statements(many)) == [], "a long one is looked up item by item"


def test_steps_without_a_line_above_are_a_whole_and_another_list_is_none_of_it() -> None:
    passage = "1. Switch it off.\n2. Open the flap.\n\nThat is all for the flap here.\n\n1. Pull.\n2. Turn it."
    found = statements(passage)
    items = [each for each in found if each.kind == "item"]
    told = [each.text for each in whole_list(items[1], found, passage)]
    assert told == ["Switch it off.", "Open the flap."]
    bullets = "- Salt\n- Pepper and the rest"
    assert whole_list(statements(bullets)[0], statements(bullets), bullets) == []
