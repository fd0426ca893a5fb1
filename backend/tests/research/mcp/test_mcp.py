"""Tools of MCP servers as sources: a real server over HTTP and over the pipes of a process, and servers in trouble."""

import asyncio
import contextlib
import json
import re
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from sayso.research.mcp.result import as_text
from sayso.research.mcp.server import McpServer
from sayso.research.mcp.source import McpTool
from sayso.research.source import SourceError
from support import mcp_server
from support.mcp_server import TICKET
from support.site import Answer, Site, redirect

COMMAND = f"{sys.executable} {Path(mcp_server.__file__)}"
QUERY = "How long does a crate lock last?"
Open = Callable[..., McpTool]


@pytest.fixture
async def url() -> AsyncIterator[str]:
    """Of a real server over HTTP."""
    async with mcp_server.over_http() as url:
        yield url


@pytest.fixture
async def open_tool() -> AsyncIterator[Open]:
    opened: list[McpTool] = []

    def open_one(named: str, **given: Any) -> McpTool:
        tool = McpTool(McpServer.parse(named), agent="Sayso/test", **given)
        opened.append(tool)
        return tool

    yield open_one
    for tool in opened:
        await tool.close()


async def test_an_answer_over_http_is_quoted_with_tool_arguments_and_time(open_tool: Open, url: str) -> None:
    source = open_tool(f"tickets={url}")
    readiness = await source.readiness()
    assert (readiness.ready, source.name, source.title) == (True, "tickets", "tickets (MCP)")
    passages = await source.search(QUERY, limit=5)
    best = next(each for each in passages if TICKET in each.text)
    assert (best.kind, best.title) == ("tickets", "tickets: search")
    assert best.place.heading is not None
    said = re.escape(f"search(query: {QUERY}), ") + r"\d+ [A-Z][a-z]{2} \d{4} \d\d:\d\d UTC"
    assert re.fullmatch(said, best.place.heading)
    assert best.uri.startswith("mcp:tickets/search?query=How+long")
    assert best.origin.publisher == "127.0.0.1"
    assert best.origin.retrieved_at is not None
    _, after = await source.around(best, 200)
    assert "objected" in best.text + after
    assert url.split("/")[2] in source.leaves


async def test_an_answer_over_pipes_and_the_process_ends(open_tool: Open) -> None:
    source = open_tool(f"tickets={COMMAND}#search")
    passages = await source.search(QUERY, limit=5)
    assert any(TICKET in each.text for each in passages)
    assert "a process of its own" in source.leaves
    assert not [each for each in psutil.Process().children(recursive=True) if "mcp_server.py" in " ".join(cmd(each))]


def cmd(process: psutil.Process) -> list[str]:
    with contextlib.suppress(psutil.Error):
        return process.cmdline()
    return []


async def test_structured_results_are_rows_and_fields(open_tool: Open, url: str) -> None:
    rows = await open_tool(f"tickets={url}#rows").search("crate locks days open", limit=5)
    assert any("4711 | Crate locks are slow | 12" in each.text for each in rows)
    record = await open_tool(f"tickets={url}#record").search(QUERY, limit=5)
    text = "\n".join(each.text for each in record)
    assert TICKET in text
    assert "owner: Grace" in text
    resource = await open_tool(f"tickets={url}#resource").search(QUERY, limit=5)
    assert TICKET in "\n".join(each.text for each in resource)


async def test_a_text_in_it_is_text(open_tool: Open, url: str) -> None:
    passages = await open_tool(f"tickets={url}#hostile").search(QUERY, limit=5)
    assert all("<script" not in each.text for each in passages)
    assert any(TICKET in each.text for each in passages)


@pytest.mark.parametrize(
    ("tool", "why"),
    [
        ("fails", "the tool fails failed .*on fire"),
        ("nowhere", "name a tool in SAYSO_MCP, as tickets=...#tool; it has search, rows,"),
        ("demanding", "does not take one text to search for; it asks for query, project"),
        ("endless", "sent more than 8 MB"),
    ],
)
async def test_a_tool_in_trouble_is_named(open_tool: Open, url: str, tool: str, why: str) -> None:
    with pytest.raises(SourceError, match=why):
        await open_tool(f"tickets={url}#{tool}").search(QUERY, limit=5)


