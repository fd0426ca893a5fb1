from typing import Any

import httpx
import pytest
from fastapi import FastAPI


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/runs", 200),
        ("GET", "/api/info", 200),
        ("GET", "/api/openapi.json", 200),
        ("GET", "/api/docs", 200),
        ("GET", "/healthz", 200),
        ("GET", "/readyz", 200),
        ("GET", "/metrics", 200),
        ("GET", "/api/nothing", 404),
        ("GET", "/api/runs/nobody", 404),
        ("POST", "/api/runs", 422),
        ("PUT", "/api/info", 404),
    ],
)
async def test_what_is_private_is_neither_kept_nor_framed(
    client: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await client.request(method, path)
    assert answer.status_code == status
    assert_private(answer)


async def test_refusals_and_failures_too(
    app: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert_private(await client.get("/api/runs", headers={"host": "evil.example"}))
    assert_private(await client.post("/api/runs", content=b"a" * 300_000))

    async def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr(app.state.service, "runs", broken)
    answer = await client.get("/api/runs")
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "internal")
    assert "fault" not in answer.text
    assert_private(answer)


def assert_private(answer: httpx.Response) -> None:
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
