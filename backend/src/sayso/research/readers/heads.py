"""Heads in plain text: a mail's lines about itself, a title right above what it is the title of, numbered sections."""

import re
from collections.abc import Iterable, Sequence

from sayso.language.structure import CLOSED, is_titled
from sayso.research.readers.outline import broken, squash
from sayso.research.readers.text_items import TITLE

_FIELD = re.compile(
    r"(?P<name>from|to|cc|bcc|date|sent|subject|reply-to|von|an|gesendet|datum|betreff|de|à|objet|asunto)\s?:\s*(?P<says>.*)",
    re.I,
)
_SUBJECT = frozenset({"subject", "betreff", "objet", "asunto"})
_ABOUT = frozenset({"from", "von", "de", "date", "datum", "sent", "gesendet"})
"""Fields that tell mails with one subject apart."""
_RULE = re.compile(r"[-_=*]{3,}")
_COUNTED = re.compile(r"(?:\d{1,3}[.)]|(?:TOP|Item|Agenda item|Point|Punkt|§|No\.?|Nr\.?)\s*\d{1,3}[.:)]?)\s+\S", re.I)
_ITEM = re.compile(r"\s*[-*•+]\s+\S")
_WORDS, _LENGTH = 8, 80
"""Of a title, at most."""


def mail_head(lines: Sequence[str]) -> str | None:
    """The subject, sender and date of a mail, as its heading, if `lines` are what stands above its text."""
    held = [squash(line) for line in lines if not _RULE.fullmatch(squash(line))]
    found = [_FIELD.fullmatch(line) for line in held]
    fields = {match["name"].lower(): match["says"] for match in found if match}
    about = [says for name, says in fields.items() if name in _ABOUT and says]
    subject = next((says for name, says in fields.items() if name in _SUBJECT), "")
    if len(fields) < max(2, len(held)) or not about or (not subject and len(about) < 2):
        return None
    return " — ".join(filter(None, (subject, ", ".join(about))))


def titled(lines: list[str]) -> tuple[str, list[str]]:
    """The title on the first of `lines` and the lines below it; nothing and `lines`, if there is none.

    It has a number, no stop, and its line was ended before it was full; sentences or a list stand below it.
    """
    first, rest = squash(lines[0]), lines[1:]
    if not rest or not _COUNTED.match(first) or len(first) > _LENGTH or len(first.split()) > _WORDS:
        return "", lines
    told = CLOSED.search(rest[-1].rstrip()) is not None and len(" ".join(rest)) > _LENGTH
    listed = _ITEM.match(rest[0]) is not None
    apart = not CLOSED.search(first) and not _COUNTED.match(squash(rest[0])) and len(broken(lines[:2])) > 1
    return (first, rest) if apart and (told or listed) else ("", lines)


_TITLE_LINES = 3
"""Of a title and what belongs to it, at most."""
SECTIONS = 3
"""Numbered lines, at least, that are the headings of sections by their order."""
_NUMBERED = re.compile(r"(?P<number>\d{1,2})[.)]?\s+(?P<name>\S.*)")


def sections(paragraphs: Iterable[Sequence[str]]) -> set[int]:
    """Which paragraphs are headings of sections: lines without a stop that are numbered from 1 on, with something below
    each."""
    found: set[int] = set()
    run: list[int] = []
    last = -1
    for last, lines in enumerate(paragraphs):
        match = _NUMBERED.fullmatch(squash(lines[0])) if len(lines) == 1 else None
        if match is None or not match["name"][0].isupper() or not TITLE.fullmatch(match["name"]):
            continue
        number = int(match["number"])
        if number != len(run) + 1 or (run and last - run[-1] == 1):
            run = []
        if number == len(run) + 1:
            run.append(last)
        if len(run) >= SECTIONS:
            found.update(run)
    return found - {last}


def is_title_page(lines: Sequence[str]) -> bool:
    """Whether the first lines of a document are its title and what belongs to it, such as a subtitle."""
    told = [squash(line) for line in lines]
    # What is blank within a line stands between columns.
    are_names = all(
        TITLE.fullmatch(each) and each[0].isupper() and len(each.split()) <= _WORDS and each == line.strip()
        for each, line in zip(told, lines, strict=True)
    )
    return 1 < len(told) <= _TITLE_LINES and are_names and (told[0].isupper() or is_titled(told[0]))
