"""The Word document: styles, links, bookmarks, directions, and a package that opens without repair."""

import io
import posixpath
import zipfile
from xml.etree import ElementTree

import docx
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings

from exports.reading import WORD, docx_part
from exports.reports import full, hostile_reports, many
from sayso.exports.docx import report_docx
from sayso.protocol.report import Report

RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
ORDER = ["rStyle", "rFonts", "rtl", "lang"]


def assert_sound(data: bytes) -> None:
    """Every part is XML, every relationship leads somewhere, and what must be unique or in order is."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        names = set(package.namelist())
        trees = {name: ElementTree.fromstring(package.read(name)) for name in names if name.endswith((".xml", ".rels"))}
    for name, tree in trees.items():
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for relation in tree:
                if relation.get("TargetMode") == "External":
                    assert (relation.get("Target") or "").isascii()
                else:
                    target = relation.get("Target") or ""
                    assert posixpath.normpath(posixpath.join(folder, target)).lstrip("/") in names
    body = trees["word/document.xml"]
    known = {relation.get("Id") for relation in trees["word/_rels/document.xml.rels"]}
    bookmarks = [start.get(f"{WORD}name") or "" for start in body.iter(f"{WORD}bookmarkStart")]
    numbers = [start.get(f"{WORD}id") for start in body.iter(f"{WORD}bookmarkStart")]
    assert len(set(bookmarks)) == len(bookmarks) == len(set(numbers))
    for link in body.iter(f"{WORD}hyperlink"):
        anchor, key = link.get(f"{WORD}anchor"), link.get(qn("r:id"))
        assert anchor in bookmarks if anchor else key in known
    styles = {style.get(f"{WORD}styleId") for style in trees["word/styles.xml"].iter(f"{WORD}style")}
    for tag in ("pStyle", "rStyle"):
        assert {each.get(f"{WORD}val") for each in body.iter(f"{WORD}{tag}")} <= styles
    for properties in body.iter(f"{WORD}rPr"):
        places = [ORDER.index(each.tag.removeprefix(WORD)) for each in properties]
        assert places == sorted(set(places))


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(hostile_reports())
def test_hostile_text_leaves_the_package_sound(report: Report) -> None:
    assert_sound(report_docx(report))


def test_citations_and_sources_lead_to_each_other() -> None:
    data = report_docx(many())
    assert_sound(data)
    links = [link.get(f"{WORD}anchor") for link in docx_part(data, "word/document.xml").iter(f"{WORD}hyperlink")]
    assert links.count("source_199") == 2
    assert links.count("cited_199") == 1
    assert len(links) == 399 + 200


def test_it_has_real_styles_and_properties() -> None:
    made = docx.Document(io.BytesIO(report_docx(full())))
    by_style = {paragraph.style.name: paragraph.text for paragraph in reversed(made.paragraphs) if paragraph.style}
    assert by_style["Title"] == "VACUUM FULL and its lock"
    assert by_style["Heading 1"] == "Summary"
    assert by_style["Quote"].startswith("It takes an exclusive lock.")
    assert by_style["Approval"].startswith("Evidence approved by Ada")
    about = made.core_properties
    assert (about.title, about.author, about.comments) == ("VACUUM FULL and its lock", "Sayso", "")
    assert about.created is not None
    assert about.created.isoformat().startswith("2026-11-22T14:06")


def test_a_title_longer_than_word_allows_is_whole_in_the_text() -> None:
    title = "A very long title " * 40
    made = docx.Document(io.BytesIO(report_docx(full().model_copy(update={"title": title}))))
    assert made.paragraphs[0].text == title.strip()
    assert len(made.core_properties.title) == 255


def test_right_to_left_paragraphs_and_their_runs() -> None:
    report = full().model_copy(update={"note": "الأمر VACUUM FULL يعيد (18.1) الجدول."})
    body = docx_part(report_docx(report), "word/document.xml")
    paragraph = next(each for each in body.iter(f"{WORD}p") if "يعيد" in "".join(each.itertext()))
    assert paragraph.find(f"{WORD}pPr/{WORD}bidi") is not None
    runs = [
        ("".join(run.itertext()), run.find(f"{WORD}rPr/{WORD}rtl") is not None) for run in paragraph.iter(f"{WORD}r")
    ]
    assert runs == [("الأمر ", True), ("VACUUM FULL", False), (" يعيد (18.1) الجدول.", True)]


def test_east_asian_text_asks_for_a_font_of_its_language() -> None:
    body = docx_part(report_docx(full()), "word/document.xml")
    run = next(each for each in body.iter(f"{WORD}r") if "テーブルは骨" in "".join(each.itertext()))
    fonts, spoken = run.find(f"{WORD}rPr/{WORD}rFonts"), run.find(f"{WORD}rPr/{WORD}lang")
    assert fonts is not None
    assert spoken is not None
    assert (fonts.get(f"{WORD}hint"), fonts.get(f"{WORD}eastAsia")) == ("eastAsia", "MS Mincho")
    assert spoken.get(f"{WORD}eastAsia") == "ja-JP"


def test_the_marked_sentence_and_lines_of_a_quote() -> None:
    report = full()
    source = report.sources[0].model_copy(update={"quotes": ["a | b\n1\t| 2"], "evidence": []})
    made = docx.Document(io.BytesIO(report_docx(report.model_copy(update={"sources": [source, report.sources[1]]}))))
    quotes = [paragraph for paragraph in made.paragraphs if paragraph.style and paragraph.style.name == "Quote"]
    assert quotes[0].text == "a | b\n1\t| 2"
    assert [run.text for run in quotes[1].runs if run.style.name == "Marked"] == ["テーブルは鍵が掛かる。"]
