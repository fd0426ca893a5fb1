import asyncio
import json
from typing import Any

import httpx
import pytest

from support.server import Frame, Server, assert_no_gap

QUESTION = "When does VACUUM FULL lock a table?"


async def stream(server: Server, run_id: str, kind: str, **request: Any) -> list[Frame]:
    """Server-Sent Events of a run up to the first of this type; their ids are their numbers."""
    frames: list[Frame] = []
    number = ""
    async with (
        asyncio.timeout(20),
        httpx.AsyncClient(base_url=server.url, timeout=20) as client,
        client.stream("GET", f"/api/runs/{run_id}/events", **request) as response,
    ):
        assert response.headers["content-type"].startswith("text/event-stream")
        async for line in response.aiter_lines():
            if line.startswith("id:"):
                number = line[3:].strip()
            elif line.startswith("data:"):
                frames.append(json.loads(line[5:]))
            elif not line and frames and number:
                assert frames[-1]["seq"] == int(number)
                number = ""
                if frames[-1]["type"] == kind:
                    return frames
    return frames


async def test_the_whole_run_over_http(server: Server) -> None:
    async with httpx.AsyncClient(base_url=server.url, timeout=20) as client:
        started = await client.post("/api/runs", json={"question": QUESTION, "by": "Ada"})
        assert started.status_code == 201
        run_id = started.json()["id"]
        frames = await stream(server, run_id, "input_required")
        review = frames[-1]["seq"]
        state = (await client.get(f"/api/runs/{run_id}")).json()
        assert (state["status"], state["open_reviews"]) == ("waiting", [review])
        assert state["brief"]["findings"] == len(frames[-1]["data"]["findings"])
        waiting = (await client.get("/api/runs", params={"status": "waiting"})).json()
        assert run_id in [run["id"] for run in waiting["runs"]]
        answer = {"response": "yes", "review": review, "by": "Ada", "response_id": "once"}
        first = await client.post(f"/api/runs/{run_id}/response", json=answer)
        assert (first.status_code, first.json()["payload"]) == (200, "Approved by Ada")
        again = await client.post(f"/api/runs/{run_id}/response", json=answer)
        assert (again.status_code, again.json()) == (200, first.json())
        late = await client.post(f"/api/runs/{run_id}/response", json={"response": "no", "review": review})
        assert late.status_code == 409
        assert late.json()["error"]["code"] == "already_answered"
        assert late.json()["error"]["details"]["by"] == "Ada"
        rest = await stream(server, run_id, "final_result", headers={"Last-Event-ID": str(review)})
        assert_no_gap(rest, review)
        assert rest == await stream(server, run_id, "final_result", params={"after": review})
        state = (await client.get(f"/api/runs/{run_id}")).json()
        assert (state["status"], state["brief"]["approved_by"]) == ("completed", "Ada")


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code", "field"),
    [
        ("GET", "/api/runs/nobody", None, 404, "run_not_found", "run_id"),
        ("GET", "/api/runs/nobody/events", None, 404, "run_not_found", "run_id"),
        ("GET", "/api/runs?limit=0", None, 422, "invalid_request", "limit"),
        ("GET", "/api/runs?cursor=rubbish", None, 422, "invalid_request", "cursor"),
        ("GET", "/api/runs?status=odd", None, 422, "invalid_request", "status"),
        ("GET", "/api/nothing", None, 404, "not_found", None),
        ("POST", "/api/runs", b"{", 422, "invalid_request", None),
        ("POST", "/api/runs", b'{"question": ""}', 422, "invalid_request", "question"),
        ("POST", "/api/runs", b'{"question": "q", "x": 1}', 422, "invalid_request", "x"),
        ("POST", "/api/runs", b'{"question": "q", "options": {"writer": 1}}', 422, "invalid_frame", None),
        ("POST", "/api/runs", b'"' + b"a" * 300_000 + b'"', 413, "too_large", None),
        ("POST", "/api/runs/nobody/response", b'{"response": "yes", "review": 1}', 404, "run_not_found", "run_id"),
        ("POST", "/api/runs/nobody/cancel", None, 404, "run_not_found", "run_id"),
    ],
)
async def test_errors_have_a_code_and_say_what_to_do(
    server: Server, method: str, path: str, body: bytes | None, status: int, code: str, field: str | None
) -> None:
    headers = {"content-type": "application/json"}
    async with httpx.AsyncClient(base_url=server.url) as client:
        response = await client.request(method, path, content=body, headers=headers)
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (status, code)
    assert error["message"]
    if field:
        assert error["field"] == field


async def test_a_foreign_origin_may_not_write(server: Server) -> None:
    async with httpx.AsyncClient(base_url=server.url) as client:
        for origin, status in (
            ("http://evil.example", 403),
            (f"http://localhost:{server.port}", 201),
            ("http://[::1]:3000", 201),
        ):
            body = {"question": "q", "workflow": "rewrite"}
            response = await client.post("/api/runs", json=body, headers={"origin": origin})
            assert response.status_code == status
        assert "access-control-allow-origin" not in response.headers


async def test_pages_of_runs(server: Server) -> None:
    async with httpx.AsyncClient(base_url=server.url) as client:
        started = [
            (await client.post("/api/runs", json={"question": f"q{n}", "workflow": "rewrite"})).json()["id"]
            for n in range(5)
        ]
        seen: list[str] = []
        cursor: str | None = None
        while len(seen) < 5:
            page = (await client.get("/api/runs", params={"limit": 2, **({"cursor": cursor} if cursor else {})})).json()
            seen += [run["id"] for run in page["runs"]]
            cursor = page["next"]
        assert seen[:5] == started[::-1]


async def test_info_says_what_is_there(server: Server) -> None:
    info = await server.get("/api/info")
    assert [source["name"] for source in info["sources"]] == ["library"], "a named library means library only"
    assert info["writer"] == "extractive"
    assert {workflow["name"] for workflow in info["workflows"]} >= {"report", "rewrite"}
    assert await server.get("/healthz") == {"status": "ok"}
    assert (await server.get("/api/openapi.json"))["info"]["title"] == "Sayso"
