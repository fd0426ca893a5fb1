"""Wishes about how a report reads, not about what it says: nothing is searched for them."""

import re

from sayso.wishes.ordering import is_order
from sayso.wishes.polarity import understood

BOARD = re.compile(
    r"\b(?:for|to)\s+(?:a|the|our|my)\s+(?:board|executives?|management|directors?|ceo|cto)\b", re.IGNORECASE
)
"""Readers who want a short text."""
TOLD = re.compile(
    r"\s*(?:please\s+)?(?:explain|write|put|word|phrase|say)\s+(?:it|this|that|everything)\s+(?:all\s+)?(?:to|for|so|as|in|like)\b",
    re.IGNORECASE,
)
"""How "it" is told, and to whom, is about the writing."""
_PARTS = re.compile(r"\s*[,:;–—]\s*|\s+-\s+")


def is_about_writing(text: str) -> bool:
    """Whether all of `text` speaks of the writing ("shorter", "three sentences for a board", "in German")."""
    told = TOLD.match(text) is not None and not text.rstrip().endswith("?")
    return told or understood(text).is_about_writing or is_order(text)


def parted(point: str) -> tuple[str, str]:
    """What of a point is about the matter, and what is about the writing ("shorter, for a board, and costs")."""
    if is_about_writing(point):
        return "", point
    parts = [part for part in _PARTS.split(point) if part.strip()]
    about = [part for part in parts if is_about_writing(part)]
    if not about:
        return point, ""
    return ", ".join(part for part in parts if part not in about), ", ".join(about)
