"""JSON in its one canonical form (RFC 8785), and its hash."""

import hashlib
import json
import math
import re

import rfc8785
from pydantic import JsonValue

EXACT = 2**53 - 1
"""The largest up to which every whole number is a double."""
LONGEST = 23
"""Digits and sign of a whole number from which on doubles are written with an exponent."""


_DIFFERS = tuple(map(re.compile, (r"\.0[,}\]]|\.0$", r"e-\d", r"e\+\d", r"[1-9]\d{15}", "NaN", "Infinity")))
"""What may be written in another way than Python's: whole doubles, exponents, numbers beyond `EXACT`. Found in a text,
it only costs the slow way. One pattern for all would take ten times as long: each of these begins with what is looked
for as it stands."""
_PAIRED = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]")
"""Keys with one of these are sorted by UTF-16; half of a pair has no form."""


def digest(value: JsonValue) -> str:
    """SHA-256 of the canonical form, in 64 hexadecimal digits.

    Raises:
        ValueError: a text in it has half a surrogate pair, which no UTF-8 can carry.
    """
    return hashlib.sha256(canonical(value)).hexdigest()


def canonical(value: JsonValue) -> bytes:
    """The canonical form. A number that RFC 8785 has none for, because no double holds it, stands there as a text of
    its digits: what a workflow of somebody's own says must not keep it from being recorded.

    Raises:
        ValueError: see `digest`.
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if not any(each.search(text) for each in _DIFFERS) and (text.isascii() or not _PAIRED.search(text)):
        # RFC 8785 is sorted JSON without blanks, which the standard library writes in a fraction of the time.
        return text.encode()
    try:
        return rfc8785.dumps(value)
    except (rfc8785.IntegerDomainError, rfc8785.FloatDomainError):
        return rfc8785.dumps(_carried(value))


def _carried(value: JsonValue) -> JsonValue:
    match value:
        case dict():
            return {key: _carried(each) for key, each in value.items()}
        case list():
            return [_carried(each) for each in value]
        case float() if not math.isfinite(value):
            return str(value)
        case int() if abs(value) > EXACT:
            digits = str(value)
            # A double may have been written without a point, as the canonical form itself does.
            double = len(digits) < LONGEST and rfc8785.dumps(float(digits)) == digits.encode()
            return float(digits) if double else digits
        case _:
            return value
