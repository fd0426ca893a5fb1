"""The order of a text, asked for in fields and in words: only the order changes, and what belongs together stays so."""

from typing import Any

import pytest

from report.driving import Run
from report.shelf import QUESTION, ShelfSource
from report.test_text_edits import said, text_of
from sayso.protocol.blocks import blocks_of
from sayso.protocol.commands import ProtocolError
from sayso.protocol.report import Block, Gate, Report, Section, Sentence
from sayso.report.order import moved
from sayso.report.text import changes, shown_units, units_of
from sayso.report.workflow import ReportWorkflow
from sayso.wishes.ordering import Order, is_order, orders
from sayso.writers.extractive.writer import ExtractiveWriter


@pytest.fixture
def run() -> Run:
    return Run(lambda: ReportWorkflow([ShelfSource()], {"extractive": ExtractiveWriter()}))


def mixed() -> Report:
    """A summary, and a section with a paragraph, a table that a line leads into, and a list."""
    names = "Alpha. Beta. Gamma. Delta. Header: | Row1 | Row2 | Item1. Item2.".replace("| ", "").split()
    units = [Sentence(text=name, id=f"u{at}", citations=[]) for at, name in enumerate(names, start=1)]
    table = Block(kind="table", units=[3, 4], lead=2, header=["H"], rows=[["Row1"], ["Row2"]])
    bullets = Block(kind="list", units=[5, 6], ordered=True)
    blocks = [Block(kind="paragraph", units=[0, 1]), table, bullets]
    section = Section(heading="Part", sentences=units[2:], blocks=blocks)
    return Report(
        title="T", question="Q", writer="extractive", summary=units[:2], sections=[section], sources=[], gate=Gate()
    )


def forms(report: Report) -> list[list[tuple[str, str | None, list[str]]]]:
    """Of summary and sections, the blocks with what leads into them and their units."""
    parts = [(report.summary, report.summary_blocks), *((each.sentences, each.blocks) for each in report.sections)]
    return [
        [
            (block.kind, None if block.lead is None else units[block.lead].text, [units[at].text for at in block.units])
            for block in blocks_of(units, blocks)
        ]
        for units, blocks in parts
    ]


TABLE = ("table", "Header:", ["Row1", "Row2"])
LIST = ("list", None, ["Item1.", "Item2."])


@pytest.mark.parametrize(
    ("text", "target", "after", "expected"),
    [
        ("Delta.", "Alpha.", False, [
            [("paragraph", None, ["Delta.", "Alpha.", "Beta."])], [("paragraph", None, ["Gamma."]), TABLE, LIST],
        ]),
        ("Row2", "Alpha.", False, [
            [TABLE, ("paragraph", None, ["Alpha.", "Beta."])], [("paragraph", None, ["Gamma.", "Delta."]), LIST],
        ]),
        ("Item1.", "Gamma.", True, [
            [("paragraph", None, ["Alpha.", "Beta."])],
            [("paragraph", None, ["Gamma."]), LIST, ("paragraph", None, ["Delta."]), TABLE],
        ]),
        ("Row2", "Row1", False, [
            [("paragraph", None, ["Alpha.", "Beta."])],
            [("paragraph", None, ["Gamma.", "Delta."]), ("table", "Header:", ["Row2", "Row1"]), LIST],
        ]),
        ("Item1.", "Item2.", True, [
            [("paragraph", None, ["Alpha.", "Beta."])],
            [("paragraph", None, ["Gamma.", "Delta."]), TABLE, ("list", None, ["Item2.", "Item1."])],
        ]),
    ],
)  # fmt: skip
def test_a_unit_moves_and_a_block_stays_whole(text: str, target: str, after: bool, expected: Any) -> None:
    before = mixed()
    report = moved(before, text, target, after=after)
    assert forms(report) == expected
    assert moved(report, text, target, after=after) == report, "asking again changes nothing"
    assert sorted(each.id for each in units_of(report)) == sorted(each.id for each in units_of(before))
    assert all(each.was == each.text for each in changes(before, report)), "what moved is told as moved"
    parts = [report.summary_blocks, *(section.blocks for section in report.sections)]
    (table,) = [block for blocks in parts for block in blocks if block.kind == "table"]
    assert table.rows == [[name] for part in expected for kind, _, names in part if kind == "table" for name in names]


