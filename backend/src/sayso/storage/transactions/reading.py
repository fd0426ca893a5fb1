"""The transactions that read, the same for every database; see `storage.transactions`."""

import json
from collections.abc import Sequence
from datetime import datetime

from pydantic import JsonValue

from sayso.protocol.frames import Status
from sayso.storage.records import Due, Run, StoredEvent, StoredReview
from sayso.storage.transactions.rows import LATEST, like, to_event, to_review, to_run
from sayso.storage.transactions.writing import Ask, Transaction


def ping() -> Transaction[None]:
    yield Ask("get_meta", {"key": "generation"})


def run(run_id: str) -> Transaction[Run | None]:
    row = (yield Ask("run_by_id", {"id": run_id})).row
    return to_run(row) if row else None


def runs(
    statuses: Sequence[Status], search: str, before: tuple[datetime, str] | None, limit: int
) -> Transaction[list[Run]]:
    bounds = {
        "like": like(search) if search else None,
        "before_at": before[0].isoformat() if before else LATEST,
        "before_id": before[1] if before else "",
        "limit": limit,
    }
    asks = [Ask("runs_page_of_status", {**bounds, "status": status.value}) for status in statuses]
    found: list[Run] = []
    for ask in asks or [Ask("runs_page", bounds)]:
        got = yield ask
        found += map(to_run, got.rows)
    return sorted(found, key=lambda run: (run.created_at, run.id), reverse=True)[:limit]


def running() -> Transaction[dict[str, int]]:
    got = yield Ask("interrupted_runs", {})
    return {row["id"]: row["attempts"] for row in got.rows}


def due(statement: str, at: datetime, limit: int) -> Transaction[list[Due]]:
    got = yield Ask(statement, {"at": at.isoformat(), "limit": limit})
    return [Due(row["run_id"], row["seq"], datetime.fromisoformat(row["due_at"])) for row in got.rows]


def open_reviews(run_ids: Sequence[str]) -> Transaction[dict[str, list[int]]]:
    got = yield Ask("open_reviews_of_all", {"run_ids": json.dumps(list(run_ids))})
    found: dict[str, list[int]] = {}
    for row in got.rows:
        found.setdefault(row["run_id"], []).append(row["seq"])
    return found


def review(run_id: str, seq: int) -> Transaction[StoredReview | None]:
    row = (yield Ask("review", {"run_id": run_id, "seq": seq})).row
    return to_review(row) if row else None


def events(run_id: str, after: int, limit: int) -> Transaction[list[StoredEvent]]:
    got = yield Ask("events_after", {"run_id": run_id, "after": after, "limit": limit})
    return [to_event(row) for row in got.rows]


def attachments(run_id: str) -> Transaction[dict[str, JsonValue]]:
    got = yield Ask("attachments", {"run_id": run_id})
    return {row["key"]: json.loads(row["data"]) for row in got.rows}
