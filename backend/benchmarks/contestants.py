"""Clients of the contestants: each drives one run from the connection to the final result."""

import asyncio
import json
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Protocol

import aiohttp
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.processes import Server

SAYSO = "Sayso"
LOOP = "loop in memory"
SERVER_SQLITE = "WorkflowServer, SQLite"
SERVER_MEMORY = "WorkflowServer, memory"
PATIENCE = 60
"""Seconds until a loop counts as lost."""


@dataclass
class Loop:
    """One run: seconds from the connection to the question, from the reply to the result, and events on the way."""

    asked: float
    answered: float
    events: int


class Contestant(Protocol):
    name: str
    server: Server

    async def run(self, question: str) -> Loop:
        """A whole loop on fresh connections."""
        ...


class SocketContestant:
    """Sayso and the seed's loop: the same frames on one websocket."""

    def __init__(self, name: str, server: Server, **start: str) -> None:
        self.name = name
        self.server = server
        self._start = start

    async def run(self, question: str) -> Loop:
        began = perf_counter()
        async with asyncio.timeout(PATIENCE), connect(self.server.socket, max_queue=None) as socket:
            await socket.send(json.dumps({"question": question, **self._start}))
            events = await until(socket, "input_required")
            asked = perf_counter()
            await socket.send('{"response": "yes"}')
            await until(socket, "final_result")
            answered = perf_counter()
        return Loop(asked - began, answered - asked, events)


async def until(socket: ClientConnection, kind: str) -> int:
    """Read up to the first frame of this type; how many frames that was."""
    count = 0
    while True:
        frame: dict[str, Any] = json.loads(await socket.recv())
        count += 1
        if frame["type"] == kind:
            return count
        if frame["type"] == "error":
            raise RuntimeError(f"the server said: {frame['payload']}")


class HttpContestant:
    """WorkflowServer: start by POST, events as a stream of JSON lines, the answer by POST."""

    def __init__(self, name: str, server: Server) -> None:
        self.name = name
        self.server = server

    async def run(self, question: str) -> Loop:
        url = self.server.url
        began = perf_counter()
        async with asyncio.timeout(PATIENCE), aiohttp.ClientSession(read_bufsize=2**20) as http:
            started = await post(http, f"{url}/workflows/trivial/run-nowait", {"start_event": {"question": question}})
            events = f"{url}/events/{started['handler_id']}"
            async with http.get(f"{events}?sse=false&after_sequence=-1") as stream:
                count = await lines_until(stream, "InputRequiredEvent")
                asked = perf_counter()
                answer = {"type": "HumanResponseEvent", "value": {"response": "yes"}}
                await post(http, events, {"event": answer})
                await lines_until(stream, "StopEvent")
                answered = perf_counter()
        return Loop(asked - began, answered - asked, count)


async def post(http: aiohttp.ClientSession, url: str, body: Any) -> Any:
    """The answer to a POST of JSON."""
    async with http.post(url, json=body) as response:
        response.raise_for_status()
        return await response.json()


async def lines_until(stream: aiohttp.ClientResponse, kind: str) -> int:
    """Read up to the first event of this type; how many events that was."""
    count = 0
    async for line in stream.content:
        count += 1
        if json.loads(line)["type"] == kind:
            return count
    raise RuntimeError(f"the stream ended before a {kind}")
