"""The date that a document gives of itself, and never that of its file."""

import os
from calendar import month_name
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from textwrap import dedent

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from research.office_files import pdf, word
from sayso.language.dates import iso
from sayso.research.library.documents import extract
from sayso.research.library.source import Library, Root

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", "2024"),
        ("2024-05", "2024-05"),
        ("2024-05-17", "2024-05-17"),
        ('"2024-5-7"', "2024-05-07"),
        ("2024/05/17", "2024-05-17"),
        ("2024-05-17T10:00:00+02:00", "2024-05-17"),
        ("20240517", "2024-05-17"),
        ("D:20240517120000+02'00'", "2024-05-17"),
        ("D:2024", "2024"),
        ("17 May 2024", "2024-05-17"),
        ("Fri, 17 May 2024 10:00:00 GMT", "2024-05-17"),
        ("May 17th, 2024", "2024-05-17"),
        ("Sept. 2023", "2023-09"),
        ("17.05.2024", "2024-05-17"),
        ("2026-11-23", "2026-11-23"),
        ("2026-11-24", None),
        ("2031", None),
        ("1499-12-31", None),
        ("05/06/2024", None),
        ("2024-13-01", None),
        ("2024-02-30", None),
        ("0000-00-00", None),
        ("yesterday", None),
        ("version 2024", None),
        ("20240", None),
        ("", None),
    ],
)
def test_a_date_is_as_precise_as_it_was_given(text: str, expected: str | None) -> None:
    assert iso(text, today=TODAY) == expected


@given(
    st.dates(min_value=date(1500, 1, 1), max_value=TODAY), st.sampled_from(["%Y-%m-%d", "D:%Y%m%d000000Z", "%d %B %Y"])
)
def test_every_day_is_read_in_every_form(day: date, form: str) -> None:
    assert iso(_spelled(day, form), today=TODAY) == day.isoformat()


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = iso(text, today=TODAY)
    assert found is None or found == iso(found, today=TODAY)


def _spelled(day: date, form: str) -> str:
    # strftime does not pad years below 1000, and %B follows the locale.
    parts = {"%Y": f"{day.year:04}", "%m": f"{day.month:02}", "%d": f"{day.day:02}", "%B": month_name[day.month]}
    for sign, part in parts.items():
        form = form.replace(sign, part)
    return form


def dated(name: str, text: str) -> str | None:
    return extract(name, dedent(text).encode()).date


PAGE = "<html><head>{}</head><body><h1>Locks</h1>{}<p>A lock keeps others away from a shelf.</p></body></html>"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.md", "---\ntitle: A\ndate: 2023-01-02\n---\n\nText.\n", "2023-01-02"),
        ("a.md", "---\ndate: 2023-01-02\nlast_updated: 3 March 2024\n---\n\nText.\n", "2024-03-03"),
        ("a.md", "+++\ndate = 2023-01-02\n+++\n\nText.\n", "2023-01-02"),
        ("a.md", "---\ndate: soon\n---\n\nText.\n", None),
        ("a.md", "A text.\n\nWe met on 2023-01-02 and shook hands.\n", None),
        ("a.md", "# Fees\n\n*In force from 1 October 2021. Superseded by version 3.*\n", "2021-10-01"),
        ("a.md", "# Fees\n\nIt replaces that of 3 May 2020, updated. Edition of 1 March 2024.\n", "2024-03-01"),
        ("a.md", "# Gebühren\n\nGültig ab 1. März 2025. Ersetzt die vom 1. Juli 2019.\n", "2025-03-01"),
        ("a.txt", "Ghent, 3 May 2024\n\nDear Ada,\n", "2024-05-03"),
        ("a.txt", "Part 20240517 was updated.\n", None),
        ("a.rst", "Locks\n=====\n\n:Author: Ada\n:Date: 2022-07-08\n\nText.\n", "2022-07-08"),
        ("a.rst", "Locks\n=====\n\nText that says 2022-07-08.\n", None),
        ("a.html", PAGE.format('<meta name="date" content="2021-02-03">', ""), "2021-02-03"),
        ("a.html", PAGE.format('<meta name="DCTERMS.modified" content="2021-02">', ""), "2021-02"),
        (
            "a.html",
            PAGE.format(
                '<meta property="article:published_time" content="2020-01-01T00:00:00Z">'
                '<meta property="article:modified_time" content="2021-02-03T00:00:00Z">',
                "",
            ),
            "2021-02-03",
        ),
        ("a.html", PAGE.format('<meta http-equiv="last-modified" content="Fri, 17 May 2024 10:00:00 GMT">', ""),
         "2024-05-17"),
        ("a.html", PAGE.format("", '<time datetime="2019-09-09">9 September</time>'), "2019-09-09"),
        ("a.html", PAGE.format("", "<p>" + "word " * 200 + '</p><time datetime="2019-09-09">then</time>'), None),
        ("a.html", PAGE.format('<meta name="date" content="3021-02-03">', ""), None),
        ("a.txt", "Date: 2020-01-01\n\nText.\n", "2020-01-01"),
    ],
)  # fmt: skip
def test_text_formats_say_it_in_their_own_places(name: str, text: str, expected: str | None) -> None:
    assert dated(name, text) == expected


def test_a_pdf_says_it_in_its_information() -> None:
    def information(**entries: str) -> str | None:
        writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf([["A lock keeps others away from a shelf."]]))))
        writer.add_metadata({f"/{key}": value for key, value in entries.items()})
        out = BytesIO()
        writer.write(out)
        return extract("a.pdf", out.getvalue()).date

    assert information(CreationDate="D:20200101000000Z") == "2020-01-01"
    assert information(CreationDate="D:20200101000000Z", ModDate="D:20210203000000Z") == "2021-02-03"
    assert information(ModDate="never", CreationDate="D:20200101000000Z") == "2020-01-01"
    assert information() is None


def test_a_word_document_says_it_in_its_properties_but_for_the_template() -> None:
    assert extract("a.docx", word("Locks", [("Normal", "A lock keeps others away.")])).date is None
    document = docx.Document(BytesIO(word("Locks", [("Normal", "A lock keeps others away.")])))
    document.core_properties.created = datetime(2020, 1, 2)
    out = BytesIO()
    document.save(out)
    assert extract("a.docx", out.getvalue()).date == "2020-01-02"
    document.core_properties.modified = datetime(2021, 3, 4)
    out = BytesIO()
    document.save(out)
    assert extract("a.docx", out.getvalue()).date == "2021-03-04"


async def test_the_library_gives_the_date_with_every_passage(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "dated.md").write_text("---\nupdated: 2024-05-17\n---\n\nA lock keeps the shelf from others.\n")
    (folder / "undated.md").write_text("A lock keeps the crate from others.\n")
    os.utime(folder / "undated.md", (1_000_000_000, 1_000_000_000))
    library = Library(tmp_path / "data", [Root(folder)], isolated=False)
    try:
        await library.refresh()
        passages = await library.search("lock", limit=5)
        assert {each.uri: each.date for each in passages} == {"dated.md": "2024-05-17", "undated.md": None}
    finally:
        await library.close()


@pytest.mark.parametrize("name", ["a.rst.txt", "a.RST.TXT"])
def test_the_sources_that_sphinx_keeps_are_read_for_what_they_are(name: str) -> None:
    document = extract(name, b"Locks\n=====\n\nSee :meth:`~shelf.Shelf.lock` for the lock of ``__init__`` here.\n")
    assert (document.title, document.text) == ("Locks", "Locks\n\nSee lock for the lock of __init__ here.")
