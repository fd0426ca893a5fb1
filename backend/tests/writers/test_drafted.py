"""The pieces of a draft: lines that make lists, tables and code, whatever the texts are."""

from sayso.protocol.report import Block, Sentence
from sayso.writers.drafted import pieces


def unit(text: str, *numbers: int) -> Sentence:
    return Sentence(text=text, citations=list(numbers))


UNITS = [
    *(unit("One.", 1), unit("Two.", 2), unit("Hours:", 1), unit("Saturday: 10:00", 1), unit("1. no number", 2)),
    *(
        unit("First", 1),
        unit("Then", 1),
        unit("Free | a || b | 0 €", 1),
        unit("select 1;\n\n```\n- x", 2),
        unit("End.", 1),
    ),
]
BLOCKS = [
    Block(units=[0, 1]),
    Block(kind="list", lead=2, units=[3, 4]),
    Block(kind="list", units=[5, 6], ordered=True),
    Block(kind="table", units=[7], header=["Plan", "", "Price"]),
    Block(kind="code", units=[8], language="sql"),
    Block(units=[9]),
]


def test_each_form_is_drafted_as_lines() -> None:
    whole = "".join(pieces(UNITS, BLOCKS))
    parts = [part.strip() for part in whole.split("\n\n") if part.strip()]
    assert parts == [
        "One. [1] Two. [2]",
        "Hours: [1]",
        "- Saturday: 10:00 [1]\n- 1. no number [2]",
        "1. First [1]\n2. Then [1]",
        "| Plan |  | Price |\n| --- | --- | --- |\n| Free | a \\|\\| b | 0 € [1] |",
        "````sql\nselect 1;",
        "```\n- x\n````\n[2]",
        "End. [1]",
    ]


def test_units_without_blocks_stay_the_sentences_that_they_were() -> None:
    assert "".join(pieces(UNITS[:2], [])).strip() == "One. [1] Two. [2]"
    assert list(pieces([], [])) == []


def test_a_piece_is_a_unit_and_whole_lines() -> None:
    told = list(pieces(UNITS, BLOCKS))
    for text in ("Saturday: 10:00 [1]", "1. no number [2]", "First [1]", "Then [1]"):
        [piece] = [piece for piece in told if text in piece]
        assert piece.endswith("\n")
        assert piece.count("\n") == 1
