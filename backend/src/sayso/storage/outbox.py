"""What is to be told elsewhere, as rows: the channels, and what each of them is still owed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sayso.protocol.notification import Notification


class ChannelKind(StrEnum):
    WEBHOOK = "webhook"
    SLACK = "slack"
    MAIL = "mail"


class Origin(StrEnum):
    """Where a channel comes from."""

    SETTINGS = "settings"
    ADDED = "added"
    """By `sayso webhook add`."""


@dataclass(frozen=True, slots=True)
class NewChannel:
    id: str
    kind: ChannelKind
    address: str
    """A URL; of mail the bare address."""
    events: tuple[str, ...]
    """Topics that it is told of."""
    secret: str | None = None
    """What its messages are signed with; that of a webhook from the settings stays there."""


@dataclass(frozen=True, slots=True)
class Channel:
    id: str
    kind: ChannelKind
    address: str
    events: tuple[str, ...]
    secret: str | None
    origin: Origin
    created_at: datetime
    disabled_at: datetime | None
    """Since when nothing is sent or kept for it."""
    failing_since: datetime | None
    """Of the first failure since something last arrived."""
    why: str
    """What the last failure was."""
    delivered_at: datetime | None
    """When something last arrived."""
    pending: int
    """Messages that it is owed and that will be tried again."""
    given_up: int
    """Messages that were tried for a day in vain, and are kept."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message for one channel, claimed by whoever sends it now."""

    id: str
    """The same at every attempt, so that a receiver can tell what it has already."""
    channel: str
    claim: str
    attempt: int
    """Counts from 1."""
    created_at: datetime
    notification: Notification


@dataclass(frozen=True, slots=True)
class Failure:
    """An attempt in vain."""

    why: str
    """Fit to show: nothing of what a receiver said."""
    at: datetime
    again_at: datetime | None
    """When to try again; `None` is never."""
    gone: bool = False
    """The receiver wants nothing any more."""
