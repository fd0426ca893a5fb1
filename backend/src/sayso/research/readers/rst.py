"""reStructuredText: headings by their underlines, prose without roles, and what directives hold."""

import csv
import re
from textwrap import dedent

from sayso.language.dates import first
from sayso.research.readers import rst_tables
from sayso.research.readers.outline import Outline, OutlineReader, names
from sayso.research.readers.plaintext import decode
from sayso.research.readers.rst_directives import ADMONITIONS, CODE, DESCRIBED, DROPPED, TITLED, VERSIONS
from sayso.research.readers.rst_inline import Inline
from sayso.research.readers.rst_lines import ITEM, Lines, indent_of

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}\s*$")
_DIRECTIVE = re.compile(r"\.\. +(\|[^|]+\| +)?([\w:.+-]+?)::(?:\s+(.*))?$")
_NOTED = re.compile(r"\.\. +\[(#[\w.-]*|\d+|\*|[\w.-]+)\](?:\s+(.*))?$")
_EXPLICIT = re.compile(r"\.\.(?:\s|$)|__(?:\s|$)")
_GRID = re.compile(r"\+[-=+]{3,}")
_FIELD = re.compile(r":((?:\\.|[^:\s\\])(?:\\.|[^:\\`])*):(?:\s+(.*))?$")
_LINE_BLOCK = re.compile(r"^\|\s+")
_DOCTEST = re.compile(r">>>\s")
_DATE = re.compile(r"^[^\S\n]*:(?:last[ -])?(?:updated|modified|date):[^\S\n]*(\S.*)$", re.I | re.M)
_TOP = 3_000
"""Characters from the top within which a field dates the document."""

_ROLE_OF_FIELD = names("param parameter arg argument key keyword kwarg var ivar cvar raises raise except exception")
_TERM_LEVEL = 8
"""What a directive describes, and the title of a box, act as headings below all others, inner ones below outer."""
_DEEPEST = 30
"""Directives and lists within each other that are told apart."""
"""Words in a cell from which a table row says something and is not only figures."""


class RstReader(OutlineReader):
    """Reads `.rst`."""

    def outline(self, data: bytes) -> Outline:
        outline = Outline()
        text = decode(data)
        _Blocks(outline, text.expandtabs(8).split("\n"), Inline(text)).read()
        outline.date = first(match[1] for match in _DATE.finditer(text[:_TOP]))
        return outline


