"""Feedback that is about how a report reads, not about what it says: nothing needs to be searched for it."""

from sayso.language.terms import content, stem
from sayso.wishes.points import points

_WORDS = """
    short shorter shorten brief briefer concise long longer length simple simpler simplify plain plainer clear clearer
    formal informal tone style wording word words language reader readers audience board executive executives management
    managers laymen beginners lay summary summarise summarize overview paragraph paragraphs sentence sentences section
    sections page pages bullet bullets list heading headings title order reorder structure format tighten trim cut half
    third write rewrite reword rephrase text report draft version please make keep use less more fewer much bit rather
    first last put split merge join
"""
_EDITORIAL = frozenset(map(stem, _WORDS.split()))


def is_editorial(point: str) -> bool:
    """Whether every content word of `point` speaks of the writing ("Shorter, please", "one paragraph for a board")."""
    own = content(point)
    return bool(own) and all(stem(word) in _EDITORIAL or word.isdigit() for word in own)


def to_search(feedback: str) -> str:
    """`feedback` without what is about how the report reads; empty if nothing is left to search for."""
    wishes = points(feedback)
    rest = [_parted(point)[0] for point in wishes]
    return feedback if rest == wishes else "\n".join(filter(None, rest))


def for_the_writer(feedback: str) -> list[str]:
    """The points of `feedback`, or parts of them, that are about how the report reads."""
    return list(filter(None, (_parted(point)[1] for point in points(feedback))))


def _parted(point: str) -> tuple[str, str]:
    """What of a point is to be searched, and what is for the writer ("shorter, for a board, only 2024 and later")."""
    if is_editorial(point):
        return "", point
    parts = [part.strip() for part in point.split(",")]
    about_writing = [part for part in parts if is_editorial(part)]
    if not about_writing:
        return point, ""
    return ", ".join(part for part in parts if part not in about_writing), ", ".join(about_writing)
