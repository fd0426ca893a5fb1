"""Signatures, checked by the standard's own library and by hand."""

import base64
import hashlib
import hmac
import ipaddress

import pytest
from pydantic import SecretStr
from standardwebhooks import Webhook, WebhookVerificationError

from notify.conftest import channel
from sayso.addresses import Addresses
from sayso.notify.port import Unsent
from sayso.notify.posting import Poster
from sayso.notify.webhook import WebhookSender, new_secret
from sayso.notify.wording import Links
from sayso.protocol.notification import Notification
from sayso.storage.outbox import ChannelKind
from support.receiver import Receiver

POSTER = Poster(Addresses([ipaddress.ip_network("127.0.0.1")]))
LINKS = Links("https://sayso.example/desk")


async def test_the_standard_s_library_believes_it(opened: Notification) -> None:
    secret = new_secret()
    async with Receiver() as receiver:
        webhook = channel(ChannelKind.WEBHOOK, receiver.url, secret)
        await WebhookSender(POSTER, LINKS, None).send(webhook, "msg_1", opened)
    (got,) = receiver.got
    told = Webhook(secret).verify(got.body, got.headers)
    assert (told["type"], told["timestamp"]) == ("review.opened", "2026-11-22T12:00:00Z")
    assert told["data"]["question"] == "Why do tides\nexist?"
    assert told["data"]["url"] == "https://sayso.example/desk/run/?id=r1"
    assert (told["data"]["findings"], told["data"]["due_at"]) == (7, "2026-11-22T12:00:00Z")
    assert "status" not in told["data"]
    signed = f"msg_1.{got.headers['webhook-timestamp']}.".encode() + got.body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    assert (
        got.headers["webhook-signature"] == f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"
    )
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(got.body, got.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(got.body.replace(b"tides", b"wages"), got.headers)


async def test_webhooks_of_the_settings_are_signed_with_the_secret_of_the_settings(opened: Notification) -> None:
    secret = new_secret()
    async with Receiver() as receiver:
        webhook = channel(ChannelKind.WEBHOOK, receiver.url)
        await WebhookSender(POSTER, Links(None), SecretStr(secret)).send(webhook, "msg_1", opened)
        with pytest.raises(Unsent, match="SAYSO_WEBHOOK_SECRET"):
            await WebhookSender(POSTER, Links(None), None).send(webhook, "msg_2", opened)
    (got,) = receiver.got
    assert "url" not in Webhook(secret).verify(got.body, got.headers)["data"]


def test_secrets_are_long_and_never_the_same() -> None:
    secrets = {new_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert {len(base64.b64decode(each.removeprefix("whsec_"))) for each in secrets} == {24}
