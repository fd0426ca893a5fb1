"""The transactions that read; the same for every database."""

import json
from collections.abc import Sequence
from datetime import datetime

from pydantic import JsonValue

from sayso.protocol.frames import Status
from sayso.storage.audience import Scope
from sayso.storage.records import Due, Run, StoredEvent, StoredReview
from sayso.storage.transactions.rows import LATEST, like, to_event, to_review, to_run
from sayso.storage.transactions.transaction import Ask, Transaction

EVERYTHING = Scope()
PAGE_SIZE = 1_000_000
"""Characters of log entries that are read at a time."""


def ping() -> Transaction[None]:
    """Read something, whatever it is."""
    yield Ask("get_meta", {"key": "generation"})


def run(run_id: str) -> Transaction[Run | None]:
    row = (yield Ask("run_by_id", {"id": run_id})).row
    return to_run(row) if row else None


def runs(
    *,
    statuses: Sequence[Status] = (),
    search: str = "",
    before: tuple[datetime, str] | None = None,
    limit: int = 20,
    scope: Scope = EVERYTHING,
) -> Transaction[list[Run]]:
    """Newest first.

    Args:
        statuses: only runs that stand so; empty is all.
        search: only runs whose question, or asker, contains this, without regard to ASCII case.
        scope: only these.
        before: the (created_at, id) of the last one already seen.
    """
    bounds = {
        "like": like(search) if search else None,
        "before_at": before[0].isoformat() if before else LATEST,
        "before_id": before[1] if before else "",
        "limit": limit,
        "sees_all": scope.all,
        "asker": scope.asker,
        "reviews": scope.reviews,
        "names": f"|{'|'.join(sorted(scope.names))}|",
        "me": scope.but_own,
    }
    asks = [Ask("runs_page_of_status", {**bounds, "status": status.value}) for status in statuses]
    found: list[Run] = []
    for ask in asks or [Ask("runs_page", bounds)]:
        got = yield ask
        found += map(to_run, got.rows)
    return sorted(found, key=lambda run: (run.created_at, run.id), reverse=True)[:limit]


def runs_of(run_ids: Sequence[str]) -> Transaction[list[Run]]:
    """The runs with these ids, as far as there are any, in no order."""
    got = yield Ask("runs_by_id", {"run_ids": json.dumps(list(run_ids))})
    return [to_run(row) for row in got.rows]


def last_seqs(run_ids: Sequence[str]) -> Transaction[dict[str, int]]:
    """The `last_seq` of the runs with these ids, as far as there are any."""
    got = yield Ask("last_seqs", {"run_ids": json.dumps(list(run_ids))})
    return {row["id"]: row["last_seq"] for row in got.rows}


def running() -> Transaction[dict[str, tuple[int, str | None]]]:
    """Runs whose status is `running`, oldest first, with their `attempts` and `asker`."""
    got = yield Ask("interrupted_runs", {})
    return {row["id"]: (row["attempts"], row["asker"]) for row in got.rows}


def to_remind(at: datetime, limit: int) -> Transaction[list[Due]]:
    """Open reviews that want a reminder by now."""
    return _due("reviews_to_remind", at, limit)


def to_expire(at: datetime, limit: int) -> Transaction[list[Due]]:
    """Open reviews that are past due by now and were not said to be."""
    return _due("reviews_to_expire", at, limit)


def _due(statement: str, at: datetime, limit: int) -> Transaction[list[Due]]:
    got = yield Ask(statement, {"at": at.isoformat(), "limit": limit})
    return [Due(row["run_id"], row["seq"], datetime.fromisoformat(row["due_at"])) for row in got.rows]


def open_reviews(run_ids: Sequence[str]) -> Transaction[dict[str, list[int]]]:
    """Unanswered reviews by run, oldest first; runs without any are left out."""
    got = yield Ask("open_reviews_of_all", {"run_ids": json.dumps(list(run_ids))})
    found: dict[str, list[int]] = {}
    for row in got.rows:
        found.setdefault(row["run_id"], []).append(row["seq"])
    return found


def review(run_id: str, seq: int) -> Transaction[StoredReview | None]:
    row = (yield Ask("review", {"run_id": run_id, "seq": seq})).row
    return to_review(row) if row else None


def sent_review(run_id: str) -> Transaction[StoredReview | None]:
    """The oldest open review that was sent to a client which cannot name the one it answers."""
    row = (yield Ask("sent_review", {"run_id": run_id})).row
    return to_review(row) if row else None


def events(run_id: str, *, after: int, limit: int, size: int = PAGE_SIZE) -> Transaction[list[StoredEvent]]:
    """The next entries of the log.

    Args:
        limit: at most so many.
        size: characters of their bodies after which no further one is read.
    """
    got = yield Ask("events_within", {"run_id": run_id, "after": after, "limit": limit, "bytes": size})
    return [to_event(row) for row in got.rows]


def is_cut(page: Sequence[StoredEvent]) -> bool:
    """Whether `events` gave no more for the size of these, so that more may follow."""
    return sum(len(event.body) for event in page) >= PAGE_SIZE


def attachments(run_id: str) -> Transaction[dict[str, JsonValue]]:
    """The run's attachments by name; empty if it has none."""
    got = yield Ask("attachments", {"run_id": run_id})
    return {row["key"]: json.loads(row["data"]) for row in got.rows}
