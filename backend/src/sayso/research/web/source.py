"""The `web` source: pages that a search names, fetched as a polite guest, and read like files of the library."""

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

from sayso.addresses import Addresses
from sayso.protocol.evidence import Origin
from sayso.research.cache import DAY, HOUR, DiskCache
from sayso.research.document import Document, Recent, rank
from sayso.research.fetching import Fetched, Fetcher
from sayso.research.page_reader import SUFFIXES, PageReader
from sayso.research.publisher import publisher_of
from sayso.research.source import QUESTION, Bounds, Passage, Readiness, SourceError
from sayso.research.web.allowance import Allowances
from sayso.research.web.engines import Engine, Found
from sayso.research.web.robots import MOST as MOST_ROBOTS
from sayso.research.web.robots import SiteRules

logger = logging.getLogger(__name__)

MOST_PAGE = 5_000_000
"""Bytes of one page."""
_PAGES = 6
"""Pages of one search that are read."""
_SECONDS = 12.0
"""That one fetch may take."""
_MISSING = "name a search: SAYSO_SEARXNG_URL, TAVILY_API_KEY or BRAVE_API_KEY"


class Web:
    """Pages of the web.

    Args:
        engine: the search; without one the source is not ready.
        cache: folder for what was fetched.
        agent: the User-Agent.
        addresses: what may be connected to.
        pages, bytes: that may be fetched for one question.
        seconds: that one fetch may take.
    """

    name = "web"
    title = "Web"
    bounds = Bounds(seconds=45.0, queries=6, at_once=2)

    def __init__(
        self,
        engine: Engine | None,
        cache: Path,
        *,
        agent: str,
        addresses: Addresses,
        pages: int = 30,
        bytes: int = 30_000_000,
        seconds: float = _SECONDS,
    ) -> None:
        self._engine = engine
        self._cache = DiskCache(cache)
        self._asking = Fetcher(agent, seconds=seconds)
        self._fetching = Fetcher(agent, seconds=seconds, addresses=addresses)
        self._reader = PageReader()
        self._allowances = Allowances(pages=pages, bytes=bytes, most=MOST_PAGE)
        self._recent = Recent()
        self._rules = SiteRules(self._robots)

    async def close(self) -> None:
        await self._reader.close()

    @property
    def leaves(self) -> str:
        if self._engine is None:
            return ""
        asked = f"{self._engine.name} ({self._engine.host})"
        return f"the words of each search go to {asked}, and the pages that it names are fetched from their sites"

    async def readiness(self) -> Readiness:
        if self._engine is None:
            return Readiness(False, _MISSING)
        return Readiness(True, f"{self._engine.name} ({self._engine.host})")

    async def search(self, query: str, *, limit: int) -> list[Passage]:
        found = await self._found(query)
        read = await asyncio.gather(*(self._document(each) for each in found))
        documents = [document for document in read if document is not None]
        return await asyncio.to_thread(rank, documents, self.name, query, limit)

    async def further(self, query: str, uris: Sequence[str], *, limit: int) -> list[Passage]:
        return await self._recent.further(self.name, query, uris, limit)

    async def around(self, passage: Passage, characters: int) -> tuple[str, str]:
        return self._recent.around(passage, characters)

    async def _found(self, query: str) -> list[Found]:
        engine = self._engine
        if engine is None:
            raise SourceError(f"The web cannot be searched: {_MISSING}.")
        key = f"{engine.name} {engine.url} {query}"
        answer = await self._cache.get(key, HOUR)
        if answer is None:
            answer = await engine.ask(self._asking, query, _PAGES)
            await self._cache.put(key, answer)
        return engine.read(answer)[:_PAGES]

    async def _document(self, found: Found) -> Document | None:
        """A page; none where it may not be had or cannot be read, which is no reason to do without the others."""
        if known := self._recent.get(found.url):
            return known
        try:
            fetched = await self._fetched(found.url)
            origin = Origin(publisher=publisher_of(fetched.url), retrieved_at=fetched.retrieved_at)
            title = found.title or fetched.url
            document = await self._reader.read(fetched, uri=fetched.url, title=title, origin=origin)
        except SourceError as error:
            logger.info("web: not read: %s", error)
            return None
        self._recent.put(found.url, document)
        return document

    async def _fetched(self, url: str) -> Fetched:
        if kept := await self._cache.get(url, DAY):
            return kept
        await self._permitted(url)
        with self._allowances.page(QUESTION.get()) as page:
            headers = {"accept": ",".join(SUFFIXES)}
            fetched = await self._fetching.get(url, most=page.most, headers=headers, check=self._permitted)
            page.used = len(fetched.body)
        if fetched.status != 200:
            raise SourceError(f"{url} answered with status {fetched.status}.")
        if fetched.kind not in SUFFIXES:
            raise SourceError(f"{url} is {fetched.kind or 'of no kind'}, which is not read.")
        await self._cache.put(url, fetched)
        return fetched

    async def _permitted(self, url: str) -> None:
        if not await self._rules.allow(url):
            raise SourceError(f"{url} is not to be fetched by programs, says its site's robots.txt.")

    async def _robots(self, url: str) -> Fetched:
        if kept := await self._cache.get(url, DAY):
            return kept
        fetched = await self._fetching.get(url, most=4 * MOST_ROBOTS)
        if fetched.status < 500:
            await self._cache.put(url, fetched)
        return fetched
