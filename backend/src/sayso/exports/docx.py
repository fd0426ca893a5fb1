"""The report as a Word document: real styles, a list of sources with bookmarks, and `[n]` as links to them."""

import io
from datetime import datetime

from docx import Document
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

from sayso.exports import wording
from sayso.exports.docx_blocks import Blocks
from sayso.exports.docx_runs import Bookmarks, Writer, add_field
from sayso.exports.docx_styles import CITATION, DETAILS, FAINT, MARKED, REMOVED, SOURCE, STAMP, STAMP_NAME, set_styles
from sayso.exports.view import Excerpt, Listed, ReportView, view
from sayso.protocol.report import Report

_LONGEST_PROPERTY = 255
"""Characters of a title in a file's properties."""


def report_docx(report: Report) -> bytes:
    """An A4 document."""
    seen = view(report)
    return _Document(seen, wording.dated(report)).saved()


class _Document:
    def __init__(self, seen: ReportView, when: datetime) -> None:
        self._seen = seen
        self._sources = {source.n for source in seen.sources}
        self._cited: set[int] = set()
        self._bookmarks = Bookmarks()
        self._file = Document()
        self._properties(when)
        self._blocks = Blocks(self._file, self._cite)
        set_styles(self._file)
        self._page()
        self._head()
        self._body()
        self._back()

    def saved(self) -> bytes:
        out = io.BytesIO()
        self._file.save(out)
        return out.getvalue()

    def _properties(self, when: datetime) -> None:
        about = self._file.core_properties
        about.title = self._seen.title[:_LONGEST_PROPERTY]
        about.author = about.last_modified_by = "Sayso"
        about.comments = about.keywords = ""
        about.created = about.modified = when.replace(tzinfo=None)
        # The picture of the library's own template.
        package = self._file.part.package
        for key in [key for key, each in package.rels.items() if each.reltype.endswith("/thumbnail")]:
            package.rels.pop(key)

    def _page(self) -> None:
        section = self._file.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(30)
        section.top_margin = section.bottom_margin = Mm(26)
        footer = section.footer.paragraphs[0]
        footer.style = self._file.styles["Footer"]
        add_field(footer, "PAGE")
        footer.add_run(" / ")
        add_field(footer, "NUMPAGES")

    def _head(self) -> None:
        seen = self._seen
        self._say("Title", seen.title)
        if seen.question:
            self._say("Subtitle", seen.question)
        self._say(DETAILS, " · ".join(seen.figures))
        if seen.revises:
            self._say(DETAILS, seen.revises)
        if seen.closed:
            self._say(DETAILS, seen.closed)
        for approval in seen.approvals:
            writer = self._begin(STAMP, approval.who)
            writer.say(approval.who, STAMP_NAME)
            writer.say(f"\n{approval.when}")
            if approval.note:
                self._say(DETAILS, f"{wording.ASKED} “{approval.note}”")
        if seen.note:
            self._say("Subtitle", seen.note)

    def _body(self) -> None:
        seen = self._seen
        if seen.summary:
            self._heading(wording.SUMMARY)
            self._blocks.write(*seen.summary)
        for part in seen.sections:
            if part.heading:
                self._heading(part.heading)
            self._blocks.write(*part.blocks)
        if seen.conflicts:
            self._heading(wording.CONFLICTS)
            for conflict in seen.conflicts:
                self._say("Normal", conflict.why)
                for claim in conflict.claims:
                    self._blocks.paragraph("List Bullet", [claim])
        if seen.not_found:
            self._heading(wording.NOT_FOUND)
            for line in seen.not_found:
                self._say("List Bullet", line)

    def _back(self) -> None:
        seen = self._seen
        if seen.sources:
            self._heading(wording.SOURCES)
            for source in seen.sources:
                self._source(source)
        for remarks in seen.remarks:
            self._heading(remarks.heading)
            if remarks.intro:
                self._say("Normal", remarks.intro)
            for text, remark in remarks.lines:
                writer = self._begin("List Bullet", text)
                writer.say(text, *([REMOVED] if remarks.kind == "removed" else []))
                writer.say(f" ({remark})", FAINT)
        self._heading(wording.MADE)
        for line in seen.made:
            self._say(DETAILS, line)

    def _cite(self, writer: Writer, citations: list[int]) -> None:
        for number in citations:
            if number not in self._sources:
                writer.say(f"[{number}]", CITATION)
                continue
            link = writer.bookmark_link(f"[{number}]", f"source_{number}", CITATION)
            if number not in self._cited:
                self._cited.add(number)
                self._bookmarks.around(link, f"cited_{number}")

    def _source(self, source: Listed) -> None:
        writer = self._begin(SOURCE, source.title)
        number: _Element
        if source.n in self._cited:
            number = writer.bookmark_link(f"[{source.n}]", f"cited_{source.n}", FAINT)
        else:
            number = writer.mark(f"[{source.n}]", FAINT)
        self._bookmarks.around(number, f"source_{source.n}")
        writer.say(f" {source.title}")
        details = self._begin(DETAILS, source.uri)
        details.keep_with_next()
        if source.link:
            details.web_link(source.uri, source.link, FAINT)
        else:
            details.say(source.uri)
        details.say("".join(f" · {line}" for line in source.about))
        for quote in source.quotes:
            self._excerpt(quote)

    def _excerpt(self, quote: Excerpt) -> None:
        if quote.lead:
            self._begin("Quote", quote.lead).say(quote.lead, FAINT)
        if quote.statement is None:
            writer = self._begin("Quote", quote.text)
            writer.say(quote.before)
            writer.say(quote.marked, MARKED)
            writer.say(quote.after)
            if quote.place:
                writer.say(f"\n{quote.place}", FAINT)
            return
        if quote.before.strip():
            self._say("Quote", quote.before.strip("\n"))
        self._blocks.write(quote.statement)
        if quote.after.strip():
            self._say("Quote", quote.after.strip("\n"))
        if quote.place:
            self._begin("Quote", quote.place).say(quote.place, FAINT)

    def _heading(self, text: str) -> None:
        self._say("Heading 1", text)

    def _say(self, style: str, text: str) -> None:
        self._begin(style, text).say(text)

    def _begin(self, style: str, text: str) -> Writer:
        paragraph: Paragraph = self._file.add_paragraph(style=style)
        return Writer(paragraph, text)
