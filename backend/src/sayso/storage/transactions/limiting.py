"""Whether one run more would be too many, looked at in the transaction that makes it."""

from datetime import UTC, datetime

from sayso.storage.limits import WINDOW, RunLimits, TooManyRuns
from sayso.storage.transactions.transaction import Ask, Transaction


def check_limits(asker: str, at: datetime, limits: RunLimits) -> Transaction[None]:
    """Raises:
    TooManyRuns: of this asker.
    """
    yield Ask("lock_asker", {"asker": asker})
    if limits.open is not None:
        found = (yield Ask("open_runs_of", {"asker": asker})).one["found"]
        if found >= limits.open:
            raise TooManyRuns(f"{found:,} of your questions are open; that is as many as can be.", 60)
    if limits.an_hour is not None:
        since = (at - WINDOW).astimezone(UTC).isoformat()
        row = (yield Ask("runs_since_of", {"asker": asker, "since": since})).one
        if row["found"] >= limits.an_hour:
            first_leaves = datetime.fromisoformat(row["oldest"]) + WINDOW
            raise TooManyRuns(f"{row['found']:,} questions an hour are as many as can be.", (first_leaves - at).seconds)
