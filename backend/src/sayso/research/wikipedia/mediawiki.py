"""A client for the MediaWiki action API: search, and plain-text extracts (https://www.mediawiki.org/wiki/API)."""

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from sayso.language.dates import iso
from sayso.research.source import SourceError

MAX_REPLY = 8 * 1024 * 1024
"""Bytes of one reply, unpacked."""
_LONGEST_PAUSE = 300.0
"""Seconds that a server can make us wait before we ask again."""


@dataclass(frozen=True, slots=True)
class Page:
    """`extract` is plain text, a paragraph a line, with headings as `== Heading ==`."""

    title: str
    uri: str
    extract: str
    date: str | None = None
    """Of its latest revision, "2024-05-17"."""
    revision: int | None = None


class MediaWiki:
    """One wiki. Asks one thing at a time and only ever its own host.

    Args:
        base_url: scheme and host, such as `https://en.wikipedia.org`; the API is at `/w/api.php` there.
        user_agent: says who asks, as Wikimedia's policy demands.
        seconds: time-out of one request.
    """

    def __init__(self, base_url: str, *, user_agent: str, seconds: float) -> None:
        self.host = httpx.URL(base_url).netloc.decode()
        self._base = base_url.rstrip("/")
        self._seconds = seconds
        self._turn = asyncio.Semaphore(1)
        self._resume_at = 0.0
        # Redirects stay unfollowed: they could lead to another host.
        self._http = httpx.AsyncClient(headers={"User-Agent": user_agent}, follow_redirects=False)

    async def close(self) -> None:
        await self._http.aclose()

    async def probe(self, seconds: float) -> None:
        """Ask for something small.

        Raises:
            SourceError: no proper answer within `seconds`.
        """
        await self._ask({"meta": "siteinfo", "siprop": "general"}, seconds)

    async def search(self, query: str, limit: int) -> list[str]:
        """Titles of the best pages. `query` may use the wiki's own operators.

        Raises:
            SourceError: no proper answer.
        """
        parameters = {"list": "search", "srsearch": query, "srlimit": str(limit), "srprop": "", "srnamespace": "0"}
        found = (await self._ask(parameters)).get("search")
        if not isinstance(found, list):
            raise self._odd()
        return [hit["title"] for hit in found if isinstance(hit, dict) and isinstance(hit.get("title"), str)]

    async def page(self, title: str) -> Page | None:
        """The text of a page, or None if it has none.

        Raises:
            SourceError: no proper answer.
        """
        parameters = {
            "prop": "extracts|revisions",
            "rvprop": "ids|timestamp",
            "explaintext": "1",
            "exsectionformat": "wiki",
            "redirects": "1",
        }
        pages = (await self._ask({**parameters, "titles": title})).get("pages")
        if not isinstance(pages, list) or not all(isinstance(page, dict) for page in pages):
            raise self._odd()
        for page in pages:
            name, extract = page.get("title"), page.get("extract")
            if isinstance(name, str) and isinstance(extract, str) and extract.strip():
                # JSON can carry lone surrogates, which can be neither stored nor sent.
                text = extract.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")
                uri = f"{self._base}/wiki/{quote(name.replace(' ', '_'), safe='/:(),')}"
                return Page(name, uri, text, *_revised(page))
        return None

    async def _ask(self, parameters: dict[str, str], seconds: float | None = None) -> dict[str, Any]:
        """The `query` part of the reply."""
        fixed = {"action": "query", "format": "json", "formatversion": "2", "maxlag": "5"}
        async with self._turn:
            pause = self._resume_at - time.monotonic()
            if pause > 0:
                raise SourceError(f"{self.host} asked to slow down; try again in {pause:.0f} s.")
            try:
                async with asyncio.timeout(seconds or self._seconds):
                    status, headers, body = await self._get({**fixed, **parameters})
            except (TimeoutError, httpx.TimeoutException):
                raise SourceError(f"{self.host} did not answer within {seconds or self._seconds:g} s.") from None
            except httpx.HTTPError as error:
                raise SourceError(f"{self.host} cannot be reached ({type(error).__name__}).") from error
        return self._checked(status, headers, body)

    async def _get(self, parameters: dict[str, str]) -> tuple[int, httpx.Headers, bytes]:
        body = bytearray()
        url = f"{self._base}/w/api.php"
        async with self._http.stream("GET", url, params=parameters, timeout=self._seconds) as reply:
            async for piece in reply.aiter_bytes():
                body += piece
                if len(body) > MAX_REPLY:
                    raise SourceError(f"{self.host} sent more than {MAX_REPLY // 1024 // 1024} MB for one page.")
            return reply.status_code, reply.headers, bytes(body)

    def _checked(self, status: int, headers: httpx.Headers, body: bytes) -> dict[str, Any]:
        if status in (429, 503):
            raise self._slow_down(headers.get("retry-after"))
        if 300 <= status < 400:
            raise SourceError(f"{self.host} redirects to another address, which is not followed; check its base URL.")
        if status != 200:
            raise SourceError(f"{self.host} answered with status {status}; try again later.")
        try:
            reply = json.loads(body)
        except (ValueError, RecursionError):
            raise self._odd() from None
        if isinstance(reply, dict) and isinstance(error := reply.get("error"), dict):
            code = str(error.get("code"))
            if code in ("maxlag", "ratelimited", "readonly"):
                raise self._slow_down(headers.get("retry-after"))
            raise SourceError(f"{self.host} refused the request ({code[:50]}).")
        if not isinstance(reply, dict) or not isinstance(query := reply.get("query", {}), dict):
            raise self._odd()
        return query

    def _slow_down(self, retry_after: str | None) -> SourceError:
        pause = min(float(retry_after), _LONGEST_PAUSE) if retry_after and retry_after.isdecimal() else 5.0
        self._resume_at = time.monotonic() + pause
        return SourceError(f"{self.host} asks to slow down; try again in {pause:g} s.")

    def _odd(self) -> SourceError:
        return SourceError(f"{self.host} did not answer as MediaWiki does; check its base URL.")


def _revised(page: dict[str, Any]) -> tuple[str | None, int | None]:
    """The date and the number of the latest revision."""
    revisions = page.get("revisions")
    latest = revisions[0] if isinstance(revisions, list) and revisions else None
    known = latest if isinstance(latest, dict) else {}
    timestamp, number = known.get("timestamp"), known.get("revid")
    return iso(timestamp) if isinstance(timestamp, str) else None, number if isinstance(number, int) else None
