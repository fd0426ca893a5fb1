"""reStructuredText's four kinds of tables, as rows of cells."""

import csv
import re
from collections.abc import Sequence

Rows = list[list[str]]

_BORDER = re.compile(r"={2,}(?: +={2,})+\s*$")
_SPANNED = re.compile(r"[-=]{2,}(?: +[-=]{2,})*\s*$")
_RULE = re.compile(r"\+[-=+]+\+?\s*$")
_ROW = re.compile(r"\* +- ?(.*)")
_CELL = re.compile(r" +- ?(.*)")


def is_border(line: str) -> bool:
    """Whether a simple table begins or ends with this line, or parts its header from its body."""
    return bool(_BORDER.match(line.strip()))


def simple(lines: Sequence[str]) -> tuple[Rows, Rows]:
    """Header and body of a table whose columns are told by borders of `=`."""
    columns = [match.span() for match in re.finditer(r"=+", lines[0])]
    parts: list[Rows] = [[]]
    for line in lines[1:]:
        if is_border(line):
            parts.append([])
        elif line.strip() and not _SPANNED.match(line.strip()):
            cells = _cut(line, columns)
            if not cells[0] and parts[-1]:
                # A row without a first cell goes on with the one above.
                above = parts[-1][-1]
                cells += [""] * (len(above) - len(cells))
                parts[-1][-1] = [
                    f"{one} {cells[at]}".strip() if at < len(cells) else one for at, one in enumerate(above)
                ]
            else:
                parts[-1].append(cells)
    filled = [part for part in parts if part]
    head = filled[0] if len(filled) > 1 else []
    return head, [row for part in filled[1 if head else 0 :] for row in part]


def _cut(line: str, columns: list[tuple[int, int]]) -> list[str]:
    ends = [start for start, _ in columns[1:]] + [len(line) + 1]
    if any(line[end:after].strip() for (_, end), after in zip(columns[:-1], ends, strict=False)):
        return [" ".join(line.split())]  # a cell that spans columns
    return [line[start:end].strip() for (start, _), end in zip(columns, ends, strict=True)]


def grid(lines: Sequence[str]) -> tuple[Rows, Rows]:
    """Header and body of a table that is drawn with `+`, `-` and `|`."""
    head: Rows = []
    rows: Rows = []
    cells: list[str] = []
    for line in lines:
        line = line.strip()
        if _RULE.match(line):
            if cells:
                rows.append(cells)
            cells = []
            if "=" in line:
                head, rows = rows, []
            continue
        own = [cell.strip() for cell in line.strip("|").split("|")]
        if cells and len(own) == len(cells):
            cells = [f"{one} {other}".strip() for one, other in zip(cells, own, strict=True)]
        else:
            cells = [*cells, *own] if not cells else [" ".join([*cells, *own]).strip()]
    return head, rows


def comma_separated(lines: Sequence[str], options: dict[str, str]) -> tuple[Rows, Rows]:
    """Header and body of a `csv-table`.

    Raises:
        csv.Error: it is none.
    """
    given = {"tab": "\t", "space": " "}.get(options.get("delim", ","), options.get("delim", ","))
    delimiter = given if len(given) == 1 else ","
    rows = [row for row in csv.reader([*lines], delimiter=delimiter, skipinitialspace=True) if any(row)]
    named = next(csv.reader([options.get("header", "")], skipinitialspace=True), [])
    count = _number(options.get("header-rows", "0"))
    return [*([named] if named else []), *rows[:count]], rows[count:]


def listed(lines: Sequence[str], options: dict[str, str]) -> tuple[Rows, Rows]:
    """Header and body of a `list-table`."""
    rows: Rows = []
    for line in lines:
        if row := _ROW.match(line):
            rows.append([row[1].strip()])
        elif rows and (cell := _CELL.match(line)) and len(line) - len(line.lstrip()) <= 3:
            rows[-1].append(cell[1].strip())
        elif rows and line.strip():
            rows[-1][-1] = f"{rows[-1][-1]} {line.strip()}".strip()
    count = _number(options.get("header-rows", "0"))
    return rows[:count], rows[count:]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
