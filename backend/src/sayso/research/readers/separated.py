"""Tables as text: comma-separated values and their kin."""

import csv
from collections import Counter
from io import StringIO
from itertools import islice

from sayso.research.readers.outline import Outline, OutlineReader
from sayso.research.readers.plaintext import decode
from sayso.research.readers.sheet import add_sheet

_SEPARATORS = ",;\t|"
_SAMPLE = 50
"""Rows by which the separator is told."""
_LONGEST_CELL = 1_000_000


class SeparatedReader(OutlineReader):
    """Reads `.csv` and `.tsv`, with whatever separates their cells."""

    def outline(self, data: bytes) -> Outline:
        csv.field_size_limit(_LONGEST_CELL)
        text = decode(data)
        outline = Outline()
        add_sheet(outline, csv.reader(StringIO(text), delimiter=_separator(text)))
        return outline


def _separator(text: str) -> str:
    """What makes the most rows of the first ones alike, and then the most cells."""

    def alike(separator: str) -> tuple[int, int]:
        rows = islice(csv.reader(StringIO(text), delimiter=separator), _SAMPLE)
        widths = Counter(len(row) for row in rows if len(row) > 1)
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    return max(_SEPARATORS, key=alike)
