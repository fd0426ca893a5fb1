"""Heads of paragraphs in plain text: a mail's lines about itself, and a title right above what it is the title of."""

import re
from collections.abc import Sequence

from sayso.language.structure import CLOSED
from sayso.research.readers.outline import broken, squash

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
