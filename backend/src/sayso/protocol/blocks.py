"""How the units of a section are read as blocks: the one rule for whoever checks, shows or exports them."""

import re
from collections.abc import Sequence

from sayso.protocol.report import Block, Sentence

MOST_CELLS = 20
"""Cells of a row; what a row has beyond that is in its last one. Word opens no table of more than 63 columns."""
_BAR = re.compile(r"(?:^|(?<=\s))\|(?=\s|$)")
"""What parts cells: a bar by itself. Those of code ("a || b", "string|number") are text."""
_Table = dict[str, list[str] | list[list[str]]]
_NO_TABLE: _Table = {"header": [], "rows": []}


def blocks_of(units: Sequence[Sentence], blocks: Sequence[Block]) -> list[Block]:
    """What `units` form, in reading order; units without blocks (0.1.0 knew none) are one paragraph.

    Whatever `blocks` says, each unit is in exactly one place: an index that leads nowhere, or was used before, does
    not count, what no block has is a paragraph where it stands, and the rows of a table have one length.
    """
    left = set(range(len(units)))
    laid: list[Block] = []
    for block in blocks:
        lead = None if block.kind == "paragraph" else _taken(block.lead, left)
        own = [at for at in block.units if _taken(at, left) is not None]
        if not own:
            left.update([] if lead is None else [lead])
            continue
        table = _table(block, [units[at].text for at in own]) if block.kind == "table" else _NO_TABLE
        laid.append(block.model_copy(update={"units": own, "lead": lead, **table}))
    return _with_others(laid, sorted(left))


def cells(text: str) -> list[str]:
    """The cells of a row, or of a header, given as text."""
    found = [cell.strip() for cell in _BAR.split(text.strip())]
    if len(found) > 2 and not found[0] and not found[-1]:
        # The bars around a row, as Markdown has them.
        found = found[1:-1]
    return found


def row(text: str) -> str:
    """A row with its cells apart by " | " and no bars around them."""
    return " | ".join(cells(text))


def _taken(at: int | None, left: set[int]) -> int | None:
    if at is None or at not in left:
        return None
    left.remove(at)
    return at


def _table(block: Block, texts: list[str]) -> _Table:
    width = len(block.header) or max(map(len, block.rows), default=0)
    aligned = len(block.rows) == len(texts) and all(len(each) == width for each in block.rows)
    if aligned and 0 < width <= MOST_CELLS:
        return {"header": block.header, "rows": block.rows}
    rows = [cells(text) for text in texts]
    width = min(len(block.header) or max(map(len, rows)), MOST_CELLS)
    return {"header": _fit(block.header, width) if block.header else [], "rows": [_fit(each, width) for each in rows]}


def _fit(row: list[str], width: int) -> list[str]:
    if len(row) <= width:
        return row + [""] * (width - len(row))
    return [*row[: width - 1], " | ".join(row[width - 1 :])]


def _with_others(laid: list[Block], others: list[int]) -> list[Block]:
    """`laid` with the units that are in none of them as paragraphs, before the block that begins behind them."""
    whole: list[Block] = []
    for block in laid:
        first = block.units[0] if block.lead is None else block.lead
        before = [at for at in others if at < first]
        whole += [Block(units=before)] if before else []
        whole.append(block)
        others = others[len(before) :]
    return whole + ([Block(units=others)] if others else [])
