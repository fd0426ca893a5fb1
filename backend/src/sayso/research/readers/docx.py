"""Word documents: paragraphs, headings by their style, lists and tables."""

import re
from io import BytesIO

from docx import Document as open_docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from sayso.research.readers.archive import described, opened
from sayso.research.readers.list_mark import mark
from sayso.research.readers.outline import Outline, OutlineReader, squash

_HEADING_STYLE = re.compile(r"heading (\d)$", re.IGNORECASE)
_LIST_STYLE = re.compile(r"List\D*([1-9])")
_ONE_FIGURE = re.compile(r"[0-9]")
_PLAIN_STYLES = ("Normal Table", "Table Grid")
_FIRST_ROW = 0x20
"""The bit of `w:tblLook`'s mask that sets the first row apart."""


class DocxReader(OutlineReader):
    """Reads `.docx`."""

    def outline(self, data: bytes) -> Outline:
        with opened(data) as archive:
            said = described(archive)
        # python-docx parses without resolving entities and without huge_tree, so XML bombs stay small.
        document = open_docx(BytesIO(data))
        outline = Outline()
        outline.title, outline.date = said
        for block in document.iter_inner_content():
            if isinstance(block, Paragraph):
                _add_paragraph(outline, block)
            else:
                _add_table(outline, block)
        return outline


def _add_paragraph(outline: Outline, paragraph: Paragraph) -> None:
    text = squash(paragraph.text)
    style = (paragraph.style.name or "") if paragraph.style else ""
    if heading := _HEADING_STYLE.match(style):
        outline.heading(int(heading[1]), text)
    elif style == "Title":
        outline.title = outline.title or text
        outline.heading(0, text)
    elif style.startswith("List") or paragraph._p.xpath("./w:pPr/w:numPr"):
        outline.prose(mark([None] * _level(paragraph, style)) + text if text else "", tight=True)
    else:
        outline.prose(text)


def _level(paragraph: Paragraph, style: str) -> int:
    """How many lists the list of an item is within."""
    said = next(iter(paragraph._p.xpath("./w:pPr/w:numPr/w:ilvl/@w:val")), "")
    if not said and (numbered := _LIST_STYLE.fullmatch(style)):
        return int(numbered[1]) - 1
    return int(said) if _ONE_FIGURE.fullmatch(said) else 0


def _add_table(outline: Outline, table: Table) -> None:
    rows = []
    for row in table.rows:
        # A merged cell is given once for every column it spans.
        cells = [cell for at, cell in enumerate(row.cells) if at == 0 or cell._tc is not row.cells[at - 1]._tc]
        rows.append([squash(cell.text) for cell in cells])
    # Without a mark, the outline tells by the figures.
    outline.table(rows, header=1 if len(rows) > 1 and _has_header(table, rows[0]) else None)


def _has_header(table: Table, first: list[str]) -> bool:
    """Whether the first row is marked as the table's header: by itself, or by the table's look. Word and its kin mark
    every table's look, so that of a table in a plain style counts only where its first row reads like one."""
    if table._tbl.xpath("./w:tr[1]/w:trPr/w:tblHeader"):
        return True
    looks = table._tbl.xpath("./w:tblPr/w:tblLook")
    if not looks or not _sets_first_row_apart(looks[0].get(qn("w:firstRow")), looks[0].get(qn("w:val"))):
        return False
    styled = table.style is not None and table.style.name not in _PLAIN_STYLES
    return styled or (len(first) > 2 and all(first) and not any(map(str.isdigit, "".join(first))))


def _sets_first_row_apart(given: str | None, mask: str | None) -> bool:
    if given is None:
        # Before 2010 Word wrote a mask only.
        return bool(re.fullmatch("[0-9A-Fa-f]{1,4}", mask or "")) and bool(int(mask or "0", 16) & _FIRST_ROW)
    return given in ("1", "true", "on")
