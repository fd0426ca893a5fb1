"""One POST, against servers as they are."""

import asyncio
import ipaddress
import socket
import ssl
from typing import Any

import pytest

from sayso.addresses import Addresses
from sayso.notify import posting
from sayso.notify.port import Unsent
from sayso.notify.posting import Poster
from support.receiver import Receiver, Reply

LOOPBACK = ipaddress.ip_network("127.0.0.0/8")


@pytest.fixture
def poster(trusting: ssl.SSLContext) -> Poster:
    poster = Poster(Addresses([LOOPBACK]))
    poster._tls = trusting
    return poster


async def refused(poster: Poster, url: str) -> Unsent:
    with pytest.raises(Unsent) as raised:
        await poster.post(url, b"{}", {})
    return raised.value


async def test_what_is_sent(poster: Poster) -> None:
    async with Receiver() as receiver:
        await poster.post(f"{receiver.url}?a=b", b'{"a":1}', {"webhook-id": "m1"})
    (got,) = receiver.got
    assert (got.path, got.body, got.id) == ("/hook?a=b", b'{"a":1}', "m1")
    assert got.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert got.headers["content-type"] == "application/json"
    assert got.headers["user-agent"].startswith("Sayso/")


@pytest.mark.parametrize("status", [400, 404, 429, 500, 503])
async def test_only_a_2xx_is_an_arrival(poster: Poster, status: int) -> None:
    async with Receiver() as receiver:
        receiver.reply = Reply(status)
        unsent = await refused(poster, receiver.url)
    assert (unsent.why, unsent.gone, unsent.wait) == (f"it answered {status}", False, None)


async def test_a_receiver_says_when_to_come_back_or_that_it_is_gone(poster: Poster) -> None:
    async with Receiver() as receiver:
        receiver.reply = Reply(429, ("retry-after: 120",))
        assert (await refused(poster, receiver.url)).wait == 120
        receiver.reply = Reply(429, ("retry-after: 99999999",))
        assert (await refused(poster, receiver.url)).wait == posting.LONGEST_WAIT
        receiver.reply = Reply(429, ("retry-after: -5",))
        assert (await refused(poster, receiver.url)).wait is None
        receiver.reply = Reply(410)
        assert (await refused(poster, receiver.url)).gone


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_no_redirect_is_followed(poster: Poster, status: int) -> None:
    async with Receiver() as inner, Receiver() as receiver:
        receiver.reply = Reply(status, (f"location: {inner.url}",))
        assert "redirects are not followed" in (await refused(poster, receiver.url)).why
        await asyncio.sleep(0.05)
    assert inner.got == []


async def test_private_addresses_are_not_even_connected_to() -> None:
    async with Receiver() as receiver:
        assert "private" in (await refused(Poster(Addresses()), receiver.url)).why
        named = receiver.url.replace("127.0.0.1", "localhost")
        assert "private" in (await refused(Poster(Addresses()), named)).why
    assert receiver.got == []


async def test_a_name_is_looked_up_once_and_that_is_where_it_goes(
    poster: Poster, server_tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second look-up of this name leads to a private network."""
    looked: list[str] = []

    async def answered(_: Any, host: str, port: int, **__: Any) -> list[Any]:
        looked.append(host)
        address = "127.0.0.1" if len(looked) == 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    async with Receiver(tls=server_tls) as receiver:
        monkeypatch.setattr(asyncio.get_running_loop().__class__, "getaddrinfo", answered)
        await poster.post(f"https://hooks.test:{receiver.port}/hook", b"{}", {})
        assert looked == ["hooks.test"]
        assert receiver.got[0].headers["host"] == f"hooks.test:{receiver.port}"
        assert "private" in (await refused(poster, f"https://hooks.test:{receiver.port}/hook")).why


async def test_certificates_are_checked_by_the_name(
    poster: Poster, server_tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def answered(_: Any, host: str, port: int, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    async with Receiver(tls=server_tls) as receiver:
        strangers = Poster(Addresses([LOOPBACK]))
        assert (await refused(strangers, receiver.url)).why == "its certificate is not trusted"
        monkeypatch.setattr(asyncio.get_running_loop().__class__, "getaddrinfo", answered)
        other = f"https://other.test:{receiver.port}/hook"
        assert (await refused(poster, other)).why == "its certificate is not trusted"
    assert receiver.got == []


@pytest.mark.parametrize("reply", [Reply(hang=True), Reply(drip=True), Reply(delay=60)])
async def test_nobody_waits_for_a_slow_one(poster: Poster, reply: Reply, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "WHOLE", 0.5)
    async with Receiver() as receiver:
        receiver.reply = reply
        assert "too long" in (await refused(poster, receiver.url)).why


async def test_what_is_no_http_and_what_is_not_there(poster: Poster) -> None:
    async with Receiver() as receiver:
        receiver.reply = Reply(raw=b"SSH-2.0-secret\r\n")
        why = (await refused(poster, receiver.url)).why
        assert "secret" not in why
        assert "HTTP" in why
        receiver.reply = Reply(raw=b"HTTP/1.1 200 OK\r\nx: " + b"y" * 2_000_000)
        assert "HTTP" in (await refused(poster, receiver.url)).why
        receiver.reply = Reply(raw=b"")
        assert (await refused(poster, receiver.url)).why
    assert (await refused(poster, receiver.url)).why == "it cannot be reached"
    assert (await refused(poster, "https://nowhere.invalid/")).why == "it cannot be reached"


async def test_no_proxy_of_the_environment_is_asked(poster: Poster, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Receiver() as proxy, Receiver() as receiver:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        await poster.post(receiver.url, b"{}", {})
    assert (len(receiver.got), proxy.got) == (1, [])


async def test_the_answer_is_not_read(poster: Poster) -> None:
    """A receiver that sends for ever what it was not asked for costs nothing."""
    async with Receiver() as receiver:
        receiver.reply = Reply(raw=b"HTTP/1.1 200 OK\r\ncontent-length: 100000000000\r\n\r\n" + b"z" * 500_000)
        await poster.post(receiver.url, b"{}", {})
