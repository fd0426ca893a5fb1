"""Sheets, slides, mails, books and other documents, those in `files` as LibreOffice wrote them."""

from datetime import datetime
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from pptx import Presentation

from sayso.research.formats import Unreadable
from sayso.research.library.documents import ExtractedDocument, extract

FILES = Path(__file__).parent / "files"


def of_file(name: str) -> ExtractedDocument:
    return extract(name, (FILES / name).read_bytes())


def told(document: ExtractedDocument) -> dict[str, str | None]:
    """Text of each passage to its heading path."""
    return {document.text[span.offset : span.offset + span.length]: span.heading for span in document.spans}


FEES = (
    "Pier | Berths | Fee a night | Since\n--- | --- | --- | ---\n"
    "Outer pier | 12 | 31,50 | 2024-03-01\nInner pier | 30 | 14,00 | 2019-05-20\nDry dock | 2 | 80,00 | 2021-11-02"
)
BERTHS = (
    "Boats over twelve metres use the outer pier.\n\nBerth | Length | Fee a night\n--- | --- | ---\n"
    "A1 | 8 m | 14 EUR\nC4 | 15 m | 31 EUR"
)
RULES = (
    "• Diesel is sold from nine to five.\n• Dogs stay on a lead on every pier.\n\n"
    "A berth that is left empty for three nights is given to the next boat."
)


class TestSheets:
    @pytest.mark.parametrize("name", ["fees.xlsx", "fees.ods"])
    def test_a_title_above_a_header_above_rows(self, name: str) -> None:
        document = of_file(name)
        assert told(document) == {FEES: "Harbour fees 2025"}
        assert document.date is None

    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("name", ["fees.csv", "fees.tsv"])
    def test_whatever_separates_the_cells(self, name: str, separator: str) -> None:
        rows = [["Pier", "Fee", "Keeper"], ["Outer", "31.50", "Bo, and Anna"], ["Inner", "14.00", "nobody; yet"]]
        written = "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
        assert extract(name, written.encode()).text == "\n".join(
            [*(" | ".join(cell.replace("|", "¦") for cell in row) for row in rows[:1]), "--- | --- | ---"]
            + [" | ".join(row) for row in rows[1:]]
        )

    def test_a_file_of_a_spreadsheet_in_an_old_encoding(self) -> None:
        rows = "Am Dünenweg liegen die Boote;14 EUR\n" * 9
        document = extract("a.csv", f"Straße;Gebühr\nHafenstraße;31 €\n{rows}".encode("cp1252"))
        assert "Hafenstraße | 31 €" in document.text

    @pytest.mark.parametrize(
        ("first", "is_header"),
        [
            (["Product", "2023", "2024"], True),
            (["Name", "Role", "Place"], True),
            (["Soap", "12", "14"], False),
            (["Anna", "Anna", "Bo"], False),
        ],
    )
    def test_a_first_row_that_names_its_columns_is_the_header(self, first: list[str], is_header: bool) -> None:
        rows = "\n".join(",".join(row) for row in (first, ["Salt", "9", "11"], ["Oil", "3", "4"]))
        assert ("---" in extract("a.csv", rows.encode()).text) == is_header

    def test_parts_between_empty_rows_are_tables_of_their_own(self) -> None:
        document = extract("a.csv", b"Pier,Fee\nOuter,31\n,\nWork,Month\nDredging,May\n")
        assert document.text == "Pier | Fee\n--- | ---\nOuter | 31\n\nWork | Month\n--- | ---\nDredging | May"

    def test_a_header_that_is_too_long_to_carry_along_goes_with_each_cell(self) -> None:
        names = [f"Measured quantity number {at} of the harbour" for at in range(12)]
        document = extract("a.csv", f"{','.join(names)}\n{','.join(str(at) for at in range(12))}\n".encode())
        assert "Measured quantity number 7 of the harbour: 7;" in document.text

    def test_cells_are_told_as_they_are_shown(self) -> None:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Winter"
        sheet.append(["Work", "Share", "Cost", "Start", "Done"])
        sheet.append(["Dredging", 0.125, 42000.0, datetime(2025, 1, 7), True])
        sheet["B2"].number_format = "0.0%"
        hidden = book.create_sheet("Salaries")
        hidden.append(["Anna", 1])
        hidden.sheet_state = "hidden"
        book.create_sheet("Summer").append(["Nothing is planned."])
        out = BytesIO()
        book.save(out)
        document = extract("plan.xlsx", out.getvalue())
        assert told(document) == {
            "Work | Share | Cost | Start | Done\n--- | --- | --- | --- | ---\n"
            "Dredging | 12.5 % | 42000 | 2025-01-07 | TRUE": "Winter",
            "Nothing is planned.": "Summer",
        }
        assert document.notice == "its hidden sheets are not read"


