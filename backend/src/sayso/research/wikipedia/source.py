"""The `wikipedia` source: articles found through MediaWiki's search, split and ranked like the library's documents."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sayso.language.tongue import language_of
from sayso.protocol.evidence import Origin
from sayso.research.document import Document, Recent, rank
from sayso.research.excerpt import Excerpt
from sayso.research.fetching import user_agent
from sayso.research.formats import HEADING_SEPARATOR
from sayso.research.passages import Stretch
from sayso.research.probe import Probe
from sayso.research.publisher import publisher_of
from sayso.research.query import parse
from sayso.research.source import QUESTION, Passage, Readiness, SourceError
from sayso.research.wikipedia.mediawiki import MediaWiki, Page

_PAGES = 4
"""Articles read for one query."""
ADDRESS = "https://{language}.wikipedia.org"
BY_QUESTION = "auto"
"""In place of a language: that of the question."""
_LONGEST_QUERY = 290
"""Characters; CirrusSearch refuses more than 300."""
_PROBE_SECONDS = 2.0
_HEADING = re.compile(r"(={2,6})\s*(.+?)\s*\1\s*")
_NO_PROSE = frozenset(
    ["bibliography", "citations", "external links", "footnotes", "further reading", "notes", "references", "see also"]
)


class Wikipedia:
    """Wikipedia in any language, or another wiki that runs MediaWiki with its extracts.

    Args:
        language: the wiki's subdomain, such as `en`; `auto` is the language of each question.
        contact: an address or URL for the User-Agent, so that Wikimedia can reach who runs this.
        base_url: scheme and host of another wiki, with `{language}` where that is part of it.
        seconds: time-out of one request; a search makes up to six.
    """

    name = "wikipedia"
    title = "Wikipedia"

    def __init__(
        self, *, language: str = "en", contact: str = "", base_url: str = ADDRESS, seconds: float = 10.0
    ) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,19}", language):
            raise ValueError(f"{language!r} is not a language of Wikipedia, such as en, de or pt.")
        self._agent = user_agent(contact)
        self._language, self._base_url, self._seconds = language, base_url, seconds
        self._wikis: dict[str, MediaWiki] = {}
        self._wiki = self._wiki_in("en" if language == BY_QUESTION else language)
        self._pages = Recent()
        self._probe = Probe(self._look, self._wiki.host)

    async def close(self) -> None:
        await self._probe.close()
        for wiki in self._wikis.values():
            await wiki.close()

    @property
    def leaves(self) -> str:
        if self._language == BY_QUESTION and "{language}" in self._base_url:
            host = self._base_url.partition("://")[2].replace("{language}", "*")
            return f"the words of each search go to Wikipedia in the question's language ({host})"
        return f"the words of each search go to {self._wiki.host}"

    async def readiness(self) -> Readiness:
        return await self._probe.readiness()

    async def search(self, query: str, *, limit: int) -> list[Passage]:
        spoken = language_of(QUESTION.get() or query, sure=0.8) if self._language == BY_QUESTION else self._language
        wiki = self._wiki_in(spoken)
        titles = await _titles(wiki, query)
        pages: list[Document] = []
        failure: SourceError | None = None
        for title in titles:
            try:
                page = await self._page(wiki, title)
            except SourceError as error:
                failure = error
                break
            if page is not None:
                pages.append(page)
        if failure is not None and not pages:
            raise failure
        return await asyncio.to_thread(rank, pages, self.name, query, limit)

    async def neighbours(self, uri: str, offset: int, length: int, around: int = 600) -> Excerpt | None:
        """The passage at `offset` of an article found lately, with up to `around` characters on each side."""
        return self._pages.neighbours(uri, offset, length, around)

    async def further(self, query: str, uris: Sequence[str], *, limit: int) -> list[Passage]:
        return await self._pages.further(self.name, query, uris, limit)

    async def around(self, passage: Passage, characters: int) -> tuple[str, str]:
        return self._pages.around(passage, characters)

    def _wiki_in(self, language: str) -> MediaWiki:
        base_url = self._base_url.replace("{language}", language)
        if base_url not in self._wikis:
            self._wikis[base_url] = MediaWiki(base_url, user_agent=self._agent, seconds=self._seconds)
        return self._wikis[base_url]

    async def _page(self, wiki: MediaWiki, title: str) -> Document | None:
        key = f"{wiki.host} {title}"
        if known := self._pages.get(key):
            return known
        page = await wiki.page(title)
        if page is None:
            return None
        document = await asyncio.to_thread(_document, page)
        self._pages.put(key, document)
        return document

    async def _look(self) -> Readiness:
        await self._wiki.probe(_PROBE_SECONDS)
        return Readiness(True, self._wiki.host)


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


async def _titles(wiki: MediaWiki, query: str) -> list[str]:
    # Only words and phrases: a question may contain what the wiki's search takes for an operator.
    words = [word for term in parse(query).terms if (word := _searchable(term.text))]
    if not words:
        return []
    titles = await wiki.search(_joined(words, " "), _PAGES)
    if not titles and len(words) > 1:
        titles = await wiki.search(_joined(words, " OR "), _PAGES)
    return titles


def _document(page: Page) -> Document:
    origin = Origin(
        version=f"revision {page.revision}" if page.revision else None,
        publisher=publisher_of(page.uri),
        retrieved_at=datetime.now(UTC),
    )
    return Document.of(page.uri, page.title, page.extract, stretches(page.extract), date=page.date, origin=origin)


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