def test_what_moves_whole_leaves_no_empty_section() -> None:
    report = mixed()
    for text in ("Gamma.", "Delta.", "Row1", "Item2."):
        report = moved(report, text, "Alpha.", after=False)
    assert report.sections == []
    assert len(units_of(report)) == 9
    assert moved(report, "Nobody.", "Alpha.", after=False) is report


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Put the third sentence first.", [("u3", "u1", "")]),
        ("Please start with the table", [("u5", "u1", "")]),
        ("move the last sentence before the second sentence", [("u5", "u2", "")]),
        ("End with the first paragraph.", [("u1", "", "u9"), ("u2", "", "u1")]),
        ("Put the second paragraph at the top", [("u3", "u1", ""), ("u4", "u1", "")]),
        ("Put the 2nd item before the first item", [("u9", "u8", "")]),
        ("move u4 to the end", [("u4", "", "u9")]),
        ("Bring the list above the table, please", [("u8", "u5", "")]),
        ("Strike the second sentence.", [("u2", "", "")]),
        ("Leave the table out", [("u5", "", ""), ("u6", "", ""), ("u7", "", "")]),
        ("Put the ninth sentence first", []),
        ("Start with the code", []),
        ("Put costs first", []),
        ("Strike autovacuum", []),
        ("Put the table before the table", []),
    ],
)
def test_words_for_an_order(asked: str, expected: list[tuple[str, str, str]]) -> None:
    found = orders(asked, shown_units(mixed()))
    told = [(each.unit, each.before, each.after) for each in found]
    assert told == expected
    assert [Order.read(str(each)) for each in found] == found


def test_an_order_is_told_from_a_wish() -> None:
    assert is_order("Start with the table")
    assert is_order("put the last paragraph after the list")
    assert not is_order("Start with the answer")
    assert not is_order("What comes first?")
    assert not is_order("Strike the second sentence")


async def test_a_text_is_put_in_order_by_field_and_by_word(run: Run) -> None:
    review, before = await text_of(run)
    one, *_, last = units_of(before)
    after = await run.reject(**await said(review, text=[{"unit": last.id, "before": one.id}]))
    assert after.report is not None
    assert units_of(after.report)[0] == last
    assert [(use.status, use.field) for use in after.feedback_used] == [("done", "text")]
    assert [(each.was, each.text) for each in after.changes] == [(last.text, last.text)]
    words = await said(after, feedback="Put the second sentence first. Start with the table. Strike the last sentence.")
    assert [edit["unit"] for edit in words["read"]["text"]] == [one.id, units_of(after.report)[-1].id]
    third = await run.reject(**words)
    assert third.report is not None
    assert units_of(third.report) == [one, last, *units_of(after.report)[2:-1]]
    statuses = {use.feedback: use.status for use in third.feedback_used}
    assert statuses["Start with the table"] == "not_possible"
    assert sorted(statuses.values()) == ["done", "done", "not_possible"]


async def test_a_note_puts_an_extractive_text_in_order(run: Run) -> None:
    await run.ask(QUESTION)
    plain = await run.approve()
    other = Run(lambda: ReportWorkflow([ShelfSource()], {"extractive": ExtractiveWriter()}))
    await other.ask(QUESTION)
    report = await other.approve("Put the third sentence first\nStart with the code")
    told, expected = [each.text for each in units_of(report)], [each.text for each in units_of(plain)]
    assert told == [expected[2], *expected[:2], *expected[3:]]
    assert "“Start with the code”: the text has no such part" in report.note


@pytest.mark.parametrize("beside", ["u99", "u1"])
async def test_a_unit_stands_beside_another_one_only(run: Run, beside: str) -> None:
    review, _ = await text_of(run)
    with pytest.raises(ProtocolError, match="no other unit"):
        await said(review, text=[{"unit": "u1", "before": beside}])
