"""The figures of a sentence, and whether it denies something."""

import re
from dataclasses import dataclass

from sayso.language.terms import is_content, stem, words

_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?!\w)|(?<=[A-Za-z_-])\d+(?:\.\d+)*|\d+(?:\.\d+)*(?=[A-Za-z%])")
_NEGATION = re.compile(
    r"\b(?:not|no|never|cannot|neither|nor|none|nothing|without|hardly|unable|impossible)\b|n['’]t\b", re.I
)
_EMPHATIC = re.compile(
    r"\b(?:not only|not just|not merely|no longer than|no more than|no less than|whether or not)\b", re.I
)
"""Negations that deny nothing."""
_SPELLED = dict(
    zip(
        (
            *[
                "zero",
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
                "thirteen",
                "fourteen",
                "fifteen",
            ],
            *["sixteen", "seventeen", "eighteen", "nineteen", "twenty"],
        ),
        range(21),
        strict=True,
    )
) | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100, "once": 1, "twice": 2}
_SPELLED_WORD = "|".join(sorted(_SPELLED, key=len, reverse=True))

_UNITS: dict[str, tuple[str, float]] = {
    spelling: (kind, factor)
    for kind, factor, spellings in (
        ("time", 0.001, "ms millisecond msec"),
        ("time", 1, "s sec second"),
        ("time", 60, "min minute"),
        ("time", 3_600, "h hr hour"),
        ("time", 86_400, "day"),
        ("time", 604_800, "week"),
        ("months", 1, "month"),
        ("months", 12, "year"),
        ("bytes", 1, "b byte"),
        ("bytes", 1024, "kb kib kilobyte"),
        ("bytes", 1024**2, "mb mib megabyte"),
        ("bytes", 1024**3, "gb gib gigabyte"),
        ("bytes", 1024**4, "tb tib terabyte"),
        ("percent", 1, "% percent"),
    )
    for spelling in spellings.split()
}
"""Spellings of units to what they measure, and in how many of its smallest."""
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "|".join(_MONTHS)
_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_MONTH})\s+(?P<year>\d{{4}})\b"
    rf"|\b(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}})\b"
    r"|\b(?P<year3>\d{4})-(?P<month3>\d{2})-(?P<day3>\d{2})\b",
    re.I,
)
_YEAR = re.compile(r"(?<![\w.,:-])(?:1[5-9]|20)\d\d(?![\w:]|[.,]\d)")
_QUANTITY = re.compile(
    rf"(?<![\w.,])(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?|(?:{_SPELLED_WORD})\b)[-\s]?(?P<unit>%|[A-Za-z]+)?", re.I
)
_BELOW = re.compile(
    r"\b(?:up to|at most|no more than|maximum(?: of)?|less than|fewer than|within|under|below)\s+(?:\w+\s+)?$", re.I
)
_ABOVE = re.compile(
    r"\b(?:at least|no less than|minimum(?: of)?|more than|over|above|from|since|after)\s+(?:\w+\s+)?$", re.I
)


@dataclass(frozen=True)
class Quantity:
    """A number and what it counts.

    Attributes:
        kind: what is measured: "time", "bytes", "year", or the stem of what is counted ("day" counts as time).
        value: in the smallest unit of its kind, so that 60 minutes are 1 hour.
        bound: "up to" gives -1, "at least" gives 1, else 0.
        text: as it is written.
    """

    kind: str
    value: float
    bound: int
    text: str


def figures(text: str, *, spelled: bool = False) -> list[str]:
    """The numbers of `text` in order, without thousands separators; with `spelled` those in words after them."""
    found = [match.group().replace(",", "") for match in _NUMBER.finditer(text)]
    if spelled:
        found += [str(_SPELLED[word]) for word in map(str.lower, words(text)) if word in _SPELLED]
    return found


def denies(text: str) -> bool:
    """Whether `text` denies something. Two denials make a statement ("cannot run without" is "needs to run")."""
    return len(_NEGATION.findall(_EMPHATIC.sub(" ", text))) % 2 == 1


def quantities(text: str) -> list[Quantity]:
    """What `text` counts or dates, in reading order: numbers with a unit or with the word they count, dates, years.

    Numbers that stand alone ("port 5432") count what the word before them names.
    """
    found: list[tuple[int, Quantity]] = []
    taken: list[tuple[int, int]] = []
    for match in _DATE.finditer(text):
        part = {key.rstrip("23"): value for key, value in match.groupdict().items() if value}
        month = int(part["month"]) if part["month"].isdigit() else _MONTHS.index(part["month"].lower()) + 1
        value = int(part["year"]) * 10_000 + month * 100 + int(part["day"])
        found.append((match.start(), Quantity("date", value, _bound(text, match.start()), match.group())))
        taken.append(match.span())
    for match in _YEAR.finditer(text):
        if not _within(match.start(), taken):
            year = Quantity("year", int(match.group()), _bound(text, match.start()), match.group())
            found.append((match.start(), year))
            taken.append(match.span())
    for match in _QUANTITY.finditer(text):
        if not _within(match.start(), taken) and (quantity := _quantity(text, match)):
            found.append((match.start(), quantity))
    return [quantity for _, quantity in sorted(found, key=lambda pair: pair[0])]


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    number = match["number"].lower()
    value = float(_SPELLED[number]) if number in _SPELLED else float(number.replace(",", ""))
    unit = (match["unit"] or "").lower()
    bound = _bound(text, match.start())
    known = _UNITS.get(unit) or _UNITS.get(unit.removesuffix("s"))
    if known:
        return Quantity(known[0], value * known[1], bound, match.group().strip())
    if unit and is_content(unit):
        return Quantity(stem(unit), value, bound, match.group().strip())
    if number in _SPELLED:
        # "one of them", "no one": a word of grammar rather than a figure.
        return None
    before = [word for word in words(text[: match.start()])[-2:] if is_content(word)]
    return Quantity(stem(before[-1]), value, bound, match["number"]) if before else None


def _bound(text: str, start: int) -> int:
    before = text[max(0, start - 30) : start]
    return -1 if _BELOW.search(before) else 1 if _ABOVE.search(before) else 0


def _within(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)
