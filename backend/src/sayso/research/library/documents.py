"""One file as text and passages."""

from dataclasses import dataclass
from pathlib import PurePath

from sayso.language.tongue import language_of
from sayso.research.analysis import Analysed, analysed
from sayso.research.formats import Unreadable
from sayso.research.passages import Span, split
from sayso.research.readers.docx import DocxReader
from sayso.research.readers.html import HtmlReader
from sayso.research.readers.markdown import MarkdownReader
from sayso.research.readers.outline import OutlineReader
from sayso.research.readers.pdf import PdfReader
from sayso.research.readers.plaintext import TextReader
from sayso.research.readers.rst import RstReader

READERS: dict[str, OutlineReader] = {
    ".docx": DocxReader(),
    ".htm": (html := HtmlReader()),
    ".html": html,
    ".md": (markdown := MarkdownReader()),
    ".mdx": markdown,
    ".pdf": PdfReader(),
    ".rst": RstReader(),
    ".txt": TextReader(),
}
"""By the suffix of the file's name, in lower case."""


@dataclass(frozen=True, slots=True)
class ExtractedDocument:
    """What is kept of a file. Every passage is `text[span.offset : span.offset + span.length]`."""

    title: str
    text: str
    passages: list[Analysed]
    language: str
    date: str | None = None
    """What it says of its own date: "2024", "2024-05" or "2024-05-17"."""

    @property
    def spans(self) -> list[Span]:
        """Where its passages stand."""
        return [passage.span for passage in self.passages]


def extract(name: str, data: bytes) -> ExtractedDocument:
    """The text and passages of the file called `name` with content `data`.

    Raises:
        Unreadable: with a reason that can follow the file's name. No other exception, whatever is in `data`,
            except for running out of memory.
    """
    path = PurePath(name)
    if not data.strip():
        raise Unreadable("is empty")
    try:
        document = READERS[_suffix(path)].read(data, path.stem.replace("_", " ").replace("-", " "))
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # parsers of broken files raise all sorts
        detail = " ".join(str(error).split())[:120]
        raise Unreadable(f"cannot be read as {path.suffix.lower()} ({detail or type(error).__name__})") from error
    language = language_of(document.text)
    spans = split(document.text, document.stretches, language)
    return ExtractedDocument(
        title=document.title,
        text=document.text,
        passages=analysed(document.title, document.text, spans, language),
        language=language,
        date=document.date,
    )


def _suffix(path: PurePath) -> str:
    # Sphinx keeps the sources of its pages as `page.rst.txt`.
    inner = PurePath(path.stem).suffix.lower()
    return inner if path.suffix.lower() == ".txt" and inner in (".rst", ".md") else path.suffix.lower()
