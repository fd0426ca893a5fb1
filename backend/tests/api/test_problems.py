from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from sayso.protocol.codes import HTTP_STATUS, ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.storage.errors import StorageError


def failing(error: Exception) -> Any:
    async def fail(*_: Any, **__: Any) -> None:
        raise error

    return fail


@pytest.mark.parametrize("code", list(ErrorCode))
async def test_an_error_of_the_protocol_is_its_code_and_status(
    app: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, code: ErrorCode
) -> None:
    error = ProtocolError(code, "What to do.", field="x", details={"y": 1})
    monkeypatch.setattr(app.state.service, "run", failing(error))
    answer = await client.get("/api/runs/r")
    assert answer.status_code == HTTP_STATUS[code]
    said = {"code": code.value, "message": "What to do.", "field": "x", "details": {"y": 1}}
    assert answer.json() == {"error": said}


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (StorageError("disk of ours"), 503, "unavailable"),
        (RuntimeError("disk of ours"), 500, "internal"),
        (RecursionError("disk of ours"), 500, "internal"),
    ],
)
async def test_what_is_ours_is_logged_and_not_told(
    app: FastAPI,
    client: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    status: int,
    code: str,
) -> None:
    monkeypatch.setattr(app.state.service, "run", failing(error))
    answer = await client.get("/api/runs/r")
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert "disk of ours" not in answer.text
    assert "disk of ours" in caplog.text


async def test_what_the_framework_refuses_looks_the_same(client: httpx.AsyncClient) -> None:
    for method, path, status, code, field in (
        ("GET", "/api/nothing", 404, "not_found", None),
        ("PATCH", "/api/runs", 404, "not_found", None),
        ("GET", "/api/runs?limit=many", 422, "invalid_request", "limit"),
        ("GET", "/api/runs?status=waiting&status=odd", 422, "invalid_request", "status"),
        ("POST", "/api/runs", 422, "invalid_request", None),
    ):
        answer = await client.request(method, path)
        error = answer.json()["error"]
        assert (answer.status_code, error["code"], error.get("field")) == (status, code, field), (method, path)
        assert error["message"].endswith(".")
