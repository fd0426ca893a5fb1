"""Lists, tables and code in every format: real ones, with each unit's citations, and nothing in a text ends them."""

import io

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from exports.hostile import hostile_text
from exports.reading import docx_lines, flat, page, pdf_text
from exports.reports import ROWS, SCRIPT, full, in_blocks, sentence
from exports.test_docx import assert_sound
from sayso.exports.docx import report_docx
from sayso.exports.html import report_html
from sayso.exports.json import report_json
from sayso.exports.markdown import report_markdown
from sayso.exports.pdf import report_pdf
from sayso.exports.text import one_line
from sayso.protocol.report import Block, Report, Section

RTL = "قفل الجدول"


def wide(columns: int) -> Report:
    row = [f"verylongidentifier{n}withoutanyspace" for n in range(columns)]
    units = [sentence(" | ".join(row), 1)] * 3
    section = Section(heading="Wide", sentences=units, blocks=[Block(kind="table", units=[0, 1, 2], header=row)])
    return full().model_copy(update={"sections": [section]})


def only(*units: str, **block: object) -> Report:
    """A report of one block, whose units are all cited from source 1."""
    laid = Block.model_validate({"units": list(range(len(units))), **block})
    section = Section(heading="Only", sentences=[sentence(text, 1) for text in units], blocks=[laid])
    return full().model_copy(update={"sections": [section], "summary": []})


class TestMarkdown:
    def test_lists_tables_and_code(self) -> None:
        made = report_markdown(in_blocks())
        body = made[made.index("## Plans") : made.index("## Where")]
        assert body.split("\n\n")[1:-2] == [
            "Anyone may come. [1]",
            "These are the hours: [1]",
            "- Saturday: 10:00 to 14:00 [1]\n- 1\\. not a number [2]",
            "1. First this. [1]\n2. Then that. [2]",
            "The plans are these: [2]",
            "| Plan |  | Price |\n| --- | --- | --- |\n"
            "| Free | 1 seat \\| 2 on Sundays | 0 € [1][2] |\n| Pro |  | 12 € [1][2] |",
            "It goes like this: [1]",
            *f"`````python\n{SCRIPT}\n`````".split("\n\n"),
            "[1][2]",
        ]
        assert "- Come on Saturday. [1]\n\n|  |  |  |\n| --- | --- | --- |\n| Free |" in made

    def test_evidence_is_shown_as_what_it_is(self) -> None:
        made = report_markdown(in_blocks())
        assert (
            "> Free \\| 1 seat \\| 0 €\n>\n> | Plan | Seats | Price |\n> | --- | --- | --- |\n> | Pro | 5 seats |"
            in made
        )
        assert "> Opening hours\n>\n> **Saturday: 10:00 to 14:00**" in made
        assert "> How long?\n>\n> About eleven." in made
        assert "> Like this:\n>\n> `````\n> def wait(`tick`):\n>     while True:" in made

    def test_a_list_right_after_another_is_one_of_its_own(self) -> None:
        units = [sentence(text, 1) for text in ("a", "b", "c")]
        blocks = [Block(kind="list", units=[at]) for at in range(3)]
        made = report_markdown(
            full().model_copy(update={"sections": [Section(heading="", sentences=units, blocks=blocks)]})
        )
        assert "- a [1]\n\n* b [1]\n\n- c [1]" in made

    @settings(deadline=None, max_examples=200)
    @given(st.lists(st.lists(hostile_text(), min_size=3, max_size=3), min_size=1, max_size=4))
    def test_no_cell_ends_its_row(self, rows: list[list[str]]) -> None:
        report = only(*("-" for _ in rows), kind="table", header=["A", "B", "C"], rows=rows)
        found = parsed(report)
        assert [each.type for each in found].count("table_open") == 1
        assert [each.type for each in found].count("td_open") == 3 * len(rows)
        cells = [text_of(found[at + 1]) for at, each in enumerate(found) if each.type == "td_open"]
        wanted = [cell + ("[1]" if n % 3 == 2 else "") for n, cell in enumerate(cell for row in rows for cell in row)]
        assert [bare(cell) for cell in cells] == [bare(cell) for cell in wanted]

    @settings(deadline=None, max_examples=200)
    @given(hostile_text())
    def test_nothing_in_code_ends_it(self, code: str) -> None:
        found = [each for each in parsed(only(code, kind="code")) if each.type == "fence"]
        assert len(found) == 1
        assert flat(found[0].content) == flat(code)


def parsed(report: Report) -> list[Token]:
    made = report_markdown(report)
    body = made[made.index("## Only") : made.index("## Where")]
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)


def text_of(inline: Token) -> str:
    return "".join(each.content for each in inline.children or [])


def bare(text: str) -> str:
    return flat(one_line(text)).replace("`", "")


