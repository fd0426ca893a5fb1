"""What happens to runs, put into the outbox by the very transactions in which it happens."""

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sayso.protocol.notification import Notification, NotificationData, Topic
from sayso.storage.records import ENDS, Run, StoredEvent
from sayso.storage.transactions.rows import to_run
from sayso.storage.transactions.transaction import Ask, Transaction

TOLD = {
    "input_required": Topic.OPENED,
    "reminder": Topic.DUE,
    "input_expired": Topic.DUE,
    "input_received": Topic.DECIDED,
    **dict.fromkeys(ENDS, Topic.ENDED),
}
"""Types of the entries of a log that are told of."""


def tell(run_id: str, appended: Sequence[StoredEvent], at: str) -> Transaction[None]:
    """A message for each channel that wants to know of an event that was just appended. The run is locked."""
    told = [event for event in appended if event.type in TOLD]
    if not told:
        return
    channels = {row["id"]: row["events"].split(",") for row in (yield Ask("listening_channels", {})).rows}
    if not channels:
        return
    run = to_run((yield Ask("run_by_id", {"id": run_id})).one)
    messages: list[dict[str, Any]] = []
    for event in told:
        notification = _notification(run, event, at)
        # Not made of run and seq: after a restored backup the same seq may be something else.
        message = {"id": f"msg_{uuid.uuid4().hex}", "run_id": run_id, "body": notification.model_dump_json(), "at": at}
        messages += [
            {**message, "channel": channel} for channel, events in channels.items() if notification.type in events
        ]
    if messages:
        yield Ask("put_outgoing", messages)


def _notification(run: Run, event: StoredEvent, at: str) -> Notification:
    told: dict[str, Any] = json.loads(event.body).get("data") or {}
    topic = TOLD[event.type]
    figures = {"round": run.brief.round, "findings": run.brief.findings, "sources": run.brief.sources}
    match topic:
        case Topic.OPENED:
            more = _shown(told) | {"review": event.seq, "due_at": told.get("due_at")}
        case Topic.DUE:
            due = {"review": told.get("review"), "due_at": told.get("due_at")}
            more = figures | due | {"past_due": event.type == "input_expired"}
        case Topic.DECIDED:
            by = {"decided_by": told.get("by"), "decided_verified": told.get("verified")}
            more = figures | {"review": told.get("review"), "response": told.get("response")} | by
        case _:
            by = {"ended_by": told.get("by"), "ended_verified": told.get("verified")}
            more = {"status": ENDS[event.type], **(by if event.type == "cancelled" else {})}
    common = {
        "run_id": run.id,
        "seq": event.seq,
        "workflow": run.workflow,
        "question": run.question,
        "asked_by": run.by,
        "asked_verified": run.verified,
    }
    data = NotificationData.model_validate(common | more)
    return Notification(type=topic, timestamp=datetime.fromisoformat(at), data=data)


def _shown(review: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of a review as it opens; those of the run's own row are of before."""
    findings = review.get("findings") or []
    evidence = [finding for finding in findings if finding.get("kind", "evidence") == "evidence"]
    return {
        "round": review.get("round"),
        "findings": len(evidence),
        "sources": len(review.get("sources") or []),
    }
