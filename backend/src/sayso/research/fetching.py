"""One GET: of bounded size and time, from hosts that are asked no faster than they wish."""

import asyncio
import contextlib
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from sayso import __version__
from sayso.addresses import Addresses, NotAllowed
from sayso.research.source import SourceError

LONGEST_PAUSE = 300.0
"""Seconds that a server can make us wait before we ask again."""
_PAUSE = 5.0
"""Seconds, where it does not say how long."""
_MOST_REDIRECTS = 5
_SLOW_DOWN = (429, 503)

Check = Callable[[str], Awaitable[None]]


def user_agent(contact: str = "") -> str:
    """Who asks; `contact` is an address or URL of whoever runs this."""
    return f"Sayso/{__version__} ({contact or 'self-hosted research reports'})"


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer.

    Attributes:
        url: what it came from, after redirects.
        kind: its media type in lower case, without parameters; "" where it has none.
        charset: as the header says.
    """

    url: str
    status: int
    kind: str
    charset: str | None
    body: bytes
    retrieved_at: datetime


class Fetcher:
    """Fetches from hosts that the operator named, or with `addresses` from any that these allow.

    Args:
        agent: the User-Agent.
        seconds: that one fetch may take in all, redirects included.
        addresses: which may be reached. Redirects to other hosts are followed only with them, and each is checked anew:
            the connection goes to the address that was checked.
        pause: seconds between two requests to a host.
    """

    def __init__(self, agent: str, *, seconds: float, addresses: Addresses | None = None, pause: float = 0.0) -> None:
        self._agent = agent
        self._seconds = seconds
        self._addresses = addresses
        self._pause = pause
        self._hosts: dict[str, _Host] = {}
        self._tls: ssl.SSLContext | None = None

    async def get(
        self,
        url: str,
        *,
        most: int,
        parameters: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        method: str = "GET",
        body: bytes | None = None,
        check: Check | None = None,
    ) -> Fetched:
        """The answer, whatever its status is, but for those that ask to slow down.

        Args:
            most: bytes of the body, unpacked.
            check: called with each address before it is asked, that of a redirect too; raises `SourceError` to refuse.

        Raises:
            SourceError: there is none, it is too large or too slow, or it may not be reached.
        """
        try:
            asked = httpx.URL(url, params=parameters) if parameters else httpx.URL(url)
        except httpx.InvalidURL:
            raise SourceError(f"{url[:100]!r} is no address.") from None
        host = asked.host
        try:
            async with asyncio.timeout(self._seconds):
                return await self._follow(asked, most, check, method, headers or {}, body)
        except TimeoutError:
            raise SourceError(f"{host} did not answer within {self._seconds:g} s.") from None
        except NotAllowed as error:
            raise SourceError(f"{host} is not asked: {error}.") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, UnicodeError) as error:
            raise SourceError(f"{host} cannot be reached ({type(error).__name__}).") from error

    async def _follow(
        self,
        url: httpx.URL,
        most: int,
        check: Check | None,
        method: str,
        headers: Mapping[str, str],
        body: bytes | None,
    ) -> Fetched:
        for _ in range(_MOST_REDIRECTS + 1):
            if check is not None:
                await check(str(url))
            async with self._turn(url.host) as host, self._stream(url, method, headers, body) as answer:
                if answer.status_code in _SLOW_DOWN:
                    raise host.slow_down(url.host, answer.headers.get("retry-after"))
                if not answer.has_redirect_location:
                    return _fetched(url, answer, await _body(answer, url.host, most))
                leads = url.join(answer.headers["location"])
                if self._addresses is None and (leads.scheme, leads.netloc) != (url.scheme, url.netloc):
                    raise SourceError(f"{url.host} redirects to another address, which is not followed.")
                url = leads
        raise SourceError(f"{url.host} redirects again and again.")

    @contextlib.asynccontextmanager
    async def _stream(
        self, url: httpx.URL, method: str, headers: Mapping[str, str], body: bytes | None
    ) -> AsyncIterator[httpx.Response]:
        if url.scheme not in ("http", "https") or not url.host:
            raise SourceError(f"{str(url)[:100]!r} is no address of the web.")
        encrypted = url.scheme == "https"
        target, own = url, {"user-agent": self._agent, "accept-encoding": "gzip", **headers}
        extensions: dict[str, object] = {"timeout": httpx.Timeout(self._seconds).as_dict()}
        if self._addresses is not None:
            # What is public and only read needs no secrecy, so both schemes may be used.
            address = await self._addresses.of(url.host, url.port or (443 if encrypted else 80), encrypted=True)
            target, own = url.copy_with(host=address), {**own, "host": url.netloc.decode("ascii")}
            extensions["sni_hostname"] = url.raw_host.decode("ascii")
        if encrypted and self._tls is None:
            self._tls = await asyncio.to_thread(httpx.create_ssl_context)
        # No proxy of the environment, which would look the name up anew, and no connection kept for another name.
        pinned = self._addresses is not None
        async with httpx.AsyncClient(
            verify=self._tls or False, trust_env=not pinned, follow_redirects=False, limits=_ONE
        ) as client:
            request = client.build_request(method, target, headers=own, content=body, extensions=extensions)
            answer = await client.send(request, stream=True)
            try:
                yield answer
            finally:
                await answer.aclose()

    @contextlib.asynccontextmanager
    async def _turn(self, name: str) -> "AsyncIterator[_Host]":
        """One request at a time to a host, and none before it wishes."""
        if len(self._hosts) > _MOST_HOSTS:
            now = time.monotonic()
            self._hosts = {key: each for key, each in self._hosts.items() if each.turn.locked() or each.resume_at > now}
        host = self._hosts.setdefault(name, _Host())
        async with host.turn:
            if (left := host.resume_at - time.monotonic()) > 0:
                raise SourceError(f"{name} asked to slow down; try again in {left:.0f} s.")
            if (left := host.asked_at + self._pause - time.monotonic()) > 0:
                await asyncio.sleep(left)
            host.asked_at = time.monotonic()
            yield host


@dataclass(slots=True)
class _Host:
    """What is known of a host that was asked; times are those of the monotonic clock."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    asked_at: float = -LONGEST_PAUSE
    resume_at: float = 0.0

    def slow_down(self, name: str, retry_after: str | None) -> SourceError:
        pause = min(_seconds_of(retry_after), LONGEST_PAUSE)
        self.resume_at = time.monotonic() + pause
        return SourceError(f"{name} asks to slow down; try again in {pause:.0f} s.")


_MOST_HOSTS = 500
_ONE = httpx.Limits(max_connections=1, max_keepalive_connections=0)


def _seconds_of(retry_after: str | None) -> float:
    """What a `Retry-After` says: seconds, or a date."""
    text = (retry_after or "").strip()
    if text.isdecimal() and len(text) < 10:
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return _PAUSE


async def _body(answer: httpx.Response, host: str, most: int) -> bytes:
    body = bytearray()
    async for piece in answer.aiter_bytes():
        body += piece
        if len(body) > most:
            raise SourceError(f"{host} sent more than {most / 1_000_000:g} MB.")
    return bytes(body)


def _fetched(url: httpx.URL, answer: httpx.Response, body: bytes) -> Fetched:
    kind, _, _ = answer.headers.get("content-type", "").partition(";")
    return Fetched(str(url), answer.status_code, kind.strip().lower(), answer.charset_encoding, body, datetime.now(UTC))
