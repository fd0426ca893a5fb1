"""The `wikipedia` source: articles found through MediaWiki's search, split and ranked like the library's documents."""

import asyncio
import contextlib
import re
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence

from sayso.language.tongue import language_of
from sayso.protocol.evidence import Place
from sayso.research import ranking
from sayso.research.analysis import analysed
from sayso.research.excerpt import Excerpt, excerpt
from sayso.research.formats import HEADING_SEPARATOR
from sayso.research.library.index import Entry, Index
from sayso.research.passages import Stretch, split
from sayso.research.query import parse
from sayso.research.source import Passage, Readiness, SourceError
from sayso.research.wikipedia.mediawiki import MediaWiki, Page

_PAGES = 4
"""Articles read for one query."""
_CACHED_PAGES = 64
_LONGEST_QUERY = 290
"""Characters; CirrusSearch refuses more than 300."""
_PROBE_SECONDS = 2.0
_PROBE_AGE = 60.0
"""Seconds for which a probe's answer is good."""
_HEADING = re.compile(r"(={2,6})\s*(.+?)\s*\1\s*")
_NO_PROSE = frozenset(
    ["bibliography", "citations", "external links", "footnotes", "further reading", "notes", "references", "see also"]
)


class Wikipedia:
    """Wikipedia in one language, or any other wiki that runs MediaWiki with its extracts.

    Args:
        language: the wiki's subdomain, such as `en`.
        contact: an address or URL for the User-Agent, so that Wikimedia can reach who runs this.
        base_url: scheme and host of another wiki; `language` then has no effect.
        seconds: time-out of one request; a search makes up to six.
    """

    name = "wikipedia"
    title = "Wikipedia"

    def __init__(
        self, *, language: str = "en", contact: str = "", base_url: str | None = None, seconds: float = 10.0
    ) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,19}", language):
            raise ValueError(f"{language!r} is not a language of Wikipedia, such as en, de or pt.")
        agent = f"Sayso/0.1 ({contact})" if contact else "Sayso/0.1 (self-hosted research reports)"
        base_url = base_url or f"https://{language}.wikipedia.org"
        self._wiki = MediaWiki(base_url, user_agent=agent, seconds=seconds)
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._probe: asyncio.Task[Readiness] | None = None
        self._probed_at = 0.0
        self._last: Readiness | None = None

    async def close(self) -> None:
        if self._probe is not None:
            self._probe.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._probe
        await self._wiki.close()

    async def readiness(self) -> Readiness:
        """The answer of a probe that is at most a minute old; an older one while the next is under way.

        Only the first call may wait, two seconds at most.
        """
        if self._probe is None and (self._last is None or time.monotonic() - self._probed_at > _PROBE_AGE):
            self._probe = asyncio.create_task(self._ask_for_readiness())
        if self._last is None and self._probe is not None:
            return await asyncio.shield(self._probe)
        return self._last or Readiness(False, f"{self._wiki.host} was not asked yet")

    async def search(self, query: str, *, limit: int) -> list[Passage]:
        titles = await self._titles(query)
        pages: list[Page] = []
        failure: SourceError | None = None
        for title in titles:
            try:
                page = await self._page(title)
            except SourceError as error:
                failure = error
                break
            if page is not None:
                pages.append(page)
        if failure is not None and not pages:
            raise failure
        hits = await asyncio.to_thread(_rank, pages, query, limit)
        return [
            Passage(
                kind=self.name,
                uri=hit.uri,
                title=hit.title,
                text=hit.text,
                place=Place(heading=hit.heading, offset=hit.offset),
                date=hit.date,
                score=hit.score,
            )
            for hit in hits
        ]

    async def neighbours(self, uri: str, offset: int, length: int, around: int = 600) -> Excerpt | None:
        """The passage at `offset` of an article found lately, with up to `around` characters on each side."""
        page = self._cached(uri)
        return excerpt(uri, page.title, page.extract, offset, length, around) if page else None

    async def around(self, passage: Passage, characters: int) -> tuple[str, str]:
        found = await self.neighbours(passage.uri, passage.place.offset or 0, len(passage.text), characters)
        return (found.before, found.after) if found and found.text == passage.text else ("", "")

    async def _titles(self, query: str) -> list[str]:
        # Only words and phrases: a question may contain what the wiki's search takes for an operator.
        words = [_searchable(term.text) for term in parse(query).terms]
        words = [word for word in words if word]
        if not words:
            return []
        titles = await self._wiki.search(_joined(words, " "), _PAGES)
        if not titles and len(words) > 1:
            titles = await self._wiki.search(_joined(words, " OR "), _PAGES)
        return titles

    async def _page(self, title: str) -> Page | None:
        if title in self._pages:
            self._pages.move_to_end(title)
            return self._pages[title]
        page = await self._wiki.page(title)
        if page is not None:
            self._pages[title] = page
            if len(self._pages) > _CACHED_PAGES:
                self._pages.popitem(last=False)
        return page

    def _cached(self, uri: str) -> Page | None:
        return next((page for page in self._pages.values() if page.uri == uri), None)

    async def _ask_for_readiness(self) -> Readiness:
        try:
            await self._wiki.probe(_PROBE_SECONDS)
            self._last = Readiness(True, self._wiki.host)
        except SourceError as error:
            self._last = Readiness(False, str(error))
        finally:
            self._probed_at = time.monotonic()
            self._probe = None
        return self._last


def stretches(extract: str) -> Iterator[Stretch]:
    """The prose of an extract under its headings, without references, formulas and lists of links."""
    path: list[tuple[int, str]] = []
    start = end = position = 0
    for line in extract.split("\n"):
        heading = _HEADING.fullmatch(line)
        # A formula's source comes indented, one symbol a line.
        prose = not heading and bool(line.strip()) and not line.startswith("  ") and "\\displaystyle" not in line
        listing = any(name.lower() in _NO_PROSE for _, name in path)
        if prose and not listing:
            start, end = (start if end else position), position + len(line)
        elif end and line.strip():
            yield Stretch(start, end, HEADING_SEPARATOR.join(name for _, name in path) or None)
            start = end = 0
        if heading:
            level = len(heading[1])
            path = [*(outer for outer in path if outer[0] < level), (level, heading[2])]
        position += len(line) + 1
    if end:
        yield Stretch(start, end, HEADING_SEPARATOR.join(name for _, name in path) or None)


def _rank(pages: Sequence[Page], query: str, limit: int) -> list[ranking.Hit]:
    index = Index()
    try:
        index.store(_entry(page) for page in pages)
        return ranking.search(index, query, limit)
    finally:
        index.close()


def _entry(page: Page) -> Entry:
    text, language = page.extract, language_of(page.extract)
    passages = analysed(page.title, text, split(text, stretches(text), language), language)
    reply = {
        "digest": "",
        "title": page.title,
        "date": page.date,
        "language": language,
        "text": text,
        "passages": [passage.to_json() for passage in passages],
    }
    return Entry(page.uri, 0, 0, reply)


def _searchable(text: str) -> str:
    words = re.findall(r"\w+", text)
    return f'"{" ".join(words)}"' if len(words) > 1 else "".join(words)


def _joined(words: Sequence[str], separator: str) -> str:
    """As many of the words as the search takes."""
    joined = ""
    for word in words:
        longer = f"{joined}{separator}{word}" if joined else word
        if len(longer) > _LONGEST_QUERY:
            break
        joined = longer
    return joined
