"""Rich Text Format: its paragraphs and tables; headings are not told apart in it."""

from itertools import groupby

from striprtf.striprtf import rtf_to_text

from sayso.research.formats import Unreadable
from sayso.research.readers.outline import Outline, OutlineReader
from sayso.research.readers.plaintext import add_text

_CELL = "|"
"""What ends each cell of a row in the text that the library makes."""


class RtfReader(OutlineReader):
    """Reads `.rtf`."""

    def outline(self, data: bytes) -> Outline:
        if not data.lstrip().startswith(b"{\\rtf"):
            raise Unreadable("is no RTF, whatever its name says")
        # Bytes beyond ASCII are no part of the format; what programs write there all the same is their code page.
        text: str = rtf_to_text(data.decode("cp1252", "replace"), errors="replace")  # type: ignore[no-untyped-call]  # it has no annotations
        outline = Outline()
        for is_row, lines in groupby(text.split("\n"), lambda line: line.rstrip().endswith(_CELL)):
            if is_row:
                outline.table([line.strip().removesuffix(_CELL).split(_CELL) for line in lines])
            else:
                add_text(outline, "\n\n".join(lines))
        return outline
