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
from sayso.exports.view import Cited, Excerpt, Listed, ReportView, view
from sayso.protocol.report import Report

Json = dict[str, Any]
MISSING = (
    "Some characters of this report are in none of the fonts that come with Sayso, and show as boxes here. "
    "The web page and the Word file have them."
)
_NO_GLYPH = "could not be displayed with"
_LONG_WORD = re.compile(r"[!-~\u00a1-\u052f\u1e00-\u1fff]{32,}")
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
    known = {source.n for source in seen.sources}
    cited: set[int] = set()

    def sentences(some: list[Cited]) -> Json:
        return {
            "sentences": [
                {"text": _breakable(each.text), "citations": [citation(n) for n in each.citations]} for each in some
            ],
            **_spoken(" ".join(each.text for each in some)),
        }

    def citation(n: int) -> Json:
        # The first citation of a source is where the source's number leads back to.
        first = n in known and n not in cited
        cited.update({n} & known)
        return {"n": n, "linked": n in known, "first": first}

    data = {
        "fonts": {name: families(name) for name in ("", "ja", "zh", "ko")},
        "words": {
            "summary": wording.SUMMARY,
            "conflicts": wording.CONFLICTS,
            "not_found": wording.NOT_FOUND,
            "sources": wording.SOURCES,
            "removed": wording.REMOVED,
            "made": wording.MADE,
            "asked": wording.ASKED,
        },
        "title": _text(seen.title),
        "question": _text(seen.question),
        "revises": _text(seen.revises),
        "approvals": [{"who": _text(each.who), "when": each.when, "note": _text(each.note)} for each in seen.approvals],
        "figures": seen.figures,
        "note": _text(seen.note),
        "missing": "",
        "summary": sentences(seen.summary) if seen.summary else None,
        "sections": [{"heading": _text(part.heading), **sentences(part.sentences)} for part in seen.sections],
        "conflicts": [
            {"why": _text(each.why), "claims": [sentences([claim]) for claim in each.claims]} for each in seen.conflicts
        ],
        "not_found": [_text(line) for line in seen.not_found],
        "removed": [{**_text(text), "why": _text(f"({why})")} for text, why in seen.removed],
        "made": [_text(line) for line in seen.made],
    }
    return {**data, "sources": [_source(source, cited) for source in seen.sources]}


def _source(source: Listed, cited: set[int]) -> Json:
    return {
        "n": source.n,
        "cited": source.n in cited,
        "title": _text(source.title),
        "uri": _text(source.uri),
        "link": source.link,
        "about": [_text(line) for line in source.about],
        "quotes": [_excerpt(quote) for quote in source.quotes],
    }


def _excerpt(quote: Excerpt) -> Json:
    return {
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


def _breakable(text: str) -> str:
    return _LONG_WORD.sub(lambda match: _cut(match.group()), text).replace("\u200b", _BREAK)


def _cut(word: str) -> str:
    """An address is cut behind its punctuation, what has none anywhere."""
    return _BREAK.join(_BREAK.join(piece) if len(piece) > _LONGEST_PIECE else piece for piece in _PIECES.findall(word))
