"""Pages of PDFs are drawn with the quote where it stands."""

import io
import re
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
import typst
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from research.test_pdf_columns import drawn, sentences, wrapped
from sayso.research.formats import Unreadable
from sayso.research.library.documents import extract
from sayso.research.library.picturing import LOADED
from sayso.research.library.reader_process import ReaderProcess
from sayso.research.readers.pdf_picture import Picture, pictured

STORY = [sentences(9, f"s{at}") for at in range(4)]
NARROW = '#set page(width: 300pt, height: 500pt)\n#set text(size: 10pt, lang: "en")\n'


def made(source: str) -> bytes:
    pdf = typst.compile(source.encode())
    assert isinstance(pdf, bytes)
    return pdf


def under(data: bytes, picture: Picture) -> str:
    """The text below the boxes, as pdfium finds it there."""
    page = pdfium.PdfDocument(data)[picture.page - 1]
    width, height = page.get_size()
    text = page.get_textpage()
    found = ""
    for left, top, wide, high in picture.boxes:
        middle = (1 - top - high / 2) * height
        found += text.get_text_bounded(left * width - 1, middle - 1, (left + wide) * width + 1, middle + 1)
    return squeezed(found)


def squeezed(text: str) -> str:
    """Without white space, hyphens, and full stops, which lie below the middle of a line."""
    return re.sub(r"[\s.\x02\ufffe\u00ad-]", "", text)


def test_a_quote_over_line_breaks_has_a_box_a_line() -> None:
    data = made(NARROW + "\n\n".join(" ".join(each) for each in STORY))
    quote = STORY[1][3]
    picture = pictured(data, 1, quote)
    assert (picture.page, picture.goes_on) == (1, False)
    assert len(picture.boxes) > 1
    assert under(data, picture) == squeezed(quote)
    shown = Image.open(io.BytesIO(picture.png))
    assert shown.size == (picture.width, picture.height)
    assert picture.width == 1_200


def test_every_quote_of_a_page_is_found_where_it_is_hyphenated_in_columns() -> None:
    words = [" ".join(f"internationalisation {each}" for each in part) for part in STORY]
    source = "#set text(size: 9pt, hyphenate: true)\n#set par(justify: true)\n#columns(2)[" + "\n\n".join(words) + "]"
    data = made(source)
    document = extract("a.pdf", data)
    assert "internationalisation" in document.text, "broken words are whole again"
    for span in document.spans:
        quote = document.text[span.offset : span.offset + span.length]
        assert span.page is not None
        picture = pictured(data, span.page, quote)
        assert under(data, picture) == squeezed(quote)
        assert all(wide < 0.5 for _, _, wide, _ in picture.boxes), "none reaches over both columns"


def test_a_quote_from_one_column_into_the_next_is_marked_in_both() -> None:
    text = " ".join(each for at in range(4) for each in sentences(12, f"c{at}"))
    data = made(
        "#set page(width: 400pt, height: 300pt)\n#set text(size: 9pt, hyphenate: false)\n#columns(2)[" + text + "]"
    )
    across = 0
    for quote in re.findall(r"The [^.]+\.", text):
        try:
            picture = pictured(data, 1, quote)
        except Unreadable:
            continue
        if picture.page == 1 and {box[0] < 0.5 for box in picture.boxes} == {True, False}:
            across += 1
            assert under(data, picture) == squeezed(quote)
    assert across == 1


def test_lines_that_the_file_draws_across_the_columns_are_marked_in_their_own() -> None:
    first, second = (sentences(8, seed) for seed in "xy")
    data = drawn([(40.0, wrapped(" ".join(first), 45)), (320.0, wrapped(" ".join(second), 45))])
    for quotes, side in ((first, False), (second, True)):
        for quote in quotes:
            picture = pictured(data, 1, quote)
            assert under(data, picture) == squeezed(quote)
            assert {box[0] > 0.5 for box in picture.boxes} == {side}


def test_of_the_same_words_twice_the_one_behind_what_stood_before_is_marked() -> None:
    same = "The lamp is lit at night."
    data = made(NARROW + f"At the pier we read. {same}\n\nAt the harbour we hear. {same}")
    tops = [pictured(data, 1, same, before).boxes[0][1] for before in ("at the pier we read. ", "we hear. ")]
    assert tops[0] < tops[1]


def test_a_quote_that_ends_on_the_next_page_is_marked_as_far_as_the_page_goes() -> None:
    sentence = " ".join(f"word{at}" for at in range(120)) + "."
    footer = "#set page(footer: [Harbour rules, #context counter(page).display()])\n"
    data = made(NARROW + footer + "#v(330pt)\n" + sentence)
    picture = pictured(data, 1, sentence)
    assert (picture.page, picture.goes_on) == (1, True)
    assert squeezed(sentence).startswith(under(data, picture))
    assert "Harbour" not in under(data, picture)
    # A quote that only its paragraph has on the page before.
    assert pictured(data, 1, "word118 word119.").page == 2


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("cropped", [False, True])
def test_the_boxes_hold_the_ink_however_the_page_is_turned_and_cropped(turned: int, cropped: bool) -> None:
    text = "The crane of the harbour lifts four tonnes, and it is serviced in every January."
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made(NARROW + text))))
    page = writer.pages[0]
    if turned:
        # Written sideways, and upright once it is turned.
        page.rotate(-turned)
        page.transfer_rotation_to_content()
        page.rotate(turned)
    if cropped:
        left, bottom, right, top = (float(each) for each in page.mediabox)
        page.cropbox = RectangleObject((left + 13, bottom + 7, right - 4, top - 21))
    out = io.BytesIO()
    writer.write(out)
    picture = pictured(out.getvalue(), 1, text)
    shown = Image.open(io.BytesIO(picture.png)).convert("L")
    assert np.asarray(shown).min() < 100, "there is ink"
    cover = ImageDraw.Draw(shown)
    for left, top, wide, high in picture.boxes:
        edges = (left * shown.width, top * shown.height, (left + wide) * shown.width, (top + high) * shown.height)
        cover.rectangle(edges, fill=255)
    assert np.asarray(shown).min() > 200, "none of it is outside of the boxes"


def test_what_has_changed_is_said() -> None:
    data = made(NARROW + "The crane lifts five tonnes.")
    with pytest.raises(Unreadable, match="does not have the quote on page 1 now"):
        pictured(data, 1, "The crane lifts four tonnes.")
    with pytest.raises(Unreadable, match="does not have the quote on page 7 now"):
        pictured(data, 7, "The crane lifts five tonnes.")
    with pytest.raises(Unreadable):
        pictured(data, 1, " | ")


async def test_a_hostile_file_is_drawn_in_a_process_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    drawer = ReaderProcess(LOADED)
    try:
        path.write_bytes(b"%PDF-1.7 broken")
        reply = await drawer.draw(str(path), 1, "x", "", seconds=10)
        assert reply.head["reason"] == "cannot be read as a PDF now"
        # A page of a million strokes takes longer than it may.
        path.write_bytes(drawn([(40.0, ["The crane lifts."] * 200_000)]))
        with pytest.raises(Unreadable, match="takes longer"):
            await drawer.draw(str(path), 1, "The ferry leaves.", "", seconds=0.5)
        path.write_bytes(made(NARROW + "The crane lifts."))
        reply = await drawer.draw(str(path), 1, "The crane lifts.", "", seconds=10)
        assert reply.head["page"] == 1, "and the next one is drawn again"
    finally:
        await drawer.close()
