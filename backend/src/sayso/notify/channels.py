"""Channels as the settings and the command line name them, and what sends to each kind."""

import hashlib
import ipaddress
import logging
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from sayso.addresses import Addresses
from sayso.channel_settings import ChannelSettings
from sayso.notify.mail import MailSender, MailServer
from sayso.notify.port import Sender
from sayso.notify.posting import Poster
from sayso.notify.slack import SlackSender
from sayso.notify.webhook import WebhookSender
from sayso.notify.wording import Links
from sayso.protocol.notification import TOPICS, Topic
from sayso.storage.outbox import ChannelKind, NewChannel

log = logging.getLogger("sayso.notify")

FOR_PEOPLE = (Topic.OPENED, Topic.DUE)
"""What Slack and mail of the settings are told of: what somebody has to act on."""


def channel(
    kind: ChannelKind, address: str, events: Sequence[str] | None = None, secret: str | None = None
) -> NewChannel:
    """A channel; the same address has the same id. Without `events` it is told what fits its kind."""
    usual = TOPICS if kind is ChannelKind.WEBHOOK else FOR_PEOPLE
    id = f"{kind}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"
    return NewChannel(id, kind, address, tuple(events or usual), secret)


def channels_of(settings: ChannelSettings) -> list[NewChannel]:
    """Those that the settings name."""
    addresses = {
        ChannelKind.WEBHOOK: settings.webhooks,
        ChannelKind.SLACK: settings.slack,
        ChannelKind.MAIL: settings.mail_to,
    }
    named = {each.id: each for kind, of_kind in addresses.items() for each in (channel(kind, a) for a in of_kind)}
    return list(named.values())


def senders_of(settings: ChannelSettings, public_url: str | None) -> Mapping[ChannelKind, Sender]:
    """A sender for each kind that the settings suffice for.

    Args:
        public_url: where links to runs lead.
    """
    if public_url is None and (settings.webhooks or settings.slack or settings.mail_to):
        log.warning("SAYSO_PUBLIC_URL is not set, so what is told elsewhere has no link to the run")
    links = Links(public_url)
    poster = Poster(Addresses(map(ipaddress.ip_network, settings.webhook_networks)))
    senders: dict[ChannelKind, Sender] = {
        ChannelKind.WEBHOOK: WebhookSender(poster, links, settings.webhook_secret),
        ChannelKind.SLACK: SlackSender(poster, links),
    }
    if settings.smtp_host and settings.mail_from:
        server = MailServer(
            settings.smtp_host,
            settings.mail_port,
            settings.smtp_encryption,
            settings.mail_from,
            settings.smtp_user,
            settings.smtp_password,
        )
        senders[ChannelKind.MAIL] = MailSender(server, links)
    return senders


def shown_address(kind: ChannelKind, address: str) -> str:
    """An address without what may be a secret in it: who has Slack's can write there."""
    if kind is ChannelKind.MAIL:
        return address
    parts = urlsplit(address)
    path = parts.path if kind is ChannelKind.WEBHOOK else "/…"
    return f"{parts.scheme}://{parts.netloc}{path}" + ("?…" if parts.query else "")