class TestSlides:
    def test_a_section_for_each_slide(self) -> None:
        document = of_file("deck.pptx")
        assert document.title == "Winter plan of the harbour"
        assert told(document) == {
            "• The outer pier closes on 3 November.\n• The crane is serviced in January.": (
                "Slide 1: Winter plan of the harbour"
            ),
            "Work | Cost\n--- | ---\nDredging | 42,000 EUR": "Slide 2: Costs",
        }

    def test_notes_are_apart_and_hidden_slides_left_out(self) -> None:
        deck = Presentation()
        for title, text, note in (
            ("Plan", "The pier closes.", "The insurer asked for it."),
            ("Secret", "Nobody knows.", ""),
            ("End", "That was all.", ""),
        ):
            slide = deck.slides.add_slide(deck.slide_layouts[1])
            slide.shapes.title.text = title
            slide.placeholders[1].text = text
            if note:
                slide.notes_slide.notes_text_frame.text = note
            if title == "Secret":
                slide._element.set("show", "0")
        out = BytesIO()
        deck.save(out)
        assert told(extract("a.pptx", out.getvalue())) == {
            "The pier closes.": "Slide 1: Plan",
            "The insurer asked for it.": "Slide 1: Plan › Notes",
            "That was all.": "Slide 3: End",
        }


class TestTexts:
    def test_open_document(self) -> None:
        document = of_file("handbook.odt")
        assert document.title == "Harbour handbook"
        assert told(document)[BERTHS] == "Berths"
        assert told(document)[f"{RULES} The crane lifts four tonnes."] == "Rules"

    def test_rich_text(self) -> None:
        document = of_file("handbook.rtf")
        assert document.title == "Harbour handbook"
        assert BERTHS in document.text
        assert RULES in document.text

    def test_a_book(self) -> None:
        document = of_file("handbook.epub")
        assert document.title == "Harbour handbook"
        assert "C4 | 15 m | 31 EUR" in document.text
        assert "A berth that is left empty for three nights is given to the next boat." in document.text

    def test_the_chapters_of_a_book_come_in_the_order_of_its_spine(self) -> None:
        out = BytesIO()
        with ZipFile(out, "w") as archive:
            archive.writestr(
                "META-INF/container.xml",
                '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
                '<rootfile full-path="book/content.opf"/></rootfiles></container>',
            )
            archive.writestr(
                "book/content.opf",
                '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
                "<metadata><dc:title>Tides</dc:title><dc:date>2021-04-02</dc:date></metadata><manifest>"
                '<item id="b" href="b%20two.xhtml" media-type="application/xhtml+xml"/>'
                '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
                '<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
                '</manifest><spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>',
            )
            page = "<html><body><h1>{}</h1><p>{}</p></body></html>"
            archive.writestr("book/b two.xhtml", page.format("Springs", "They follow the full moon."))
            archive.writestr("book/a.xhtml", page.format("Neaps", "They follow the half moon."))
            archive.writestr("book/nav.xhtml", page.format("Contents", "Neaps, springs."))
        document = extract("tides.epub", out.getvalue())
        assert (document.title, document.date) == ("Tides", "2021-04-02")
        assert list(told(document).items()) == [
            ("They follow the half moon.", "Neaps"),
            ("They follow the full moon.", "Springs"),
        ]


