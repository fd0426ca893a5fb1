"""Tables with lines around their cells are read row by row, whatever stands in the cells."""

import random
from io import BytesIO
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader, PdfWriter

from sayso.research.library.documents import extract
from sayso.research.readers.pdf_picture import pictured

FILES = Path(__file__).parent / "files"
_WORDS = ("harbour", "pier", "master", "crane", "tide", "rope", "anchor", "cargo", "ferry", "signal", "lamp", "buoy")
PLANS = """The club offers three plans to everybody who keeps a boat here all year.

Plan | What it includes | Price
--- | --- | ---
Sailor | A berth of up to eight metres in the inner harbour, water and power at the pier, and a parking place from \
April to October only | 240 euros a year
Captain | A berth of up to fourteen metres, a parking place all year, and the use of the crane twice, in spring \
and in autumn, with a crew of two | 410 euros a year
Admiral | The same for two boats | 700 euros a year
Admiral | Winter storage in the hall for one of them, with a check of the engine before the season | 95 euros a month
All prices include the tax of the town.

Whoever leaves before the end of the year gets nothing back."""


def of_source(source: str, *, turned: int = 0) -> bytes:
    data = typst.compile(source.encode())
    if not turned:
        return data
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    for page in writer.pages:
        # Written sideways, and upright once it is turned.
        page.rotate(-turned)
        page.transfer_rotation_to_content()
        page.rotate(turned)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def drawn(rows: list[list[str]], widths: str, options: str = "") -> str:
    return f"#table(columns: {widths}, {options} {', '.join(f'[{cell}]' for row in rows for cell in row)})"


def test_a_table_of_a_word_processor_with_long_and_with_shared_cells() -> None:
    document = extract("plans.pdf", (FILES / "plans.pdf").read_bytes())
    assert document.text == f"Plans of the harbour club\n\n{PLANS}"


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("seed", range(4))
def test_cells_of_many_lines_stay_whole_on_a_page_however_it_is_turned(seed: int, turned: int) -> None:
    chance = random.Random(seed)
    columns = chance.randrange(2, 5)
    rows = [[" ".join(chance.choices(_WORDS, k=chance.randrange(1, 14))) for _ in range(columns)] for _ in range(5)]
    # Narrow columns without air: a line's end nearly touches the next cell's beginning.
    source = drawn(rows, f"(3.1cm,) * {columns}", "inset: 1.5pt,")
    text = extract("a.pdf", of_source(f"Before the table.\n\n{source}\n\nAfter the table.", turned=turned)).text
    told = [line.split(" | ") for line in text.split("\n") if " | " in line and "---" not in line]
    assert told == rows
    assert text.index("Before the table.") < text.index(rows[0][0]) < text.index("After the table.")


def test_a_table_beside_a_column_of_text_comes_in_its_place() -> None:
    prose = [f"Sentence number {at} is about {' and '.join(_WORDS[at : at + 4])}." for at in range(8)]
    table = drawn([["Pier", "Fee"], ["Outer", "31"], ["Inner", "14"]], "2")
    source = f"#set page(columns: 2, height: 9cm)\n{' '.join(prose)}\n#colbreak()\n{' '.join(prose)}\n\n{table}"
    text = extract("a.pdf", of_source(source)).text
    assert " ".join(text.split()).count(" ".join(prose)) == 2
    # Its last row is on the next page.
    assert text.endswith("\n\nPier | Fee\n--- | ---\nOuter | 31\nInner | 14")


@pytest.mark.parametrize(
    "source",
    [
        # A frame around text, frames beside each other, and lines under lines of a form.
        "#rect[The ferry leaves at nine and comes back at noon on all days but Sunday.]",
        "#rect(width: 100%)[#rect[The ferry leaves at nine and comes back at noon on all days but Sunday.]]",
        "#line()\nThe ferry leaves at nine and comes back at noon on all days but Sunday.\n#line()",
        # Squared paper behind a text.
        "#place(grid(columns: (1cm,) * 12, rows: 8mm, stroke: 1pt, ..range(96).map(_ => [])))\n"
        "The ferry leaves at nine and comes back at noon on all days but Sunday.",
    ],
)
def test_other_lines_make_no_table(source: str) -> None:
    assert extract("a.pdf", of_source(source)).text == (
        "The ferry leaves at nine and comes back at noon on all days but Sunday."
    )


def test_a_row_is_marked_cell_by_cell() -> None:
    row = next(line for line in PLANS.splitlines() if line.startswith("Captain"))
    picture = pictured((FILES / "plans.pdf").read_bytes(), 1, row)
    lefts = sorted({round(left, 2) for left, *_ in picture.boxes})
    assert len(picture.boxes) > 3
    assert len(lefts) == 3


def test_a_table_goes_on_over_pages_with_its_header_again() -> None:
    rows = [[f"Berth {at}", f"{at + 8} m", f"{at * 3} EUR"] for at in range(40)]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    header = "table.header([Berth], [Length], [Fee]),"
    source = f"#set page(height: 9cm, numbering: none)\n#table(columns: 3, {header} {cells})\nThat is all of them."
    told = "\n".join(" | ".join(row) for row in rows)
    text = extract("a.pdf", of_source(source)).text
    assert text == f"Berth | Length | Fee\n--- | --- | ---\n{told}\n\nThat is all of them."
