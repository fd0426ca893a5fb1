"""The `arxiv` source: papers that arXiv's API finds, their abstracts and the full text of the best."""

import asyncio
import logging
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from sayso.protocol.evidence import Origin
from sayso.research.arxiv.atom import Paper, papers
from sayso.research.cache import DAY, DiskCache
from sayso.research.document import Document, Recent, rank
from sayso.research.fetching import Fetched, Fetcher
from sayso.research.page_reader import PageReader
from sayso.research.passages import Stretch
from sayso.research.query import parse
from sayso.research.source import Bounds, Passage, Readiness, SourceError

logger = logging.getLogger(__name__)

ADDRESS = "https://export.arxiv.org"
"""Where arXiv wants programs to ask."""
PAUSE = 3.0
"""Seconds that arXiv wants between two requests."""
MOST_FEED, MOST_PAPER = 4_000_000, 25_000_000
"""Bytes."""
_PAPERS, _READ = 8, 2
"""Papers that one search finds, and the best of them whose full text is read."""
_TERMS = 8
"""Words that are searched for: with more of them together nothing is found."""
_A_VERSION = timedelta(days=90)
"""A version of a paper never changes."""


class Arxiv:
    """Papers on arXiv.

    Args:
        cache: folder for what was fetched.
        agent: the User-Agent.
        base_url: scheme and host of the API and of the papers.
        pause: seconds between two requests.
        seconds: that one request may take, waiting for its turn included.
    """

    name = "arxiv"
    title = "arXiv"
    bounds = Bounds(seconds=60.0, queries=4, at_once=1)

    def __init__(
        self, cache: Path, *, agent: str, base_url: str = ADDRESS, pause: float = PAUSE, seconds: float = 25.0
    ) -> None:
        self._base = base_url.rstrip("/")
        self._cache = DiskCache(cache)
        self._fetcher = Fetcher(agent, seconds=seconds, pause=pause)
        self._reader = PageReader()
        self._recent = Recent()

    async def close(self) -> None:
        await self._reader.close()

    @property
    def host(self) -> str:
        return urlsplit(self._base).netloc

    @property
    def leaves(self) -> str:
        return f"the words of each search go to arXiv ({self.host}), and papers are fetched from there"

    async def readiness(self) -> Readiness:
        # Not asked for: it would cost a search its turn.
        return Readiness(True, self.host)

    async def search(self, query: str, *, limit: int) -> list[Passage]:
        found, retrieved_at = await self._found(query)
        documents = [self._abstract(paper, retrieved_at) for paper in found if paper.abstract]
        for paper in found[:_READ]:
            try:
                documents.append(await self._paper(paper))
            except SourceError as error:
                # Its abstract is there.
                logger.info("arxiv: not read: %s", error)
        return await asyncio.to_thread(rank, documents, self.name, query, limit)

    async def further(self, query: str, uris: Sequence[str], *, limit: int) -> list[Passage]:
        return await self._recent.further(self.name, query, uris, limit)

    async def around(self, passage: Passage, characters: int) -> tuple[str, str]:
        return self._recent.around(passage, characters)

    async def _found(self, query: str) -> tuple[list[Paper], datetime | None]:
        terms = [word for term in parse(query).terms[:_TERMS] if (word := _searchable(term.text))]
        retrieved_at = None
        for joint in dict.fromkeys([" AND ", " OR "] if len(terms) > 1 else [" AND "] if terms else []):
            answer = await self._feed(joint.join(terms))
            retrieved_at = answer.retrieved_at
            if found := papers(answer.body):
                return found, retrieved_at
        return [], retrieved_at

    async def _feed(self, searched: str) -> Fetched:
        if kept := await self._cache.get(searched, DAY):
            return kept
        parameters = {"search_query": searched, "start": "0", "max_results": str(_PAPERS), "sortBy": "relevance"}
        answer = await self._fetcher.get(f"{self._base}/api/query", most=MOST_FEED, parameters=parameters)
        if answer.status not in (200, 400):  # with which it tells of errors, in a feed
            raise SourceError(f"arXiv answered with status {answer.status}; try again later.")
        papers(answer.body)
        await self._cache.put(searched, answer)
        return answer

    def _abstract(self, paper: Paper, retrieved_at: datetime | None) -> Document:
        uri = f"https://arxiv.org/abs/{paper.name}"
        if known := self._recent.get(uri):
            return known
        whole = [Stretch(0, len(paper.abstract), "Abstract")]
        origin = _origin(paper, retrieved_at)
        document = Document.of(uri, paper.title, paper.abstract, whole, date=paper.date, origin=origin)
        self._recent.put(uri, document)
        return document

    async def _paper(self, paper: Paper) -> Document:
        uri = f"https://arxiv.org/pdf/{paper.name}"
        if known := self._recent.get(uri):
            return known
        fetched = await self._cache.get(uri, _A_VERSION if paper.version else DAY)
        if fetched is None:
            fetched = await self._fetcher.get(f"{self._base}/pdf/{paper.name}", most=MOST_PAPER)
            if fetched.status != 200:
                raise SourceError(f"arXiv answered with status {fetched.status} for {paper.name}.")
            if fetched.kind != "application/pdf":
                raise SourceError(f"arXiv gave no PDF for {paper.name}.")
            await self._cache.put(uri, fetched)
        origin = _origin(paper, fetched.retrieved_at)
        document = await self._reader.read(
            fetched, uri=uri, title=paper.title, fixed_title=True, date=paper.date, origin=origin
        )
        self._recent.put(uri, document)
        return document


def _origin(paper: Paper, retrieved_at: datetime | None) -> Origin:
    # No publisher: arXiv answers for none of its papers, their authors do.
    return Origin(authors=list(paper.authors), version=paper.version, retrieved_at=retrieved_at)


def _searchable(text: str) -> str:
    """A term as the API takes it; nothing in it can be an operator."""
    words = re.findall(r"\w+", text)
    return f'all:"{" ".join(words)}"' if len(words) > 1 else "".join(f"all:{word}" for word in words)
