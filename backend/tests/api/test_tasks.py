"""The calls of PocketFlow's service: a feedback is for the one review that the task's stream has shown."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from report.shelf import ShelfSource
from sayso.api.app import create_app
from sayso.settings import Settings
from sayso.storage.store import Store
from support.own_workflows import Form, GradeIt
from support.workflows import Raises, Rewrite


@pytest.fixture
async def app(settings: Settings, page: Path, new_store: Callable[[], Store]) -> AsyncIterator[FastAPI]:
    """On each database, with the workflows that come along."""
    others = {"form": Form, "grade": GradeIt, "raises": Raises, "plain": Rewrite}
    workflows = {name: kind(timeout=None) for name, kind in others.items()}
    app = create_app(settings, store=new_store(), sources=[ShelfSource()], workflows=workflows, page=page)
    async with app.router.lifespan_context(app):
        yield app


class Messages:
    """A task's stream, read as it comes."""

    def __init__(self, app: FastAPI, task_id: str) -> None:
        self.told: list[dict[str, Any]] = []
        self._more = asyncio.Condition()
        self._reading = asyncio.create_task(self._read(app, task_id))

    async def _read(self, app: FastAPI, task_id: str) -> None:
        # httpx's transport hands a body over when it is whole.
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": f"/stream/{task_id}",
            "raw_path": f"/stream/{task_id}".encode(),
            "query_string": b"",
            "headers": [(b"host", b"localhost:8000")],
            "client": ("127.0.0.1", 1),
            "server": ("localhost", 8000),
        }

        async def send(message: Any) -> None:
            lines = message.get("body", b"").decode().splitlines()
            async with self._more:
                self.told += [json.loads(line[5:]) for line in lines if line.startswith("data:")]
                self._more.notify_all()

        async def receive() -> Any:
            await asyncio.Event().wait()

        await app(scope, receive, send)

    async def until(self, status: str, times: int = 1) -> dict[str, Any]:
        async with asyncio.timeout(20), self._more:
            await self._more.wait_for(lambda: sum(said["status"] == status for said in self.told) >= times)
        return [said for said in self.told if said["status"] == status][times - 1]

    async def whole(self) -> list[dict[str, Any]]:
        await asyncio.wait_for(self._reading, 20)
        return self.told

    async def close(self) -> None:
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)


@asynccontextmanager
async def streamed(app: FastAPI, task_id: str) -> AsyncIterator[Messages]:
    messages = Messages(app, task_id)
    try:
        yield messages
    finally:
        await messages.close()


async def submitted(client: httpx.AsyncClient, workflow: str | None = None) -> str:
    if workflow is None:
        answer = await client.post("/submit", json={"data": " we can't "})
        assert (answer.status_code, answer.json()["message"]) == (202, "Task submitted")
        return str(answer.json()["task_id"])
    return str((await client.post("/api/runs", json={"question": "q", "workflow": workflow})).json()["id"])


async def feedback(client: httpx.AsyncClient, task_id: str, word: str = "approved") -> int:
    answer = await client.post(f"/feedback/{task_id}", json={"feedback": word})
    assert list(answer.json()) == (["message"] if answer.is_success else ["detail"])
    return answer.status_code


async def waiting(client: httpx.AsyncClient, run_id: str, reviews: int = 1) -> list[int]:
    async with asyncio.timeout(20):
        while len(found := (await client.get(f"/api/runs/{run_id}")).json()["open_reviews"]) < reviews:  # noqa: ASYNC110 - it is asked as a client asks
            await asyncio.sleep(0.02)
    return [int(seq) for seq in found]


async def test_a_feedback_before_the_review_was_sent_does_not_count(app: FastAPI, client: httpx.AsyncClient) -> None:
    task_id = await submitted(client)
    await waiting(client, task_id)
    assert await feedback(client, task_id) == 409
    async with streamed(app, task_id) as stream:
        assert (await stream.until("waiting_for_review"))["output_to_review"].startswith("We cannot")
        assert await feedback(client, task_id, "rejected") == 200
        await stream.until("waiting_for_review", 2)
        assert await feedback(client, task_id) == 200
        told = await stream.whole()
    assert [said["status"] for said in told][-3:] == ["running", "completed", "stream_closed"]
    assert told[-2] == {"status": "completed", "final_result": "We cannot"}
    assert await feedback(client, task_id) == 409


async def test_a_double_click_counts_once(app: FastAPI, client: httpx.AsyncClient) -> None:
    task_id = await submitted(client)
    async with streamed(app, task_id) as stream:
        await stream.until("waiting_for_review")
        statuses = await asyncio.gather(*(feedback(client, task_id, "approved") for _ in range(5)))
        await stream.whole()
    assert sorted(statuses) == [200, 409, 409, 409, 409]


