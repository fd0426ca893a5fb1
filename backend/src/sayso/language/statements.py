"""Statements: the smallest pieces of a passage that can be evidence.

A passage is plain text in which structure shows as people type it: a list item begins with a dash, a bullet or a
number; the cells of a table's row are apart by " | ", its header is followed by a line of dashes; code stands between
lines of three backticks; a question is followed by its answer; a term by a dash or colon and its description. Readers
write documents that way, and plain text mostly is that way. Nothing here knows a language but where sentences end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from sayso.language.leads import PARENT, Leads
from sayso.language.segments import stretches
from sayso.language.structure import CELL, CLOSED, FENCE, MARK, broken_off, is_rule, leans, unfinished
from sayso.language.tongue import language_of

Kind = Literal["sentence", "item", "row", "answer", "definition", "code"]

LONGEST, DESCRIBING = 60, 2
"""Words of a statement, a longer item or description being told by its sentences; sentences of a description behind a
colon, more being a paragraph."""

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_QUESTION = re.compile(r"[ \t]*(?:\*\*)?(?:Q(?:uestion)?\s*\d*\s*[:.)]\s*)|.*[?？؟](?:\*\*)?\s*$", re.I)
_ANSWERING = 3
"""Sentences behind a question that answer it; further ones stand for themselves."""
_ANSWER = re.compile(r"[ \t]*(?:\*\*)?(?:A(?:nswer)?\s*[:.)]\s*)", re.I)
_TERM = re.compile(r"(?P<term>[^—:：?!.|]{1,80}|[^—:|\n]{1,80}?)\s*(?: — |: |：)\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Statement:
    """`passage[start:end]`, with what leads into it."""

    kind: Kind
    start: int
    end: int
    text: str
    """The statement without the mark of its list; verbatim."""
    lead: tuple[int, int] | None = None
    """The stretch that introduces it: the line before a list or a code block, a table's header, a term, a question."""
    leans: bool = False
    """It begins with a word that points back ("It ...", "However, ..."), and what it points to is not in it."""

    def led(self, passage: str) -> str:
        """The text of the lead, or nothing."""
        return passage[slice(*self.lead)] if self.lead else ""


class _Line(NamedTuple):
    start: int
    end: int
    text: str


def statements(passage: str, language: str = "", lead: str = "") -> list[Statement]:
    """The statements of a passage, in reading order.

    Args:
        language: that of the passage; told by its words, where it is not known.
        lead: what leads into a passage that begins within a list, a table or code: its first lines are more of that.
    """
    return list(_Parse(passage, language or language_of(passage), lead).run())


