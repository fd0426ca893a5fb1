"""Tools of MCP servers as sources: an answer is quoted, and its place is the tool, its arguments and the time."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlencode

from sayso.protocol.evidence import Origin
from sayso.research.document import Document, Recent, rank
from sayso.research.fetching import Fetched
from sayso.research.formats import HEADING_SEPARATOR
from sayso.research.mcp.result import as_text
from sayso.research.mcp.server import McpServer
from sayso.research.page_reader import PageReader
from sayso.research.probe import Probe
from sayso.research.publisher import publisher_of
from sayso.research.source import Bounds, Passage, Readiness, SourceError

MISSING = "needs: pip install 'sayso[mcp]'"
SECONDS = 30.0
"""That one search may take, the start of a process included."""
_LOOK_EVERY = 300.0
"""Seconds."""


class McpTool:
    """One tool of one server.

    Args:
        server: where it is.
        agent: the User-Agent.
        seconds: that one search may take.
    """

    def __init__(self, server: McpServer, *, agent: str, seconds: float = SECONDS) -> None:
        self.name = server.name
        self.title = f"{server.name} (MCP)"
        self.bounds = Bounds(seconds=seconds, queries=6, at_once=2)
        self._server = server
        self._agent = agent
        self._seconds = seconds
        self._reader = PageReader()
        self._recent = Recent()
        self._probe = Probe(self._look, server.host, age=_LOOK_EVERY)

    async def close(self) -> None:
        await self._probe.close()
        await self._reader.close()

    @property
    def leaves(self) -> str:
        where = self._server.host if self._server.is_remote else f"a process of its own ({self._server.host})"
        return f"the words of each search go to the MCP server {self.name}, {where}"

    async def readiness(self) -> Readiness:
        return await self._probe.readiness()

    async def search(self, query: str, *, limit: int) -> list[Passage]:
        if find_spec("mcp") is None:
            raise SourceError(f"{self.title} {MISSING}.")
        from sayso.research.mcp.session import call

        tool, arguments, texts, structured = await call(self._server, query, self._agent)
        told, at = as_text(texts, structured), datetime.now(UTC)
        if not told:
            return []
        uri = f"mcp:{self.name}/{tool}?{urlencode({**arguments, 'at': at.strftime('%Y%m%dT%H%M%SZ')})}"
        publisher = publisher_of(self._server.address) if self._server.is_remote else None
        origin = Origin(publisher=publisher or self.name, retrieved_at=at)
        answer = Fetched(uri, 200, "text/markdown", None, told.encode(), at)
        try:
            document = await self._reader.read(
                answer, uri=uri, title=f"{self.name}: {tool}", fixed_title=True, origin=origin
            )
        except SourceError:
            return []  # an answer without anything to quote
        self._recent.put(uri, document)
        return await asyncio.to_thread(_placed, document, self.name, query, limit, _called(tool, arguments, at))

    async def further(self, query: str, uris: Sequence[str], *, limit: int) -> list[Passage]:
        return await self._recent.further(self.name, query, uris, limit)

    async def around(self, passage: Passage, characters: int) -> tuple[str, str]:
        return self._recent.around(passage, characters)

    async def _look(self) -> Readiness:
        if find_spec("mcp") is None:
            return Readiness(False, MISSING)
        from sayso.research.mcp.session import look

        try:
            async with asyncio.timeout(self._seconds):
                return Readiness(True, f"{await look(self._server, self._agent)} of {self._server.host}")
        except TimeoutError:
            raise SourceError(f"{self._server.host} did not answer within {self._seconds:g} s.") from None


def _placed(document: Document, kind: str, query: str, limit: int, call: str) -> list[Passage]:
    found = rank([document], kind, query, limit)
    return [
        passage.model_copy(
            update={
                "place": passage.place.model_copy(
                    update={"heading": HEADING_SEPARATOR.join(filter(None, [call, passage.place.heading]))}
                )
            }
        )
        for passage in found
    ]


def _called(tool: str, arguments: Mapping[str, Any], at: datetime) -> str:
    """ "search(query: locks), 26 Nov 2026 14:40 UTC": what a quote is from."""
    told = ", ".join(f"{name}: {value}" for name, value in arguments.items())
    return f"{tool}({told}), {at.day} {at:%b %Y %H:%M} UTC"
