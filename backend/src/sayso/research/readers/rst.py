"""reStructuredText: headings by their underlines, prose without roles and directives."""

import re
from collections.abc import Iterator

from sayso.language.dates import first
from sayso.research.readers.outline import Outline, OutlineReader, names
from sayso.research.readers.plaintext import decode

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}\s*$")
_DIRECTIVE = re.compile(r"\.\. +(?:\|[^|]+\| +)?([\w:.-]+?)::(?:\s+(.*))?$")
_EXPLICIT = re.compile(r"\.\.(?:\s|$)|__(?:\s|$)")
_ITEM = re.compile(r"(?:[-*+•]|(\d+|#)[.)])\s+(?=\S)")
_TABLE = re.compile(r"\+[-=+]{3,}|={2,}( +={2,})+\s*$")
_FIELD = re.compile(r":[\w -]+:(?:\s|$)")
_PROSE_DIRECTIVES = names(
    "note warning tip important caution attention danger error hint seealso admonition versionadded versionchanged "
    "deprecated topic sidebar epigraph highlights pull-quote compound container rst-class class versionremoved "
    "function method class attribute data module exception option describe cmdoption envvar"
)
_DATE = re.compile(r"^[^\S\n]*:(?:last[ -])?(?:updated|modified|date):[^\S\n]*(\S.*)$", re.I | re.M)
_TOP = 3_000
"""Characters from the top within which a field dates the document."""
_ROLE = re.compile(r":[\w:+-]+:`([^`]+)`")
_INLINE = (
    (re.compile(r"``(.+?)``"), r"\1"),
    (re.compile(r"`([^`<]+?)\s*<[^`>]*>`_{0,2}"), r"\1"),
    (re.compile(r"`([^`]+)`_{0,2}"), r"\1"),
    (re.compile(r"(?<![\w*])\*\*(\S(?:.*?\S)?)\*\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w*])\*(\S(?:[^*]*\S)?)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<!\w)\|([^|\s][^|]*)\|_{0,2}"), r"\1"),
    (re.compile(r"\s*\[(?:\d+|#\w*|\*)\]_"), ""),
    (re.compile(r"([^\W_])_(?=[\s.,;:!?)]|$)"), r"\1"),
    (re.compile(r"\\(.)"), r"\1"),
)


class RstReader(OutlineReader):
    """Reads `.rst`."""

    def outline(self, data: bytes) -> Outline:
        outline = Outline()
        text = decode(data)
        _Lines(outline, text.expandtabs(8).split("\n")).read()
        outline.date = first(match[1] for match in _DATE.finditer(text[:_TOP]))
        return outline


def inline_text(text: str) -> str:
    """`text` without roles, emphasis, targets and substitutions."""
    text = _ROLE.sub(lambda match: _role_text(match[1]), text)
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text


def _role_text(content: str) -> str:
    named = re.match(r"(.+?)\s*<[^>]*>$", content)
    if named:
        return named[1]
    # "~package.module.name" shows only its last part, "!name" is just not linked.
    return content[1:].rpartition(".")[2] if content.startswith("~") else content.lstrip("!")


class _Lines:
    """Goes through the lines of a document once."""

    def __init__(self, outline: Outline, lines: list[str]) -> None:
        self.outline = outline
        self.lines = lines
        self.adornments: list[str] = []
        self.position = 0

    def read(self) -> None:
        while self.position < len(self.lines):
            line = self.lines[self.position]
            if not line.strip():
                self.position += 1
            elif not self.title():
                self.block(line)

    def title(self) -> bool:
        """A heading with its underline, and perhaps an overline, if one starts here."""
        here = [*self.lines[self.position : self.position + 3], "", ""]
        over = bool(_ADORNMENT.match(here[0])) and here[2].rstrip() == here[0].rstrip() and bool(here[1].strip())
        text, under = (here[1], here[2]) if over else (here[0], here[1])
        if not _ADORNMENT.match(under) or _ADORNMENT.match(text) or (text[:1].isspace() and not over):
            return False
        style = under[0] + ("over" if over else "")
        if style not in self.adornments:
            self.adornments.append(style)
        self.outline.heading(self.adornments.index(style) + 1, inline_text(text))
        self.position += 3 if over else 2
        return True

    def block(self, line: str) -> None:
        content = line.strip()
        if directive := _DIRECTIVE.match(content):
            self.directive(directive, _indent(line))
        elif _EXPLICIT.match(content) or _FIELD.match(content):
            self.position += 1
            list(self.below(_indent(line)))
        elif _ADORNMENT.match(content) and not _TABLE.match(content):
            self.position += 1
        elif _TABLE.match(content):
            self.outline.aside("\n".join(self.run()))
        else:
            self.paragraph(line)

    def directive(self, directive: re.Match[str], indent: int) -> None:
        name = directive[1].rpartition(":")[2]
        self.position += 1
        if name in _PROSE_DIRECTIVES:
            # Its options go; its content is read on as if it stood in the text.
            while self.position < len(self.lines) and _FIELD.match(self.lines[self.position].strip()):
                self.position += 1
            if directive[2] and name in ("note", "warning", "tip", "important", "caution", "hint", "seealso"):
                following = list(self.run()) if self.continues(indent) else []
                self.outline.prose(inline_text(" ".join([directive[2], *following])))
            return
        content = "\n".join(line for line in self.below(indent) if not _FIELD.match(line.strip()))
        if "code" in name or name in ("sourcecode", "parsed-literal", "math", "table", "csv-table", "list-table"):
            self.outline.aside(content)

    def paragraph(self, line: str) -> None:
        item = _ITEM.match(line.strip())
        lines = list(self.run(stop_at_items=True))
        text = " ".join(line.strip() for line in lines)
        if not item and len(lines) > 1 and _indent(lines[1]) > _indent(lines[0]):
            # A definition list: the term, and indented below it what it means.
            text = f"{lines[0].strip()} — {text[len(lines[0].strip()) :].strip()}"
        if item:
            marker = "• " if item[1] in (None, "#") else f"{item[1]}) "
            text = marker + text[item.end() :]
        literal = text.endswith("::")
        if literal:
            text = text[:-1] if not text.endswith(" ::") else text[:-3]
        if text not in (":", ""):
            self.outline.prose(inline_text(text), tight=item is not None)
        if literal:
            self.outline.aside("\n".join(self.below(_indent(line))))

    def continues(self, indent: int) -> bool:
        return (
            self.position < len(self.lines)
            and bool(self.lines[self.position].strip())
            and _indent(self.lines[self.position]) > indent
        )

    def run(self, *, stop_at_items: bool = False) -> Iterator[str]:
        """Lines up to the next empty one."""
        first = self.position
        while self.position < len(self.lines) and self.lines[self.position].strip():
            line = self.lines[self.position]
            if stop_at_items and self.position > first and _ITEM.match(line.strip()):
                return
            self.position += 1
            yield line

    def below(self, indent: int) -> Iterator[str]:
        """Lines that are indented deeper than `indent`, with the empty ones between them."""
        while self.position < len(self.lines):
            line = self.lines[self.position]
            if line.strip() and _indent(line) <= indent:
                return
            self.position += 1
            yield line


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
