"""Limits in years that feedback puts on its sources: "only 2024 and later", "nothing older than 2022"."""

import re

Period = tuple[int | None, int | None]
"""First and last year that are wanted; `None` is no limit."""

_YEAR = r"(1[5-9]\d\d|20\d\d)"
_THINGS = (
    r"(?:(?:anything|everything|something|things?|sources?|documents?|papers?|articles?|pages?|evidence|findings?|results?"
    r"|texts?|publications?|material|information|data|those|ones?)\s+)"
)
_ONLY = (
    r"(?:(?:please\s+)?(?:only|just|solely|nothing\s+but|limit(?:ed)?\s+(?:it\s+|this\s+)?to|use\s+only)\s+)(?:use\s+)?"
    rf"{_THINGS}?"
)
_DATED = r"(?:(?:dated|published|written|updated|released)\s+)?"
_MAYBE, _MUST = rf"(?:{_ONLY}|{_THINGS})?{_DATED}", rf"(?:{_ONLY}|{_THINGS}){_DATED}"
"""What comes before a year that limits by itself ("since 2020"), and before one that may be what is told of."""
_NO = rf"(?:nothing|not|no\s+{_THINGS}?|none)\s*{_DATED}"
_LATER, _EARLIER = r"(?:newer|later|more\s+recent|younger)", r"(?:older|earlier)"
_FORMS: tuple[tuple[re.Pattern[str], int | None, int | None], ...] = tuple(
    # With each form, what to add to its year for the first and the last one wanted.
    (re.compile(rf"\b{form}\b", re.IGNORECASE), first, last)
    for form, first, last in (
        (rf"{_NO}(?:{_EARLIER}\s+than|(?:from\s+)?before|prior\s+to)\s+{_YEAR}", 0, None),
        (rf"{_NO}{_LATER}\s+than\s+{_YEAR}", None, 0),
        (rf"{_NO}(?:after|since)\s+{_YEAR}", None, 0),
        (rf"{_MAYBE}(?:from\s+|of\s+|in\s+)?{_YEAR}\s+(?:and|or)\s+(?:{_LATER}|onwards?|after|up|upwards?)", 0, None),
        (rf"{_MAYBE}(?:from\s+|of\s+|in\s+)?{_YEAR}\s+(?:and|or)\s+(?:{_EARLIER}|before)", None, 0),
        (rf"{_MAYBE}(?:from|since|starting\s+(?:in|from))\s+{_YEAR}\s+(?:on|onwards?)", 0, None),
        (rf"{_MAYBE}{_LATER}\s+than\s+{_YEAR}", 1, None),
        (rf"{_MAYBE}{_EARLIER}\s+than\s+{_YEAR}", None, -1),
        (rf"{_MUST}after\s+{_YEAR}", 1, None),
        (rf"{_MUST}(?:from\s+)?before\s+{_YEAR}", None, -1),
        (rf"{_MUST}(?:up\s+to|until|till)\s+{_YEAR}", None, 0),
        (rf"{_MAYBE}since\s+{_YEAR}", 0, None),
        (rf"{_ONLY}{_DATED}(?:from|of|in)?\s*(?:the\s+year\s+)?{_YEAR}", 0, 0),
    )
)
_BETWEEN = re.compile(
    rf"\b(?:{_ONLY}|{_THINGS})?{_DATED}(?:between\s+{_YEAR}\s+and\s+{_YEAR}|from\s+{_YEAR}\s+(?:to|until|till|through)\s+{_YEAR})\b",
    re.IGNORECASE,
)


def period(feedback: str) -> Period | None:
    """The years that `feedback` limits its sources to, or nothing when it sets no such limit."""
    found, _ = _parsed(feedback)
    return found


def without_period(feedback: str) -> str:
    """`feedback` without the words of its limit, which are not to be searched for."""
    _, rest = _parsed(feedback)
    return rest


def _parsed(text: str) -> tuple[Period | None, str]:
    if match := _BETWEEN.search(text):
        one, other = sorted(int(year) for year in match.groups() if year)
        return (one, other), _cut(text, match)
    for form, first, last in _FORMS:
        if match := form.search(text):
            year = int(match.group(match.lastindex or 1))
            wanted = (None if first is None else year + first, None if last is None else year + last)
            return wanted, _cut(text, match)
    return None, text


def _cut(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}".strip()


def spoken(limit: Period) -> str:
    """A limit in words: "from 2018 to 2021"."""
    first, last = limit
    return " ".join([*([f"from {first}"] if first else []), *([f"to {last}"] if last else [])])
