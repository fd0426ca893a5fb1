"""Wishes about how a report reads, not about what it says: nothing is searched for them."""

import re

from sayso.wishes.ordering import is_order
from sayso.wishes.polarity import understood

_PARTS = re.compile(r"\s*[,:;–—]\s*|\s+-\s+")


def is_about_writing(text: str) -> bool:
    """Whether all of `text` speaks of the writing ("shorter", "three sentences for a board", "in German")."""
    return understood(text).is_about_writing or is_order(text)


def parted(point: str) -> tuple[str, str]:
    """What of a point is about the matter, and what is about the writing ("shorter, for a board, and costs")."""
    if is_about_writing(point):
        return "", point
    parts = [part for part in _PARTS.split(point) if part.strip()]
    about = [part for part in parts if is_about_writing(part)]
    if not about:
        return point, ""
    return ", ".join(part for part in parts if part not in about), ", ".join(about)
