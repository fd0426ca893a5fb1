"""A web of our own: names that lead where the test says, and pages that are served on 127.0.0.2."""

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from sayso.addresses import Addresses
from sayso.research.fetching import user_agent
from sayso.research.web.engines import Engine, searxng
from sayso.research.web.source import Web
from support.site import Site

PAGES = "127.0.0.2"
"""Where pages are served; 127.0.0.1 is what must not be reached."""
ALLOWED = Addresses([ipaddress.ip_network(PAGES)], setting="SAYSO_WEB_NETWORKS")
AGENT = user_agent("ada@example.test")

Names = dict[str, list[str]]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """What names resolve to, an answer a look-up; the last one stays."""
    known: Names = {}

    async def resolved(self: Any, host: str, port: int, **rest: Any) -> list[Any]:
        if host in known:
            answers = known[host]
            address = answers.pop(0) if len(answers) > 1 else answers[0]
        else:
            ipaddress.ip_address(host)
            address = host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", resolved)
    return known


@pytest.fixture
async def site(names: Names) -> AsyncIterator[Site]:
    async with Site(address=PAGES) as site:
        for name in ("a", "b", "c"):
            names[f"{name}.test"] = [PAGES]
        yield site


@pytest.fixture
async def secret() -> AsyncIterator[Site]:
    """What is on this machine, and must not be read."""
    async with Site() as site:
        yield site


@pytest.fixture
async def search(names: Names) -> AsyncIterator[Site]:
    """The search that the operator named."""
    async with Site() as site:
        yield site


@pytest.fixture
async def open_web(search: Site, tmp_path: Path) -> AsyncIterator[Callable[..., Web]]:
    opened: list[Web] = []

    def open_one(engine: Engine | None = None, **given: Any) -> Web:
        web = Web(
            engine or searxng(search.url),
            tmp_path / "cache",
            agent=AGENT,
            addresses=ALLOWED,
            **{"seconds": 10, **given},
        )
        opened.append(web)
        return web

    yield open_one
    for web in opened:
        await web.close()
