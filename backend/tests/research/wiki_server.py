"""A local server that speaks as much of the MediaWiki API as the `wikipedia` source uses, over a real socket.

Search is an AND over words, as CirrusSearch does it, with `a OR b` and `"phrases"`; extracts are served one page a
request. `misbehave` makes it answer as servers in trouble do.
"""

import asyncio
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit


@dataclass
class Request:
    path: str
    parameters: dict[str, str]
    headers: dict[str, str]


@dataclass
class Trouble:
    """An answer in place of the proper one."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = "{}"
    hang: bool = False
    cut: bool = False
    """Close the connection in the middle of the answer."""


class WikiServer:
    """Serves `pages`, title to wiki extract, on 127.0.0.1 at a free port."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        self.pages = dict(pages)
        self.revised: dict[str, str] = {}
        """Title to the time stamp of its latest revision."""
        self.requests: list[Request] = []
        self.trouble: Trouble | None = None
        self.trouble_on = ""
        """Only requests with this parameter are in trouble; all if empty."""
        self.at_once = 0
        """Most requests that were being answered at the same time."""
        self._open = 0
        self.asked = asyncio.Event()
        """Set by the first request."""
        self._stopping = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stopping.set()
        self._server.close()
        await self._server.wait_closed()

    def misbehave(self, trouble: Trouble | None, on: str = "") -> None:
        self.trouble, self.trouble_on = trouble, on

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.strip().split("\r\n")
            target = urlsplit(first.split(" ")[1])
            parameters = {name: values[0] for name, values in parse_qs(target.query).items()}
            headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
            request = Request(target.path, parameters, headers)
            self.requests.append(request)
            self.asked.set()
            self._open += 1
            self.at_once = max(self.at_once, self._open)
            await asyncio.sleep(0)  # so that requests sent side by side would meet
            await self._answer(request, writer)
            self._open -= 1
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, request: Request, writer: asyncio.StreamWriter) -> None:
        trouble = self.trouble if not self.trouble_on or self.trouble_on in request.parameters else None
        if trouble is None:
            trouble = Trouble(body=json.dumps(self._query(request.parameters)))
        if trouble.hang:
            await self._stopping.wait()
            return
        body = trouble.body.encode()
        fields = {"content-type": "application/json", **trouble.headers, "connection": "close"}
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        writer.write(f"HTTP/1.1 {trouble.status} X\r\n{lines}content-length: {len(body)}\r\n\r\n".encode())
        writer.write(body[: len(body) // 2] if trouble.cut else body)
        await writer.drain()

    def _query(self, parameters: Mapping[str, str]) -> dict[str, Any]:
        assert parameters["action"] == "query"
        assert (parameters["format"], parameters["formatversion"]) == ("json", "2")
        if parameters.get("meta") == "siteinfo":
            return {"batchcomplete": True, "query": {"general": {"sitename": "Test wiki"}}}
        if parameters.get("list") == "search":
            titles = self._search(parameters["srsearch"])[: int(parameters["srlimit"])]
            return {"query": {"search": [{"ns": 0, "title": title, "pageid": n} for n, title in enumerate(titles, 1)]}}
        if parameters.get("prop") == "extracts|revisions":
            assert parameters["rvprop"] == "ids|timestamp"
            assert parameters["explaintext"] == "1"
            assert parameters["exsectionformat"] == "wiki"
            title = parameters["titles"]
            if title not in self.pages:
                return {"query": {"pages": [{"ns": 0, "title": title, "missing": True}]}}
            page = {"pageid": 1, "ns": 0, "title": title, "extract": self.pages[title]}
            if title in self.revised:
                page["revisions"] = [{"revid": 1290381, "parentid": 1, "timestamp": self.revised[title]}]
            return {"query": {"pages": [page]}}
        return {"error": {"code": "badvalue", "info": "Unrecognized parameters."}}

    def _search(self, query: str) -> list[str]:
        assert len(query) <= 300, "CirrusSearch refuses longer queries"
        wanted = [words.lower() for words in re.findall(r'"[^"]+"|[^\s"]+', query) if words != "OR"]
        match = any if " OR " in query else all
        return [
            title
            for title, text in self.pages.items()
            if match(word.strip('"') in f"{title} {text}".lower() for word in wanted)
        ]
