"""One call of a tool of an MCP server, over HTTP or the pipes of a process, each in a session of its own.

Everything of the package `mcp` is in here; it comes with the extra of that name.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx2
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, EmbeddedResource, Implementation, TextContent, TextResourceContents, Tool

from sayso import __version__
from sayso.research.mcp.server import McpServer
from sayso.research.source import SourceError

MOST = 8_000_000
"""Bytes of one answer over HTTP, and of one message."""
_ASKS = ("query", "q", "question", "search", "search_query", "text", "keywords", "term", "terms", "input", "prompt")
"""What tools call the words that they search for, the plainest first."""


class TooMuch(Exception):
    """An answer is longer than it may be."""


async def call(server: McpServer, query: str, agent: str) -> tuple[str, dict[str, Any], list[str], Any]:
    """Ask the server's tool.

    Returns:
        the tool's name, the arguments it was called with, the texts of its result, and its fields or None.

    Raises:
        SourceError: it cannot be asked, or says that it failed.
    """
    async with _session(server, agent) as client:
        tool = _chosen(server, await _tools(client))
        arguments = {_argument(server, tool): query}
        result = await client.call_tool(tool.name, arguments)
    if not isinstance(result, CallToolResult):
        raise SourceError(f"{server.name}: the tool {tool.name} asks for more than words to search for.")
    texts = _texts(result)
    if result.is_error:
        told = " ".join(" ".join(texts).split())[:200]
        raise SourceError(f"{server.name}: the tool {tool.name} failed{f' ({told})' if told else ''}.")
    return tool.name, arguments, texts, result.structured_content


async def look(server: McpServer, agent: str) -> str:
    """The name of the tool that will be asked.

    Raises:
        SourceError: there is none, or the server cannot be asked.
    """
    async with _session(server, agent) as client:
        tool = _chosen(server, await _tools(client))
        _argument(server, tool)
        return tool.name


@asynccontextmanager
async def _session(server: McpServer, agent: str) -> AsyncIterator[Client]:
    failure: BaseException | None = None
    try:
        async with AsyncExitStack() as stack:
            transport: Any
            if server.is_remote:
                headers = {"user-agent": agent}
                if server.token:
                    headers["authorization"] = f"Bearer {server.token}"
                http = httpx2.AsyncClient(headers=headers, timeout=None, transport=_Bounded(), trust_env=True)
                transport = streamable_http_client(server.address, http_client=await stack.enter_async_context(http))
            else:
                program, *arguments = server.command
                transport = StdioServerParameters(command=program, args=arguments)
            own = Implementation(name="sayso", version=__version__)
            yield await stack.enter_async_context(Client(transport, client_info=own))
    except (SourceError, asyncio.CancelledError):
        raise
    except Exception as error:  # of a protocol, a network and a process of somebody else's
        failure = error
    if failure is not None:
        raise _failed(server, failure)


def _failed(server: McpServer, error: BaseException) -> SourceError:
    inner = list(_leaves(error))
    for each in inner:
        if isinstance(each, SourceError):
            return each
        if isinstance(each, TooMuch):
            return SourceError(f"{server.name} ({server.host}) sent more than {MOST / 1_000_000:g} MB.")
    for each in inner:
        if isinstance(each, httpx2.HTTPStatusError):
            return SourceError(f"{server.name} ({server.host}) answered with status {each.response.status_code}.")
        if isinstance(each, MCPError):
            return SourceError(f"{server.name} ({server.host}) refused: {' '.join(str(each).split())[:200]}.")
    kind = type(inner[0]).__name__
    return SourceError(f"{server.name} ({server.host}) cannot be asked ({kind}).")


def _leaves(error: BaseException) -> list[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        return [leaf for each in error.exceptions for leaf in _leaves(each)]
    return [error]


async def _tools(client: Client) -> list[Tool]:
    tools: list[Tool] = []
    cursor = None
    for _ in range(20):
        page = await client.list_tools(cursor=cursor)
        tools += page.tools
        if not (cursor := page.next_cursor):
            break
    return tools


def _chosen(server: McpServer, tools: list[Tool]) -> Tool:
    names = [tool.name for tool in tools]
    if server.tool is not None:
        found = next((tool for tool in tools if tool.name == server.tool), None)
    elif len(tools) == 1:
        found = tools[0]
    else:
        found = next((tool for tool in tools if tool.name == "search"), None)
    if found is None:
        there = ", ".join(names)[:200] or "none"
        raise SourceError(f"{server.name}: name a tool in SAYSO_MCP, as {server.name}=...#tool; it has {there}.")
    return found


def _argument(server: McpServer, tool: Tool) -> str:
    """What the tool calls the words that it searches for."""
    schema = tool.input_schema if isinstance(tool.input_schema, dict) else {}
    properties = schema.get("properties")
    required = [name for name in schema.get("required") or [] if isinstance(name, str)]
    fields = properties if isinstance(properties, dict) else {}
    texts = [name for name, each in fields.items() if isinstance(each, dict) and each.get("type", "string") == "string"]
    named = next((name for name in _ASKS if name in texts), None)
    chosen = named or next(
        iter([name for name in required if name in texts] or (texts if len(texts) == 1 else [])), None
    )
    if chosen is None or set(required) - {chosen}:
        asks = ", ".join(required or fields)[:200] or "nothing"
        raise SourceError(
            f"{server.name}: the tool {tool.name} does not take one text to search for; it asks for {asks}."
        )
    return chosen


def _texts(result: CallToolResult) -> list[str]:
    texts = []
    for each in result.content:
        if isinstance(each, TextContent):
            texts.append(each.text)
        elif isinstance(each, EmbeddedResource) and isinstance(each.resource, TextResourceContents):
            texts.append(each.resource.text)
    return texts


class _Bounded(httpx2.AsyncHTTPTransport):
    """Ends answers that are too long."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        response = await super().handle_async_request(request)
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Counted(response.stream)
        return response


class _Counted(httpx2.AsyncByteStream):
    def __init__(self, inner: httpx2.AsyncByteStream) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = MOST
        async for piece in self._inner:
            left -= len(piece)
            if left < 0:
                raise TooMuch
            yield piece

    async def aclose(self) -> None:
        await self._inner.aclose()
