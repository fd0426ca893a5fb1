"""Searches of the web that an operator can name: SearXNG, Tavily, Brave. Each tells addresses of pages, and titles."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from sayso.research.fetching import Fetched, Fetcher
from sayso.research.source import SourceError

MOST = 4 * 1024 * 1024
"""Bytes of one answer."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page, as a search names it."""

    url: str
    title: str


@dataclass(frozen=True)
class Engine:
    """How a search is asked.

    Attributes:
        name: as people call it.
        url: of its API.
        within: the fields that lead to the list of results.
        query, count: what it calls the words that are searched for, and how many pages it is to name.
        fixed: what else it is told.
        headers: with its key; never shown.
        posts: whether it wants JSON in a body.
    """

    name: str
    url: str
    within: tuple[str, ...]
    query: str
    count: str | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    posts: bool = False

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc.rpartition("@")[2]

    async def ask(self, fetcher: Fetcher, query: str, most: int) -> Fetched:
        """Its answer, unread.

        Raises:
            SourceError: there is none, or it is no good.
        """
        told: dict[str, Any] = {self.query: query, **self.fixed, **({self.count: most} if self.count else {})}
        headers = {"accept": "application/json", **self.headers}
        if self.posts:
            body = json.dumps(told).encode()
            headers["content-type"] = "application/json"
            answer = await fetcher.get(self.url, most=MOST, headers=headers, method="POST", body=body)
        else:
            parameters = {name: str(value) for name, value in told.items()}
            answer = await fetcher.get(self.url, most=MOST, headers=headers, parameters=parameters)
        if answer.status in (401, 402, 403):
            raise SourceError(
                f"{self.name} ({self.host}) refuses to search; check its key and its plan, or its formats."
            )
        if answer.status != 200:
            raise SourceError(f"{self.name} ({self.host}) answered with status {answer.status}; try again later.")
        self.read(answer)
        return answer

    def read(self, answer: Fetched) -> list[Found]:
        """The pages that an answer names, best first, each once.

        Raises:
            SourceError: it is not what this search says.
        """
        try:
            told = json.loads(answer.body)
            for name in self.within:
                told = told.get(name, {} if name != self.within[-1] else [])
            results = [each for each in told if isinstance(each, dict)]
        except (ValueError, RecursionError, AttributeError, TypeError):
            raise SourceError(f"{self.name} ({self.host}) did not answer as it should; check its address.") from None
        found: dict[str, Found] = {}
        for each in results:
            url, title = each.get("url"), each.get("title")
            if isinstance(url, str) and url.startswith(("http://", "https://")):
                url = _storable(url).partition("#")[0]
                found.setdefault(url, Found(url, " ".join(_storable(title).split()) if isinstance(title, str) else ""))
        return list(found.values())


def _storable(text: str) -> str:
    return text.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")


def searxng(base_url: str) -> Engine:
    """A SearXNG of one's own, whose settings have `json` among `search.formats`."""
    return Engine("SearXNG", f"{base_url}/search", ("results",), "q", fixed={"format": "json"})


def tavily(key: str, base_url: str = "https://api.tavily.com") -> Engine:
    headers = {"authorization": f"Bearer {key}"}
    return Engine("Tavily", f"{base_url}/search", ("results",), "query", "max_results", headers=headers, posts=True)


def brave(key: str, base_url: str = "https://api.search.brave.com") -> Engine:
    headers = {"x-subscription-token": key}
    return Engine("Brave", f"{base_url}/res/v1/web/search", ("web", "results"), "q", "count", headers=headers)
