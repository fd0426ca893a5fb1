"""Lines of a reStructuredText document, taken in blocks."""

import re
from collections.abc import Iterator

from sayso.research.readers import rst_tables

ITEM = re.compile(r"(?:[-*+•]|(\d+|#)[.)])\s+(?=\S)")


class Lines:
    """Lines, and the position of the next one to be read."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.position = 0

    def simple_table(self) -> Iterator[str]:
        """Lines up to a border with nothing below it; empty lines part rows."""
        first = self.position
        while self.position < len(self.lines):
            line = self.lines[self.position]
            self.position += 1
            yield line
            ends = rst_tables.is_border(line) and not "".join(self.lines[self.position : self.position + 1]).strip()
            if ends and self.position > first + 1:
                return

    def terms(self, indent: int, *, several: bool) -> list[str]:
        """The line that the next ones, deeper, define; with `several` they may be more than one."""
        found: list[str] = []
        for at in range(self.position, len(self.lines)):
            line = self.lines[at]
            if not line.strip() or line.rstrip().endswith("::"):
                return []
            if indent_of(line) > indent:
                return found
            if indent_of(line) < indent or (found and not several):
                return []
            found.append(line)
        return []

    def run(self, *, stop_at_items: bool = False) -> Iterator[str]:
        """Lines up to the next empty one."""
        first = self.position
        while self.position < len(self.lines) and self.lines[self.position].strip():
            line = self.lines[self.position]
            if stop_at_items and self.position > first and ITEM.match(line.strip()):
                return
            self.position += 1
            yield line

    def below(self, indent: int) -> Iterator[str]:
        """Lines that are indented deeper than `indent`, with the empty ones between them."""
        while self.position < len(self.lines):
            line = self.lines[self.position]
            if line.strip() and indent_of(line) <= indent:
                return
            self.position += 1
            yield line


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip())
