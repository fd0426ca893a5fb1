"""The page of LlamaIndex's websocket demo must work as it is."""

import asyncio
import json

import pytest
from websockets.asyncio.client import connect

from support.seed_page import SeedPage
from support.server import Server

QUESTION = "When does VACUUM FULL lock a table?"


@pytest.mark.parametrize("origin", ["http://localhost:3000", "http://127.0.0.1:3000", None])
async def test_no_then_yes(server: Server, origin: str | None) -> None:
    async with connect(f"ws://127.0.0.1:{server.port}/query", origin=origin) as socket:  # type: ignore[arg-type]
        page = SeedPage(socket)
        listening = asyncio.create_task(page.listen())
        await socket.send(json.dumps({"question": QUESTION}))
        await page.until(lambda: page.shows_buttons)
        await asyncio.sleep(0.3)
        assert page.shows_buttons, "something was printed between a question and its answer"
        first = len(page.printed)
        await page.click("no")
        await page.until(lambda: len(page.printed) > first and page.shows_buttons)
        await page.click("yes")
        await page.until(lambda: page.printed[-1][0] == "final_result")
        await listening
        assert socket.close_code == 1000
    assert "VACUUM" in page.printed[-1][1]
    assert all(isinstance(payload, str) and payload for _, payload in page.printed)
