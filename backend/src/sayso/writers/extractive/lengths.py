"""How long a note wants a text to be. That, and its order, is all that a writer without a model can do about it."""

import re

from sayso.language.terms import content
from sayso.wishes.ordering import is_order, without_orders
from sayso.wishes.polarity import understood

_NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_COUNT = rf"(\d{{1,3}}|{'|'.join(_NUMBERS)}|a\s+single|a)"
_SENTENCES = re.compile(
    rf"\b{_COUNT}\s+(?:short\s+|brief\s+|plain\s+)?(?:sentences?|lines?|points?|statements?)\b", re.IGNORECASE
)
_PARAGRAPH = re.compile(r"\b(?:one|a\s+single|1)\s+(?:short\s+)?paragraph\b", re.IGNORECASE)
_BOARD = re.compile(
    r"\b(?:for|to)\s+(?:a|the|our|my)\s+(?:board|executives?|management|directors?|ceo|cto)\b", re.IGNORECASE
)
"""Readers who want a short text."""
_BRIEF = re.compile(
    r"\b(?:short(?:er|en|ly)?|brief(?:er|ly)?|concise(?:ly)?|tighten|trim|condensed?|terse|half\s+(?:as\s+long|the\s+length)"
    r"|executive\s+summary|tl;?dr|less\s+text|not\s+(?:so|too|as)\s+long|kürzer|knapper|plus\s+court|más\s+corto)\b",
    re.IGNORECASE,
)

_DOUBT = 0.5
"""Probability from which on what else a note says may be about the writing too, and cannot be done."""


def sentences_wanted(note: str) -> int | None:
    """How many sentences a text is to have, as the note said last; `None` if it does not say."""
    found = _SENTENCES.findall(without_orders(note))
    if not found:
        return None
    said = found[-1].lower()
    return max(1, int(said)) if said.isdigit() else _NUMBERS.index(said) + 1 if said in _NUMBERS else 1


def one_paragraph(note: str) -> bool:
    """Whether the text is to be one paragraph."""
    return bool(_PARAGRAPH.search(note))


def brief(note: str) -> bool:
    """Whether the text is to be shorter than it would be."""
    return bool(_BRIEF.search(note)) or bool(_BOARD.search(note))


def honours(note: str) -> bool:
    """Whether a writer without a model can do what a note asks of it, all of it."""
    if is_order(note):
        return True
    if not (sentences_wanted(note) or one_paragraph(note) or brief(note)):
        return False
    rest = _BOARD.sub(" ", _BRIEF.sub(" ", _PARAGRAPH.sub(" ", _SENTENCES.sub(" ", note))))
    return not content(rest) or understood(rest).meanings["writing"] < _DOUBT