def mail(body: str, subtype: str = "plain") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Anna Berg <anna@harbour.example>"
    message["To"] = "crew@harbour.example"
    message["Date"] = "Mon, 03 Mar 2025 09:12:00 +0100"
    message["Subject"] = "=?utf-8?q?Gr=C3=BC=C3=9Fe_from_the_pier?="
    message.set_content(body, subtype=subtype)
    return message


class TestMails:
    def test_what_was_written_stands_under_its_sender_and_date(self) -> None:
        document = extract("a.eml", bytes(mail("The outer pier closes on Monday.\n\nBring ropes.\n")))
        assert (document.title, document.date) == ("Grüße from the pier", "2025-03-03")
        [(text, heading)] = told(document).items()
        assert text.endswith("The outer pier closes on Monday.\n\nBring ropes.")
        assert heading == "From Anna Berg <anna@harbour.example>, 2025-03-03"

    def test_what_is_quoted_is_not_told_as_the_senders_own(self) -> None:
        body = "No, it stays open.\n\nOn Sunday Bo wrote:\n> The outer pier closes.\n> For good.\n\nAnna\n"
        document = extract("a.eml", bytes(mail(body)))
        assert "The outer pier closes." in document.text
        assert "closes" not in " ".join(told(document))
        assert "No, it stays open." in " ".join(told(document))
        assert document.notice == "what it quotes of other mails is not searched"

    @pytest.mark.parametrize("line", ["-----Original Message-----", "---- Ursprüngliche Nachricht ----", "_" * 32])
    def test_an_earlier_mail_that_is_sent_along_is_not_told_either(self, line: str) -> None:
        body = f"No, it stays open.\n\n{line}\nFrom: Bo\nSubject: Pier\n\nThe outer pier closes.\n"
        document = extract("a.eml", bytes(mail(body)))
        assert "closes" not in " ".join(told(document))
        assert document.notice == "what it quotes of other mails is not searched"

    @pytest.mark.parametrize(
        "quoted",
        ["<blockquote>The pier <b>closes</b>.</blockquote>", '<div class="gmail_quote"><p>It closes.</p></div>'],
    )
    def test_nor_what_a_mail_in_html_quotes(self, quoted: str) -> None:
        body = f"<p>No, it stays open.</p>{quoted}<p>Bring ropes.</p>"
        text = " ".join(told(document := extract("a.eml", bytes(mail(body, "html")))))
        assert "closes" not in text
        assert "stays open" in text
        assert "Bring ropes." in text
        assert document.notice == "what it quotes of other mails is not searched"

    def test_html_and_what_is_attached(self) -> None:
        message = mail("<p>The crane is <b>broken</b>.</p><ul><li>Call Bo.</li></ul>", "html")
        message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="crane.pdf")
        document = extract("a.eml", bytes(message))
        assert "The crane is broken." in document.text
        assert "• Call Bo." in document.text
        assert "Attachments: crane.pdf" in document.text
        assert document.notice == "its attachments are not read"

    def test_a_text_under_the_name_of_a_mail_is_refused(self) -> None:
        with pytest.raises(Unreadable, match="is no mail"):
            extract("a.eml", b"Just a text.\n")


@pytest.mark.parametrize("name", ["a.xlsx", "a.pptx", "a.odt", "a.epub", "a.docx"])
def test_a_file_with_a_password_says_so(name: str) -> None:
    with pytest.raises(Unreadable, match="has a password, or is of an older kind"):
        extract(name, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def test_rtf_by_name_only_is_refused() -> None:
    with pytest.raises(Unreadable, match="is no RTF"):
        extract("a.rtf", b"Plain text.")
