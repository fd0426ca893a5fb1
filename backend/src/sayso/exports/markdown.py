"""The report as Markdown that reads well in a terminal. Text from outside is escaped: it can neither format, link, nor
bring HTML along."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from sayso.exports import wording
from sayso.exports.markdown_lines import bullet, fenced, table_head, table_line
from sayso.exports.text import clean, one_line
from sayso.exports.view import Bullets, Cited, Code, Excerpt, Listed, Paragraph, ReportView, Shape, Table, excerpt, view
from sayso.protocol.evidence import Quote
from sayso.protocol.report import Report

_CODE = re.compile(r"(?<!`)(`[^`\n<>]+`)(?!`)")
_SPECIAL = re.compile(r"[\\`*<>\[\]|~]|(?<![^\W_])_|&(?=#?\w+;)|!(?=\[)")
"""An underscore after a letter could only end an emphasis, and none can begin."""
_SPECIAL_IN_PIECES = re.compile(_SPECIAL.pattern + r"|&(?=#?\w*$)")
"""The same where the text goes on behind a mark, which may be in the middle of what reads as a character's name."""
_LINE_START = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|-{2,}|(\d{1,9})([.)])(?=\s|$))")


def escape(text: str) -> str:
    """One line of `text` that Markdown shows as it is. Pairs of backticks stay code, in which nothing is special."""
    return _LINE_START.sub(_start, _inline(one_line(text)))


def _inline(line: str, special: re.Pattern[str] = _SPECIAL) -> str:
    parts = _CODE.split(line)
    return "".join(
        part if at % 2 else special.sub(lambda match: "\\" + match.group(), part) for at, part in enumerate(parts)
    )


def _start(match: re.Match[str]) -> str:
    if match.group(3):
        return f"{match.group(1)}{match.group(3)}\\{match.group(4)}"
    return f"{match.group(1)}\\{match.group(2)}"


def block_quote(text: str, marked: tuple[int, int] | None) -> str:
    """A verbatim quote with its lines kept, and what stands between the two offsets bold."""
    start, end = marked or (len(text), len(text))
    lines: list[list[tuple[str, bool]]] = [[]]
    for piece, bold in ((text[:start], False), (text[start:end], True), (text[end:], False)):
        first, *others = clean(piece).split("\n")
        lines[-1].append((first, bold))
        lines += [[(line, bold)] for line in others]
    quoted = [f"> {_line(line)}".rstrip() for line in lines]
    # Two spaces at its end break a line where Markdown would join it with the next.
    ends = ["  \n" if line != ">" != below else "\n" for line, below in pairwise(quoted)]
    return "".join(line + end for line, end in zip(quoted, [*ends, ""], strict=True))


def _piece(text: str) -> str:
    return _inline(text, _SPECIAL_IN_PIECES)


def _line(pieces: list[tuple[str, bool]]) -> str:
    made = ""
    for at, (text, bold) in enumerate(pieces):
        before, after = "".join(each for each, _ in pieces[:at]), "".join(each for each, _ in pieces[at + 1 :])
        made += _bold(text, before[-1:], after[:1]) if bold else _piece(text)
    return _LINE_START.sub(_start, " ".join(made.split()))


def _bold(text: str, before: str, after: str) -> str:
    """Bold between these two characters. Asterisks between a full stop and a letter would be no emphasis (CommonMark,
    section 6.2), as where Chinese sentences meet: there it begins and ends with the letters."""
    outer = [at for at, char in enumerate(text) if not char.isspace()]
    inner = [at for at in outer if unicodedata.category(text[at])[0] not in "PSC"]
    if not inner:
        return _piece(text)
    start = outer[0] if not before.strip() else inner[0]
    end = (outer[-1] if not after.strip() else inner[-1]) + 1
    return f"{_piece(text[:start])}**{_piece(text[start:end])}**{_piece(text[end:])}"


