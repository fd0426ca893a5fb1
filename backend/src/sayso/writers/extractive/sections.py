"""A composed report as the protocol's sections."""

from collections.abc import Sequence

from sayso.protocol.blocks import cells
from sayso.protocol.report import Block, Section, Sentence
from sayso.writers.extractive.composing import Chapter
from sayso.writers.extractive.telling import Line


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
