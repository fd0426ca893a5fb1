"""The port to a kind of channel: how one message is sent."""

from typing import Protocol

from sayso.protocol.notification import Notification
from sayso.storage.outbox import Channel


class Unsent(Exception):
    """An attempt in vain.

    Args:
        why: fit to show, with nothing in it of what the receiver said.
        gone: the receiver wants nothing any more.
        wait: seconds that the receiver wants to be left alone for.
    """

    def __init__(self, why: str, *, gone: bool = False, wait: float | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.gone = gone
        self.wait = wait


class Sender(Protocol):
    async def send(self, channel: Channel, message_id: str, notification: Notification) -> None:
        """Send one message; its receiver has it when this returns.

        Raises:
            Unsent: it may not have it.
        """
        ...