class _Blocks(Lines):
    """Goes through the lines of a document, or of what a directive or definition holds, once."""

    def __init__(
        self, outline: Outline, lines: list[str], inline: Inline, depth: int = 0, *, glossary: bool = False
    ) -> None:
        super().__init__(lines)
        self.outline = outline
        self.inline = inline
        self.depth = depth
        self.glossary = glossary
        self.adornments: list[str] = []

    def read(self) -> None:
        while self.position < len(self.lines):
            line = self.lines[self.position]
            if not line.strip():
                self.position += 1
            elif self.depth or not self.title():
                self.block(line)

    def nested(self, lines: list[str], *, glossary: bool = False) -> None:
        """Read on in what is indented below something."""
        deep = self.depth >= _DEEPEST
        own = [line.strip() for line in lines] if deep else dedent("\n".join(lines)).split("\n")
        _Blocks(self.outline, own, self.inline, self.depth + 1, glossary=glossary).read()

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
        self.outline.heading(self.adornments.index(style) + 1, self.inline(text))
        self.position += 3 if over else 2
        return True

    def block(self, line: str) -> None:
        content, indent = line.strip(), indent_of(line)
        if directive := _DIRECTIVE.match(content):
            self.position += 1
            if directive[1]:  # a substitution, which `Inline` knows
                list(self.below(indent))
            else:
                self.directive(directive[2].rpartition(":")[2], directive[3] or "", list(self.below(indent)))
        elif noted := _NOTED.match(content):
            self.position += 1
            cited = noted[1] if noted[1][0].isalpha() else ""
            self.labelled(cited, noted[2] or "", list(self.below(indent)), tight=False)
        elif _EXPLICIT.match(content):
            self.position += 1
            list(self.below(indent))
        elif _FIELD.match(content):
            self.fields(indent)
        elif rst_tables.is_border(content):
            self.table(*rst_tables.simple(dedent("\n".join(self.simple_table())).split("\n")))
        elif _GRID.match(content):
            self.table(*rst_tables.grid(list(self.run())))
        elif _ADORNMENT.match(content):
            self.position += 1
        elif _DOCTEST.match(content):
            self.outline.code("\n".join(self.run()), "pycon")
        else:
            self.paragraph(line)

    def directive(self, name: str, argument: str, below: list[str]) -> None:
        directly = 0
        while directly < len(below) and below[directly].strip() and not _FIELD.match(below[directly].strip()):
            directly += 1
        options: dict[str, str] = {}
        at = directly
        while at < len(below) and (field := _FIELD.match(below[at].strip())):
            options[field[1]] = field[2] or ""
            at += 1
        content, level = below[at:], _TERM_LEVEL + self.depth
        if name in DROPPED:
            return
        if "code" in name or name in CODE:
            self.outline.code(dedent("\n".join([*below[:directly], *content])), "" if " " in argument else argument)
        elif name in ("csv-table", "list-table"):
            self.table_of(name, dedent("\n".join(content)).split("\n"), options)
        elif name in VERSIONS:
            version, _, told = argument.partition(" ")
            self.labelled(f"{VERSIONS[name]} {version}", told, [*below[:directly], *content], tight=False, mark=": ")
        elif name in ADMONITIONS:
            self.labelled("", argument, [*below[:directly], *content], tight=False)
        elif name in TITLED or name in DESCRIBED:
            self.under(level, name, [argument, *(line.strip() for line in below[:directly])], content)
        else:
            self.nested([*below[:directly], *content], glossary=name == "glossary")

    def under(self, level: int, name: str, titles: list[str], content: list[str]) -> None:
        """What is said below a title or a signature."""
        title = ", ".join(filter(None, titles)) if name in DESCRIBED else self.inline(" ".join(titles))
        if name == "rubric":
            self.outline.heading(_TERM_LEVEL - 1, title)
            return
        if not any(line.strip() for line in content):
            self.outline.aside(title)
            return
        self.outline.heading(level, title.replace("\\", ""))
        self.nested(content)
        self.outline.close(level)

    def fields(self, indent: int) -> None:
        """A list of fields. The first one of a document says of itself who wrote it and when, as no text of it does."""
        about_itself = not self.depth and not self.outline.has_prose
        while self.position < len(self.lines):
            line = self.lines[self.position]
            field = _FIELD.match(line.strip())
            if field is None or indent_of(line) != indent:
                return
            self.position += 1
            below = list(self.below(indent))
            if not about_itself:
                kind, _, named = field[1].partition(" ")
                label = named.split()[-1] if named.strip() and kind in _ROLE_OF_FIELD else field[1]
                self.labelled(label, field[2] or "", below, tight=True)

    def labelled(self, label: str, text: str, below: list[str], *, tight: bool, mark: str = " — ") -> None:
        """A first paragraph behind its label, and what follows below it."""
        lines = dedent("\n".join(below)).split("\n")
        if not text and not any(line.strip() for line in lines):
            self.outline.prose(f"{label}." if label and mark == ": " else "", tight=tight)
            return
        begun = 0
        while begun < len(lines) and lines[begun].strip() and not self.starts_a_block(lines[begun]):
            begun += 1
        if not text and not begun:
            # The first paragraph stands below an empty line.
            begun = next(at for at, line in enumerate(lines) if line.strip())
            end = begun
            while end < len(lines) and lines[end].strip() and not self.starts_a_block(lines[end]):
                end += 1
            lines, begun = lines[begun:], end - begun
        said = " ".join([text, *(line.strip() for line in lines[:begun])]).strip()
        if said:
            self.prose(f"{label}{mark}{said}" if label else said, tight=tight)
        elif label:
            self.prose(f"{label}:", tight=tight)
        self.nested(lines[begun:])

    def starts_a_block(self, line: str) -> bool:
        content = line.strip()
        return bool(
            _DIRECTIVE.match(content)
            or _EXPLICIT.match(content)
            or ITEM.match(content)
            or _FIELD.match(content)
            or _GRID.match(content)
            or rst_tables.is_border(content)
        )

    def table_of(self, name: str, lines: list[str], options: dict[str, str]) -> None:
        try:
            read = rst_tables.comma_separated if name == "csv-table" else rst_tables.listed
            self.table(*read(lines, options))
        except csv.Error:
            self.outline.aside("\n".join(lines))

    def table(self, head: rst_tables.Rows, rows: rst_tables.Rows) -> None:
        read = [[self.inline(" ".join(cell.split())) for cell in row] for row in [*head, *rows]]
        self.outline.table(read, header=len(head) or None)

    def paragraph(self, line: str) -> None:
        item, indent = ITEM.match(line.strip()), indent_of(line)
        if not item and (terms := self.terms(indent, several=self.glossary)):
            self.position += len(terms)
            named = ", ".join(term.split(" : ")[0].strip() for term in terms)
            self.labelled(named, "", list(self.below(indent)), tight=False)
            return
        lines = list(self.run(stop_at_items=True))
        text = " ".join(_LINE_BLOCK.sub("", line.strip(), count=1) for line in lines)
        if item:
            marker = "• " if item[1] in (None, "#") else f"{item[1]}) "
            text = marker + text[item.end() :]
        literal = text.endswith("::")
        if literal:
            text = text[:-1] if not text.endswith(" ::") else text[:-3]
        self.prose(text, tight=item is not None)
        if literal:
            self.outline.code(dedent("\n".join(self.below(indent))))

    def prose(self, text: str, *, tight: bool = False) -> None:
        if text not in (":", ""):
            self.outline.prose(self.inline(text), tight=tight)
