"""A server that takes calls and never replies, as a model that writes for minutes."""

import asyncio
import contextlib
from types import TracebackType


class SilentServer:
    """`async with SilentServer() as server`: it notes when somebody has called, and when they have hung up."""

    def __init__(self) -> None:
        self.called = asyncio.Event()
        self.hung_up = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._calls: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "SilentServer":
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server
        self._server.close()
        await asyncio.gather(*self._calls)

    @property
    def url(self) -> str:
        assert self._server
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/"

    def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._calls.append(asyncio.create_task(self._listen(reader, writer)))

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        self.called.set()
        with contextlib.suppress(ConnectionError):
            assert await reader.read() == b""
        self.hung_up.set()
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
