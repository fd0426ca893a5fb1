"""The date that a document gives of itself, as "YYYY", "YYYY-MM" or "YYYY-MM-DD" (ISO 8601)."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from sayso.language.structure import CELL

EARLIEST = 1500
"""Years before it are taken for a mistake."""
_AHEAD = timedelta(days=1)
"""How far ahead a date may lie: the clocks of the world are a day apart."""

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
} | {"mär": 3, "mai": 5, "okt": 10, "dez": 12}
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-zä]*\.?"
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
_PIECE = re.compile(r"(?:(?<=\D[.;!?])|(?<=\d{3}[.;!?]))\s+(?=[^\W\d_])|\n+")
_PLACE = 2
"""Words of the date and beside it on the line at the head of a letter, at most."""
_CUE = re.compile(
    r"\b(?:updated?|modified|edition|versions?|revision|rev|valid|in force|effective|as of|dated?|held|meeting|minutes"
    r"|published|issued|approved|adopted|stand|gültig|in kraft|sitzung|protokoll|fassung|aktualisiert|beschlossen)\b",
    re.IGNORECASE,
)
"""What a sentence has that says of when a document is."""
_ANOTHER = re.compile(r"replac|supersed|ersetz|instead|next|nächste|previous|\bborn\b|\bfounded\b", re.IGNORECASE)
"""What it has that speaks of the date of something else."""
_BEGINS = re.compile(r"(?<![\w./-])(?!\d{5})(?=\w)")
"""Where a date may begin; a long number is none."""


def stated(head: str, *, today: date | None = None) -> str | None:
    """The first date of more than a year that the beginning of a document states as its own: with a word such as
    "updated" or "in force", or on a line with hardly a word beside it."""
    for piece in _PIECE.split(head):
        words = sum(word.isalpha() for word in re.findall(r"\w+", piece))
        if CELL in piece or _ANOTHER.search(piece) or (words > _PLACE and not _CUE.search(piece)):
            continue
        for place in _BEGINS.finditer(piece):
            found = iso(piece[place.start() :], today=today)
            if found and "-" in found:
                return found
    return None


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
