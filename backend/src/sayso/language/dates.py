"""The date that a document gives of itself, as "YYYY", "YYYY-MM" or "YYYY-MM-DD" (ISO 8601)."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

EARLIEST = 1500
"""Years before it are taken for a mistake."""
_AHEAD = timedelta(days=1)
"""How far ahead a date may lie: the clocks of the world are a day apart."""

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 2024-05-17T10:00:00Z, 2024-05, 2024/05/17
        r"^(?P<year>\d{4})[-/](?P<month>\d{1,2})(?:[-/](?P<day>\d{1,2}))?(?!\d)",
        # PDF: D:20240517120000+02'00'; also 20240517
        r"^(?:D:)?(?P<year>\d{4})(?P<month>\d{2})(?:(?P<day>\d{2})(?:\d{2,6})?)?(?!\d)",
        r"^(?:D:)?(?P<year>\d{4})(?!\d)",
        # 17 May 2024, and with the day of the week before it
        rf"^(?:[a-z]{{2,9}},?\s+)?{_DAY}\.?\s+{_MONTH},?\s+(?P<year>\d{{4}})(?!\d)",
        # May 17, 2024
        rf"^(?:[a-z]{{2,9}},?\s+)?{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})(?!\d)",
        rf"^{_MONTH},?\s+(?P<year>\d{{4}})(?!\d)",
        # 17.05.2024; with slashes the order of day and month differs by country
        r"^(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)",
    )
)


def iso(text: str, *, today: date | None = None) -> str | None:
    """The date that `text` begins with, as precise as it is given; nothing where it is none, is ambiguous
    (05/06/2024), lies before `EARLIEST` or more than a day ahead of `today`."""
    text = text.strip().strip("\"'$").strip()
    for form in _FORMS:
        if match := form.match(text):
            return _checked(match.groupdict(), today or date.today())
    return None


def first(texts: Iterable[str | None]) -> str | None:
    """The first of `texts` that is a date, as `iso` gives it."""
    return next((found for text in texts if text and (found := iso(text))), None)


def _checked(parts: dict[str, str | None], today: date) -> str | None:
    year = int(parts["year"] or 0)
    name = parts.get("name")
    month = _MONTHS[name.lower()] if name else int(parts.get("month") or 0)
    day = int(parts.get("day") or 0)
    if year < EARLIEST or (name is None and parts.get("month") is not None and not 1 <= month <= 12):
        return None
    try:
        begins = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if begins > today + _AHEAD:
        return None
    return "-".join([f"{year:04}", *([f"{month:02}"] if month else []), *([f"{day:02}"] if month and day else [])])
