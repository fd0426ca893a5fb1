"""The formats that a report can be had in."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from sayso.protocol.report import Report

_LONGEST_NAME = 60


@dataclass(frozen=True)
class Format:
    """One format. `render` may take a second of processor time; its libraries are loaded with the first report."""

    name: str
    """In addresses and as the file's suffix."""
    media_type: str
    render: Callable[[Report], bytes]
    shown: bool = False
    """Whether a browser can show it by itself."""


def _markdown(report: Report) -> bytes:
    from sayso.exports.markdown import report_markdown

    return report_markdown(report).encode()


def _html(report: Report) -> bytes:
    from sayso.exports.html import report_html

    return report_html(report)


def _docx(report: Report) -> bytes:
    from sayso.exports.docx import report_docx

    return report_docx(report)


def _pdf(report: Report) -> bytes:
    from sayso.exports.pdf import report_pdf

    return report_pdf(report)


def _json(report: Report) -> bytes:
    from sayso.exports.json import report_json

    return report_json(report)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = {
    each.name: each
    for each in (
        Format("md", "text/markdown; charset=utf-8", _markdown),
        Format("html", "text/html; charset=utf-8", _html, shown=True),
        Format("docx", WORD, _docx),
        Format("pdf", "application/pdf", _pdf, shown=True),
        Format("json", "application/json", _json),
    )
}


def file_name(report: Report, suffix: str) -> str:
    """A name for the file, from the title: letters and digits of any script, in lower case, joined by hyphens."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", report.title).replace("_", " ").lower())
    name = ""
    for word in words:
        if len(name) + len(word) >= _LONGEST_NAME:
            break
        name = f"{name}-{word}" if name else word
    return f"{name or ''.join(words)[:_LONGEST_NAME] or 'report'}.{suffix}"


def ascii_name(name: str) -> str:
    """The same name for clients that know only ASCII; `report` where nothing of it is left."""
    stem, _, suffix = name.rpartition(".")
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    return f"{re.sub('-+', '-', plain).strip('-') or 'report'}.{suffix}"