async def test_what_was_decided_elsewhere_is_not_shown_again(app: FastAPI, client: httpx.AsyncClient) -> None:
    task_id = await submitted(client)
    (review,) = await waiting(client, task_id)
    await client.post(f"/api/runs/{task_id}/response", json={"response": "no", "review": review})
    async with streamed(app, task_id) as stream:
        await stream.until("waiting_for_review")
        assert [said["status"] for said in stream.told] == [
            "pending",
            "running",
            "processing_feedback",
            "running",
            "waiting_for_review",
        ]
        (review,) = await waiting(client, task_id)
        await client.post(f"/api/runs/{task_id}/response", json={"response": "yes", "review": review, "by": "Ada"})
        told = await stream.whole()
    assert {"status": "processing_feedback", "feedback_value": "approved"} in told
    assert told[-2]["status"] == "completed"


async def test_several_open_reviews_are_shown_one_at_a_time(app: FastAPI, client: httpx.AsyncClient) -> None:
    task_id = await submitted(client, "form")
    reviews = await waiting(client, task_id, 3)
    async with streamed(app, task_id) as stream:
        first = await stream.until("waiting_for_review")
        await client.post(f"/api/runs/{task_id}/response", json={"response": _fitting(first), "review": reviews[0]})
        second = await stream.until("waiting_for_review", 2)
        assert sum(said["status"] == "waiting_for_review" for said in stream.told) == 2
        assert second != first


def _fitting(shown: dict[str, Any]) -> Any:
    return {"What is it called?": "Sayso", "How many?": 3, "Sure?": True}[shown["output_to_review"]]


async def test_a_feedback_that_the_workflow_does_not_ask_for_is_refused(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    task_id = await submitted(client, "grade")
    async with streamed(app, task_id) as stream:
        await stream.until("waiting_for_review")
        assert await feedback(client, task_id) == 422
        assert len(await waiting(client, task_id)) == 1


async def test_a_workflow_without_a_schema_hears_yes_and_no(app: FastAPI, client: httpx.AsyncClient) -> None:
    task_id = await submitted(client, "plain")
    async with streamed(app, task_id) as stream:
        for times, word in enumerate(("rejected", "approved"), 1):
            assert (await stream.until("waiting_for_review", times))["output_to_review"] == "Is this good?"
            assert await feedback(client, task_id, word) == 200
            assert (await stream.until("processing_feedback", times))["feedback_value"] == word
        told = await stream.whole()
    assert json.loads(told[-2]["final_result"]) == {"question": "q", "rounds": 2}


@pytest.mark.parametrize("how", ["cancel", "delete", "raise"])
async def test_a_task_that_ends_badly_has_failed(app: FastAPI, client: httpx.AsyncClient, how: str) -> None:
    task_id = await submitted(client, "raises" if how == "raise" else None)
    async with streamed(app, task_id) as stream:
        await stream.until("failed" if how == "raise" else "waiting_for_review")
        if how == "cancel":
            await client.post(f"/api/runs/{task_id}/cancel")
        elif how == "delete":
            await client.delete(f"/api/runs/{task_id}")
        told = await stream.whole()
    assert (told[-2]["status"], bool(told[-2]["error"])) == ("failed", True)
    assert told[-1] == {"status": "stream_closed"}
    assert await feedback(client, task_id) == (404 if how == "delete" else 409)


async def test_an_event_source_that_has_seen_the_end_stays_away(app: FastAPI, client: httpx.AsyncClient) -> None:
    task_id = await submitted(client)
    await client.post(f"/api/runs/{task_id}/cancel")
    whole = await client.get(f"/stream/{task_id}")
    assert whole.headers["content-type"].startswith("text/event-stream")
    assert whole.headers["cache-control"] == "no-store"
    last = [line[3:].strip() for line in whole.text.splitlines() if line.startswith("id:")][-1]
    assert (await client.get(f"/stream/{task_id}", headers={"last-event-id": last})).status_code == 204


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/submit", {}, 422),
        ("POST", "/submit", {"data": " "}, 422),
        ("POST", "/submit", {"data": 1}, 422),
        ("POST", "/submit", {"data": "x" * 5_000}, 422),
        ("POST", "/submit", {"data": "x" * 300_000}, 413),
        ("POST", "/submit", {"data": "x", "more": 1}, 422),
        ("GET", "/stream/nothing", None, 404),
        ("POST", "/feedback/nothing", {"feedback": "approved"}, 404),
        ("POST", "/feedback/nothing", {"feedback": "yes"}, 422),
    ],
)
async def test_errors_say_what_is_wrong(
    client: httpx.AsyncClient, method: str, path: str, body: dict[str, Any] | None, status: int
) -> None:
    answer = await client.request(method, path, json=body)
    assert answer.status_code == status
    detail = answer.json()["detail"]
    assert isinstance(detail, str)
    if status == 422:
        assert any(f"{field}: " in detail for field in ("data", "more", "feedback"))
