"""Blocks in the check: what is left of them points at what is left of the units, and says nothing by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.gate.check import Checked, check
from sayso.gate.code import lines_of
from sayso.gate.withheld import Withheld
from sayso.protocol.blocks import MOST_CELLS, blocks_of, cells
from sayso.protocol.evidence import Finding, Mark, Place, Quote, Source
from sayso.protocol.report import Block, Section, Sentence
from sayso.writers.port import DraftReport, WritingBrief

HOURS = "- Monday: closed\n- Saturday: 10:00 to 14:00\n- Sunday: 11:00 to 13:00"
CODE = 'To turn it off:\n\n    def load(url):\n        return fetch(url, cache="no-store")\n\nThat is all.'


def quote(text: str, source: str, lead: str | None = None) -> Quote:
    return Quote(text=text, source=source, place=Place(lead=lead))


BRIEF = WritingBrief(
    question="What are the plans, the opening hours, and how is caching turned off?",
    findings=[
        Finding(id="f1", claim="-", quotes=[quote("Free | 1 seat | 0 €", "s1", "Plan | Seats | Price")]),
        Finding(id="f2", claim="-", quotes=[quote("Pro | 5 seats | 12 €", "s1", "Plan | Seats | Price")]),
        Finding(id="f3", claim="-", quotes=[quote(HOURS, "s2", "Opening hours of the library:")]),
        Finding(id="f4", claim="-", quotes=[quote(CODE, "s3")]),
        Finding(id="f5", claim="-", quotes=[quote("Mode | Waits\nSHARE | a || b\nNONE |  | never", "s4")]),
    ],
    sources=[Source(id=f"s{n}", kind="library", title=f"Document {n}", uri=f"{n}.md") for n in range(1, 5)],
    numbers={f"s{n}": n for n in range(1, 5)},
)


def units(*told: tuple[str, int]) -> list[Sentence]:
    return [Sentence(text=text, citations=[number]) for text, number in told]


def checked(sentences: list[Sentence], *blocks: Block, withheld: Withheld | None = None) -> Checked:
    section = Section(heading="Plans", sentences=sentences, blocks=list(blocks))
    return check(DraftReport(title="Plans", sections=[section]), BRIEF, withheld or Withheld())


def only(result: Checked) -> tuple[Section, Block]:
    [section] = result.sections
    [block] = section.blocks
    return section, block


PLANS = units(("Free | 1 seat | 0 €", 1), ("Pro | 5 seats | 12 €", 1))
HEADER = ["Plan", "Seats", "Price"]


def test_the_four_kinds_pass_with_ids_and_marks() -> None:
    sentences = [
        *units(("Sunday: 11 am to 1 pm", 2), ("Opening hours of the library:", 2)),
        *units(("Saturday: 10:00 to 14:00", 2), ("Monday: closed", 2)),
        *PLANS,
        *units(("To turn it off:", 3), ('def load(url):\n    return fetch(url, cache="no-store")', 3)),
    ]
    result = checked(
        sentences,
        Block(units=[0]),
        Block(kind="list", lead=1, units=[2, 3]),
        Block(kind="table", units=[4, 5], header=HEADER),
        Block(kind="code", lead=6, units=[7], language="python"),
    )
    assert result.removed == []
    [section] = result.sections
    assert [each.text for each in section.sentences] == [each.text for each in sentences]
    assert [each.id for each in section.sentences] == [f"u{n}" for n in range(1, 9)]
    assert [each.mark for each in section.sentences] == [Mark.SAME, *[Mark.QUOTED] * 7]
    assert [(each.kind, each.lead, each.units) for each in section.blocks] == [
        ("paragraph", None, [0]),
        ("list", 1, [2, 3]),
        ("table", None, [4, 5]),
        ("code", 6, [7]),
    ]
    table = section.blocks[2]
    assert (table.header, table.rows) == (HEADER, [["Free", "1 seat", "0 €"], ["Pro", "5 seats", "12 €"]])
    assert section.blocks[3].language == "python"


def test_what_gives_way_leaves_the_blocks_pointing_right() -> None:
    sentences = [
        *units(("The moon is made of cheese.", 1)),
        *PLANS[:1],
        *units(("Gold | 9 seats | 99 €", 1)),
        *PLANS[1:],
    ]
    result = checked(sentences, Block(units=[0]), Block(kind="table", units=[1, 2, 3], header=HEADER))
    section, block = only(result)
    assert [each.text for each in section.sentences] == [each.text for each in PLANS]
    assert (block.units, block.rows) == ([0, 1], [["Free", "1 seat", "0 €"], ["Pro", "5 seats", "12 €"]])
    assert [each.text for each in result.changed] == ["The moon is made of cheese.", "Gold | 9 seats | 99 €"]
    assert {each.unit for each in result.changed} <= {"u1", "u2"}
    assert result.removed == []


def test_a_lead_goes_with_its_block_and_a_block_stays_without_its_lead() -> None:
    lead = units(("Opening hours of the library:", 2))
    friday = Sentence(text="Friday: 08:00 to 22:30", citations=[9])
    gone = checked([*lead, friday, *PLANS], Block(kind="list", lead=0, units=[1]))
    assert [each.text for each in gone.removed] == ["Friday: 08:00 to 22:30", "Opening hours of the library:"]
    assert gone.gate.removed == 2
    assert only(gone)[1].kind == "paragraph"
    bare = checked(
        units(("These are the best of all hours:", 2), ("Monday: closed", 2)), Block(kind="list", lead=0, units=[1])
    )
    section, block = only(bare)
    # The line of the document leads into it instead.
    assert (block.lead, block.units) == (0, [1])
    assert [each.text for each in section.sentences] == ["Opening hours of the library:", "Monday: closed"]
    assert [(each.unit, each.text) for each in bare.changed] == [("u1", "These are the best of all hours:")]


def test_a_lead_that_was_said_before_stays_above_its_items() -> None:
    lead = "Opening hours of the library:"
    told = units((lead, 2), (lead, 2), ("Monday: closed", 2))
    result = checked(told, Block(kind="paragraph", units=[0]), Block(kind="list", lead=1, units=[2]))
    [section] = result.sections
    items = section.blocks[-1]
    assert items.lead is not None
    assert [section.sentences[at].text for at in (items.lead, *items.units)] == [lead, "Monday: closed"]


@pytest.mark.parametrize(
    ("lead", "stays"),
    [
        ("The opening hours are as follows:", True),
        ("Opening hours:", True),
        ("Here are the plans and the opening hours:", True),
        ("The opening hours are always as follows:", False),
        ("The opening hours are not as follows:", False),
        ("The library doubled its opening hours:", False),
        ("The opening hours", False),
        ("All the opening hours are these:", False),
        ("The 7 plans are these:", False),
    ],
)
def test_a_lead_without_a_citation_claims_nothing(lead: str, stays: bool) -> None:
    told = [Sentence(text=lead, citations=[]), *units(("Monday: closed", 2), ("Saturday: 10:00 to 14:00", 2))]
    result = checked(told, Block(kind="list", lead=0, units=[1, 2]))
    section, block = only(result)
    leading = section.sentences[block.lead or 0]
    assert (leading.text == lead) is stays
    assert leading.mark is (None if stays else Mark.QUOTED)
    assert (result.gate.sentences, result.gate.supported) == ((2, 2) if stays else (3, 3))


def test_an_item_in_prose_gives_way_to_a_list_with_the_line_that_leads_into_it() -> None:
    result = checked(units(("On Sunday the library never opens before 13:00.", 2)))
    section, block = only(result)
    assert (block.kind, block.lead, block.units) == ("list", 0, [1])
    assert [each.text for each in section.sentences] == ["Opening hours of the library:", "Sunday: 11:00 to 13:00"]


@pytest.mark.parametrize(
    "row",
    ["Free | 5 seats | 0 €", "Free | 0 € | 1 seat", "Pro | 5 seats | 12 $", "Free | no seat | 0 €", "Free | 1 seat |"],
)
def test_a_row_with_a_cell_that_lies_gives_way_to_the_row_of_its_document(row: str) -> None:
    result = checked(units((row, 1)), Block(kind="table", units=[0], header=HEADER))
    section, block = only(result)
    assert (block.kind, block.header) == ("table", HEADER)
    assert [each.text for each in section.sentences] in ([each.text] for each in PLANS)
    assert [each.text for each in result.changed] == [row.rstrip(" |") if row.endswith("|") else row] or row.endswith(
        "|"
    )


def test_a_numbered_list_that_lost_an_item_in_the_middle_is_numbered_no_more() -> None:
    told = units(("Monday: closed", 2), ("Tuesday: 07:00", 2), ("Sunday: 11:00 to 13:00", 2))
    told[1] = Sentence(text="Tuesday: 07:00", citations=[])
    assert not only(checked(told, Block(kind="list", units=[0, 1, 2], ordered=True)))[1].ordered
    assert only(checked(told[:2], Block(kind="list", units=[0, 1], ordered=True)))[1].ordered


class TestTables:
    def test_cells_come_from_the_checked_row_whatever_the_writer_says(self) -> None:
        lies = [["Free", "forever", "free of charge"], ["Pro", "5 seats", "0 €"]]
        _, block = only(checked(PLANS, Block(kind="table", units=[0, 1], header=HEADER, rows=lies)))
        assert block.rows == [["Free", "1 seat", "0 €"], ["Pro", "5 seats", "12 €"]]

    @pytest.mark.parametrize(
        "header",
        [
            ["Plan", "Seats", "Price per year"],
            ["Plan", "Price", "Seats"],
            ["Plan", "Seats"],
            ["Free", "1 seat", "0 €"],
            ["", "", ""],
            [f"column {n}" for n in range(80)],
        ],
    )
    def test_a_header_that_does_not_stand_above_the_rows_is_dropped(self, header: list[str]) -> None:
        _, block = only(checked(PLANS, Block(kind="table", units=[0, 1], header=header)))
        assert (block.header, len(block.rows)) == ([], 2)

    def test_a_header_of_another_table_is_dropped(self) -> None:
        mixed = [PLANS[0], *units(("SHARE | a || b", 4))]
        assert only(checked(mixed, Block(kind="table", units=[0, 1], header=HEADER)))[1].header == []

    def test_a_header_may_stand_in_the_quote_and_bars_of_code_part_no_cells(self) -> None:
        rows = units(("| SHARE | a || b |", 4), ("NONE | | never", 4))
        brief = Block(kind="table", units=[0, 1], header=["Mode", "Waits"])
        section, block = only(checked(rows, brief))
        assert [each.text for each in section.sentences] == ["SHARE | a || b", "NONE | | never"]
        assert (block.header, block.rows) == (["Mode", "Waits"], [["SHARE", "a || b"], ["NONE", " | never"]])

    def test_a_header_that_names_what_was_dropped_is_dropped(self) -> None:
        withheld = Withheld(names=("Seats",))
        result = checked(
            units(("Free | 1 seat | 0 €", 1)), Block(kind="table", units=[0], header=HEADER), withheld=withheld
        )
        assert only(result)[1].header == []


class TestCode:
    def test_its_lines_are_those_of_the_quote(self) -> None:
        told = '\n        def load(url):   \n            return fetch(url, cache="no-store")\n\n'
        section, block = only(checked(units((told, 3)), Block(kind="code", units=[0])))
        assert section.sentences[0].text == 'def load(url):\n    return fetch(url, cache="no-store")'
        assert section.sentences[0].mark is Mark.QUOTED
        assert block.kind == "code"

    @pytest.mark.parametrize(
        "code",
        [
            'def load(url):\nreturn fetch(url, cache="no-store")',
            "def load(url):\n    return fetch(url, cache='no-store')",
            'def load(url):\n    return fetch(url,  cache="no-store")',
            'return fetch(url, cache="no-store"',
            'Def load(url):\n    return fetch(url, cache="no-store")',
            "rm -rf /",
        ],
    )
    def test_every_sign_counts(self, code: str) -> None:
        result = checked([*units((code, 3)), *PLANS], Block(kind="code", units=[0]))
        assert "code" not in [block.kind for block in result.sections[0].blocks]
        assert code not in [each.text for each in result.sections[0].sentences]
        assert [(each.text, "sign for sign" in each.why) for each in result.changed] == [(code, True)]

    def test_code_that_differs_gives_way_to_the_code_of_its_quote(self) -> None:
        told = Quote(text="rm -r build", source="s1", kind="code", place=Place(lead="To clean up:"))
        brief = BRIEF.model_copy(update={"findings": [Finding(id="f1", claim="-", quotes=[told])]})
        section = Section(heading="Plans", sentences=units(("rm -rf /", 1)), blocks=[Block(kind="code", units=[0])])
        result = check(DraftReport(title="Plans", sections=[section]), brief)
        code, block = only(result)
        assert ([each.text for each in code.sentences], block.kind) == (["rm -r build"], "code")

    def test_it_cites_what_holds_it_and_nothing_else(self) -> None:
        code = Sentence(text="    def load(url):", citations=[1, 3, 77])
        result = checked([code], Block(kind="code", units=[0]))
        assert only(result)[0].sentences[0].citations == [3]
        assert result.gate.citations_removed == 2
        found = checked([code.model_copy(update={"citations": [9]})], Block(kind="code", units=[0]))
        assert only(found)[0].sentences[0].citations == [3]
        lost = checked([Sentence(text="moon.shine()", citations=[9])], Block(kind="code", units=[0]))
        assert "no approved source" in lost.removed[0].why

    def test_code_that_differs_in_a_sign_only_is_said_too(self) -> None:
        assert lines_of("a = b - c", "a = b + c\na = b - c") == "a = b - c"
        assert lines_of("a = b - c", "a = b + c") is None

    def test_a_language_is_a_word_or_nothing(self) -> None:
        told = units(("def load(url):", 3))
        for said, shown in (("c++", "c++"), ("Python, which Larry invented", ""), ("x" * 40, ""), ("`` sh", "")):
            assert only(checked(told, Block(kind="code", units=[0], language=said)))[1].language == shown


def test_a_summary_has_blocks_too() -> None:
    summary = DraftReport(
        title="Plans",
        summary=PLANS,
        summary_blocks=[Block(kind="table", units=[0, 1], header=HEADER)],
        sections=[Section(heading="Hours", sentences=units(("Monday: closed", 2)))],
    )
    result = check(summary, BRIEF)
    assert [block.kind for block in result.summary_blocks] == ["table"]
    assert [each.id for each in result.sections[0].sentences] == ["u3"]
    # A summary of nothing is the body, and keeps its form.
    alone = check(summary.model_copy(update={"sections": []}), BRIEF)
    assert (alone.summary, alone.summary_blocks) == ([], [])
    assert alone.sections[0].blocks[0].header == HEADER


def test_units_without_blocks_are_one_paragraph() -> None:
    assert blocks_of(PLANS, []) == [Block(units=[0, 1])]
    assert blocks_of([], []) == []
    assert only(checked(PLANS))[1] == Block(units=[0, 1])


def test_cells() -> None:
    assert cells("| a | b |") == ["a", "b"]
    assert cells(" | Free | Pro") == ["", "Free", "Pro"]
    assert cells("string|number | a || b") == ["string|number", "a || b"]
    [table] = blocks_of([Sentence(text=" | ".join("x" * 70), citations=[])], [Block(kind="table", units=[0])])
    assert len(table.rows[0]) == MOST_CELLS


places = st.integers(-3, 9)
texts = st.sampled_from([*(each.text for each in PLANS), "Monday: closed", "Cheese | moon", "def load(url):", "", "|"])


@given(
    st.lists(st.tuples(texts, st.integers(0, 5)), max_size=7),
    st.lists(
        st.builds(
            Block,
            kind=st.sampled_from(["paragraph", "list", "table", "code"]),
            units=st.lists(places, max_size=5),
            lead=st.none() | places,
            ordered=st.booleans(),
            header=st.lists(st.text(max_size=5), max_size=4),
            rows=st.lists(st.lists(st.text(max_size=5), max_size=4), max_size=4),
        ),
        max_size=4,
    ),
)
def test_whatever_a_writer_says_each_unit_is_in_one_place(told: list[tuple[str, int]], blocks: list[Block]) -> None:
    written = units(*told)
    for have, laid in [
        (written, blocks_of(written, blocks)),
        *((section.sentences, section.blocks) for section in checked(written, *blocks).sections),
    ]:
        placed = [at for block in laid for at in ([] if block.lead is None else [block.lead]) + block.units]
        assert sorted(placed) == list(range(len(have)))
        for block in laid:
            assert block.units
            assert len(block.rows) == (len(block.units) if block.kind == "table" else 0)
            assert {len(row) for row in block.rows} == ({len(block.header or block.rows[0])} if block.rows else set())
    result = checked(written, *blocks)
    for section in result.sections:
        placed = [at for block in section.blocks for at in ([] if block.lead is None else [block.lead]) + block.units]
        assert placed == sorted(placed), "in reading order"
        for block in section.blocks:
            if block.kind == "table":
                joined = [" ".join(" | ".join(row).replace("|", " ").split()) for row in block.rows]
                assert joined == [" ".join(section.sentences[at].text.replace("|", " ").split()) for at in block.units]
