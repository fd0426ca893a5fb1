"""The PDF: its properties, outline and links, and fonts for every script that a report may hold."""

from typing import cast

import pytest
import typst
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from exports.reading import flat, pdf, pdf_text
from exports.reports import full, many, nothing
from sayso.exports.fonts import families, fonts
from sayso.exports.pdf import MISSING, report_pdf
from sayso.protocol.report import Report


def test_its_properties_and_pages() -> None:
    long = full().model_copy(update={"title": "A very long title that goes on and on " * 20})
    made = pdf(report_pdf(long))
    assert made.metadata is not None
    assert made.metadata.title == long.title.strip()
    assert made.metadata.author == "Sayso"
    box = made.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    texts = [each.extract_text().rstrip() for each in made.pages]
    assert [text.endswith(f"{n} / {len(texts)}") for n, text in enumerate(texts, start=1)] == [True] * len(texts)
    assert b"pdfuaid" in report_pdf(full())


def test_headings_are_its_outline() -> None:
    titles = [str(each["/Title"]) for each in pdf(report_pdf(full())).outline if not isinstance(each, list)]
    assert titles == [
        *("Summary", "What it locks", "日本語の資料", "Where the evidence disagrees", "Not found", "Sources"),
        *("Removed by the check", "Claims reworded before approval", "Approved, not used", "How this report was made"),
    ]


def links(made: PdfReader) -> tuple[int, list[str]]:
    """How many links go to a place in the document, and the addresses of the others."""
    inside, outside = 0, []
    for page in made.pages:
        for each in page.get("/Annots", []):
            action = each.get_object().get("/A")
            uri = action.get_object().get("/URI") if action else None
            if uri is None:
                inside += 1
            else:
                outside.append(str(uri))
    return inside, outside


def test_citations_and_sources_lead_to_each_other() -> None:
    inside, outside = links(pdf(report_pdf(many())))
    assert inside >= 399 + 200
    assert outside == []
    # One link for each line that the address takes.
    assert set(links(pdf(report_pdf(full())))[1]) == {"https://example.org/vacuum?a=1&b=2"}


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("Plain English, café, naïve", "Newsreader"),
        ("Обычный русский текст, αλφάβητο", "Libertinus"),
        ("شغل يعيد الجدول", "Amiri"),
        ("שלום עולם", "Libertinus"),
        ("テーブルは骨まで鍵が掛かる", "NotoSerifJP"),
        ("数据库维护手册，骨直", "NotoSerifSC"),
        ("資料庫維護手冊，鎖定資料表", "NotoSerifSC"),
        ("한국어 문장입니다", "NotoSerifKR"),
        ("हिन्दी में एक वाक्य", "NotoSansDevanagari"),
        ("ประโยคภาษาไทย", "NotoSansThai"),
        ("😀 ✅", "NotoEmoji"),
    ],
)
def test_a_font_for_each_script_comes_with_sayso(text: str, font: str) -> None:
    report = Report(title="Title", question="Title", writer="extractive", note=text, sections=[], sources=[])
    made = report_pdf(report)
    assert flat(MISSING) not in flat(pdf_text(made))
    used = {name.partition("+")[2] for page in pdf(made).pages for name in base_fonts(page)}
    assert [name for name in used if name.startswith(font)], used


def base_fonts(page: PageObject) -> list[str]:
    found = cast(DictionaryObject, cast(DictionaryObject, page["/Resources"])["/Font"])
    return [str(cast(DictionaryObject, each.get_object())["/BaseFont"]) for each in found.values()]


def test_japanese_and_chinese_have_their_own_shapes() -> None:
    assert families("ja").index("Noto Serif JP") < families("ja").index("Noto Serif SC")
    assert families("zh").index("Noto Serif SC") < families("zh").index("Noto Serif JP")
    assert set(families("ko")) <= set(fonts().families())


def test_a_character_without_a_glyph_is_owned_up_to() -> None:
    report = nothing().model_copy(update={"note": "A Tibetan word: བོད."})
    assert flat(MISSING) in flat(pdf_text(report_pdf(report)))
    assert flat(MISSING) not in flat(pdf_text(report_pdf(nothing())))


def test_text_is_never_read_as_markup_or_code() -> None:
    danger = '#read("report.typ") #panic("x") #set page(fill: red) $x$ = H *b* @l <l> \\u{41} `c` // x /* y */'
    report = full().model_copy(update={"title": danger, "note": danger, "not_found": [danger]})
    assert flat(pdf_text(report_pdf(report))).count(flat(danger)) == 3


def test_a_fault_of_the_template_is_no_silent_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.exports.pdf._template", lambda: b'#panic("broken")')
    with pytest.raises(typst.TypstError, match="broken"):
        report_pdf(full())


def test_long_words_break_and_are_copied_whole() -> None:
    address = "https://example.org/" + "a-very-long-address/" * 12 + "x" * 200
    source = full().sources[0].model_copy(update={"uri": address})
    report = full().model_copy(update={"sources": [source, full().sources[1]]})
    made = report_pdf(report)
    assert flat(address) in flat(pdf_text(made))
    assert "\u200b" not in pdf_text(made)
    rights = [float(each.get_object()["/Rect"][2]) for page in pdf(made).pages for each in page.get("/Annots", [])]
    assert max(rights) < 595 - 32 / 25.4 * 72 + 1
