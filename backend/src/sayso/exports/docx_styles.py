"""The look of the Word document: its styles."""

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from lxml.etree import _Element

STAMP, SOURCE, DETAILS, CODE, CODE_SOURCES, CELL, HEAD_CELL, LEAD = (
    *("Approval", "Source", "Details", "Code", "Code Sources", "Table Text", "Table Heading", "Lead"),
)
"""Paragraph styles."""
TABLE = "Report Table"
"""The style of tables."""
STAMP_NAME, CITATION, MARKED, REMOVED, FAINT = "Approver", "Citation", "Marked", "Removed", "Faint"
"""Character styles; their names are their ids."""

_SERIF, _COMPLEX, _EASTERN = "Georgia", "Times New Roman", "MS Mincho"
_MONOSPACE = "Courier New"
_INK, _SOFT, _GRAY, _PEN = (RGBColor.from_string(each) for each in ("1F1C17", "5F594E", "6F685C", "2A4B9B"))
_PEN_LINE, _PALE_LINE, _MARK = "2A4B9B", "D9D2C4", "FBEEB8"


def set_styles(file: Document) -> None:
    """Define the styles that `sayso.exports.docx` writes with."""
    styles = file.styles
    _set_fonts(styles.element)
    _paragraph(file, "Normal", size=10.5, color=_INK, after=8, line=1.35)
    _paragraph(file, "Title", size=23, color=_INK, after=8, line=1.1)
    _paragraph(file, "Subtitle", size=12, color=_SOFT, after=8, line=1.25, italic=True)
    _paragraph(file, "Heading 1", size=14, color=_INK, before=20, after=6, line=1.2)
    _paragraph(file, "Quote", size=10, color=_SOFT, after=8, line=1.3, left=12)
    _paragraph(file, "List Bullet", size=10.5, color=_INK, after=4, line=1.35)
    _paragraph(file, "Footer", size=8.5, color=_GRAY)
    styles["Footer"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _paragraph(file, "List Number", size=10.5, color=_INK, after=4, line=1.35)
    for name in (STAMP, SOURCE, DETAILS, CODE, CODE_SOURCES, CELL, HEAD_CELL, LEAD):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    _paragraph(file, STAMP, size=9, color=_PEN, before=8, after=10, line=1.2, left=6)
    _paragraph(file, SOURCE, size=10.5, color=_INK, before=12, after=0, line=1.3, bold=True)
    _paragraph(file, DETAILS, size=9, color=_GRAY, after=6, line=1.25)
    _paragraph(file, CODE, size=9, color=_INK, before=2, after=4, line=1.25, left=6)
    _paragraph(file, CODE_SOURCES, size=10.5, color=_INK, after=8)
    _paragraph(file, CELL, size=9.5, color=_INK, before=2, after=2, line=1.2)
    _paragraph(file, HEAD_CELL, size=9.5, color=_INK, before=2, after=2, line=1.2, bold=True)
    _paragraph(file, LEAD, size=10.5, color=_INK, after=4, line=1.35)
    for name in ("Heading 1", SOURCE, CODE, HEAD_CELL, LEAD):
        styles[name].paragraph_format.keep_with_next = True
    for name in ("Quote", STAMP):
        styles[name].paragraph_format.keep_together = True
    _border(styles["Title"], {})
    _border(styles["Quote"], {"left": ("8", _PALE_LINE, "8")})
    _border(styles[STAMP], {side: ("12", _PEN_LINE, "6") for side in ("top", "left", "bottom", "right")})
    _border(styles[SOURCE], {"top": ("4", _PALE_LINE, "6")})
    _border(styles[CODE], {"left": ("8", _PALE_LINE, "6")})
    _set_monospace(styles[CODE])
    _table(file)
    _characters(file)


def _characters(file: Document) -> None:
    made: dict[str, CharacterStyle] = {}
    for name in (STAMP_NAME, CITATION, MARKED, REMOVED, FAINT):
        made[name] = file.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    made[STAMP_NAME].font.italic, made[STAMP_NAME].font.size = True, Pt(13)
    made[CITATION].font.superscript, made[CITATION].font.color.rgb = True, _PEN
    made[REMOVED].font.strike = True
    made[FAINT].font.color.rgb = _GRAY
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", _MARK)):
        shade.set(qn(f"w:{key}"), value)
    made[MARKED].font.color.rgb = _INK
    made[MARKED].element.get_or_add_rPr().append(shade)


def _paragraph(
    file: Document,
    name: str,
    *,
    size: float,
    color: RGBColor,
    before: float = 0,
    after: float = 0,
    line: float = 1,
    left: float | None = None,
    bold: bool = False,
    italic: bool = False,
) -> None:
    style: ParagraphStyle = file.styles[name]
    font, form = style.font, style.paragraph_format
    font.size, font.color.rgb, font.bold, font.italic = Pt(size), color, bold, italic
    # The same for complex scripts, which Word keeps apart.
    properties = style.element.get_or_add_rPr()
    for tag, value in (("w:bCs", str(int(bold))), ("w:iCs", "0"), ("w:szCs", str(round(size * 2)))):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
        made = OxmlElement(tag)
        made.set(qn("w:val"), value)
        properties.insert_element_before(made, *_ORDER[_ORDER.index(tag) + 1 :])
    for old in properties.findall(qn("w:spacing")):
        properties.remove(old)
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), line
    if left is not None:
        form.left_indent = Pt(left)


_ORDER = (
    *("w:b", "w:bCs", "w:i", "w:iCs", "w:caps", "w:strike", "w:color", "w:spacing", "w:kern", "w:sz", "w:szCs"),
    *("w:u", "w:shd", "w:vertAlign", "w:lang"),
)
"""The members of `w:rPr` that occur here, in their order (ECMA-376, part 1, section 17.3.2.28)."""


def _border(style: ParagraphStyle, sides: dict[str, tuple[str, str, str]]) -> None:
    """Lines at the sides of a paragraph: width in eighths of a point, color, distance in points."""
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    if not sides:
        return
    border = OxmlElement("w:pBdr")
    for side, (width, color, space) in sides.items():
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", width), ("space", space), ("color", color)):
            line.set(qn(f"w:{key}"), value)
        border.append(line)
    # Before what the schema wants behind it; of that these styles have only some.
    behind = ("shd", "tabs", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl")
    properties.insert_element_before(border, *(f"w:{name}" for name in behind))


def _table(file: Document) -> None:
    """A hairline below each row and around none."""
    style = file.styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    style.base_style = file.styles["Normal Table"]
    properties, borders = OxmlElement("w:tblPr"), OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _PALE_LINE)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    properties.append(borders)
    style.element.append(properties)


def _set_monospace(style: ParagraphStyle) -> None:
    fonts = OxmlElement("w:rFonts")
    for key in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{key}"), _MONOSPACE)
    style.element.get_or_add_rPr().insert(0, fonts)


def _set_fonts(styles: _Element) -> None:
    """One typeface for all styles: the template's own come from a theme, which would win over a style's."""
    for old in list(styles.iter(qn("w:rFonts"))):
        old.getparent().remove(old)
    defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    fonts = OxmlElement("w:rFonts")
    for key, name in (("ascii", _SERIF), ("hAnsi", _SERIF), ("eastAsia", _EASTERN), ("cs", _COMPLEX)):
        fonts.set(qn(f"w:{key}"), name)
    defaults.insert(0, fonts)