async def test_an_empty_answer_is_none(open_tool: Open, url: str) -> None:
    assert await open_tool(f"tickets={url}#empty").search(QUERY, limit=5) == []


@pytest.mark.parametrize("remote", [True, False])
async def test_a_slow_tool_can_be_left(open_tool: Open, url: str, remote: bool) -> None:
    source = open_tool(f"tickets={url if remote else COMMAND}#slow")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(3):
            await source.search(QUERY, limit=5)
    assert not [each for each in psutil.Process().children(recursive=True) if "mcp_server.py" in " ".join(cmd(each))]


@pytest.mark.parametrize(
    "answer",
    [
        Answer("<html>Sign in</html>"),
        Answer("no", status=500),
        Answer("no", status=401),
        Answer(status=429, headers={"retry-after": "9"}),
        Answer('{"jsonrpc": "2.0", "id": 0, "resu', "application/json"),
        Answer('{"jsonrpc": "2.0"}' * 9, "application/json", cut=True),
        Answer(b"x" * 1_000_000, "application/json", endless=True),
        redirect("http://127.0.0.2/mcp"),
    ],
)
async def test_a_server_in_trouble_is_named(open_tool: Open, answer: Answer) -> None:
    async with Site({"/mcp": answer}) as site:
        source = open_tool(f"tickets={site.url}/mcp#search", seconds=5)
        with pytest.raises((SourceError, TimeoutError), match=r"tickets|^$"):
            async with asyncio.timeout(10):
                await source.search(QUERY, limit=5)
        readiness = await source.readiness()
        assert not readiness.ready
        assert {asked.headers["user-agent"] for asked in site.requests} == {"Sayso/test"}


async def test_what_is_not_there_is_named(open_tool: Open) -> None:
    for named in (
        "tickets=http://127.0.0.1:9/mcp",
        "tickets=/nowhere/at/all --x",
        f"tickets={sys.executable} -c 'exit(3)'",
    ):
        source = open_tool(named, seconds=10)
        with pytest.raises(SourceError, match="tickets"):
            async with asyncio.timeout(20):
                await source.search(QUERY, limit=5)


async def test_a_token_is_sent_and_never_shown(open_tool: Open) -> None:
    async with Site() as site:
        server = McpServer("tickets", f"{site.url}/mcp", "search", "very-secret")
        source = McpTool(server, agent="Sayso/test")
        with pytest.raises(SourceError) as failed:
            await source.search(QUERY, limit=5)
        await source.close()
    assert site.requests[0].headers["authorization"] == "Bearer very-secret"
    assert "very-secret" not in f"{failed.value} {server!r} {source.leaves}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tickets=https://example.org/mcp#search", ("tickets", "https://example.org/mcp", "search")),
        ("a-b=npx -y some-server --flag", ("a-b", "npx -y some-server --flag", None)),
        (" t=http://h/mcp # do.it ", ("t", "http://h/mcp", "do.it")),
    ],
)
def test_how_servers_are_named(text: str, expected: tuple[str, str, str | None]) -> None:
    server = McpServer.parse(text)
    assert (server.name, server.address, server.tool) == expected


@pytest.mark.parametrize(
    "text", ["", "x", "=http://a", "A=http://a", "t=", "t=#x", "t=http://", "t='open", "t=http://[x/"]
)
def test_what_names_no_server(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        McpServer.parse(text)


def test_fields_become_text() -> None:
    assert as_text(["plain words"], None) == "plain words"
    assert as_text(['{"a": 1}'], {"a": 1}) == "a: 1"
    assert (
        as_text(['[{"a": 1, "b": "x|y"}, {"b": null}]'], None) == "| a | b |\n| --- | --- |\n| 1 | x\\|y |\n|  | null |"
    )
    assert as_text([], {"result": ["one", "two"]}) == "- one\n- two"
    assert as_text(["{broken", "\ud800\0x"], None) == "{broken\n\nx"
    deep: Any = "end"
    for _ in range(300):
        deep = {"a": [deep]}
    assert "end" in as_text([json.dumps(deep)], None)
