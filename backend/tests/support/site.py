"""A site of our own over a real socket: answers by path, in good order or as servers in trouble do."""

import asyncio
import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    parameters: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What is sent for it."""

    body: bytes | str = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    """Close the connection in the middle."""
    drip: float = 0.0
    """Seconds between two bytes."""
    endless: bool = False
    """Send the body again and again."""
    packed: bool = False
    """Send it packed."""


NOTHING = Answer("Nothing here.", status=404)
Route = Answer | Callable[[Asked], Answer]


class Site:
    """Serves `routes` (by path, or by host and path: "b.test/page") at a free port of `address`."""

    def __init__(self, routes: Mapping[str, Route] | None = None, *, address: str = "127.0.0.1") -> None:
        self.routes: dict[str, Route] = dict(routes or {})
        self.requests: list[Asked] = []
        self.sent = 0
        """Bytes of bodies."""
        self.address = address
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, self.address, 0)
        self.port = int(self._server.sockets[0].getsockname()[1])
        self.url = f"http://{self.address}:{self.port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in [*self._tasks]:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def paths(self) -> list[str]:
        return [asked.path for asked in self.requests]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            asked = await _read(reader)
            self.requests.append(asked)
            host = asked.headers.get("host", "").partition(":")[0]
            route = self.routes.get(f"{host}{asked.path}") or self.routes.get(asked.path) or NOTHING
            await self._send(route if isinstance(route, Answer) else route(asked), writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _send(self, answer: Answer, writer: asyncio.StreamWriter) -> None:
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        fields = {"content-type": answer.kind, **answer.headers, "connection": "close"}
        if answer.packed:
            body, fields["content-encoding"] = gzip.compress(body), "gzip"
        if not answer.endless:
            fields["content-length"] = str(len(body))
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
        writer.write(f"HTTP/1.1 {answer.status} X\r\n{lines}\r\n".encode())
        await writer.drain()
        while True:
            if answer.drip:
                for byte in body:
                    writer.write(bytes([byte]))
                    await writer.drain()
                    await asyncio.sleep(answer.drip)
            else:
                writer.write(body[: len(body) // 2] if answer.cut else body)
                await writer.drain()
            self.sent += len(body)
            if not answer.endless:
                return


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.strip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    parts = urlsplit(target)
    parameters = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return Asked(method, parts.path, parameters, headers, body)


def redirect(to: str, status: int = 302) -> Answer:
    return Answer(status=status, headers={"location": to})