class TestHtml:
    def test_lists_tables_and_code_are_such(self) -> None:
        made = page(report_html(in_blocks()))
        [section] = made.xpath("//section[h2='Plans']")
        assert [each.tag for each in section] == ["h2", "p", "p", "ul", "ol", "p", "div", "p", "figure", "p"]
        assert [flat(each.text_content()) for each in section.iter("li")] == [
            *("Saturday:10:00to14:00[1]", "1.notanumber[2]", "Firstthis.[1]", "Thenthat.[2]"),
        ]
        head = section.findall(".//thead/tr/*")
        assert [(each.tag, each.get("scope"), each.text) for each in head] == [
            *(("th", "col", "Plan"), ("td", None, None), ("th", "col", "Price")),
        ]
        rows = [[flat(cell.text_content()) for cell in row] for row in section.findall(".//tbody/tr")]
        assert rows == [["Free", "1seat|2onSundays", "0€[1][2]"], ["Pro", "", "12€[1][2]"]]
        assert section.find(".//pre/code").text == SCRIPT
        assert section.find(".//figcaption").text_content() == "[1][2]"
        [brief] = made.xpath("//section[@class='summary']")
        assert [each.tag for each in brief] == ["h2", "ul", "div"]

    def test_evidence_is_shown_as_what_it_is(self) -> None:
        quotes = list(page(report_html(in_blocks())).iter("blockquote"))
        shown = [[each.tag for each in quote] for quote in quotes]
        assert shown[:5] == [["p", "div", "footer"], *[["p", "p", "footer"]] * 3, ["p", "figure", "footer"]]
        assert [cell.text for cell in quotes[0].iter("th")] == ["Plan", "Seats", "Price"]

    def test_text_from_the_right(self) -> None:
        made = page(report_html(only(f"{RTL} | a", kind="table", rows=[[RTL, "a"]])))
        table = next(made.iter("table"))
        assert (table.get("dir"), table.get("lang")) == ("auto", "ar")


class TestDocx:
    def test_lists_tables_and_code_have_styles_of_their_own(self) -> None:
        data = report_docx(in_blocks())
        assert_sound(data)
        made = docx.Document(io.BytesIO(data))
        styles = {each.text: each.style.name for each in made.paragraphs if each.style}
        assert styles["Saturday: 10:00 to 14:00\xa0[1]"] == "List Bullet"
        assert styles["First this.\xa0[1]"] == "List Number"
        assert styles[SCRIPT] == "Code"
        assert styles["These are the hours:\xa0[1]"] == "Lead"
        brief, table, evidence = made.tables
        assert {each.style.name for each in made.tables if each.style} == {"Report Table"}
        assert list(docx_lines([table])) == ["Plan\t\tPrice", *("\t".join(row) + "\xa0[1][2]" for row in ROWS)]
        assert len(brief.rows) == 2
        assert [cell.text for cell in evidence.rows[0].cells] == ["Plan", "Seats", "Price"]
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert table.rows[1]._tr.find(f".//{qn('w:tblHeader')}") is None

    def test_each_numbered_list_begins_at_one(self) -> None:
        report = in_blocks()
        twice = report.model_copy(update={"sections": report.sections * 2})
        made = docx.Document(io.BytesIO(report_docx(twice)))
        numbered = [each for each in made.paragraphs if each.style and each.style.name == "List Number"]
        numbers = [each._p.find(f".//{qn('w:numId')}").get(qn("w:val")) for each in numbered]
        assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
        known = made.part.numbering_part.element
        for number in set(numbers):
            [start] = known.num_having_numId(int(number)).iter(qn("w:startOverride"))
            assert start.get(qn("w:val")) == "1"

    def test_a_table_from_the_right(self) -> None:
        made = docx.Document(io.BytesIO(report_docx(only(f"{RTL} | a", kind="table", rows=[[RTL, "a"]]))))
        assert made.tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is not None

    def test_no_table_has_more_columns_than_word_opens(self) -> None:
        made = docx.Document(io.BytesIO(report_docx(wide(70))))
        assert [len(row.cells) for row in made.tables[0].rows] == [20] * 4


class TestPdf:
    def test_lists_tables_and_code_are_in_it(self) -> None:
        data = report_pdf(in_blocks())
        assert b"pdfuaid" in data
        text = pdf_text(data)
        found = flat(text)
        assert "•Saturday:10:00to14:00[1]" in found
        assert "1.Firstthis.[1]2.Thenthat.[2]" in found
        assert flat("Plan Price Free 1 seat | 2 on Sundays 0 €[1][2] Pro 12 €[1][2]") in found
        assert flat(SCRIPT) in found
        # Code keeps its lines and what they are indented by.
        assert "\n    while True:\n        print" in text

    @pytest.mark.parametrize("columns", [2, 5, 20])
    def test_a_wide_table_stays_on_its_page(self, columns: int) -> None:
        found = flat(pdf_text(report_pdf(wide(columns))))
        assert "verylongidentifier0withoutanyspace" in found

    def test_hostile_code_is_code(self) -> None:
        danger = '#read("x") $x$ `c` ```` // "\\\n#panic()\n\u202eabc\x1f\t' + "x" * 300
        data = report_pdf(only(danger, kind="code"))
        assert flat(danger) in flat(pdf_text(data))


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(hostile_text(), min_size=1, max_size=3), st.sampled_from(["list", "table", "code"]))
def test_every_format_for_readers_says_hostile_units(texts: list[str], kind: str) -> None:
    report = only(*texts, kind=kind, header=["Head"] if kind == "table" else [], rows=[[text] for text in texts])
    shown = [flat(text) for text in texts]
    html = flat(page(report_html(report)).find("body").text_content())
    assert [text for text in shown if text not in html] == []
    data = report_docx(report)
    assert_sound(data)
    word = flat("\n".join(docx_lines(docx.Document(io.BytesIO(data)).iter_inner_content())))
    assert [text for text in shown if text not in word] == []
    assert report_pdf(report).startswith(b"%PDF")


def test_json_is_the_record() -> None:
    assert Report.model_validate_json(report_json(in_blocks())) == in_blocks()
