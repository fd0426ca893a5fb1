"""PowerPoint presentations: a section for each slide, with its title, texts, tables and notes."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from pptx import Presentation

from sayso.research.readers.archive import described, opened
from sayso.research.readers.list_mark import mark
from sayso.research.readers.outline import Outline, OutlineReader, squash

_LONGEST_TITLE = 14
"""Words."""
_DEEPEST = 8
"""The level of a paragraph at most; a file can say more."""


class PptxReader(OutlineReader):
    """Reads `.pptx`."""

    def outline(self, data: bytes) -> Outline:
        with opened(data) as archive:
            said = described(archive)
        deck = Presentation(BytesIO(data))
        outline = Outline()
        outline.date = said.date
        # What PowerPoint calls one that was given no name.
        outline.title = "" if said.title == "PowerPoint Presentation" else said.title
        for number, slide in enumerate(deck.slides, start=1):
            if slide._element.get("show") != "0":
                _add_slide(outline, number, slide)
        return outline


def _add_slide(outline: Outline, number: int, slide: Any) -> None:
    heading = _heading(slide)
    title = squash(heading.text_frame.text) if heading is not None else ""
    outline.title = outline.title or title
    outline.heading(2, f"Slide {number}: {title}" if title else f"Slide {number}")
    for shape in _shapes(slide.shapes):
        if shape.has_text_frame and (heading is None or shape.shape_id != heading.shape_id):
            _add_text(outline, shape.text_frame)
        elif getattr(shape, "has_table", False):
            table = shape.table
            rows = [[squash(cell.text) for cell in row.cells] for row in table.rows]
            outline.table(rows, header=1 if table.first_row else None)
    if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame) is not None and notes.text.strip():
        outline.heading(3, "Notes")
        for paragraph in notes.paragraphs:
            outline.prose(paragraph.text)


def _heading(slide: Any) -> Any:
    """The shape with the slide's title: the one that is marked so, else the first with text, if that is one line."""
    if slide.shapes.title is not None:
        return slide.shapes.title
    first = next((each for each in _shapes(slide.shapes) if each.has_text_frame and each.text_frame.text.strip()), None)
    if first is None or len(first.text_frame.text.strip().splitlines()) > 1:
        return None
    return first if len(first.text_frame.text.split()) <= _LONGEST_TITLE else None


def _shapes(shapes: Iterable[Any]) -> Iterator[Any]:
    """Shapes and those within groups, in the order in which they are read out."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _add_text(outline: Outline, frame: Any) -> None:
    texts = [
        (text, min(paragraph.level, _DEEPEST)) for paragraph in frame.paragraphs if (text := squash(paragraph.text))
    ]
    for text, level in texts:
        # Several lines in one frame are a list, whether or not their bullets come from the layout.
        outline.prose(mark([None] * level) + text if len(texts) > 1 else text, tight=len(texts) > 1)
