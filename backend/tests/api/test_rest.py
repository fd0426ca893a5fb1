"""A client without a stream: it can see what it approves, and is told what is wrong with what it sends."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from sayso.protocol.frames import InputReceived
from sayso.protocol.http import EventPage, Review


async def asked(client: httpx.AsyncClient, workflow: str = "report") -> tuple[str, int]:
    """A run that waits: its id, and the seq of its review."""
    question = "When does VACUUM FULL lock a table?"
    run_id = (await client.post("/api/runs", json={"question": question, "workflow": workflow})).json()["id"]
    return run_id, await waiting(client, run_id)


async def waiting(client: httpx.AsyncClient, run_id: str) -> int:
    """The seq of the open review, once there is one."""
    await client.get(f"/api/runs/{run_id}/events", params={"until": "review"}, timeout=30)
    (review,) = (await client.get(f"/api/runs/{run_id}")).json()["open_reviews"]
    return int(review)


async def answered(client: httpx.AsyncClient, run_id: str, review: int, response: str) -> dict[str, Any]:
    answer = await client.post(f"/api/runs/{run_id}/response", json={"review": review, "response": response})
    assert answer.status_code == 200
    received: dict[str, Any] = answer.json()
    return received


def events(answer: httpx.Response) -> list[dict[str, Any]]:
    return [json.loads(line[5:]) for line in answer.text.splitlines() if line.startswith("data:")]


async def test_a_review_is_read_whole_before_and_after_its_answer(either: httpx.AsyncClient) -> None:
    run_id, seq = await asked(either)
    address = f"/api/runs/{run_id}/reviews/{seq}"
    review = Review.model_validate((await either.get(address)).json())
    page = EventPage.model_validate((await either.get(f"/api/runs/{run_id}/events.json")).json())
    sent = page.events[seq - 1]
    assert (review.payload, review.at, review.data.model_dump()) == (sent.payload, sent.at, sent.data.model_dump())
    assert review.data.findings
    assert "approve" in review.data.response_schema["enum"]
    assert (review.answer, review.answered_at) == (None, None)
    InputReceived.model_validate(await answered(either, run_id, seq, "no"))
    after = Review.model_validate((await either.get(address)).json())
    assert after.answer is not None
    assert (after.answer.response, after.answered_at is None) == ("reject", False)
    assert after.data == review.data


@pytest.mark.parametrize("seq", [1, 999])
async def test_what_is_no_review_is_not_found(client: httpx.AsyncClient, seq: int) -> None:
    run_id, _ = await asked(client)
    answer = await client.get(f"/api/runs/{run_id}/reviews/{seq}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "review_not_found")
    answer = await client.get(f"/api/runs/nobody/reviews/{seq}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "run_not_found")


async def test_the_log_by_page_is_the_log(either: httpx.AsyncClient) -> None:
    run_id, seq = await asked(either, "rewrite")
    await answered(either, run_id, seq, "yes")
    stream = events(await either.get(f"/api/runs/{run_id}/events"))
    paged: list[dict[str, Any]] = []
    after: int | None = 0
    while after is not None:
        answer = await either.get(f"/api/runs/{run_id}/events.json", params={"after": after, "limit": 2})
        page = answer.json()
        EventPage.model_validate(page)
        assert 1 <= len(page["events"]) <= 2
        paged += page["events"]
        after = page["next"]
    assert paged == stream
    beyond = await either.get(f"/api/runs/{run_id}/events.json", params={"after": 1_000})
    assert beyond.json() == {"events": [], "next": None}
    assert (await either.get("/api/runs/nobody/events.json")).status_code == 404
    assert (await either.get(f"/api/runs/{run_id}/events.json", params={"limit": 0})).status_code == 422


async def test_a_stream_ends_at_the_review_that_waits(app: FastAPI, client: httpx.AsyncClient) -> None:
    run_id, first = await asked(client, "rewrite")
    path = f"/api/runs/{run_id}/events"
    assert events(await client.get(path, params={"until": "review"}))[-1]["seq"] == first
    seen = await client.get(path, params={"until": "review", "after": first})
    assert (seen.status_code, seen.content) == (204, b"")
    assert (
        await client.get(path, params={"until": "review"}, headers={"last-event-id": str(first)})
    ).status_code == 204
    await answered(client, run_id, first, "no")
    # A review that is answered does not end it.
    async with asyncio.timeout(20):
        whole = events(await client.get(path, params={"until": "review"}))
    asked_for = [event["seq"] for event in whole if event["type"] == "input_required"]
    assert (len(asked_for), asked_for[0], asked_for[-1]) == (2, first, whole[-1]["seq"])
    await answered(client, run_id, asked_for[-1], "yes")
    rest = events(await client.get(path, params={"until": "review", "after": asked_for[-1]}))
    assert rest[-1]["type"] == "final_result"
    assert (await client.get(path, params={"until": "result"})).status_code == 422


TYPES = [
    (None, "content-type: there is none; send the body as application/json."),
    ("text/plain", "content-type: it is 'text/plain'; send the body as application/json."),
    ("application/x-www-form-urlencoded", "content-type: it is 'application/x-www-form-urlencoded'; send "),
]


@pytest.mark.parametrize("path", ["/api/runs", "/api/runs/x/response", "/api/runs/x/cancel", "/submit"])
@pytest.mark.parametrize(("content_type", "message"), TYPES)
async def test_a_missing_or_wrong_content_type_is_named(
    client: httpx.AsyncClient, path: str, content_type: str | None, message: str
) -> None:
    headers = {"content-type": content_type} if content_type else {}
    answer = await client.post(path, content=b'{"question": "q"}', headers=headers)
    assert answer.status_code == 422
    said = answer.json()
    if path == "/submit":
        assert said["detail"].startswith(message)
    else:
        assert said["error"]["message"].startswith(message)
        assert (said["error"]["code"], said["error"]["field"]) == ("invalid_request", "content-type")


@pytest.mark.parametrize("body", [b"{", b"{'question': 1}", b"question=q", b'{"question": "q"', b"\xff\xfe"])
@pytest.mark.parametrize("path", ["/api/runs", "/api/runs/x/response", "/api/runs/x/cancel", "/feedback/x"])
async def test_a_body_that_is_no_json_is_named(client: httpx.AsyncClient, path: str, body: bytes) -> None:
    answer = await client.post(path, content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422)
    said = answer.json()
    message = said["detail"] if path == "/feedback/x" else said["error"]["message"]
    assert message.startswith("body: it is no JSON"), message
    assert path == "/feedback/x" or said["error"]["code"] == "invalid_request"


async def test_json_of_another_name_is_read(client: httpx.AsyncClient) -> None:
    for name in ("application/json; charset=utf-8", "application/vnd.sayso+json"):
        headers = {"content-type": name}
        answer = await client.post("/api/runs", content=b'{"question": "q"}', headers=headers)
        assert answer.status_code == 201


async def test_every_answer_has_a_type(app: FastAPI) -> None:
    """But for files and streams: no answer that a generated client would call an object of unknown fields."""
    document = app.openapi()
    names = [call["operationId"] for methods in document["paths"].values() for call in methods.values()]
    assert len(set(names)) == len(names)
    for path, methods in document["paths"].items():
        for method, call in methods.items():
            for status, answer in call["responses"].items():
                for media_type, content in answer.get("content", {}).items():
                    if status.startswith("2") and media_type == "application/json":
                        schema = content["schema"]
                        assert "$ref" in schema or path in ("/healthz", "/readyz"), (method, path, schema)
