"""What a model read in a decision's prose is stored with the decision, and is not asked for again."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from api.conftest import started
from api.test_decisions import log_of, next_review, waiting
from model_answers import READ, task
from model_server import ModelServer
from report.shelf import QUESTION
from sayso.settings import Settings
from sayso.storage.store import Store


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with ModelServer() as running:
        yield running


async def test_it_is_read_once_stored_and_inherited(
    settings: Settings, page: Path, new_store: Callable[[], Store], server: ModelServer
) -> None:
    model = {"openai_base_url": server.url, "openai_api_key": SecretStr("any"), "model": "scripted"}
    store = new_store()
    said = {"response": "no", "feedback": "Do not bother with swap. Also the pantry daemon"}
    async with (
        started(settings.model_copy(update=model), page=page, store=store) as app,
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost", timeout=30) as client,
    ):
        run_id, seq = await waiting(client, {"question": QUESTION})
        read = (await client.post(f"/api/runs/{run_id}/reviews/{seq}/reading", json=said)).json()
        assert (read["read_by"], read["leave_out"], read["search"]) == ("model", ["swap"], ["Also the pantry daemon"])
        answered = await client.post(f"/api/runs/{run_id}/response", json={**said, "review": seq})
        assert answered.json()["data"]["read"] == read
        second = await next_review(client, run_id, seq)
        yes = await client.post(f"/api/runs/{run_id}/response", json={"response": "yes", "review": second})
        assert yes.status_code == 200
        log = await log_of(client, run_id)
        assert next(event for event in log if event["seq"] == second)["data"]["left_out"] == ["swap"]
        assert sum(task(body) == READ for body in server.chats) == 1
        wish = "Do not bother with kettles."
        child, first = await waiting(client, {"question": wish, "options": {"revises": run_id}})
        await client.post(f"/api/runs/{child}/cancel")
        review = next(event["data"] for event in await log_of(client, child) if event["seq"] == first)
        assert review["left_out"] == ["swap", "kettles"], "a revision's wish is read by the model too"
        assert sum(task(body) == READ for body in server.chats) == 2
