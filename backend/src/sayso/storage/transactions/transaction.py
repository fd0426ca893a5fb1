"""What a transaction is: a generator that yields statements by name, is sent what they gave, and returns its result.

It knows no driver and waits for nothing but the database; who runs it begins and commits the transaction around it, and
may run it anew from its start.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

Row = Mapping[str, Any]
Values = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ask:
    """A statement of `queries/*.sql`, with one set of values or several."""

    statement: str
    values: Values | Sequence[Values]


@dataclass(frozen=True, slots=True)
class HandOver:
    """A worker has to take up this run, once the transaction is committed. Nothing to do where there is one process."""

    run_id: str


@dataclass(frozen=True, slots=True)
class Got:
    """What a statement gave: its rows, and how many rows it changed."""

    rows: Sequence[Row] = ()
    changed: int = 0

    @property
    def row(self) -> Row | None:
        """The first row, if there is one."""
        return self.rows[0] if self.rows else None

    @property
    def one(self) -> Row:
        """The row that there must be."""
        assert self.rows
        return self.rows[0]


Transaction = Generator[Ask | HandOver, Got, T]
