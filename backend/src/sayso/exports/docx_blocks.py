"""Lists, tables and code in the Word document."""

from collections.abc import Callable

from docx.document import Document
from docx.enum.table import WD_TABLE_DIRECTION
from docx.oxml.parser import OxmlElement
from docx.table import _Row
from docx.text.paragraph import Paragraph as DocxParagraph

from sayso.exports.docx_runs import Writer
from sayso.exports.docx_styles import CELL, CODE, CODE_SOURCES, FAINT, HEAD_CELL, LEAD, TABLE
from sayso.exports.text import right_to_left
from sayso.exports.view import Bullets, Cited, Code, Paragraph, Shape, Table

Numbers = Callable[[Writer, list[int]], None]
"""Writes the numbers of sources behind what was written."""


class Blocks:
    """Writes blocks at the end of a document.

    Args:
        numbers: called with a paragraph's writer behind the text of each unit.
    """

    def __init__(self, file: Document, numbers: Numbers) -> None:
        self._file = file
        self._numbers = numbers

    def write(self, *shapes: Shape) -> None:
        for shape in shapes:
            self._write(shape)

    def _write(self, shape: Shape) -> None:
        match shape:
            case Paragraph(sentences, leads):
                self.paragraph(LEAD if leads else "Normal", sentences)
            case Bullets(items, ordered):
                number = self._numbering() if ordered else None
                for item in items:
                    written = self.paragraph("List Number" if ordered else "List Bullet", [item])
                    if number is not None:
                        form = written._p.get_or_add_pPr().get_or_add_numPr()
                        form.get_or_add_ilvl().val, form.get_or_add_numId().val = 0, number
            case Table():
                self._table(shape)
            case Code(code):
                Writer(self._file.add_paragraph(style=CODE), "").say(code.text)
                if code.citations:
                    writer = Writer(self._file.add_paragraph(style=CODE_SOURCES), "")
                    self._numbers(writer, code.citations)
                    _say_mark(writer, code.mark)

    def paragraph(self, style: str, sentences: list[Cited]) -> DocxParagraph:
        """Sentences with their numbers as one paragraph."""
        written = self._file.add_paragraph(style=style)
        writer = Writer(written, " ".join(sentence.text for sentence in sentences))
        for at, sentence in enumerate(sentences):
            writer.say(" " if at else "")
            self._cited(writer, sentence)
        return written

    def _cited(self, writer: Writer, said: Cited) -> None:
        # The number stays with the last word of its sentence.
        writer.say(said.text + ("\u00a0" if said.citations else ""))
        self._numbers(writer, said.citations)
        _say_mark(writer, said.mark)

    def _numbering(self) -> int:
        """A numbering of its own, from 1: lists of one style would go on counting where the last one ended."""
        known = self._file.part.numbering_part.element
        style = self._file.styles["List Number"].element.pPr.numPr.numId.val
        made = known.add_num(known.num_having_numId(style).abstractNumId.val)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        number: int = made.numId
        return number

    def _table(self, table: Table) -> None:
        made = self._file.add_table(rows=0, cols=len(table.rows[0].cells), style=TABLE)
        if right_to_left(" ".join([*table.header, *table.rows[0].cells])):
            made.table_direction = WD_TABLE_DIRECTION.RTL
        if table.header:
            head = made.add_row()
            for cell, text in zip(head.cells, table.header, strict=True):
                self._cell(cell.paragraphs[0], HEAD_CELL, Cited(text, []))
            _mark(head, "w:tblHeader")
        for row in table.rows:
            written = made.add_row()
            _mark(written, "w:cantSplit")
            *_, last = written.cells
            for cell, text in zip(written.cells, row.cells, strict=True):
                ends = cell._tc is last._tc
                self._cell(cell.paragraphs[0], CELL, Cited(text, row.citations, row.mark) if ends else Cited(text, []))
        # Word joins two tables that nothing stands between.
        self._file.add_paragraph(style="Details")

    def _cell(self, paragraph: DocxParagraph, style: str, said: Cited) -> None:
        paragraph.style = self._file.styles[style]
        self._cited(Writer(paragraph, said.text), said)


def _say_mark(writer: Writer, mark: str) -> None:
    if mark:
        writer.say(f"\u00a0{mark}", FAINT)


def _mark(row: _Row, property: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(property))