class _Parse:
    def __init__(self, passage: str, language: str, lead: str) -> None:
        self._passage = passage
        self._language = language
        self._lines = [_Line(match.start(), match.end(), match.group()) for match in _LINE.finditer(passage)]
        self._at = 0
        self._leads: Leads[tuple[int, int]] = Leads()
        self._after_item = 0  # The line behind the last one.
        self._header: tuple[int, int] | None = None
        self._in_table = CELL in lead
        self._in_code = lead.startswith(FENCE)

    def run(self) -> Iterator[Statement]:
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if self._in_code or line.text.lstrip().startswith(FENCE):
                yield self._code()
            elif self._is_row(line):
                yield from self._row(line)
            elif mark := MARK.match(line.text):
                yield from self._item(line, mark.end())
            elif _QUESTION.match(line.text) and self._answered():
                yield from self._question(line)
            else:
                self._leads.close()
                self._header = None
                self._in_table = False
                yield from self._prose(line)

    def _code(self) -> Statement:
        """A fenced block, led by the line before it."""
        first = last = self._lines[self._at]
        before = self._before()
        self._at += not self._in_code
        self._in_code = False
        while self._at < len(self._lines):
            last = self._lines[self._at]
            self._at += 1
            if last.text.lstrip().startswith(FENCE):
                break
        says = self._passage[slice(*before)] if before else ""
        lead = before if says.endswith(tuple(":：.。?？؟")) or broken_off(says) else None
        return Statement("code", first.start, last.end, self._passage[first.start : last.end], lead)

    def _before(self) -> tuple[int, int] | None:
        """The last sentence of the line before, if that is prose; all of it, if it asks."""
        if self._at == 0:
            return None
        line = self._lines[self._at - 1]
        if line.text.lstrip().startswith(FENCE) or CELL in line.text:
            return None
        mark = MARK.match(line.text)
        if not mark and _QUESTION.match(line.text):
            return line.start + len(line.text) - len(line.text.lstrip()), line.start + len(line.text.rstrip())
        skipped = mark.end() if mark else 0
        return next(reversed(stretches(line.text[skipped:], line.start + skipped, self._language)), None)

    def _is_row(self, line: _Line) -> bool:
        following = self._following()
        row_follows = following is not None and following.text.count(CELL) == line.text.count(CELL)
        return CELL in line.text.strip().strip("|") and (
            self._in_table or line.text.lstrip().startswith("|") or self._rule_follows() or row_follows
        )

    def _rule_follows(self) -> bool:
        following = self._following()
        return following is not None and "|" in following.text and is_rule(following.text)

    def _following(self) -> _Line | None:
        return self._lines[self._at + 1] if self._at + 1 < len(self._lines) else None

    def _row(self, line: _Line) -> Iterator[Statement]:
        if not self._in_table:
            self._in_table = True
            self._header = None
            if self._rule_follows():
                start = line.start + len(line.text) - len(line.text.lstrip())
                self._header = (start, line.start + len(line.text.rstrip()))
                self._at += 2
                return
        self._at += 1
        if not is_rule(line.text):
            yield self._trimmed("row", line.start, line.end, self._header)

    def _item(self, line: _Line, mark: int) -> Iterator[Statement]:
        start, end = line.start + mark, line.end
        itself = (start, line.start + len(line.text.rstrip())) if len(line.text.split()) <= PARENT else None
        lead = self._leads.item(line.text[:mark], self._introduction(), itself)
        self._at += 1
        while self._at < len(self._lines) and self._goes_on(self._lines[self._at]):
            end = self._lines[self._at].end
            self._at += 1
        self._after_item = self._at
        yield from self._whole_or_parts("item", start, end, lead)

    def _introduction(self) -> tuple[int, int] | None:
        """The last sentence of the line before, if what follows finishes it."""
        before, in_list = self._before(), self._after_item == self._at
        text = self._passage[slice(*before)] if before else ""
        return before if unfinished(text, self._language, only_marked=in_list) else None

    def _goes_on(self, line: _Line) -> bool:
        bare = line.text.lstrip()
        return line.text[:2].isspace() and not (MARK.match(bare) or bare.startswith(FENCE) or CELL in bare)

    def _whole_or_parts(self, kind: Kind, start: int, end: int, lead: tuple[int, int] | None) -> Iterator[Statement]:
        whole = self._trimmed(kind, start, end, lead)
        if len(whole.text.split()) <= LONGEST and len(whole.text) <= 10 * LONGEST:
            yield whole
            return
        term = _TERM.match(whole.text)
        own = (start, start + len(term["term"])) if term and len(term["term"].split()) <= 8 else lead
        for first, last in stretches(self._passage[start:end], start, self._language):
            yield self._trimmed(kind, first, last, own)

    def _answered(self) -> bool:
        """Whether the line after this question can be its answer; rows have their header to lead into them."""
        following = self._following()
        if following is None or _QUESTION.match(following.text) or CELL in following.text:
            return False
        mark = _ANSWER.match(following.text)
        return bool(following.text[mark.end() if mark else 0 :].strip())

    def _question(self, line: _Line) -> Iterator[Statement]:
        self._at += 1
        answer = self._lines[self._at]
        if answer.text.lstrip().startswith(FENCE) or MARK.match(answer.text):
            # Its answer is a list or code, which it leads into.
            self._leads.introduce((line.start, line.end))
            return
        self._at += 1
        *before, asked = stretches(line.text, line.start, self._language)
        for first, last in before:
            yield self._trimmed("sentence", first, last, None)
        mark = _ANSWER.match(answer.text)
        start = answer.start + (mark.end() if mark else 0)
        for number, (first, last) in enumerate(stretches(self._passage[start : answer.end], start, self._language)):
            each = self._trimmed("answer" if number < _ANSWERING else "sentence", first, last, None)
            yield replace(each, lead=asked, leans=number > 0 and each.leans) if number < _ANSWERING else each

    def _prose(self, line: _Line) -> Iterator[Statement]:
        self._at += 1
        if (term := _TERM.match(line.text)) and len(term["term"].split()) <= 8:
            told = stretches(line.text, line.start, self._language)
            by_dash, by_colon = " — " in term.group(), not CLOSED.search(line.text) and len(told) <= DESCRIBING
            if len(line.text.split()) <= LONGEST and (by_dash or by_colon):
                yield self._trimmed("definition", line.start, line.end, None)
                return
            if by_dash and line.text.count(" — ") == 1:
                start = line.start + term.start("term")
                own = (start, start + len(term["term"].rstrip()))
                for number, (first, last) in enumerate(told):
                    yield self._trimmed("definition", first, last, own if number else None)
                return
        before: Statement | None = None
        behind_code = self._at > 1 and self._lines[self._at - 2].text.lstrip().startswith(FENCE)
        for first, last in stretches(line.text, line.start, self._language):
            each = self._trimmed("sentence", first, last, None)
            if self._leads_on(each.text, last, line):
                continue  # It says nothing without that.
            if behind_code and before is None and each.text[0].islower():
                each = replace(each, leans=True)  # The code stands in the middle of it.
            if each.leans and before is not None and not before.leans:
                # With the sentence that it leans on it stands alone.
                both = self._trimmed("sentence", before.start, each.end, None)
                if len(both.text.split()) <= LONGEST and not broken_off(both.text):
                    yield both
            yield each
            before = each

    def _leads_on(self, text: str, end: int, line: _Line) -> bool:
        """Whether the sentence that ends there introduces a list, a table or code that follows."""
        if end < line.start + len(line.text.rstrip()) or self._at >= len(self._lines):
            return False
        following = self._lines[self._at].text
        is_list, is_code = bool(MARK.match(following)), following.lstrip().startswith(FENCE)
        marked = unfinished(text, self._language, only_marked=not is_list)
        return (is_code and broken_off(text)) or ((is_list or is_code or CELL in following) and marked)

    def _trimmed(self, kind: Kind, start: int, end: int, lead: tuple[int, int] | None) -> Statement:
        text = self._passage[start:end].strip()
        first = self._passage.find(text, start)
        return Statement(kind, first, first + len(text), text, lead, kind == "sentence" and leans(text))
