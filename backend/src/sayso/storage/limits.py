"""How many runs may count for one asker; looked at in the transaction that makes one more."""

from dataclasses import dataclass
from datetime import timedelta

WINDOW = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class RunLimits:
    """`None` is no limit."""

    open: int | None = None
    """Runs that are not over."""
    an_hour: int | None = None
    """Runs that were started within the last hour."""

    @property
    def any(self) -> bool:
        return self.open is not None or self.an_hour is not None


class TooManyRuns(Exception):
    """One run more would be too many.

    Attributes:
        what: what there is too much of, fit to show.
        retry_after: seconds until it is worth another try.
    """

    def __init__(self, what: str, retry_after: float) -> None:
        super().__init__(what)
        self.what = what
        self.retry_after = retry_after
