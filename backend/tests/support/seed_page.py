"""The page of LlamaIndex's websocket demo, as a client."""

import asyncio
import json
from collections.abc import Callable

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed


class SeedPage:
    """That page's logic: it prints what comes, and shows Yes and No while `input_required` is the last of it."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.printed: list[tuple[str, str]] = []
        self.changed = asyncio.Condition()

    @property
    def shows_buttons(self) -> bool:
        return bool(self.printed) and self.printed[-1][0] == "input_required"

    async def listen(self) -> None:
        try:
            async for message in self.socket:
                event = json.loads(message)
                async with self.changed:
                    self.printed.append((event["type"], event["payload"]))
                    self.changed.notify_all()
        except ConnectionClosed:
            pass

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(20), self.changed:
            await self.changed.wait_for(condition)

    async def click(self, response: str) -> None:
        assert self.shows_buttons
        await self.socket.send(json.dumps({"response": response}))
