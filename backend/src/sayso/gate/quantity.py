"""A figure of a text as what it can mean, and whether two of them agree."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Quantity:
    """A figure and what it can mean.

    Attributes:
        dimension: what is measured ("time", "money eur", "date", "clock", "year" as a "date"), or "count" of `counted`.
        low, high: the values that its words leave open, in the smallest unit of its dimension.
        bound: "up to" gives -1, "at least" gives 1, else 0.
        span: start and end in the text.
        text: as it is written.
        unit: its unit as it is written, lower case.
        counted: canonical words of what is counted; for other dimensions none.
        rate: what it is per ("hour", "day"), or nothing.
        date: year, month and day of a date, 0 where it does not say.
    """

    dimension: str
    low: float
    high: float
    bound: int
    span: tuple[int, int]
    text: str
    unit: str = ""
    counted: frozenset[str] = frozenset()
    rate: str = ""
    date: tuple[int, int, int] = (0, 0, 0)


def comparable(one: Quantity, other: Quantity) -> bool:
    """Whether the two are of one dimension, and count the same."""
    if one.dimension != other.dimension or one.rate != other.rate:
        return False
    return one.dimension != "count" or one.counted == other.counted or bool(one.counted & other.counted)


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether a value is common to two comparable quantities."""
    if one.dimension == "date":
        return one.bound != other.bound or all(
            mine == theirs for mine, theirs in zip(one.date, other.date, strict=True) if mine and theirs
        )
    if one.bound and one.bound == other.bound:
        # Two limits of one kind are two figures for one limit.
        one, other = _limit(one), _limit(other)
    slack = _slack(one, other)
    return max(one.low, other.low) <= min(one.high, other.high) + slack


def _limit(each: Quantity) -> Quantity:
    value = each.low if each.bound > 0 else each.high
    return Quantity(each.dimension, value, value, 0, each.span, each.text, each.unit)


def _slack(one: Quantity, other: Quantity) -> float:
    if one.unit.rstrip("s") == other.unit.rstrip("s"):
        return 0.0
    size = min(abs(value) for each in (one, other) for value in (each.low, each.high) if math.isfinite(value))
    # Months and kilobytes are of two lengths; what was converted was rounded.
    return size * (0.1 if one.dimension in ("time", "bytes") else 0.02) + (0.6 if one.dimension == "temperature" else 0)
