"""OpenDocument, as LibreOffice writes it: texts and sheets."""

from collections.abc import Iterator
from typing import Any

from sayso.language.dates import first
from sayso.research.formats import MOST_CHARACTERS, Unreadable
from sayso.research.readers.archive import opened, xml
from sayso.research.readers.list_mark import mark
from sayso.research.readers.outline import Outline, OutlineReader, squash
from sayso.research.readers.sheet import add_sheet

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_BLANKS = {f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"}
_ASIDE = {f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}tracked-changes", f"{_TEXT}table-of-content"}
"""What is no part of the running text: notes, comments, what was deleted, and the contents."""
_MOST_REPEATED = 100
"""Times that a row or a cell may stand repeated; empty ones are to the end of the sheet."""


class OpenDocumentReader(OutlineReader):
    """Reads `.odt` and `.ods`."""

    def outline(self, data: bytes) -> Outline:
        with opened(data) as archive:
            if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read(
                "META-INF/manifest.xml"
            ):
                raise Unreadable("needs a password; save a copy without one")
            content = xml(archive, "content.xml")
            described = xml(archive, "meta.xml") if "meta.xml" in archive.namelist() else None
        outline = Outline()
        if described is not None:
            outline.title = squash(described.findtext(f".//{_DUBLIN}title") or "")
            outline.date = first([described.findtext(f".//{_DUBLIN}date") or ""])
        body = content.find(f"{_OFFICE}body")
        for part in body if body is not None else ():
            _add(outline, part, sheets=part.tag == f"{_OFFICE}spreadsheet")
        return outline


def _add(outline: Outline, parent: Any, *, sheets: bool) -> None:
    for node in parent:
        if not isinstance(node.tag, str) or node.tag in _ASIDE:
            continue
        if node.tag == f"{_TEXT}h":
            outline.heading(_level(node), _said(node))
        elif node.tag == f"{_TEXT}p":
            _add_paragraph(outline, node)
        elif node.tag == f"{_TEXT}list":
            _add_list(outline, node)
        elif node.tag == f"{_TABLE}table":
            if sheets:
                outline.heading(2, node.get(f"{_TABLE}name") or "")
                add_sheet(outline, _rows(node))
            else:
                heads = node.find(f"{_TABLE}table-header-rows")
                outline.table(list(_rows(node)), header=None if heads is None else len(heads))
        else:
            # Sections, frames and whatever else holds text.
            _add(outline, node, sheets=sheets)


def _level(node: Any) -> int:
    given = node.get(f"{_TEXT}outline-level") or ""
    return int(given) if given.isdecimal() and len(given) == 1 else 1


def _add_paragraph(outline: Outline, node: Any) -> None:
    style = node.get(f"{_TEXT}style-name") or ""
    said = _said(node)
    if style == "Title" and not outline.title:
        outline.heading(0, said)
        outline.title = said
    else:
        outline.prose(said)
    for note in node.iter(f"{_TEXT}note-body"):
        outline.prose(" ".join(_said(each) for each in note))


def _add_list(outline: Outline, node: Any, within: tuple[None, ...] = ()) -> None:
    for item in node:
        for part in item:
            if part.tag == f"{_TEXT}list":
                _add_list(outline, part, (*within, None))
            elif said := _said(part):
                outline.prose(mark(within) + said, tight=True)


def _rows(table: Any) -> Iterator[list[str]]:
    left = MOST_CHARACTERS
    for row in table.iter(f"{_TABLE}table-row"):
        cells: list[str] = []
        for cell in row:
            if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                cells += [" ".join(_said(each) for each in cell)] * _times(cell, "columns")
        for _ in range(_times(row, "rows") if any(cells) else 1):
            left -= sum(map(len, cells))
            if left < 0:
                return
            yield cells


def _times(node: Any, what: str) -> int:
    given = node.get(f"{_TABLE}number-{what}-repeated") or "1"
    return min(_MOST_REPEATED, int(given)) if given.isdecimal() and len(given) < 10 else 1


def _said(node: Any) -> str:
    """The text below `node` on one line."""
    parts: list[str] = []

    def walk(node: Any) -> None:
        parts.append(node.text or "")
        for child in node:
            if child.tag in _BLANKS:
                parts.append(" ")
            elif isinstance(child.tag, str) and child.tag not in _ASIDE:
                walk(child)
            parts.append(child.tail or "")

    walk(node)
    return squash("".join(parts))
