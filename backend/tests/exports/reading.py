"""Reads exported files back."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from xml.etree import ElementTree

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import html
from lxml.html import HtmlElement
from pypdf import PdfReader

from sayso.exports.text import clean

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def page(data: bytes) -> HtmlElement:
    return html.document_fromstring(data.decode(), parser=html.HTMLParser(encoding=None))


def html_text(data: bytes) -> str:
    return str(page(data).find("body").text_content())


def docx_text(data: bytes) -> str:
    return "\n".join(docx_lines(docx.Document(io.BytesIO(data)).iter_inner_content()))


def docx_lines(blocks: Iterable[Paragraph | Table]) -> Iterable[str]:
    """Paragraphs, and of tables each row with its cells apart by tabs."""
    for block in blocks:
        if isinstance(block, Table):
            yield from ("\t".join(cell.text for cell in row.cells) for row in block.rows)
        else:
            yield block.text


def docx_part(data: bytes, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return ElementTree.fromstring(package.read(name))


def pdf(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data), strict=True)


def pdf_text(data: bytes) -> str:
    """Without the page numbers."""
    return "\n".join(re.sub(r"\d+ / \d+\s*$", "", each.extract_text()) for each in pdf(data).pages)


def flat(text: str) -> str:
    """Text without white space and invisible characters, which every format sets in its own way."""
    shown = unicodedata.normalize("NFC", clean(text))
    return "".join(char for char in re.sub(r"\s", "", shown) if unicodedata.category(char) != "Cf")
