"""Which of the documents that were read hold no more: they say so, or a later one has the same name but for figures."""

import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import PurePosixPath

from sayso.research.source import Passage

_SAYS = re.compile(
    r"(?<![^\W_])(?:superseded|obsolete|outdated|withdrawn|no longer (?:valid|in force)|veraltet|au(?:ß|ss)er kraft)"
    r"(?![^\W_])",
    re.I,
)
"""What a document that holds no more has in its name, its title or a heading."""
_REPLACED = re.compile(
    r"(?:^|[*_(\[]|[.!]\s)superseded by\b"
    r"|\bthis (?:document|edition|guide|page|plan|policy|version) "
    r"(?:(?:is|was|has been) (?:superseded|replaced|withdrawn)|is no longer (?:valid|in force))\b",
    re.I | re.M,
)
"""What it says of itself on its first lines; that a pump was replaced by another is none of this."""
_HEAD = 300
"""Characters, from the beginning of a document, in which it says that it was replaced."""
_WORD = re.compile(r"[^\W\d_]+")
_COUNTING = frozenset(
    {"v", "ver", "version", "versions", "rev", "revision", "final", "draft", "old", "new", "alt", "neu"}
)
_OCCASIONS = frozenset(
    (
        *("minutes", "meeting", "report", "reports", "newsletter", "letter", "mail", "invoice", "statement", "log"),
        *("release", "agenda", "press", "post", "protokoll", "sitzung", "bericht", "brief", "rechnung"),
    )
)
"""Words of what is written each time anew, and replaces nothing."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def says_superseded(text: str) -> bool:
    """Whether a name, a title, a heading or a question speaks of what holds no more."""
    return bool(_SAYS.search(text))


def asks_for_older(question: str) -> bool:
    """Whether it may ask for what held once."""
    return says_superseded(question) or bool(_YEAR.search(question))


def superseded(passages: Iterable[Passage]) -> frozenset[str]:
    """The `uri` of each document that holds no more."""
    documents: dict[str, Passage] = {}
    found: set[str] = set()
    for each in passages:
        documents.setdefault(each.uri, each)
        head = each.text[:_HEAD] if (each.place.offset or 0) < _HEAD else ""
        if says_superseded(f"{each.uri} {each.title}") or _REPLACED.search(head):
            found.add(each.uri)
    for name in (_name, _title):
        keyed = sorted(
            (key, each.date, each.uri) for each in documents.values() if (key := _key(name(each))) and each.date
        )
        for _, group in groupby(keyed, lambda each: each[0]):
            versions = list(group)
            told = {name(documents[uri]) for _, _, uri in versions}
            latest = versions[-1][1]
            if len(told) == len(versions) > 1:
                found |= {uri for _, date, uri in versions if not _same_time(date, latest)}
    return frozenset(found)


def _name(passage: Passage) -> str:
    return PurePosixPath(passage.uri).stem


def _title(passage: Passage) -> str:
    return passage.title


def _key(name: str) -> str:
    """What versions of a document have in common in their names; nothing where a name says too little."""
    words = [word for word in map(str.casefold, _WORD.findall(name)) if word not in _COUNTING]
    if not _OCCASIONS.isdisjoint(words) or not any(len(word) > 3 for word in words):
        return ""
    return " ".join(words)


def _same_time(one: str, other: str) -> bool:
    """Whether two dates may be the same, as far as they are given."""
    return one.startswith(other) or other.startswith(one)
