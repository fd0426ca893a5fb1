"""Slack's incoming webhooks: messages in its own shape.

What people typed stands in `plain_text`, which is shown as it is. The line for lists and for old clients is markup, so
there the characters that could begin a link or call a whole channel are escaped.
"""

import json
from typing import Any

from sayso.notify.posting import Poster
from sayso.notify.wording import Links, facts, headline, invitation, one_line
from sayso.protocol.notification import Notification
from sayso.storage.outbox import Channel


class SlackSender:
    """Posts to the address that Slack gives out for a channel of theirs."""

    def __init__(self, poster: Poster, links: Links) -> None:
        self._poster = poster
        self._links = links

    async def send(self, channel: Channel, message_id: str, notification: Notification) -> None:
        """See `Sender.send`. Slack knows no ids: an attempt whose answer was lost is shown twice."""
        body = json.dumps(slack_message(notification, self._links.to(notification.data)))
        await self._poster.post(channel.address, body.encode(), {})


def slack_message(notification: Notification, link: str | None) -> dict[str, Any]:
    """The message, as Slack takes it."""
    title, question = headline(notification), one_line(notification.data.question)
    blocks: list[dict[str, Any]] = [{"type": "header", "text": _plain(title[:150])}]
    if question:
        blocks.append({"type": "section", "text": _plain(question)})
    told = [_plain(f"{name}: {value}") for name, value in facts(notification)]
    if told:
        blocks.append({"type": "context", "elements": told})
    if link:
        text = f"<{escaped(link)}|{invitation(notification)}>"
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": text}})
    line = f"{title}: {one_line(question, 300)}" if question else title
    return {"text": escaped(line), "mrkdwn": False, "unfurl_links": False, "unfurl_media": False, "blocks": blocks}


def escaped(text: str) -> str:
    """Text that begins no link, mention or command in Slack's markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}
