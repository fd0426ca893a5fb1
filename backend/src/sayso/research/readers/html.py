"""HTML: the main text with its headings, without navigation, scripts and markup."""

from typing import Any

from lxml import etree

from sayso.research.readers.html_dates import date_of
from sayso.research.readers.html_elements import BLOCKS, is_dropped, main_part, parsed, text_of
from sayso.research.readers.list_mark import mark
from sayso.research.readers.outline import Outline, OutlineReader, names, squash

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ADMONITIONS = names("note tip warning caution important attention danger hint")
_RUBRIC_LEVEL = 7
"""Docutils' headings outside the table of contents."""
_TERM_LEVEL = 8
"""Terms of definition lists with long definitions act as headings below all others."""
_LONG_DEFINITION = 40
_LEADS = names("next prev previous up start contents index")
"""What links to other pages of the same book say that they are."""


class HtmlReader(OutlineReader):
    """Reads `.html` and `.htm`."""

    def outline(self, data: bytes) -> Outline:
        root = parsed(data)
        outline = Outline()
        main = main_part(root)
        _Walk(outline, preformatted_prose=False).run(main)
        if not outline.has_prose:
            # Some pages (RFCs, mail archives) are one preformatted text.
            outline = Outline()
            _Walk(outline, preformatted_prose=True).run(main)
        title = squash(root.findtext(".//title") or "")
        if title and not (outline.title and title.startswith(outline.title)):
            outline.title = title
        outline.date = date_of(root, main)
        return outline

    def add(self, outline: Outline, data: bytes, *, without: str = "") -> bool:
        """Add the text of a page that is a part of a document: a chapter, a mail's body.

        Args:
            without: elements to leave out, as an XPath.

        Returns:
            Whether there were any of these.
        """
        root = parsed(data)
        left_out = [node for node in root.xpath(without) if node.getparent() is not None] if without else []
        for node in left_out:
            # Emptied, not removed: what follows it is kept at it.
            etree.strip_elements(node, "*", with_tail=True)
            node.text = None
        _Walk(outline, preformatted_prose=False).run(main_part(root))
        return bool(left_out)


class _Walk:
    """One pass over a page's elements, in document order."""

    def __init__(self, outline: Outline, *, preformatted_prose: bool) -> None:
        self.outline = outline
        self.preformatted_prose = preformatted_prose
        self.inline: list[str] = []
        self.links = 0
        self.link_characters = 0
        self.leads = False
        """Whether a link of the text under way leads on or back in the book that the page is of."""
        self.lists: list[int | None] = []
        """Per open list the number of its last item, or None where items have no numbers."""
        self.definitions = 0
        self.marker = ""
        self.terms: list[str] = []
        self.rows: list[list[str]] = []
        """Of the table under way, the first `heads` of them its header."""
        self.heads = 0

    def run(self, root: Any) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        skipped = None
        for event, node in walk:
            if event == "start":
                if not isinstance(node.tag, str) or self.start(node):
                    walk.skip_subtree()
                    skipped = node
                elif node.text:
                    self.add(node.text)
                continue
            if node is not skipped:
                self.end(node.tag)
            if node is not root and node.tail:
                self.add(node.tail)
        self.flush()

    def add(self, text: str) -> None:
        self.inline.append(text)
        if self.links:
            self.link_characters += len(text.strip())

    def start(self, node: Any) -> bool:
        """Enter an element; true if what is below it is dealt with."""
        tag = node.tag
        if is_dropped(node):
            return True
        if tag == "br":
            self.add(" ")
        elif tag == "a":
            self.links += 1
            self.leads |= not _LEADS.isdisjoint((node.get("rel") or "").lower().split())
        elif tag in _HEADINGS:
            self.flush()
            text = text_of(node)
            if text.lower().rstrip(":") not in _ADMONITIONS:
                self.outline.heading(_HEADINGS[tag], text)
            return True
        elif tag == "p" and node.get("class") == "rubric":
            self.flush()
            self.outline.heading(_RUBRIC_LEVEL, text_of(node))
            return True
        elif tag == "pre":
            self.flush()
            self.preformatted("".join(node.itertext()))
            return True
        elif tag == "tr" and not _is_layout(node):
            self.flush()
            self.row(node)
            return True
        elif tag in BLOCKS:
            self.flush()
            return self.block(node)
        return False

    def block(self, node: Any) -> bool:
        tag = node.tag
        if tag == "ol":
            self.lists.append(0)
        elif tag == "ul":
            self.lists.append(None)
        elif tag == "dl":
            self.definitions += 1
        elif tag == "li":
            number = self.lists[-1] if self.lists else None
            if number is not None:
                number = self.lists[-1] = number + 1
            self.marker = mark(self.lists[:-1], number)
        elif tag == "dt":
            self.term(node)
            return True
        elif tag == "dd" and self.terms:
            self.marker = ", ".join(self.terms) + " — "
            self.terms = []
        return False

    def end(self, tag: Any) -> None:
        if tag == "a":
            self.links -= 1
        elif tag in BLOCKS:
            self.flush()
            if tag in ("ol", "ul") and self.lists:
                self.lists.pop()
            elif tag == "dl":
                self.outline.close(_TERM_LEVEL + self.definitions)
                self.definitions -= 1
            elif tag in ("li", "dd"):
                self.marker = ""
            elif tag == "table":
                self.end_table()

    def term(self, node: Any) -> None:
        text = text_of(node)
        following = node.getnext()
        self.flush()
        self.outline.close(_TERM_LEVEL + self.definitions)
        if text:
            self.terms.append(text)
        if following is not None and following.tag == "dd" and len(text_of(following).split()) >= _LONG_DEFINITION:
            # The description opens with its term all the same: "Sets the limit" says of nothing what it sets.
            self.outline.heading(_TERM_LEVEL + self.definitions, ", ".join(self.terms))

    def row(self, node: Any) -> None:
        cells = [(cell.tag, text_of(cell)) for cell in node if cell.tag in ("td", "th")]
        above = node.getparent()
        heads = all(tag == "th" for tag, _ in cells) or (above is not None and above.tag == "thead")
        self.heads += heads and self.heads == len(self.rows)
        self.rows.append([text for _, text in cells])

    def end_table(self) -> None:
        rows, self.rows, heads, self.heads = self.rows, [], self.heads, 0
        self.outline.table(rows, header=heads or None)

    def preformatted(self, text: str) -> None:
        if not self.preformatted_prose:
            self.outline.code(text)
            return
        for paragraph in text.split("\n\n"):
            self.outline.prose(paragraph)

    def flush(self) -> None:
        if not self.inline:
            return
        text = squash("".join(self.inline))
        linked, leads = self.link_characters, self.leads
        self.inline.clear()
        self.link_characters, self.leads = 0, False
        if not text:
            return
        marked, self.marker = self.marker + text, ""
        tight = bool(self.lists) or marked is not text
        # Menus and indexes are lists of links; a sentence that links has words of its own or a full stop.
        is_menu = (leads or linked >= 0.6 * len(text)) and not text.endswith((".", "!", "?", ":"))
        (self.outline.aside if is_menu else self.outline.prose)(marked, tight=tight)


def _is_layout(row: Any) -> bool:
    """Whether a table row only arranges blocks on the page, as old pages do."""
    return any(row.find(f".//{tag}") is not None for tag in ("table", "h1", "h2", "h3", "ul", "ol", "dl", "pre"))
