"""Reads exported files back."""

import io
import re
import unicodedata
import zipfile
from xml.etree import ElementTree

import docx
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
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


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
