"""Where a quoted unit stands that takes the place of another: in which kind of block, and by what key it is known."""

from typing import Literal

from sayso.gate.quoted import QuotedUnit
from sayso.gate.written import key

Kind = Literal["paragraph", "list", "table", "code"]
_HOME: dict[str, Kind] = {"item": "list", "row": "table", "code": "code"}
"""Kinds of blocks in which quoted units of some kinds are read."""


def home_of(unit: QuotedUnit, kind: Kind) -> Kind:
    """The kind of block in which a quoted unit stands for a unit of a block of `kind`."""
    return _HOME.get(unit.kind, "paragraph" if kind in ("table", "code") else kind)


def key_of(unit: QuotedUnit) -> str:
    return unit.text if unit.kind == "code" else key(unit.text)
