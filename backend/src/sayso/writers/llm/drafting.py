"""Reads a model's report as it streams: "## Heading" lines, and sentences that end in their [numbers]."""

import re

from sayso.language.segments import segments
from sayso.protocol.report import Section, Sentence
from sayso.writers.drafted import MAIN_HEADING
from sayso.writers.llm.plaintext import RESTART, PlainText, unmarked
from sayso.writers.llm.sections import Sections

_HEADING = re.compile(r"^#{1,6}\s*(.+?)[\s#]*$")
_BOLD_LINE = re.compile(r"^(\*\*|__)(?P<text>[^*_\[\]]{2,80}?):?\1:?$")
_LIST_MARK = re.compile(r"^(?:[-*+•>]\s+|\d{1,2}[.)]\s+)+")
_RULE = re.compile(r"^(?:```.*|~~~.*|[-*_=\s|:]{3,})$")
_CITATION = re.compile(r"[\[【]\s*\^?(\d{1,4}(?:\s*(?:,|;|-|–|and|&)\s*\^?\d{1,4})*)\s*(?:†[^\]】]*)?[\]】]")
_TRAILING = re.compile(rf"([.!?。！？…][\"'”’)]*)\s*((?:{_CITATION.pattern}\s*)+)")
_CELLS = re.compile(r"\s\|(?=\s|$)")
"""What parts cells in a row without a bar at its beginning; code has bars too ("string | number")."""
_LIST_OF_SOURCES = {"sources", "references", "bibliography", "citations", "works cited"}
_WIDEST_RANGE = 20
_MAX_HEADING = 80


class DraftParser:
    """Fed with pieces of an answer; `sections` holds the sentences complete so far.

    Thinking, markup, code fences, an introduction without citations and a list of sources at the end are left out. A
    sentence said twice is kept once.

    Args:
        heading: of the one section that the answer is; those in the answer are left out then.
    """

    def __init__(self, heading: str | None = None) -> None:
        self._sections = Sections()
        self._text = PlainText()
        self._line = ""
        self._drafted = 0
        """How much of the line has been given out already."""
        self._fixed = heading
        self._heading: str | None = None
        self._skipping = False

    @property
    def sections(self) -> list[Section]:
        return self._sections.told

    @property
    def looping(self) -> bool:
        return self._sections.looping

    def feed(self, piece: str) -> list[tuple[str, str]]:
        """Take in `piece`; give back (heading, text) pairs that can be shown as a draft now."""
        return self._take(self._text.feed(piece))

    def finish(self, *, complete: bool = True) -> list[tuple[str, str]]:
        """The end of the answer. When it is not `complete`, its last, unfinished sentence is left out."""
        tail = self._text.finish()
        if not complete:
            self._line = _finished(self._line + tail)
            self._drafted = min(self._drafted, len(self._line))
            tail = ""
        return self._take(tail + "\n")

    def _take(self, text: str) -> list[tuple[str, str]]:
        drafts: list[tuple[str, str]] = []
        for part in re.split(f"([\n{RESTART}])", text):
            if part == RESTART:
                self._restart()
            elif part == "\n":
                drafts += self._end_line()
            else:
                self._line += part
        return [(heading, text) for heading, text in [*drafts, *self._partial()] if text]

    def _restart(self) -> None:
        self._sections, self._heading, self._line, self._drafted = Sections(), None, "", 0
        self._skipping = False

    def _partial(self) -> list[tuple[str, str]]:
        """Whole words of a line that is surely prose, before it ends."""
        start = self._line.lstrip()[:1]
        end = self._line.rfind(" ") + 1
        if self._heading is None or self._skipping or not start.isalpha() or end <= self._drafted:
            return []
        text, self._drafted = self._line[self._drafted : end], end
        return [(self._heading, unmarked(text))]

    def _end_line(self) -> list[tuple[str, str]]:
        line, drafted, self._line, self._drafted = self._line, self._drafted, "", 0
        stripped = line.strip()
        heading = _HEADING.match(stripped) or _BOLD_LINE.match(stripped)
        if heading:
            self._begin(heading.groupdict().get("text") or heading[1], first=stripped.startswith("# "))
            return []
        if not stripped or _RULE.match(stripped) or self._skipping:
            return []
        if self._heading is None and not _CITATION.search(stripped):
            return []  # "Sure! Here is your report:"
        if self._heading is None:
            self._heading = self._fixed or MAIN_HEADING
        if not drafted:
            line = _unlisted(stripped)
        for sentence in sentences_of(_unlisted(stripped)):
            self._sections.add(self._heading, sentence)
        return [(self._heading, unmarked(line[drafted:]).rstrip() + "\n")]

    def _begin(self, heading: str, *, first: bool) -> None:
        heading = heading_of(heading)
        if first and not self.sections and self._heading is None and not self._fixed:
            return  # the report's title, which is ours to choose
        self._skipping = heading.lower() in _LIST_OF_SOURCES
        if heading and not self._skipping:
            self._heading = self._fixed or heading


def heading_of(text: str) -> str:
    """`text` as a heading: no marks, no numbers, not too long."""
    return re.sub(r"\s+", " ", unmarked(_CITATION.sub("", text))).strip(" :*_#")[:_MAX_HEADING]


def sentences_of(line: str) -> list[Sentence]:
    """The sentences of `line`, their numbers apart from the text."""
    line = _TRAILING.sub(lambda match: f" {match[2].strip()}{match[1]} ", line)  # "So. [1]" is "So [1]."
    found: list[Sentence] = []
    for piece in segments(line):
        cited = list(dict.fromkeys(number for match in _CITATION.finditer(piece) for number in _numbers(match[1])))
        text = re.sub(r"\s+", " ", unmarked(_CITATION.sub("", piece)))
        text = re.sub(r"\s+([.,;:!?。，])", r"\1", text).strip()
        if re.search(r"\w", text):
            found.append(Sentence(text=text, citations=cited))
        elif found:
            found[-1].citations = list(dict.fromkeys([*found[-1].citations, *cited]))
    return found


def _numbers(text: str) -> list[int]:
    """ "1, 3-5" as 1, 3, 4, 5."""
    found: list[int] = []
    for part in re.split(r",|;|and|&", text.replace("^", "")):
        first, _, last = re.sub(r"[–\s]", lambda match: "-" if match[0] == "–" else "", part).partition("-")
        start, end = int(first), int(last or first)
        found += range(start, end + 1) if start <= end <= start + _WIDEST_RANGE else [start, end]
    return found


def _finished(line: str) -> str:
    """`line` up to the last sentence that has ended."""
    ends = [match.end() for match in re.finditer(rf"[.!?。！？…][\"'”’)]*(?:\s*{_CITATION.pattern})*(?=\s|$)", line)]
    return line[: ends[-1]] if ends else ""


def _unlisted(line: str) -> str:
    """`line` without its list mark; the cells of a table's row side by side."""
    if line.startswith("|") or (_CELLS.search(line) and "`" not in line):
        return "; ".join(cell.strip() for cell in line.strip("|").split("|") if cell.strip())
    return _LIST_MARK.sub("", line)
