"""The report as a PDF on A4, typeset by Typst. The template is a file of ours; the report goes in beside it as JSON, so
no text of a report is ever read as Typst's markup."""

import json
import re
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from sayso.exports import wording
from sayso.exports.fonts import families, fonts
from sayso.exports.text import language, right_to_left
from sayso.exports.view import Bullets, Cited, Code, Excerpt, Listed, Paragraph, ReportView, Row, Shape, Table, view
from sayso.protocol.report import Report

Json = dict[str, Any]
MISSING = (
    "Some characters of this report are in none of the fonts that come with Sayso, and show as boxes here. "
    "The web page and the Word file have them."
)
_NO_GLYPH = "could not be displayed with"
_WORD = re.compile(r"[!-~\u00a1-\u052f\u1e00-\u1fff]+")
_LONG_WORD = 32
"""Latin, Greek and Cyrillic, in which letters do not join: a line may break anywhere in what is no word."""
_PIECES = re.compile(r"[^/._?&=,;:#%+~-]*[/._?&=,;:#%+~-]+|[^/._?&=,;:#%+~-]+")
_LONGEST_PIECE = 24
_BREAK = "\x1f"
"""Where `report.typ` may break a line. No text has this character any more, see `sayso.exports.text.clean`. A
zero-width space would be copied and searched with the letters beside it."""


def report_pdf(report: Report) -> bytes:
    """A tagged PDF that keeps to PDF/UA-1, or where a character has no glyph a plain one that says so.

    Raises:
        RuntimeError: Typst failed, which is a fault of the template.
    """
    data = _data(view(report))
    when = wording.dated(report)
    try:
        return _compile(data, when, accessible=True)
    except typst.TypstError as error:
        return _compile({**data, "missing": MISSING if _NO_GLYPH in str(error) else ""}, when, accessible=False)


def _compile(data: Json, when: datetime, *, accessible: bool) -> bytes:
    made = typst.compile(  # type: ignore[call-overload]  # its stubs leave out the mapping of several files
        {"main.typ": _template(), "report.json": json.dumps(data).encode()},
        format="pdf",
        font_paths=fonts(),
        timestamp=when,
        pdf_standards=["ua-1"] if accessible else [],
    )
    assert isinstance(made, bytes)
    return made


@cache
def _template() -> bytes:
    return files("sayso.exports").joinpath("report.typ").read_bytes()


def _data(seen: ReportView) -> Json:
    """What `report.typ` reads."""
    units = _Units({source.n for source in seen.sources})
    data = {
        "fonts": {name: families(name) for name in ("", "ja", "zh", "ko")},
        "words": {
            "summary": wording.SUMMARY,
            "conflicts": wording.CONFLICTS,
            "not_found": wording.NOT_FOUND,
            "sources": wording.SOURCES,
            "made": wording.MADE,
            "asked": wording.ASKED,
        },
        "title": _text(seen.title),
        "question": _text(seen.question),
        "revises": _text(seen.revises),
        "approvals": [{"who": _text(each.who), "when": each.when, "note": _text(each.note)} for each in seen.approvals],
        "closed": _text(seen.closed),
        "figures": seen.figures,
        "note": _text(seen.note),
        "missing": "",
        "summary": [units.shape(shape) for shape in seen.summary],
        "sections": [
            {"heading": _text(part.heading), "blocks": [units.shape(shape) for shape in part.blocks]}
            for part in seen.sections
        ],
        "conflicts": [
            {"why": _text(each.why), "claims": [units.sentences([claim]) for claim in each.claims]}
            for each in seen.conflicts
        ],
        "not_found": [_text(line) for line in seen.not_found],
        "remarks": [
            {
                "kind": each.kind,
                "heading": each.heading,
                "intro": _text(each.intro),
                "lines": [{**_text(text), "why": _text(f"({remark})")} for text, remark in each.lines],
            }
            for each in seen.remarks
        ],
        "made": [_text(line) for line in seen.made],
    }
    return {**data, "sources": [_source(source, units) for source in seen.sources]}


class _Units:
    """The units of one report in the order in which they are set: the first citation of a source is where the source's
    number leads back to.

    Args:
        known: numbers of the listed sources.
    """

    def __init__(self, known: set[int]) -> None:
        self._known = known
        self.cited: set[int] = set()

    def shape(self, shape: Shape) -> Json:
        match shape:
            case Paragraph(sentences, leads):
                return {"kind": "paragraph", "leads": leads, **self.sentences(sentences)}
            case Bullets(items, ordered):
                return {"kind": "list", "ordered": ordered, "items": [self.sentences([item]) for item in items]}
            case Table():
                return self._table(shape)
            case Code(code):
                return {"kind": "code", "text": _breakable(code.text), **self._behind(code)}

    def sentences(self, some: list[Cited]) -> Json:
        told = [{"text": _breakable(each.text), **self._behind(each)} for each in some]
        return {"sentences": told, **_spoken(" ".join(each.text for each in some))}

    def _table(self, table: Table) -> Json:
        width = len(table.rows[0].cells)
        # In a narrow column a word that is not very long is too long.
        longest = max(_LONGEST_PIECE // width, 4) if width > 3 else _LONGEST_PIECE

        def cell(text: str) -> Json:
            return {**_spoken(text), "text": _breakable(text, longest)}

        def row(row: Row) -> list[Json]:
            told = [{**cell(text), "citations": [], "mark": ""} for text in row.cells]
            told[-1] |= self._behind(row)
            return told

        spoken = _spoken(" ".join([*table.header, *table.rows[0].cells]))
        rows = [row(each) for each in table.rows]
        return {"kind": "table", "width": width, "header": list(map(cell, table.header)), "rows": rows, **spoken}

    def _behind(self, said: Cited | Row) -> Json:
        return {"citations": self._citations(said.citations), "mark": said.mark}

    def _citations(self, numbers: list[int]) -> list[Json]:
        return [self._citation(n) for n in numbers]

    def _citation(self, n: int) -> Json:
        first = n in self._known and n not in self.cited
        self.cited.update({n} & self._known)
        return {"n": n, "linked": n in self._known, "first": first}


def _source(source: Listed, units: _Units) -> Json:
    return {
        "n": source.n,
        "cited": source.n in units.cited,
        "title": _text(source.title),
        "uri": _text(source.uri),
        "link": source.link,
        "about": [_text(line) for line in source.about],
        "quotes": [_excerpt(quote, units) for quote in source.quotes],
    }


def _excerpt(quote: Excerpt, units: _Units) -> Json:
    return {
        "lead": _text(quote.lead),
        "statement": units.shape(quote.statement) if quote.statement else None,
        "before": _breakable(quote.before),
        "marked": _breakable(quote.marked),
        "after": _breakable(quote.after),
        "place": _text(quote.place),
        **_spoken(quote.text),
    }


def _text(text: str) -> Json:
    return {"text": _breakable(text), **_spoken(text)}


def _spoken(text: str) -> Json:
    return {"lang": language(text), "rtl": right_to_left(text)}


def _breakable(text: str, longest: int = _LONGEST_PIECE) -> str:
    """`text` with places to break words that are longer than `longest` by a third."""
    long = longest * _LONG_WORD // _LONGEST_PIECE
    cut = _WORD.sub(lambda match: _cut(match.group(), longest) if len(match.group()) >= long else match.group(), text)
    return cut.replace("\u200b", _BREAK)


def _cut(word: str, longest: int) -> str:
    """An address is cut behind its punctuation, what has none anywhere."""
    return _BREAK.join(_BREAK.join(piece) if len(piece) > longest else piece for piece in _PIECES.findall(word))
