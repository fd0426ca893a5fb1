"""What leads into the items of lists within lists."""

import pytest

from sayso.language.leads import Leads, kind
from sayso.language.statements import statements

RULES = """You may do these things:
1) Lend it.
2) Change it, if you do one of these:
a) say so
b) pay
3) Sell it."""


def led(passage: str) -> dict[str, str]:
    return {each.text: each.led(passage) for each in statements(passage) if each.kind == "item"}


def test_the_items_of_an_inner_list_are_led_by_its_own_line_and_those_behind_it_by_the_outer_one() -> None:
    outer, inner = "You may do these things:", "Change it, if you do one of these:"
    assert led(RULES) == {
        "Lend it.": outer,
        "Change it, if you do one of these:": outer,
        "say so": inner,
        "pay": inner,
        "Sell it.": outer,
    }


def test_what_comes_behind_an_inner_list_is_none_of_it() -> None:
    assert led("3) Do one of these:\na) say so\nb) pay\n4) Never sell it.") == {
        "Do one of these:": "",
        "say so": "Do one of these:",
        "pay": "Do one of these:",
        "Never sell it.": "",
    }


def test_a_list_that_began_before_goes_on_without_what_leads_into_another() -> None:
    leads: Leads[str] = Leads()
    assert [leads.item(mark, said) for mark, said in (("c) ", "One of these:"), ("d) ", None), ("5) ", None))] == [
        "One of these:",
        "One of these:",
        None,
    ]


def test_bullets_below_an_item_that_introduces_nothing_belong_to_its_list() -> None:
    assert set(led("You need:\n- a boat\n  * with oars\n- a rope").values()) == {"You need:"}


COURSES = """- Crafts
  - Basket weaving, Tue 18.30
    - room: barn
  - Upholstery, Sat 10.00
- Languages
  - Polish, Mon 19.00"""


def test_a_list_within_an_item_is_led_by_that_item() -> None:
    assert led(COURSES) == {
        "Crafts": "",
        "Basket weaving, Tue 18.30": "Crafts",
        "room: barn": "Basket weaving, Tue 18.30",
        "Upholstery, Sat 10.00": "Crafts",
        "Languages": "",
        "Polish, Mon 19.00": "Languages",
    }
    assert led("• Crafts\n◦ Weaving\n‣ in the barn")["in the barn"] == "Weaving"


def test_what_introduces_the_outer_list_holds_for_the_inner_one_too() -> None:
    assert led("You may not:\n- sell copies\n  - for money\n    - or for goods")["or for goods"] == "You may not:"


def test_a_long_item_is_no_line_above_a_list() -> None:
    words = "word " * 30
    assert led(f"- {words}\n  - inner")["inner"] == ""


def test_the_numbers_of_sources_mark_items() -> None:
    assert led("[1] ABEL: Lights.\n[2] BELL, who writes: Fog. London 1902.") == {
        "ABEL: Lights.": "",
        "BELL, who writes: Fog. London 1902.": "",
    }


def test_what_introduces_a_list_does_not_lead_into_the_next_one() -> None:
    leads: Leads[str] = Leads()
    leads.introduce("What is needed?")
    assert leads.item("- ") == leads.item("- ") == "What is needed?"
    leads.close()
    assert leads.item("- ") is None


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("1) ", "12) ", True),
        ("a. ", "c. ", True),
        ("- ", "- ", True),
        ("1) ", "a) ", False),
        ("- ", "* ", False),
        ("- ", "  - ", False),
        ("(a) ", "a) ", False),
    ],
)
def test_kinds_of_marks(one: str, other: str, alike: bool) -> None:
    assert (kind(one) == kind(other)) is alike
