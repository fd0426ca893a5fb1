"""Dates, years and times of day in a text."""

import re

from sayso.gate.quantity import Quantity

BEFORE = 34
"""Characters before a number in which its bound stands."""
ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|approx\.?|some|circa|ca\.|c\.|nearly|almost|close to|just (?:over"
    r"|under)"
    r"|estimated|an estimated|of the order of|more or less|in the region of|not quite|barely|average of)\s|~\s?"
    r"|≈\s?)(?:an?\s)?$",
    re.I,
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTH = "|".join([*_MONTHS, "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"])
DATE = re.compile(
    rf"\b(?P<day>[0-2]?\d|3[01])(?:st|nd|rd|th)?(?:\sof)?\s(?P<month>{MONTH})\b(?:,?\s(?P<year>[12]\d{{3}})\b)?"
    rf"|\b(?P<month2>{MONTH})\s(?P<day2>[0-2]?\d|3[01])(?:st|nd|rd|th)?\b(?!:)(?:,?\s(?P<year2>[12]\d{{3}})\b)?"
    rf"|\b(?P<month4>{MONTH})\s(?P<year4>[12]\d{{3}})\b"
    r"|\b(?P<year3>[12]\d{3})-(?P<month3>[01]\d)(?:-(?P<day3>[0-3]\d))?\b"
    rf"|(?P<month5>\b(?!may\b|mar\b|march\b)(?:{MONTH})\b|(?<=\b(?:in|by)\s)(?:may|march)\b)",
    re.I,
)
YEAR = re.compile(
    r"(?:(?<=\bin\s)|(?<=\bsince\s)|(?<=\bfrom\s)|(?<=\bby\s)|(?<=\buntil\s)|(?<=\bof\s)|(?<=\bbefore\s)|(?<=\bafter\s)"
    r"|(?<=\bduring\s)|(?<=\byear\s)|(?<=\bspring\s)|(?<=\bsummer\s)|(?<=\bautumn\s)|(?<=\bwinter\s)|(?<=\babout\s)"
    r"|(?<=\baround\s)|(?<=\bfor\s))(?P<year>1[0-9]\d\d|20\d\d)\b(?![\w:%/-]|[.,]\d)",
    re.I,
)
CLOCK = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>a\.?m|p\.?m|o'clock|o’clock)\b\.?"
    r"|\b(?P<hour2>[01]?\d|2[0-4]):(?P<minute2>[0-5]\d)\b(?![:.]\d)|\b(?P<named>noon|midday|midnight)\b",
    re.I,
)
_UNTIL = re.compile(r"\b(?:before|by|until|till|not later than|no later than)\s(?:the\s)?(?:end of\s)?$", re.I)
_AFTER = re.compile(r"\bafter\s(?:the\s)?$", re.I)


def _dated(text: str, match: re.Match[str], date: tuple[int, int, int]) -> Quantity:
    before = text[max(0, match.start() - BEFORE) : match.start()]
    bound = -1 if _UNTIL.search(before) else 1 if _AFTER.search(before) else 0
    return Quantity("date", 0, 0, bound, match.span(), match.group(), date=date)


def date(text: str, match: re.Match[str]) -> Quantity | None:
    """What `DATE` matched; None for a month's name that is another word ("may")."""
    part = {key.rstrip("2345"): value for key, value in match.groupdict().items() if value}
    month = part["month"]
    if not month.isdigit() and not month[0].isupper():
        return None
    number = (
        int(month) if month.isdigit() else next(n for n, name in enumerate(_MONTHS, 1) if name[:3] == month[:3].lower())
    )
    return _dated(text, match, (int(part.get("year", 0)), number, int(part.get("day", 0))))


def year(text: str, match: re.Match[str]) -> Quantity:
    """What `YEAR` matched."""
    return _dated(text, match, (int(match["year"]), 0, 0))


def clock(text: str, match: re.Match[str]) -> Quantity:
    """What `CLOCK` matched, in minutes of the day."""
    if named := match["named"]:
        minutes = 0 if named.lower() == "midnight" else 720
    else:
        hour = int(match["hour"] or match["hour2"])
        half = (match["half"] or "").lower().replace(".", "")
        if half == "pm" and hour < 12:
            hour += 12
        elif half == "am" and hour == 12:
            hour = 0
        minutes = hour * 60 + int(match["minute"] or match["minute2"] or 0)
    near = 15 if ABOUT.search(text[max(0, match.start() - BEFORE) : match.start()]) else 0
    return Quantity("clock", minutes - near, minutes + near, 0, match.span(), match.group().strip())
