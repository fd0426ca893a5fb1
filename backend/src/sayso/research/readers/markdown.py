"""Markdown and MDX: prose without markup, headings, and the title from the front matter."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sayso.language.dates import first
from sayso.language.structure import CLOSED
from sayso.research.readers.list_mark import mark
from sayso.research.readers.outline import Outline, OutlineReader, squash
from sayso.research.readers.plaintext import decode

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[^\S\n]*\n(.*?\n)?\1[^\S\n]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title\s*[:=]\s*(.+?)\s*$", re.MULTILINE)
_DATE = re.compile(
    r"^(?:updated|last[_-]?(?:updated|modified|reviewed)|lastmod|modified|date|published)(?:_at|At)?\s*[:=]\s*(.+?)\s*$",
    re.MULTILINE | re.IGNORECASE,
)
_CLOSED = tuple(
    (re.compile(f"{begins}.*?{ends}", re.DOTALL | re.IGNORECASE), re.compile(ends, re.IGNORECASE))
    for begins, ends in (
        ("<!--", "-->"),
        (r"\{/\*", r"\*/\}"),
        *((rf"<{name}\b", rf"</{name}\s*>") for name in ("script", "style", "svg")),
    )
)
"""Comments and scripts, and how they end."""
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]*[^\S\n]*$|\Z)", re.DOTALL | re.MULTILINE)
_CONTAINER = re.compile(r"^\s*:::.*$", re.MULTILINE)
_MODULE_LINE = re.compile(r"^(?:import\s.+?\sfrom\s.+|import\s+['\"].+|export\s+(?:const|default|function)\b.*)$", re.M)
_TAG = re.compile(
    r"""</?[A-Za-z][\w.:-]*  # a tag and its name
    (?:\s(?: [^<>"'{}] | "[^"]*" | '[^']*' | \{[^{}]*(?:\{[^{}]*\}[^{}]*)*\} )*)?  # attributes, in JSX also {...}
    /?> | </?>""",
    re.VERBOSE,
)
_HEADING_ID = re.compile(r"\s*\{#[\w-]+\}\s*$")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:?")
_DEFINED_APART = re.compile(r"^(?![\s>#|:`~-])([^\n]{1,80})\n[^\S\n]*\n(?=:[ \t]+\S)", re.M)
"""A term with a blank line between it and its definition."""
_ALERT = re.compile(r"^\[!\w+\]\s*")


class MarkdownReader(OutlineReader):
    """Reads `.md` and `.mdx`."""

    def __init__(self) -> None:
        # Without html, markup arrives as text, so that what stands between tags is read as Markdown too.
        self._parser = MarkdownIt("commonmark", {"html": False}).enable("table")

    def outline(self, data: bytes) -> Outline:
        text = decode(data)
        outline = Outline()
        if front := _FRONT_MATTER.match(text):
            text = text[front.end() :]
            if title := _TITLE.search(front[2] or ""):
                outline.title = squash(title[1].strip("\"'"))
            outline.date = _date(front[2] or "")
        _Blocks(outline).add(self._parser.parse(_without_components(text)))
        outline.title_from_headings()
        return outline


def _date(front: str) -> str | None:
    """When it was last changed where the front matter says so, else when it was written."""
    given = [(match[0].lower().startswith(("date", "published")), match[1]) for match in _DATE.finditer(front)]
    return first(text for _, text in sorted(given, key=lambda pair: pair[0]))


def _without_components(text: str) -> str:
    """`text` without comments, scripts and MDX module lines, code fences untouched."""
    parts: list[str] = []
    position = 0
    for fence in [*_FENCE.finditer(text), None]:
        prose = text[position : fence.start() if fence else len(text)]
        for pattern, end in _CLOSED:
            # What begins behind the last end has none: each such beginning would be searched to the end of the text.
            last = max((match.end() for match in end.finditer(prose)), default=0)
            prose = pattern.sub("", prose[:last]) + prose[last:]
        for pattern in (_CONTAINER, _MODULE_LINE):
            prose = pattern.sub("", prose)
        parts.append(_DEFINED_APART.sub(r"\1\n", prose))
        if fence:
            parts.append(fence.group())
            position = fence.end()
    return "".join(parts)


class _Blocks:
    """Puts the parser's block tokens into an outline."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.lists: list[int | None] = []
        self.marker = ""
        self.heading = 0
        self.cells: list[str] | None = None
        self.rows: list[list[str]] = []

    def add(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            match token.type:
                case "heading_open":
                    self.heading = int(token.tag[1])
                case "heading_close":
                    self.heading = 0
                case "bullet_list_open":
                    self.lists.append(None)
                case "ordered_list_open":
                    self.lists.append(int(token.attrGet("start") or 1))
                case "bullet_list_close" | "ordered_list_close":
                    self.lists.pop()
                case "list_item_open":
                    self.item()
                case "fence" | "code_block":
                    self.outline.code(token.content, re.sub(r"\W.*", "", token.info.strip()))
                case "table_close":
                    self.outline.table(self.rows, header=1)
                    self.rows = []
                case "tr_open":
                    self.cells = []
                case "tr_close":
                    self.row()
                case "inline":
                    self.inline(_inline_text(token.children or []))

    def item(self) -> None:
        number = self.lists[-1]
        self.marker = mark(self.lists[:-1], number)
        if number is not None:
            self.lists[-1] = number + 1

    def row(self) -> None:
        self.rows.append(self.cells or [])
        self.cells = None

    def inline(self, text: str) -> None:
        if self.heading:
            self.outline.heading(self.heading, _HEADING_ID.sub("", text))
        elif self.cells is not None:
            self.cells.append(text)
        elif text := _ALERT.sub("", text):
            marker, self.marker = self.marker, ""
            if self.lists and not marker:
                self.outline.prose(text, tight=True)
            elif "\n:" in text:
                for line in _defined(text.split("\n")):
                    self.outline.prose(line)
            else:
                self.outline.lines(text.split("\n"), marker)


def _defined(lines: Sequence[str]) -> list[str]:
    """Each term with what the lines below it that begin with a colon say of it."""
    found: list[str] = []
    term = ""
    for line in lines:
        if line.startswith(":") and (term or found):
            term = term or found.pop()
            found.append(f"{term} — {line[1:].strip()}")
        elif term and not CLOSED.search(found[-1]):
            found[-1] += f" {line}"
        else:
            term = ""
            found.append(line)
    return found


def _inline_text(children: Sequence[Token]) -> str:
    """Text of a run of inline tokens: tags are dropped, except in code, where they are what is talked about."""
    code: list[str] = []
    parts: list[str] = []
    for child in children:
        if child.type == "code_inline":
            # Code is put back after the tags are gone; the placeholder cannot occur in parsed text.
            parts.append(f"\0{len(code)}\0")
            code.append(child.content)
        elif child.type == "text":
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    text = _FOOTNOTE.sub("", _TAG.sub("", "".join(parts)))
    return re.sub(r"\0(\d+)\0", lambda match: code[int(match[1])], text)
