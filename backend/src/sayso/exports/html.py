"""The report as one web page: no script, nothing fetched, and it prints on A4. The page is built as a tree, so no text
of a report is ever read as markup."""

from collections.abc import Iterable
from importlib.resources import files

from lxml.etree import Element, _Element
from lxml.html import tostring

from sayso.exports import wording
from sayso.exports.approvals import Approved
from sayso.exports.text import language
from sayso.exports.view import (
    Bullets,
    Cited,
    Code,
    Disagreement,
    Excerpt,
    Listed,
    Paragraph,
    ReportView,
    Shape,
    Table,
    view,
)
from sayso.protocol.report import Report

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Content Security Policy of the page."""


def report_html(report: Report) -> bytes:
    """One file in UTF-8."""
    seen = view(report)
    head = _tag(
        "head",
        _tag("meta", charset="utf-8"),
        _tag("meta", {"http-equiv": "Content-Security-Policy"}, content=POLICY),
        _tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        _tag("meta", name="referrer", content="no-referrer"),
        _tag("title", seen.title),
        _tag("style", files("sayso.exports").joinpath("page.css").read_text(encoding="utf-8")),
    )
    body = _tag("body", _tag("main", *_Page(seen).blocks()))
    text: str = tostring(_tag("html", head, body, lang="en"), encoding="unicode", doctype="<!doctype html>")
    return (text + "\n").encode()


class _Page:
    """The blocks of one report. It knows which sources were cited already: the first citation is the way back."""

    def __init__(self, seen: ReportView) -> None:
        self._seen = seen
        self._sources = {source.n for source in seen.sources}
        self._cited: set[int] = set()

    def blocks(self) -> Iterable[_Element]:
        seen = self._seen
        yield _tag("header", *self._head())
        if seen.summary:
            yield _section(wording.SUMMARY, *map(self._shape, seen.summary), kind="summary")
        for part in seen.sections:
            yield _section(part.heading, *map(self._shape, part.blocks))
        if seen.conflicts:
            conflicts = [block for conflict in seen.conflicts for block in self._conflict(conflict)]
            yield _section(wording.CONFLICTS, *conflicts)
        if seen.not_found:
            yield _section(wording.NOT_FOUND, _tag("ul", *(_text("li", line) for line in seen.not_found)))
        if seen.sources:
            listed = _tag("ol", *map(self._source, seen.sources), {"class": "sources"})
            yield _section(wording.SOURCES, listed)
        for remarks in seen.remarks:
            lines = [
                _tag("li", _text("q", text), " ", _text("span", remark, kind="why")) for text, remark in remarks.lines
            ]
            intro = [_text("p", remarks.intro)] if remarks.intro else []
            yield _section(remarks.heading, *intro, _tag("ul", *lines, {"class": f"remarks {remarks.kind}"}))
        yield _section(wording.MADE, *(_text("p", line) for line in seen.made), kind="made")

    def _head(self) -> Iterable[_Element]:
        seen = self._seen
        yield _text("h1", seen.title)
        if seen.question:
            yield _text("p", seen.question, kind="question")
        yield _tag("p", *_joined([_tag("span", each) for each in seen.figures], " · "), {"class": "figures"})
        if seen.revises:
            yield _text("p", seen.revises, kind="revises")
        if seen.closed:
            yield _text("p", seen.closed, kind="closed")
        if seen.approvals:
            yield _tag("div", *map(_approved, seen.approvals), {"class": "approvals"})
        for approval in seen.approvals:
            if approval.note:
                yield _tag("p", f"{wording.ASKED} ", _text("q", approval.note), {"class": "asked"})
        if seen.note:
            yield _text("p", seen.note, kind="note")

    def _shape(self, shape: Shape) -> _Element:
        match shape:
            case Paragraph(sentences, leads):
                whole = " ".join(sentence.text for sentence in sentences)
                pieces = [piece for sentence in sentences for piece in self._sentence(sentence)]
                return _tag("p", *pieces, _spoken(whole), {"class": "leads"} if leads else {})
            case Bullets(items, ordered):
                listed = [_tag("li", *self._sentence(item), _spoken(item.text)) for item in items]
                return _tag("ol" if ordered else "ul", *listed)
            case Table():
                return self._table(shape)
            case Code(code):
                figure = _tag("figure", _tag("pre", _tag("code", code.text), dir="ltr"))
                if code.citations:
                    figure.append(_tag("figcaption", *self._numbers(code.citations), *_said(code.mark)))
                return figure

    def _table(self, table: Table) -> _Element:
        made = _tag("table", _spoken(" ".join([*table.header, *(cell for row in table.rows for cell in row.cells)])))
        if table.header:
            # A cell without a text heads no column.
            head = [_tag("th", cell, _spoken(cell), scope="col") if cell else _tag("td") for cell in table.header]
            made.append(_tag("thead", _tag("tr", *head)))
        body = _tag("tbody")
        for row in table.rows:
            *others, last = row.cells
            told = [_text("td", cell) for cell in others]
            body.append(
                _tag("tr", *told, _tag("td", *self._sentence(Cited(last, row.citations, row.mark)), _spoken(last)))
            )
        made.append(body)
        # A wide table scrolls by itself, so a keyboard has to reach it.
        return _tag("div", made, {"class": "wide", "aria-label": wording.TABLE}, tabindex="0", role="group")

    def _sentence(self, sentence: Cited) -> Iterable[_Element | str]:
        # The number stays with the last word of its sentence.
        yield sentence.text + ("\u00a0" if sentence.citations else "")
        yield from self._numbers(sentence.citations)
        yield from _said(sentence.mark)
        yield " "

    def _numbers(self, citations: list[int]) -> Iterable[_Element]:
        if citations:
            yield _tag("span", *map(self._citation, citations), {"class": "few"} if len(citations) < 5 else {})

    def _citation(self, number: int) -> _Element:
        if number not in self._sources:
            return _tag("span", f"[{number}]", {"class": "cite"})
        link = _tag("a", f"[{number}]", {"class": "cite"}, href=f"#source-{number}")
        if number not in self._cited:
            self._cited.add(number)
            link.set("id", f"cited-{number}")
        return link

    def _conflict(self, conflict: Disagreement) -> Iterable[_Element]:
        yield _text("p", conflict.why)
        if conflict.claims:
            yield _tag("ul", *(_tag("li", *self._sentence(claim), _spoken(claim.text)) for claim in conflict.claims))

    def _source(self, source: Listed) -> _Element:
        number: _Element = _tag("span", f"[{source.n}]", {"class": "number"})
        if source.n in self._cited:
            number = _tag(
                "a", f"[{source.n}]", {"class": "number"}, href=f"#cited-{source.n}", title="Where it is cited"
            )
        address = _tag("bdi", source.uri)
        if source.link:
            address = _tag("a", address, href=source.link, rel="noopener noreferrer")
        about = [_text("bdi", line) for line in source.about]
        return _tag(
            "li",
            _tag("p", number, " ", _text("cite", source.title), {"class": "title"}),
            _tag("p", *_joined([address, *about], " · "), {"class": "about"}),
            *map(self._excerpt, source.quotes),
            id=f"source-{source.n}",
        )

    def _excerpt(self, quote: Excerpt) -> _Element:
        block = _tag("blockquote")
        if quote.lead:
            block.append(_text("p", quote.lead, kind="lead"))
        if quote.statement is None:
            pieces = [quote.before, *([_tag("mark", quote.marked)] if quote.marked else []), quote.after]
            block.append(_tag("p", *pieces, _spoken(quote.text)))
        else:
            before, after = (
                [_text("p", each.strip("\n"))] if each.strip() else [] for each in (quote.before, quote.after)
            )
            block.extend([*before, self._shape(quote.statement), *after])
        if quote.place:
            block.append(_text("footer", quote.place))
        return block


def _approved(approval: Approved) -> _Element:
    return _tag("p", _text("strong", approval.who), " ", _tag("span", approval.when), {"class": "approved"})


def _section(heading: str, *blocks: _Element, kind: str = "") -> _Element:
    title = [_text("h2", heading)] if heading else []
    return _tag("section", *title, *blocks, {"class": kind} if kind else {})


def _text(name: str, text: str, *, kind: str = "") -> _Element:
    """Text from outside: it says for itself from which side it is read."""
    return _tag(name, text, _spoken(text), {"class": kind} if kind else {})


def _spoken(text: str) -> dict[str, str]:
    found = language(text)
    return {"dir": "auto", "lang": found} if found else {"dir": "auto"}


def _said(mark: str) -> list[_Element | str]:
    return ["\u00a0", _text("small", mark, kind="mark")] if mark else []


def _joined(pieces: list[_Element], mark: str) -> Iterable[_Element | str]:
    for at, piece in enumerate(pieces):
        if at:
            yield mark
        yield piece


def _tag(kind: str, /, *parts: _Element | str | dict[str, str], **attributes: str) -> _Element:
    """An element; strings are its text, elements its children, and mappings further attributes."""
    made = Element(kind, attributes)
    for part in parts:
        if isinstance(part, dict):
            made.attrib.update(part)
        elif not isinstance(part, str):
            made.append(part)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + part
        else:
            made.text = (made.text or "") + part
    return made
