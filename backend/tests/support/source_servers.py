"""All that the sources ask, on loopback and by their real protocols: `python -m support.source_servers` prints where.

What it prints is one line of JSON: the fields of `SourceServers`. With `--arxiv-fails`, arXiv answers all with 503.
"""

import argparse
import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass

from mcp.server.mcpserver import MCPServer

from research.wiki_server import WikiServer
from support.mcp_server import over_http
from support.site import Answer, Site

TOLD = {
    "library": "In our own measurements of May a crate lock lasts for nine milliseconds on average.",
    "wikipedia": "The term crate lock was coined in 1978, and such a lock lasts for as long as a crate is open.",
    "arxiv": "We prove that a crate lock lasts for at most forty-one milliseconds under heavy load.",
    "web": "Vendors say that their crate lock lasts a lifetime, if nobody drops the crate.",
    "tickets": "Customers complain that the crate lock lasts for three hours since version 4.2.",
}
"""What a source of each kind says; that of the library is for whoever makes one."""
_FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2401.01234v2</id>
<updated>2024-05-17T17:59:59Z</updated><title>Crate locks</title><summary>{}</summary>
<author><name>Ada Lovelace</name></author></entry></feed>"""
_PAGE = '<title>Vendors {}</title><meta name="date" content="2019-05-04"><p>{}</p>'
_BUSY = Answer("Rate exceeded.", "text/plain", status=503)


@dataclass(frozen=True)
class SourceServers:
    """Addresses.

    Attributes:
        wikipedia: of a MediaWiki.
        arxiv: of its API; there is no PDF of the paper.
        searxng: of a search that names the same page on each of `sites`.
        sites: addresses of their hosts, which are private.
        mcp: of a server with the one tool `search`.
        told: what a source of each kind says.
    """

    wikipedia: str
    arxiv: str
    searxng: str
    sites: list[str]
    mcp: str
    told: dict[str, str]


@asynccontextmanager
async def source_servers(
    told: Mapping[str, str] = TOLD, *, copies: int = 1, arxiv_fails: bool = False
) -> AsyncIterator[SourceServers]:
    """Servers that tell what `told` says; the web on `copies` sites, with the same text on each."""
    tools = MCPServer("tickets")
    tools.tool(name="search")(lambda query: told["tickets"])
    async with AsyncExitStack() as stack:
        wiki = await stack.enter_async_context(WikiServer({"Crate lock": told["wikipedia"]}))
        wiki.revised["Crate lock"] = "2025-02-03T04:05:06Z"
        safe = told["arxiv"].replace("&", "&amp;").replace("<", "&lt;")
        paper = Answer(_FEED.format(safe), "application/atom+xml")
        arxiv = await stack.enter_async_context(Site({"/api/query": _BUSY if arxiv_fails else paper}))
        sites = [
            await stack.enter_async_context(
                Site({"/crates": Answer(_PAGE.format(n, told["web"]))}, address=f"127.0.0.{n + 2}")
            )
            for n in range(copies)
        ]
        results = {"results": [{"url": f"{site.url}/crates", "title": "Vendors"} for site in sites]}
        search = await stack.enter_async_context(Site({"/search": Answer(json.dumps(results), "application/json")}))
        mcp = await stack.enter_async_context(over_http(tools))
        yield SourceServers(wiki.url, arxiv.url, search.url, [site.address for site in sites], mcp, dict(told))


async def _main(*, arxiv_fails: bool) -> None:
    async with source_servers(arxiv_fails=arxiv_fails) as servers:
        print(json.dumps(asdict(servers)), flush=True)  # noqa: T201 - whoever started it reads this
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="What the sources of Sayso ask, on loopback.")
    parser.add_argument("--arxiv-fails", action="store_true", help="arXiv answers all with 503")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_main(arxiv_fails=parser.parse_args().arxiv_fails))
