"""One file as text and passages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from itertools import chain
from pathlib import PurePath

from sayso.language.dates import iso, stated
from sayso.language.tongue import language_of
from sayso.research.analysis import Analysed, analysed
from sayso.research.formats import MOST_CHARACTERS, MOST_PASSAGES, Unreadable
from sayso.research.passages import Span, split
from sayso.research.readers.encoding import decoded
from sayso.research.readers.outline import OutlineReader, ReadDocument

READERS = {
    ".csv": "separated.SeparatedReader",
    ".docx": "docx.DocxReader",
    ".eml": "mail.MailReader",
    ".epub": "epub.EpubReader",
    ".htm": "html.HtmlReader",
    ".html": "html.HtmlReader",
    ".markdown": "markdown.MarkdownReader",
    ".md": "markdown.MarkdownReader",
    ".mdx": "markdown.MarkdownReader",
    ".ods": "opendocument.OpenDocumentReader",
    ".odt": "opendocument.OpenDocumentReader",
    ".pdf": "pdf.PdfReader",
    ".pptx": "pptx.PptxReader",
    ".rst": "rst.RstReader",
    ".rtf": "rtf.RtfReader",
    ".tsv": "separated.SeparatedReader",
    ".txt": "plaintext.TextReader",
    ".xlsx": "xlsx.XlsxReader",
}
"""Classes in `sayso.research.readers`, by the suffix of the file's name, in lower case. Each is loaded with the first
file of its kind, for together they take longer than a file."""
_TEXTS = (
    "html.HtmlReader",
    "markdown.MarkdownReader",
    "plaintext.TextReader",
    "rst.RstReader",
    "separated.SeparatedReader",
)
"""Those that get their file in UTF-8, whatever it was in."""
_DECLARING = ("html.HtmlReader",)
_PRINTED = ("docx.DocxReader", "opendocument.OpenDocumentReader", "pdf.PdfReader")
"""Those whose documents have a date in the properties of the file."""
_HEAD = 500
"""Characters, from the beginning, in which a document says when it is of."""
_AT_ONCE = 500
"""Passages that are analysed together; it bounds the memory."""
_YEAR = re.compile(r"(?<![\d.:])(?:19|20)\d\d(?:-\d\d-\d\d)?(?![\d])(?!\.\d)")
_NUMBERED = re.compile(r"\b(?:rfc|iso|iec|din|en|ieee|windows|office|port|no|nr)\.?[\s_-]*$", re.IGNORECASE)
"""What comes before a number that is no year."""


@dataclass(frozen=True, slots=True)
class ExtractedDocument:
    """What is kept of a file. Every passage is `text[span.offset : span.offset + span.length]`."""

    title: str
    text: str
    spans: list[Span]
    language: str
    date: str | None = None
    """What it says of its own date: "2024", "2024-05" or "2024-05-17"."""
    notice: str | None = None
    """What is doubtful about it or missing from it, fit to follow the file's name."""

    def chunks(self) -> Iterator[list[Analysed]]:
        """Its passages for the index, some hundreds at a time."""
        for first in range(0, len(self.spans), _AT_ONCE):
            yield analysed(self.title, self.text, self.spans[first : first + _AT_ONCE], self.language)

    @property
    def passages(self) -> list[Analysed]:
        """All of its passages for the index."""
        return list(chain.from_iterable(self.chunks()))


def extract(name: str, data: bytes) -> ExtractedDocument:
    """The text and passages of the file called `name` with content `data`.

    Raises:
        Unreadable: with a reason that can follow the file's name. No other exception, whatever is in `data`,
            except for running out of memory.
    """
    path = PurePath(name)
    if not data.strip():
        raise Unreadable("is empty")
    kind = READERS[_suffix(path)]
    notices: list[str | None] = []
    try:
        if kind in _TEXTS:
            text, doubt = decoded(data, declares=kind in _DECLARING)
            data = text.encode("utf-8", "ignore")
            del text
            notices.append(doubt)
        document = _reader(kind).read(data, path.stem.replace("_", " ").replace("-", " "))
        language = language_of(document.text)
        spans = split(document.text, document.stretches, language)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # parsers of broken files raise all sorts
        detail = " ".join(str(error).split())[:120]
        reason = f"cannot be read as {path.suffix.lower()} ({detail or type(error).__name__})"
        raise Unreadable(_storable(reason)) from error
    text, spans, cut = _bounded(document.text, spans)
    return ExtractedDocument(
        title=_storable(document.title),
        text=text,
        spans=[_clean(span) for span in spans],
        language=language,
        date=_date(kind, document, path),
        notice="; ".join(notice for notice in (*notices, document.notice, cut) if notice) or None,
    )


@cache
def _reader(kind: str) -> OutlineReader:
    module, _, name = kind.partition(".")
    reader: OutlineReader = getattr(import_module(f"sayso.research.readers.{module}"), name)()
    return reader


def _bounded(text: str, spans: list[Span]) -> tuple[str, list[Span], str | None]:
    """As much of a document as is kept, and what must be said about it."""
    cut = None
    if len(spans) > MOST_PASSAGES:
        spans = spans[:MOST_PASSAGES]
        text = text[: spans[-1].offset + spans[-1].length]
        cut = f"only its first {MOST_PASSAGES:,} passages are searched"
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS]
        spans = [span for span in spans if span.offset + span.length <= len(text)]
        cut = f"only its first {MOST_CHARACTERS:,} characters are searched"
    return text, spans, cut


def _date(kind: str, document: ReadDocument, path: PurePath) -> str | None:
    """The date that a document gives of itself; what it states on its first lines before the properties of its file,
    which are often of the day on which it was printed."""
    stated_there = stated(document.text[:_HEAD])
    given = (stated_there, document.date) if kind in _PRINTED else (document.date, stated_there)
    return next(filter(None, given), None) or _year_of(path.stem, document.title)


def _year_of(name: str, title: str) -> str | None:
    """The date in a file's name or its title, if one year alone is named."""
    found = {
        match.group()
        for text in (name, title)
        for match in _YEAR.finditer(text)
        if not _NUMBERED.search(text[: match.start()])
    }
    dates = {date for each in found if (date := iso(each))}
    years = {each[:4] for each in found}
    return max(dates, key=len) if len(years) == 1 and dates else None


def _clean(span: Span) -> Span:
    if all((each or "").isascii() for each in (span.heading, span.lead)):
        return span
    return replace(span, heading=span.heading and _storable(span.heading), lead=span.lead and _storable(span.lead))


def _storable(text: str) -> str:
    """`text` without lone surrogates, of broken files, which cannot be stored or sent."""
    return text if text.isascii() else text.encode("utf-8", "ignore").decode("utf-8")


def _suffix(path: PurePath) -> str:
    # Sphinx keeps the sources of its pages as `page.rst.txt`.
    inner = PurePath(path.stem).suffix.lower()
    return inner if path.suffix.lower() == ".txt" and inner in (".rst", ".md") else path.suffix.lower()
