"""Webhooks as https://www.standardwebhooks.com says: an id, the time, and a signature over both and the body."""

import base64
import secrets
from datetime import UTC, datetime

from pydantic import SecretStr
from standardwebhooks import Webhook

from sayso.notify.port import Unsent
from sayso.notify.posting import Poster
from sayso.notify.wording import Links
from sayso.protocol.notification import Notification
from sayso.storage.outbox import Channel


def new_secret() -> str:
    """24 random bytes, as the standard writes them."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(24)).decode()}"


class WebhookSender:
    """Posts notifications as they are.

    Args:
        secret: signs what goes to webhooks of the settings, which have none of their own.
    """

    def __init__(self, poster: Poster, links: Links, secret: SecretStr | None) -> None:
        self._poster = poster
        self._links = links
        self._secret = secret

    async def send(self, channel: Channel, message_id: str, notification: Notification) -> None:
        """See `Sender.send`."""
        secret = channel.secret or (self._secret.get_secret_value() if self._secret else None)
        if secret is None:
            raise Unsent("SAYSO_WEBHOOK_SECRET is not set in this process")
        body = self._links.linked(notification).model_dump_json(exclude_none=True)
        at = datetime.now(UTC)
        headers = {
            "webhook-id": message_id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": Webhook(secret).sign(message_id, at, body),
        }
        await self._poster.post(channel.address, body.encode(), headers)
