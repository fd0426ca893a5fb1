"""What python-docx has no call for: links, bookmarks, fields, and text in its own language and direction (ECMA-376,
part 1, section 17)."""

import unicodedata
from collections.abc import Iterable
from itertools import count, groupby

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.etree import _Element

from sayso.exports.text import language, right_to_left

_FONTS = {"ja": "MS Mincho", "zh": "SimSun", "ko": "Batang"}
_LOCALES = {"ja": "ja-JP", "zh": "zh-CN", "ko": "ko-KR", "ar": "ar-SA", "he": "he-IL"}


class Writer:
    """Writes into one paragraph, in the language and direction of `text`, which is all that it is going to hold."""

    def __init__(self, paragraph: Paragraph, text: str) -> None:
        self._paragraph = paragraph
        self._language = language(text)
        self._from_right = right_to_left(text)
        if self._from_right:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))

    def say(self, text: str, style: str | None = None, *, into: _Element | None = None) -> None:
        """Text as runs of one direction each, because Word takes the direction of a run from its properties.

        Args:
            style: id of a character style.
            into: a link to write into, in place of the paragraph.
        """
        for from_right, piece in _directions(text, self._from_right):
            run = self._run(piece, style, from_right)
            if into is not None:
                into.append(run._r)

    def mark(self, text: str, style: str) -> _Element:
        """A short text of one direction. Returns it, for a bookmark."""
        made: _Element = self._run(text, style, self._from_right)._r
        return made

    def keep_with_next(self) -> None:
        """Never end a page with this paragraph."""
        self._paragraph.paragraph_format.keep_with_next = True

    def bookmark_link(self, text: str, bookmark: str, style: str) -> _Element:
        """A link to a bookmark of this document. Returns it, for a bookmark of its own."""
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), bookmark)
        link.set(qn("w:history"), "1")
        self._paragraph._p.append(link)
        self.say(text, style, into=link)
        return link

    def web_link(self, text: str, address: str, style: str) -> None:
        """A link to an ASCII http(s) address."""
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self._paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        self._paragraph._p.append(link)
        self.say(text, style, into=link)

    def _run(self, text: str, style: str | None, from_right: bool) -> Run:
        run = self._paragraph.add_run(text)
        properties = run._r.get_or_add_rPr()
        if style:
            properties.style = style
        if self._language in _FONTS:
            fonts = OxmlElement("w:rFonts")
            fonts.set(qn("w:hint"), "eastAsia")
            fonts.set(qn("w:eastAsia"), _FONTS[self._language])
            properties.append(fonts)
        if from_right:
            properties.append(OxmlElement("w:rtl"))
        if self._language:
            spoken = OxmlElement("w:lang")
            spoken.set(qn("w:eastAsia" if self._language in _FONTS else "w:bidi"), _LOCALES[self._language])
            properties.append(spoken)
        return run


class Bookmarks:
    """Numbers a document's bookmarks."""

    def __init__(self) -> None:
        self._ids = count(1)

    def around(self, target: _Element, name: str) -> None:
        number = str(next(self._ids))
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        start.set(qn("w:id"), number)
        start.set(qn("w:name"), name)
        end.set(qn("w:id"), number)
        target.addprevious(start)
        target.addnext(end)


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """A field, such as `PAGE`, that Word fills in."""
    made = OxmlElement("w:fldSimple")
    made.set(qn("w:instr"), instruction)
    made.append(paragraph.add_run("1")._r)
    paragraph._p.append(made)


def _directions(text: str, base: bool) -> Iterable[tuple[bool, str]]:
    """Pieces of one direction: True is from the right. What has no direction takes that of its neighbors if they
    agree, else that of the paragraph (Unicode's annex 9, rules N1 and N2); digits are taken for such too."""
    strong = [{"L": False, "R": True, "AL": True}.get(unicodedata.bidirectional(char)) for char in text]
    after: list[bool] = [base] * len(text)
    following = base
    for at in range(len(text) - 1, -1, -1):
        following = following if (here := strong[at]) is None else here
        after[at] = following
    before, resolved = base, []
    for here, following in zip(strong, after, strict=True):
        before = before if here is None else here
        resolved.append(before if before == following else base)
    for from_right, group in groupby(zip(resolved, text, strict=True), key=lambda pair: pair[0]):
        yield from_right, "".join(char for _, char in group)
