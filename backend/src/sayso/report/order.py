"""Units of a finished text in another order: a sentence by itself, a list, a table or code as a whole."""

from dataclasses import dataclass

from sayso.protocol.blocks import blocks_of
from sayso.protocol.report import Block, Report, Section, Sentence


@dataclass
class _Piece:
    """What is moved as one: a sentence of a paragraph, or the units of another block with what leads into them."""

    units: list[Sentence]
    block: Block
    lead: Sentence | None
    paragraph: int
    """Pieces of the same paragraph that stand side by side stay one."""

    def has(self, text: str) -> bool:
        return any(each.text == text for each in [self.lead, *self.units] if each is not None)

    def reordered(self, text: str, target: str, *, after: bool) -> None:
        """Move a unit within the block; what leads into it leads into it still."""
        texts = [each.text for each in self.units]
        if text not in texts or target not in texts:
            return
        order = [at for at in range(len(texts)) if at != texts.index(text)]
        order.insert(order.index(texts.index(target)) + after, texts.index(text))
        rows = [self.block.rows[at] for at in order] if self.block.rows else []
        self.units = [self.units[at] for at in order]
        self.block = self.block.model_copy(update={"rows": rows})


def moved(report: Report, text: str, target: str, *, after: bool) -> Report:
    """`report` with the unit that says `text` right before, or after, the one that says `target`; as it was if it has
    not both. In another block, a unit of a list, a table or code takes the whole of it along."""
    parts = [_pieces(report.summary, report.summary_blocks)]
    parts += [_pieces(section.sentences, section.blocks) for section in report.sections]
    whence = next((part for part in parts if any(each.has(text) for each in part)), None)
    where = next((part for part in parts if any(each.has(target) for each in part)), None)
    if whence is None or where is None or text == target:
        return report
    piece = next(each for each in whence if each.has(text))
    there = next(each for each in where if each.has(target))
    if piece is there:
        piece.reordered(text, target, after=after)
    else:
        whence.remove(piece)
        where.insert(where.index(there) + after, piece)
        if piece.block.kind == "paragraph":
            piece.paragraph = there.paragraph
    (summary, summary_blocks), *rest = map(_laid, parts)
    sections = [
        Section(heading=section.heading, sentences=sentences, blocks=blocks)
        for section, (sentences, blocks) in zip(report.sections, rest, strict=True)
        if sentences
    ]
    return report.model_copy(update={"summary": summary, "summary_blocks": summary_blocks, "sections": sections})


def _pieces(units: list[Sentence], blocks: list[Block]) -> list[_Piece]:
    found: list[_Piece] = []
    for number, block in enumerate(blocks_of(units, blocks)):
        own = [units[at] for at in block.units]
        if block.kind == "paragraph":
            found += [_Piece([each], block, None, number) for each in own]
        else:
            found.append(_Piece(own, block, None if block.lead is None else units[block.lead], -1 - number))
    return found


def _laid(pieces: list[_Piece]) -> tuple[list[Sentence], list[Block]]:
    units: list[Sentence] = []
    blocks: list[Block] = []
    before: _Piece | None = None
    for piece in pieces:
        lead = None if piece.lead is None else len(units)
        units += [*([piece.lead] if piece.lead else []), *piece.units]
        own = list(range(len(units) - len(piece.units), len(units)))
        if (
            before is not None
            and piece.block.kind == before.block.kind == "paragraph"
            and (piece.paragraph == before.paragraph)
        ):
            blocks[-1] = blocks[-1].model_copy(update={"units": [*blocks[-1].units, *own]})
        else:
            blocks.append(piece.block.model_copy(update={"units": own, "lead": lead}))
        before = piece
    return units, blocks
