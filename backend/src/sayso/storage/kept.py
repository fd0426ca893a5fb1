"""A run's record as rows, and what is kept of it when the run is erased."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue

from sayso.protocol.record import RecordHead
from sayso.record.chain import Link


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A run's record."""

    links: list[tuple[Link, JsonValue]]
    """Each with what it is about."""
    complete: bool
    """Whether all of the log that belongs into it has its link; what an earlier version wrote has none at first."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was kept of the record of a run that was erased."""

    record: RecordHead
    at: datetime
