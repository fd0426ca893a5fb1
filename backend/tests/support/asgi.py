"""A websocket to an application in this process, as an ASGI server would bring it."""

import asyncio
import json
from types import TracebackType
from typing import Any

from starlette.types import ASGIApp, Message

from support.server import Frame


class AsgiSocket:
    """`async with AsgiSocket(app) as socket`; `refused` has the HTTP answer of a handshake that was turned away.

    Args:
        denials: the server can answer a handshake with an HTTP error of the application's.

    Attributes:
        gone: set it, and everything that is sent fails, as to a client that has vanished.
    """

    def __init__(self, app: ASGIApp, headers: dict[str, str] | None = None, *, denials: bool = True) -> None:
        self.refused: tuple[int, bytes] | None = None
        self.close_code: int | None = None
        self.gone = False
        self.served: asyncio.Task[None] | None = None
        self._app = app
        self._inward: asyncio.Queue[Message] = asyncio.Queue()
        self._outward: asyncio.Queue[Message] = asyncio.Queue()
        self._scope = {
            "type": "websocket",
            "path": "/query",
            "raw_path": b"/query",
            "query_string": b"",
            "client": ("127.0.0.1", 50_000),
            "headers": [
                (name.encode(), value.encode()) for name, value in ({"host": "localhost"} | (headers or {})).items()
            ],
            "subprotocols": [],
            "extensions": {"websocket.http.response": {}} if denials else {},
            "state": {},
        }

    async def __aenter__(self) -> "AsgiSocket":
        self._inward.put_nowait({"type": "websocket.connect"})
        self.served = asyncio.create_task(self._serve())
        first = await self._next()
        if first["type"] == "websocket.http.response.start":
            self.refused = first["status"], (await self._next())["body"]
        elif first["type"] == "websocket.close":
            self.refused = 403, b""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._inward.put_nowait({"type": "websocket.disconnect", "code": 1001})
        async with asyncio.timeout(10):
            if self.served is not None:
                await self.served

    async def _serve(self) -> None:
        await self._app(self._scope, self._inward.get, self._send)

    async def _send(self, message: Message) -> None:
        if self.gone:
            raise RuntimeError("Unexpected ASGI message 'websocket.send', after sending 'websocket.close'.")
        self._outward.put_nowait(message)
        if message["type"] == "websocket.close":
            self._inward.put_nowait({"type": "websocket.disconnect", "code": message.get("code", 1000)})

    async def _next(self) -> Message:
        async with asyncio.timeout(20):
            return await self._outward.get()

    def send(self, frame: dict[str, Any] | str) -> None:
        text = frame if isinstance(frame, str) else json.dumps(frame)
        self._inward.put_nowait({"type": "websocket.receive", "text": text})

    async def receive(self) -> Frame | None:
        """The next frame, or none when the server closes, which leaves `close_code`."""
        message = await self._next()
        if message["type"] == "websocket.close":
            self.close_code = message.get("code", 1000)
            return None
        frame: Frame = json.loads(message["text"])
        return frame

    async def until(self, kind: str) -> Frame:
        """The next frame of this type."""
        while frame := await self.receive():
            if frame["type"] == kind:
                return frame
        raise AssertionError(f"closed with {self.close_code} before any {kind}")