def report_markdown(report: Report) -> str:
    """The report with `[n]` after each sentence and the sources it stands on."""
    seen = view(report)
    blocks = [*_head(seen)]
    if seen.summary:
        blocks += [f"## {wording.SUMMARY}", *_blocks(seen.summary)]
    for part in seen.sections:
        blocks += [*([f"## {escape(part.heading)}"] if part.heading else []), *_blocks(part.blocks)]
    if seen.conflicts:
        blocks.append(f"## {wording.CONFLICTS}")
        for conflict in seen.conflicts:
            blocks += [escape(conflict.why), *([_list(map(_cited, conflict.claims))] if conflict.claims else [])]
    if seen.not_found:
        blocks += [f"## {wording.NOT_FOUND}", _list(map(escape, seen.not_found))]
    if seen.sources:
        blocks.append(f"## {wording.SOURCES}")
        for source in seen.sources:
            blocks += _source(source)
    for remarks in seen.remarks:
        lines = _list(f"{escape(text)} ({escape(remark)})" for text, remark in remarks.lines)
        blocks += [f"## {remarks.heading}", *filter(None, [escape(remarks.intro)]), lines]
    blocks += [f"## {wording.MADE}", escape(" ".join(seen.made))]
    return "\n\n".join(blocks) + "\n"


def _head(seen: ReportView) -> list[str]:
    blocks = [f"# {escape(seen.title)}"]
    if seen.question:
        blocks.append(f"Question: {escape(seen.question)}")
    if seen.revises:
        blocks.append(escape(seen.revises))
    if seen.closed:
        blocks.append(f"**{escape(seen.closed)}**")
    for approval in seen.approvals:
        note = f". {wording.ASKED} “{escape(approval.note)}”" if approval.note else ""
        blocks.append(f"**{escape(approval.who)}**, {approval.when}{note}")
    blocks.append(" · ".join(seen.figures))
    if seen.note:
        blocks.append(f"*{escape(seen.note)}*")
    return blocks


def _blocks(shapes: list[Shape]) -> Iterable[str]:
    parted, before = False, None
    for shape in shapes:
        # Right after a list another one of its signs would go on with it.
        same = isinstance(shape, Bullets) and isinstance(before, Bullets) and shape.ordered == before.ordered
        parted, before = same and not parted, shape
        match shape:
            case Paragraph(sentences):
                yield " ".join(map(_cited, sentences))
            case Bullets(items, ordered):
                signs = [bullet(n if ordered else None, other=parted) for n in range(1, len(items) + 1)]
                yield "\n".join(sign + _cited(item) for sign, item in zip(signs, items, strict=True))
            case Table():
                yield _table(shape)
            case Code(code, language):
                yield fenced(code.text, language)
                yield _marked(_numbers(code.citations), code.mark)


def _table(table: Table) -> str:
    lines = [table_head([_cell(cell) for cell in table.header] or [""] * len(table.rows[0].cells)).rstrip("\n")]
    for row in table.rows:
        told = [_cell(cell) for cell in row.cells]
        told[-1] = _marked(f"{told[-1]} {_numbers(row.citations)}".strip(), row.mark)
        lines.append(table_line(told))
    return "\n".join(lines)


def _cell(text: str) -> str:
    """A bar ends a cell even in code, where a backslash before it would be shown: there is no code then."""
    return _SPECIAL.sub(lambda match: "\\" + match.group(), one_line(text)) if "|" in text else escape(text)


def _cited(sentence: Cited) -> str:
    return _marked(f"{escape(sentence.text)} {_numbers(sentence.citations)}".rstrip(), sentence.mark)


def _marked(said: str, mark: str) -> str:
    return f"{said} {escape(mark)}" if mark else said


def _numbers(citations: list[int]) -> str:
    return "".join(f"[{number}]" for number in citations)


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _source(source: Listed) -> list[str]:
    about = "".join(f"; {escape(line)}" for line in source.about)
    return [f"[{source.n}] **{escape(source.title)}**, {escape(source.uri)}{about}", *map(_excerpt, source.quotes)]


def evidence(quote: Quote) -> str:
    """A quote as what it is, below the line that leads into it."""
    return _excerpt(excerpt(quote))


def _excerpt(quote: Excerpt) -> str:
    place = f"— {escape(quote.place)}" if quote.place else ""
    if quote.statement is None:
        start = len(quote.before)
        block = block_quote(quote.text, (start, start + len(quote.marked)) if quote.marked else None)
        lines = [*([_in_quotes(escape(quote.lead))] if quote.lead else []), block, *([f"> {place}"] if place else [])]
        return "\n>\n".join(lines)
    told = [escape(quote.lead), _plain_lines(quote.before), *_blocks([quote.statement]), _plain_lines(quote.after)]
    return _in_quotes("\n\n".join(part for part in [*told, place] if part))


def _plain_lines(text: str) -> str:
    return "  \n".join(escape(line) for line in clean(text).split("\n") if line.strip())


def _in_quotes(blocks: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in blocks.split("\n"))
