"""The list of runs over HTTP, and its changes as they happen."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from support.server import Server, send, until


@asynccontextmanager
async def stream(server: Server) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
    async with (
        asyncio.timeout(30),
        httpx.AsyncClient(base_url=server.url, timeout=20) as client,
        client.stream("GET", "/api/runs/stream") as response,
    ):
        assert response.headers["content-type"].startswith("text/event-stream")

        async def changes() -> AsyncIterator[dict[str, Any]]:
            async for line in response.aiter_lines():
                if line.startswith("data:"):
                    yield json.loads(line[5:])

        yield changes()


async def test_new_questions_decisions_results_and_deletions_appear_by_themselves(server: Server) -> None:
    async with stream(server) as changes:
        assert await anext(changes) == {"runs": [], "gone": []}
        async with server.connect() as socket:
            await send(socket, question="When does VACUUM FULL lock a table?", by="Ada")
            run_id = (await until(socket, "input_required"))[0]["run_id"]
            seen = [await state(changes, run_id)]
            while seen[-1]["status"] != "waiting":
                seen.append(await state(changes, run_id))
            assert seen[-1]["open_reviews"]
            assert seen[-1]["brief"]["findings"] > 0
            await send(socket, response="approve", by="Ada")
            await until(socket, "final_result")
        while seen[-1]["status"] != "completed":
            seen.append(await state(changes, run_id))
        assert seen[-1]["brief"]["approved_by"] == "Ada"
        assert seen == sorted(seen, key=lambda each: each["last_seq"])
        async with httpx.AsyncClient(base_url=server.url) as client:
            await client.delete(f"/api/runs/{run_id}")
        while run_id not in (change := await anext(changes))["gone"]:
            pass
        assert all(run["id"] != run_id for run in change["runs"])


async def state(changes: AsyncIterator[dict[str, Any]], run_id: str) -> dict[str, Any]:
    async for change in changes:
        for run in change["runs"]:
            if run["id"] == run_id:
                found: dict[str, Any] = run
                return found
    raise AssertionError("the stream ended")


async def test_filter_search_and_cursor(server: Server) -> None:
    async with httpx.AsyncClient(base_url=server.url) as client:
        ids = []
        for text in ("Why locks?", "Why 100% locks?", "Other"):
            ids.append((await client.post("/api/runs", json={"question": text, "by": "Searcher"})).json()["id"])
        await client.post(f"/api/runs/{ids[2]}/cancel")

        async def found(**query: Any) -> list[str]:
            answer = (await client.get("/api/runs", params={"q": "searcher", **query})).json()
            return [run["id"] for run in answer["runs"]]

        assert await found() == ids[::-1]
        assert await found(q="WHY") == ids[1::-1]
        assert await found(q="100%") == [ids[1]]
        assert await found(status=["cancelled", "failed"]) == [ids[2]]
        first = (await client.get("/api/runs", params={"q": "searcher", "limit": 2})).json()
        rest = (await client.get("/api/runs", params={"q": "searcher", "limit": 2, "cursor": first["next"]})).json()
        assert [run["id"] for run in rest["runs"]] == [ids[0]]
        assert rest["next"] is None
        wrong = await client.get("/api/runs", params={"status": "sleeping"})
        assert wrong.status_code == 422
