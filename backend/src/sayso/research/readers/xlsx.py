"""Excel workbooks: their sheets as tables, with what the cells show."""

from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from sayso.research.formats import MOST_CHARACTERS
from sayso.research.readers.archive import described, opened
from sayso.research.readers.outline import Outline, OutlineReader
from sayso.research.readers.sheet import add_sheet


class XlsxReader(OutlineReader):
    """Reads `.xlsx`. A formula counts with the value that was stored with it; hidden sheets are left out."""

    def outline(self, data: bytes) -> Outline:
        with opened(data) as archive:
            said = described(archive)
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        outline = Outline()
        outline.title, outline.date = said
        outline.notice = "its hidden sheets are not read" if any(map(_is_hidden, book.worksheets)) else None
        for sheet in book.worksheets:
            if not _is_hidden(sheet):
                # What a file says of its own size may be wrong.
                sheet.reset_dimensions()
                outline.heading(2, sheet.title)
                add_sheet(outline, _rows(sheet))
        return outline


def _is_hidden(sheet: Any) -> bool:
    return bool(sheet.sheet_state != "visible")


def _rows(sheet: Any) -> Iterator[list[str]]:
    left = MOST_CHARACTERS
    for row in sheet.iter_rows():
        cells = [_shown(cell.value, cell.number_format) if cell.value is not None else "" for cell in row]
        left -= sum(map(len, cells))
        if left < 0:
            return
        yield cells


def _shown(value: object, layout: str) -> str:
    """A cell as a reader of the sheet sees it, near enough: what was typed, not what is stored."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return f"{_plain(value * 100)} %" if "%" in layout else _plain(value)
    return str(value)


def _plain(value: float) -> str:
    """A number without the noise of its last binary digits."""
    return f"{value:.12g}" if abs(value) < 1e12 else f"{value:.0f}"
