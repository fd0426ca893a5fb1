"""A block as it is drafted: Markdown that reads well while it streams, a piece for each unit.

A piece is whole lines where its block is no paragraph. The texts stay as they are but for a bar in a cell: a draft is
shown as text, in which nothing but these lines means anything.
"""

from collections.abc import Iterable, Sequence

from sayso.exports.markdown_lines import bullet, fenced, table_head, table_line
from sayso.protocol.blocks import blocks_of
from sayso.protocol.report import Block, Sentence

MAIN_HEADING = "What the sources say"
"""Heading of what is under no other."""


def pieces(units: Sequence[Sentence], blocks: Sequence[Block]) -> Iterable[str]:
    """The pieces of what `blocks` says that `units` form, in reading order."""
    for block in blocks_of(units, blocks):
        if block.lead is not None:
            yield f"\n\n{_cited(units[block.lead])}\n\n"
        elif block.kind != "paragraph":
            yield "\n\n"
        yield from _of(block, units)
        yield "\n\n" if block.kind != "code" else ""


def _of(block: Block, units: Sequence[Sentence]) -> Iterable[str]:
    if block.kind == "table":
        yield table_head([_cell(cell) for cell in block.header] or [""] * len(block.rows[0]))
    for place, at in enumerate(block.units):
        unit = units[at]
        if block.kind == "list":
            yield f"{bullet(place + 1 if block.ordered else None)}{_cited(unit)}\n"
        elif block.kind == "table":
            row = [_cell(cell) for cell in block.rows[place]]
            row[-1] = f"{row[-1]} {_numbers(unit)}".strip()
            yield f"{table_line(row)}\n"
        elif block.kind == "code":
            yield f"{fenced(unit.text, block.language)}\n{_numbers(unit)}\n\n"
        else:
            yield f"{_cited(unit)} "


def _cited(unit: Sentence) -> str:
    return f"{unit.text} {_numbers(unit)}".rstrip()


def _numbers(unit: Sentence) -> str:
    return "".join(f"[{number}]" for number in unit.citations)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
