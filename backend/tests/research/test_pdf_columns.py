"""Pages in columns are read column by column, however the file has their lines."""

import random
import re
from collections.abc import Sequence
from io import BytesIO

import pytest
import typst
from pypdf import PdfReader, PdfWriter

from sayso.research.library.documents import extract

_WORDS = ("harbour", "pier", "master", "crane", "tide", "rope", "anchor", "cargo", "ferry", "signal", "lamp", "buoy")


def sentences(number: int, seed: str) -> list[str]:
    """Sentences of made-up words, each with a name of its own that says where it belongs."""
    chance = random.Random(seed)
    return [
        f"The {seed}{at} {' '.join(chance.choices(_WORDS, k=chance.randrange(8, 16)))} ends here."
        for at in range(number)
    ]


def drawn(columns: Sequence[tuple[float, list[str]]], above: Sequence[str] = (), *, shift: float = 0.0) -> bytes:
    """A page whose lines are drawn across the columns: the first line of each, the second of each, and so on.

    Args:
        columns: the left edge and the lines of each.
        above: lines across the whole page.
        shift: how much lower each column's lines stand than those of the one before.
    """
    shown = [(60.0, 760.0 - 14 * at, line) for at, line in enumerate(above)]
    top = 760.0 - 14 * len(above) - 20
    for at in range(max(len(lines) for _, lines in columns)):
        for number, (left, lines) in enumerate(columns):
            if at < len(lines):
                shown.append((left, top - 13 * at - shift * number, lines[at]))
    stream = " ".join(f"BT /F1 9 Tf {left} {height} Td ({line}) Tj ET" for left, height, line in shown).encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R "
        b"/Resources << /Font << /F1 3 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(out) + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table


def wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def told(data: bytes) -> list[str]:
    """The sentences as they are read, with what is quotable only."""
    document = extract("a.pdf", data)
    text = " ".join(document.text[span.offset : span.offset + span.length] for span in document.spans)
    return [each.strip() for each in re.findall(r"[^.]+\.", " ".join(text.split()))]


@pytest.mark.parametrize("shift", [0.0, 4.0, 6.5])
@pytest.mark.parametrize("edges", [(40.0, 320.0), (40.0, 225.0, 410.0)])
def test_lines_drawn_across_columns_are_read_column_by_column(edges: tuple[float, ...], shift: float) -> None:
    parts = [sentences(9, name) for name in "abc"[: len(edges)]]
    width = 48 if len(edges) == 2 else 32
    columns = [(edge, wrapped(" ".join(part), width)) for edge, part in zip(edges, parts, strict=True)]
    assert told(drawn(columns, shift=shift)) == [each for part in parts for each in part]


def test_what_goes_across_the_columns_comes_in_its_place() -> None:
    abstract = sentences(3, "abstract")
    parts = [sentences(7, "left"), sentences(7, "right")]
    columns = [(40.0, wrapped(" ".join(parts[0]), 48)), (320.0, wrapped(" ".join(parts[1]), 48))]
    found = told(drawn(columns, above=wrapped(" ".join(abstract), 95)))
    assert found == [*abstract, *parts[0], *parts[1]]


def test_columns_between_full_lines_as_typesetters_make_them() -> None:
    first, second, last = sentences(14, "first"), sentences(16, "second"), sentences(4, "last")
    source = f"{' '.join(first[:4])}\n\n#columns(2)[{' '.join(first[4:])}\n\n{' '.join(second)}]\n\n{' '.join(last)}"
    data = typst.compile(f"#set page(height: 30cm)\n#set par(justify: true)\n{source}".encode())
    assert told(data) == [*first, *second, *last]


def test_a_sentence_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    long = "The harbour master reads the ledger of the ferry and writes down which of the boats have come home, " * 18
    document = extract("a.pdf", typst.compile(f"#set page(columns: 2, height: 6cm)\n{long}and that is all.".encode()))
    text = document.text.replace("\n\n", " | ")
    # In the middle of a sentence there is neither the end of a paragraph nor of a passage.
    assert " | " not in text
    assert {span.page for span in document.spans} == {1}


def test_a_word_in_capitals_that_is_broken_is_whole_again() -> None:
    lines = ["It returns ASN1_SUCCESS, or ELE-", "MENT_NOT_FOUND where there is none, and UTF-", "8 stays as it is."]
    text = extract("a.pdf", drawn([(40.0, lines)])).text
    assert text == "It returns ASN1_SUCCESS, or ELEMENT_NOT_FOUND where there is none, and UTF-8 stays as it is."


def test_a_table_of_short_cells_is_none_of_columns() -> None:
    rows = [
        ("Outer pier", "12 berths", "31 EUR"),
        ("Inner pier", "30 berths", "14 EUR"),
        ("Dry dock", "2 places", "80"),
    ]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    data = typst.compile(f"#grid(columns: 3, column-gutter: 2cm, row-gutter: 4mm, {cells})\n".encode())
    document = extract("a.pdf", data)
    assert document.text == "\n".join(" | ".join(row) for row in rows)


def test_a_cell_that_goes_on_below_stays_one_cell() -> None:
    source = (
        "#table(columns: (4cm, 4cm, 5cm), stroke: none, [*Work*], [*When*], [*Who*], [Dredging], [January],"
        " [The harbour master and the crew of the ferry], [Painting], [May], [Volunteers])"
    )
    document = extract("a.pdf", typst.compile(source.encode()))
    assert "Dredging | January | The harbour master and the crew of the ferry" in document.text
    assert "Painting | May | Volunteers" in document.text


def test_larger_lines_are_headings_and_dots_of_contents_are_not_quoted() -> None:
    source = (
        "#set heading(numbering: none)\n#outline()\n= Berths\nBoats over twelve metres use the outer pier.\n\n"
        "== Fees\nA night costs 31 euros, and a week costs less than seven nights do."
    )
    document = extract("a.pdf", typst.compile(source.encode()))
    assert [(span.heading, document.text[span.offset :][:14]) for span in document.spans] == [
        ("Berths", "Boats over twe"),
        ("Berths › Fees", "A night costs "),
    ]


def test_what_is_written_sideways_is_left_out() -> None:
    source = (
        "#place(left, dx: -1.5cm, dy: 8cm, rotate(-90deg)[arXiv stamp of some version])\n"
        "The text of the page goes on as if nothing stood beside it, for as long as it likes."
    )
    assert "stamp" not in extract("a.pdf", typst.compile(source.encode())).text


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_it_is_shown(turn: int) -> None:
    parts = [sentences(6, "left"), sentences(6, "right")]
    flat = drawn([(40.0, wrapped(" ".join(parts[0]), 48)), (320.0, wrapped(" ".join(parts[1]), 48))])
    writer = PdfWriter(clone_from=PdfReader(BytesIO(flat)))
    # The text is turned on the sheet one way, and the sheet the other way when it is shown.
    writer.pages[0].rotate(-turn).transfer_rotation_to_content()
    writer.pages[0].rotate(turn)
    out = BytesIO()
    writer.write(out)
    assert told(out.getvalue()) == [*parts[0], *parts[1]]
