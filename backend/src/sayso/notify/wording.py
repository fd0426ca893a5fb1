"""What a notification says to people. Questions and names are whatever somebody typed: here they become plain lines."""

import unicodedata
from urllib.parse import quote

from sayso.protocol.decisions import called, in_words, with_name
from sayso.protocol.frames import Status
from sayso.protocol.notification import Notification, NotificationData, Topic

MOST = 1_000
"""Characters of a question that are told."""
_JOINERS = "\u200c\u200d"
"""Part of words in some languages, and of emoji."""


class Links:
    """Where runs are to be looked at.

    Args:
        public_url: of the page, as people open it; without it there are no links.
    """

    def __init__(self, public_url: str | None) -> None:
        self._public_url = public_url

    def to(self, data: NotificationData) -> str | None:
        """The run's page, or the front page where it is about none."""
        if self._public_url is None:
            return None
        return f"{self._public_url}/run/?id={quote(data.run_id, safe='')}" if data.run_id else f"{self._public_url}/"

    def linked(self, notification: Notification) -> Notification:
        """The notification with its link."""
        data = notification.data.model_copy(update={"url": self.to(notification.data)})
        return notification.model_copy(update={"data": data})


def one_line(text: str, most: int = MOST) -> str:
    """`text` without line breaks, control characters and what turns the direction of writing, of `most` characters."""
    shown = "".join(
        char if char in _JOINERS or not unicodedata.category(char).startswith(("C", "Zl", "Zp")) else " "
        for char in text
    )
    line = " ".join(shown.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def headline(notification: Notification) -> str:
    """What has happened, in one line."""
    data = notification.data
    match notification.type:
        case Topic.OPENED:
            return "A decision is needed"
        case Topic.DUE if data.due_at is None:
            return "A decision is due"
        case Topic.DUE:
            at = f"{data.due_at:%Y-%m-%d %H:%M} UTC"
            return f"Nobody decided by {at}" if data.past_due else f"A decision is due {at}"
        case Topic.DECIDED:
            return one_line(in_words(data.response, data.decided_by or "", data.decided_verified), 200)
        case Topic.ENDED:
            return _ended(data)
        case Topic.TEST:
            return "This is a test: the channel works"


def _ended(data: NotificationData) -> str:
    match data.status:
        case Status.CANCELLED:
            return one_line(with_name("Cancelled", data.ended_by or "", data.ended_verified), 200)
        case Status.FAILED:
            return "The run failed"
        case _:
            return "The report is there"


def facts(notification: Notification) -> list[tuple[str, str]]:
    """What else there is to know, by name."""
    data = notification.data
    told = [("Asked by", one_line(called(data.asked_by, data.asked_verified), 200))] if data.asked_by else []
    if data.findings:
        told.append(("Findings", f"{data.findings}" + (f" from {_sources(data.sources)}" if data.sources else "")))
    if data.due_at and notification.type is Topic.OPENED:
        told.append(("Due", f"{data.due_at:%Y-%m-%d %H:%M} UTC"))
    return told


def invitation(notification: Notification) -> str:
    """What a link says."""
    return "Decide" if notification.type in (Topic.OPENED, Topic.DUE) else "Open in Sayso"


def _sources(count: int) -> str:
    return f"{count} source{'s' * (count != 1)}"
