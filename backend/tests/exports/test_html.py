"""The web page: one file that fetches nothing, runs nothing, and links only where it may."""

import re

from hypothesis import HealthCheck, given, settings

from exports.reading import page
from exports.reports import full, hostile_reports, many
from sayso.exports.html import report_html
from sayso.protocol.report import Report

KNOWN = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "section", "div", "h1", "h2", "p", "ul"),
    *("ol", "li", "span", "strong", "bdi", "q", "a", "cite", "mark", "blockquote", "footer"),
    *("table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "pre", "code"),
}


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(hostile_reports())
def test_hostile_text_makes_no_element_attribute_or_address(report: Report) -> None:
    made = page(report_html(report))
    assert {element.tag for element in made.iter()} <= KNOWN
    for element in made.iter():
        assert not [name for name in element.attrib if name.startswith("on") or name in ("src", "style", "srcset")]
        href = element.get("href")
        if href is not None and not href.startswith("#"):
            assert re.match(r"https?://[a-z0-9]", href)
            assert element.get("rel") == "noopener noreferrer"


def test_the_page_forbids_itself_to_fetch_or_run_anything() -> None:
    made = page(report_html(full()))
    policy = made.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"]
    style = made.findtext(".//style")
    assert style is not None
    assert "url(" not in style
    assert "@import" not in style
    assert made.get("lang") == "en"


def test_every_citation_leads_to_its_source_and_the_source_back() -> None:
    made = page(report_html(many()))
    names = {element.get("id") for element in made.iter() if element.get("id")}
    links = [link.get("href") for link in made.iter("a")]
    assert len(links) == 399 + 200
    assert {link.removeprefix("#") for link in links if link} <= names
    assert {"source-200", "cited-200"} <= names


def test_quotes_keep_their_lines_and_mark_the_sentence() -> None:
    report = full()
    table = "Mode | Waits for\nSHARE\t| <b>all</b>\n\nThe end."
    source = report.sources[0].model_copy(update={"quotes": [table], "evidence": []})
    made = page(report_html(report.model_copy(update={"sources": [source, report.sources[1]]})))
    assert next(made.iter("blockquote")).text_content() == table
    assert [mark.text for mark in made.iter("mark")] == ["テーブルは鍵が掛かる。"]
    assert made.xpath("//section/h2[text()='日本語の資料']/@lang") == ["ja"]


def test_text_from_outside_says_for_itself_from_which_side_it_is_read() -> None:
    report = full().model_copy(update={"title": "قفل الجدول: VACUUM"})
    heading = page(report_html(report)).find(".//h1")
    assert (heading.get("dir"), heading.get("lang")) == ("auto", "ar")
