"""The page of PocketFlow's FastAPI service, as a client."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx

OVER = ("completed", "failed")


class TaskPage:
    """That page's logic: whatever the stream says hides the review and enables the buttons; a review is shown until
    then, and after the end the stream is closed."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.task_id = ""
        self.review: str | None = None
        self.result: str | None = None
        self.enabled = True
        self.told: list[dict[str, Any]] = []
        self.changed = asyncio.Condition()

    async def submit(self, text: str) -> None:
        answer = await self.client.post("/submit", json={"data": text})
        assert answer.is_success, answer.text
        self.task_id = answer.json()["task_id"]

    async def listen(self) -> None:
        with contextlib.suppress(httpx.TransportError):
            async with self.client.stream("GET", f"/stream/{self.task_id}", timeout=None) as stream:
                assert stream.status_code == 200
                async for line in stream.aiter_lines():
                    if line.startswith("data:"):
                        await self._update(json.loads(line[5:]))
                    if self.told and self.told[-1]["status"] in OVER:
                        return

    async def _update(self, said: dict[str, Any]) -> None:
        async with self.changed:
            self.told.append(said)
            self.review, self.result = None, None
            self.enabled = said["status"] != "processing_feedback"
            if said["status"] == "waiting_for_review":
                self.review = said["output_to_review"]
            if said["status"] == "completed":
                self.result = said["final_result"]
            self.changed.notify_all()

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(20), self.changed:
            await self.changed.wait_for(condition)

    async def click(self, feedback: str) -> httpx.Response:
        assert self.enabled
        assert self.review is not None
        self.enabled = False
        answer = await self.client.post(f"/feedback/{self.task_id}", json={"feedback": feedback})
        if not answer.is_success:
            self.enabled = True
        return answer

    @property
    def statuses(self) -> list[str]:
        return [said["status"] for said in self.told]


@asynccontextmanager
async def opened(url: str, origin: str | None = None) -> AsyncIterator[TaskPage]:
    headers = {"origin": origin, "sec-fetch-site": "same-origin"} if origin else {}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=20) as client:
        yield TaskPage(client)
