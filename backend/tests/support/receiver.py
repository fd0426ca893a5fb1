"""An HTTP server that webhooks come to, and that can be as unpleasant as servers are."""

import asyncio
import contextlib
import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any


@dataclass(frozen=True)
class Received:
    """One request, as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers.get("webhook-id", "")

    @property
    def json(self) -> dict[str, Any]:
        parsed: dict[str, Any] = json.loads(self.body)
        return parsed


@dataclass(frozen=True)
class Reply:
    """How to answer.

    Attributes:
        hang: never; the sender has to lose patience.
        drip: a header line now and then, for ever.
        raw: these bytes instead of HTTP.
    """

    status: int = 204
    headers: tuple[str, ...] = ()
    delay: float = 0.0
    hang: bool = False
    drip: bool = False
    raw: bytes | None = None


OK = Reply()


class Receiver:
    """`async with Receiver() as receiver`: listens on loopback. `receiver.reply` is a reply, or makes one."""

    def __init__(self, *, port: int = 0, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self.got: list[Received] = []
        self.reply: Reply | Callable[[Received], Reply] = OK
        self.port = port
        self._host = host
        self._tls = tls
        self._server: asyncio.Server | None = None
        self._changed = asyncio.Condition()
        self._talks: set[asyncio.Task[None]] = set()
        self._writers: list[asyncio.StreamWriter] = []

    async def __aenter__(self) -> "Receiver":
        self._server = await asyncio.start_server(self._spawn, self._host, self.port, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server
        self._server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        # Also those of a talk that had not begun, or whose end is on its way: the loop may have no other turn for it.
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.sleep(0)

    @property
    def url(self) -> str:
        return f"http{'s' if self._tls else ''}://{self._host}:{self.port}/hook"

    @property
    def ids(self) -> list[str]:
        """Of what came, in its order, as often as it came."""
        return [each.id for each in self.got]

    async def until(self, enough: Callable[["Receiver"], bool], seconds: float = 30.0) -> None:
        """Wait until what came is enough."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: enough(self))

    def types(self) -> list[str]:
        """Types of what came, each message once, in the order of what happened."""
        once = {each.id: each.json for each in self.got}
        return [each["type"] for each in sorted(once.values(), key=lambda each: each["timestamp"])]

    def _spawn(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        talk = asyncio.get_running_loop().create_task(self._talk(reader, writer))
        self._talks.add(talk)
        talk.add_done_callback(self._talks.discard)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                received = await self._read(reader)
                async with self._changed:
                    self.got.append(received)
                    self._changed.notify_all()
                await self._answer(writer, self.reply(received) if callable(self.reply) else self.reply)
        finally:
            writer.close()

    @staticmethod
    async def _read(reader: asyncio.StreamReader) -> Received:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        return Received(head[0].split(" ")[1], headers, body)

    @staticmethod
    async def _answer(writer: asyncio.StreamWriter, reply: Reply) -> None:
        if reply.hang:
            await asyncio.Event().wait()
        await asyncio.sleep(reply.delay)
        if reply.raw is not None:
            writer.write(reply.raw)
        elif reply.drip:
            writer.write(b"HTTP/1.1 200 OK\r\n")
            for n in range(10_000):
                writer.write(f"x-{n}: drop\r\n".encode())
                await writer.drain()
                await asyncio.sleep(0.05)
        else:
            lines = [f"HTTP/1.1 {reply.status} As It Is", *reply.headers, "content-length: 0", "connection: close"]
            writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        await writer.drain()
