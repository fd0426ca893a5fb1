import json

import httpx
import pytest
from fastapi import FastAPI

from report.shelf import QUESTION
from sayso.exports.formats import FORMATS
from support.asgi import AsgiSocket


@pytest.fixture
async def completed(app: FastAPI) -> str:
    """Id of a run with a report."""
    async with AsgiSocket(app) as socket:
        socket.send({"question": QUESTION})
        run_id: str = (await socket.until("input_required"))["run_id"]
        socket.send({"response": "approve", "by": "Ada"})
        await socket.until("final_result")
    return run_id


async def test_each_format_is_a_file_with_its_headers(client: httpx.AsyncClient, completed: str) -> None:
    for name, format in FORMATS.items():
        answer = await client.get(f"/api/runs/{completed}/report.{name}")
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == format.media_type.partition(";")[0]
        assert answer.headers["content-disposition"].startswith("attachment; ")
        assert f".{name}" in answer.headers["content-disposition"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "private, no-cache", "it may be kept, and is asked about each time"
        assert answer.content
    assert json.loads((await client.get(f"/api/runs/{completed}/report.json")).text)["approvals"][0]["by"] == "Ada"


async def test_what_the_browser_has_is_not_sent_again(client: httpx.AsyncClient, completed: str) -> None:
    path = f"/api/runs/{completed}/report.md"
    tag = (await client.get(path)).headers["etag"]
    for sent, status in ((tag, 304), (f'"other", {tag}', 304), ('"other"', 200)):
        answer = await client.get(path, headers={"if-none-match": sent})
        assert (answer.status_code, bool(answer.content)) == (status, status == 200)
        assert answer.headers["cache-control"] == "private, no-cache"
    other = await client.get(f"/api/runs/{completed}/report.json", headers={"if-none-match": tag})
    assert other.status_code == 200, "each format is its own"


async def test_only_what_a_browser_can_show_is_shown(client: httpx.AsyncClient, completed: str) -> None:
    for name, format in FORMATS.items():
        answer = await client.get(f"/api/runs/{completed}/report.{name}?inline=true")
        kind = answer.headers["content-disposition"].partition(";")[0]
        assert kind == ("inline" if format.shown else "attachment")


async def test_why_there_is_no_file(client: httpx.AsyncClient, completed: str) -> None:
    run = (await client.post("/api/runs", json={"question": "q", "workflow": "rewrite"})).json()["id"]
    for path, status, code in (
        (f"/api/runs/{completed}/report.exe", 422, "invalid_request"),
        ("/api/runs/nobody/report.md", 404, "run_not_found"),
        (f"/api/runs/{run}/report.md", 409, "no_report"),
    ):
        answer = await client.get(path)
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


async def test_the_sources_of_a_run_are_in_context(client: httpx.AsyncClient, completed: str) -> None:
    answer = await client.get(f"/api/runs/{completed}/sources/s1")
    assert answer.status_code == 200
    assert answer.json()["passages"]
    missing = await client.get(f"/api/runs/{completed}/sources/s999")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "source_not_found")
