"""Numbered items and running heads in PDF files."""

import typst

from sayso.research.library.documents import extract

STEPS = [
    "Switch the machine off.",
    "Open the flap at the bottom right with a coin.",
    "Put a flat dish below it and pull out the drain hose, slowly. Up to two litres of water may run out of the hose.",
    "Turn the filter and take it out.",
]
SETUP = "#set page(width: 15cm, height: 12cm, header: [Lavona W740 -- User manual])\n#set text(size: 10pt)\n"


def read(body: str) -> str:
    return extract("a.pdf", typst.compile((SETUP + body).encode())).text


def test_each_step_is_an_item_also_behind_one_that_fills_its_line() -> None:
    steps = "\n".join(f"+ {step}" for step in STEPS)
    text = read(f"Clean the filter when the display shows E18, and at least every six months.\n\n{steps}\n")
    assert "\n".join(f"{number}. {step}" for number, step in enumerate(STEPS, start=1)) in text


def test_a_number_that_begins_a_line_by_chance_begins_no_item() -> None:
    text = read(
        "The bridge was opened in the year 1904 by the mayor and the council, who gave it the number 2. "
        "3. of its kind it was, as the plate says which was found below it in the year of the flood.\n"
    )
    assert "the number 2. 3. of its kind" in text


def test_what_stands_at_the_head_of_every_page_is_none_of_the_text() -> None:
    text = read("= The filter\nIt is cleaned at home.\n#pagebreak()\n= The drum\nIt is never cleaned.\n")
    assert "User manual" not in text
    assert "It is never cleaned." in text
    one = read("It is cleaned at home.\n")
    assert "User manual" in one
