"""What Sayso tells elsewhere, by webhook, Slack and e-mail: one JSON object, `{"type", "timestamp", "data"}`."""

from datetime import datetime
from enum import StrEnum

from pydantic import JsonValue

from sayso.protocol.evidence import Record
from sayso.protocol.frames import Status


class Topic(StrEnum):
    """What can be told of."""

    OPENED = "review.opened"
    """Somebody has to decide."""
    DUE = "review.due"
    """A decision is due soon, or past due."""
    DECIDED = "review.decided"
    ENDED = "run.ended"
    TEST = "channel.test"
    """Somebody tries a channel."""


TOPICS = tuple(topic for topic in Topic if topic is not Topic.TEST)
"""What a channel may be told of."""


class NotificationData(Record):
    run_id: str = ""
    seq: int = 0
    """Of the entry of the run's log that this is about."""
    workflow: str = ""
    question: str = ""
    asked_by: str = ""
    """As whoever asked called themselves."""
    asked_verified: bool | None = None
    """Whether that is the name of somebody who had signed in."""
    url: str | None = None
    """Where to look at the run in a browser; left out unless the server knows its own address (`SAYSO_PUBLIC_URL`)."""
    review: int | None = None
    """The review's `seq`, unless the run has ended."""
    round: int | None = None
    findings: int | None = None
    """How many findings the review shows as evidence."""
    sources: int | None = None
    due_at: datetime | None = None
    past_due: bool = False
    response: JsonValue = None
    """What was decided."""
    decided_by: str | None = None
    decided_verified: bool | None = None
    status: Status | None = None
    """Of a run that has ended."""
    ended_by: str | None = None
    """Who cancelled it."""
    ended_verified: bool | None = None


class Notification(Record):
    type: Topic
    timestamp: datetime
    """When it happened, not when it was sent."""
    data: NotificationData = NotificationData()
