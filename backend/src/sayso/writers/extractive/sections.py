"""A composed report as the protocol's sections, and as Markdown while it is drafted."""

from collections.abc import Iterator, Sequence

from sayso.language.structure import CELL, FENCE
from sayso.protocol.blocks import cells
from sayso.protocol.report import Block, Section, Sentence
from sayso.writers.extractive.composing import Chapter
from sayso.writers.extractive.telling import Line, Telling


def units(lines: Sequence[Line]) -> list[Sentence]:
    return [Sentence(text=line.text, citations=list(line.numbers)) for line in lines]


def section_of(chapter: Chapter) -> Section:
    """The section: its units in reading order, and what they form."""
    lines: list[Line] = []
    blocks: list[Block] = []
    for telling in chapter.blocks:
        led = telling.lead is not None and telling.kind in ("list", "code")
        if led and telling.lead:
            lines.append(telling.lead)
        first = len(lines)
        lines += telling.lines
        header = cells(telling.lead.text) if telling.lead and telling.kind == "table" else []
        blocks.append(
            Block(
                kind=telling.kind,
                units=list(range(first, len(lines))),
                lead=first - 1 if led else None,
                header=header,
                rows=[cells(line.text) for line in telling.lines] if telling.kind == "table" else [],
                language=telling.language,
            )
        )
    return Section(heading=chapter.heading, sentences=units(lines), blocks=blocks)


def drafted(line: Line) -> str:
    """A line with its numbers, as it is drafted."""
    return f"{line.text} {_numbers(line)} "


def drafted_block(block: Telling) -> Iterator[str]:
    """The pieces of a block as Markdown."""
    if block.lead and block.kind != "table":
        yield f"{block.lead.text}\n\n"
    if block.kind == "table":
        yield "\n\n"
        if block.lead:
            header = cells(block.lead.text)
            yield f"| {CELL.join(header)} |\n| {CELL.join('---' for _ in header)} |\n"
        for line in block.lines:
            yield f"| {CELL.join(cells(line.text))} {_numbers(line)} |\n"
    elif block.kind == "list":
        for line in block.lines:
            yield f"\n- {line.text} {_numbers(line)}"
    elif block.kind == "code":
        for line in block.lines:
            yield f"\n\n{FENCE}{block.language}\n{line.text}\n{FENCE}\n{_numbers(line)}\n"
    else:
        for line in block.lines:
            yield drafted(line)


def _numbers(line: Line) -> str:
    return "".join(f"[{number}]" for number in line.numbers)
