import base64
import json
from typing import Any
from urllib.parse import quote

import httpx
import pytest


async def over(client: httpx.AsyncClient) -> tuple[str, int]:
    """A run that is over: its id, and the seq of its last event."""
    run_id = (await client.post("/api/runs", json={"question": "q", "workflow": "rewrite"})).json()["id"]
    state = (await client.post(f"/api/runs/{run_id}/cancel")).json()
    assert state["status"] == "cancelled"
    return run_id, state["last_seq"]


async def test_an_event_stream_of_a_run_that_is_over_ends_for_good(client: httpx.AsyncClient) -> None:
    run_id, last = await over(client)
    path = f"/api/runs/{run_id}/events"
    everything = await client.get(path)
    assert everything.status_code == 200
    assert everything.headers["content-type"].startswith("text/event-stream")
    assert everything.headers["cache-control"] == "no-store"
    sent = [json.loads(line[5:]) for line in everything.text.splitlines() if line.startswith("data:")]
    assert [event["seq"] for event in sent] == list(range(1, last + 1))
    assert sent[-1]["type"] == "cancelled"
    # What an EventSource does next.
    again = await client.get(path, headers={"last-event-id": str(last)})
    assert (again.status_code, again.content) == (204, b"")
    assert (await client.get(path, params={"after": last})).status_code == 204
    rest = await client.get(path, headers={"last-event-id": str(last - 1)})
    assert rest.status_code == 200
    assert rest.text.count("data:") == 1
    ahead = await client.get(path, params={"after": last + 1})
    assert (ahead.status_code, ahead.json()["error"]["code"]) == (422, "invalid_after")


async def test_fields_that_are_null_are_left_out(client: httpx.AsyncClient) -> None:
    body = {"question": "q", "workflow": None, "options": None, "by": None, "request_id": None}
    run = await client.post("/api/runs", json=body)
    assert run.status_code == 201
    assert (run.json()["workflow"], run.json()["options"], run.json()["by"]) == ("report", {}, "no name given")
    options = {"sources": None, "writer": None, "review_report": None, "judge": None, "revises": None}
    assert (await client.post("/api/runs", json={"question": "q", "options": options})).status_code == 201
    cancelled = await client.post(f"/api/runs/{run.json()['id']}/cancel", json={"cancel": True, "by": None})
    assert cancelled.status_code == 200


@pytest.mark.parametrize("text", ["\0", "a\0b", "\x1b[D", "\ud800"])
@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/api/runs", {"question": "%s"}, "question"),
        ("/api/runs", {"question": "q", "by": "%s"}, "by"),
        ("/api/runs", {"question": "q", "request_id": "%s"}, "request_id"),
        ("/api/runs", {"question": "q", "options": {"sources": ["%s"]}}, "options.sources.0"),
        ("/api/runs/x/response", {"response": "%s", "review": 1}, "response"),
        ("/api/runs/x/response", {"response": {"%s": 1}, "review": 1}, None),
        ("/api/runs/x/response", {"response": "no", "review": 1, "feedback": "%s"}, "feedback"),
        ("/api/runs/x/response", {"response": "no", "review": 1, "edits": {"f1": "%s"}}, "edits.f1"),
        ("/api/runs/x/response", {"response": "no", "review": 1, "response_id": "%s"}, "response_id"),
        ("/api/runs/x/cancel", {"cancel": True, "by": "%s"}, "by"),
    ],
)
async def test_no_body_holds_what_is_no_text(
    client: httpx.AsyncClient, path: str, body: dict[str, Any], field: str | None, text: str
) -> None:
    content = json.dumps(body).replace("%s", json.dumps(text)[1:-1])
    answer = await client.post(path, content=content, headers={"content-type": "application/json"})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, "invalid_request")
    assert field is None or error["field"] == field
    assert "holds U+" in error["message"]


@pytest.mark.parametrize("review", [0, -1, 2**31, 2**63, 2**64, 1e300])
async def test_a_review_is_a_number_that_can_be_stored(client: httpx.AsyncClient, review: float) -> None:
    answer = await client.post("/api/runs/x/response", json={"response": "yes", "review": review})
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "review")


CURSORS = ["2024-01-01T00:00:00+00:00 a\0b", "\0 a", "0001-01-01T00:00:00+23:59 a", "2024-01-01 a", "", "x" * 40]
ODD = [
    "\0",
    "a\0b",
    "\x01",
    "\x85",
    "%",
    "_",
    "'",
    "\\",
    "é",
    "😀",
    "x" * 5_000,
    "..",
    "%2e%2e",
    "\N{REPLACEMENT CHARACTER}",
]
CALLS = [
    ("GET", "/api/runs?q={}"),
    ("GET", "/api/runs?cursor={}"),
    ("GET", "/api/runs?status={}"),
    ("GET", "/api/runs?limit={}"),
    ("GET", "/api/runs/{}"),
    ("GET", "/api/runs/{}/events"),
    ("GET", "/api/runs/{run}/events?after={}"),
    ("GET", "/api/runs/{}/sources/s1"),
    ("GET", "/api/runs/{run}/sources/{}"),
    ("GET", "/api/runs/{}/report.md"),
    ("GET", "/api/runs/{run}/report.{}"),
    ("POST", "/api/runs/{}/cancel"),
    ("DELETE", "/api/runs/{}"),
    ("GET", "/api/{}"),
    ("GET", "/{}"),
    ("GET", "/_next/static/{}"),
]


async def test_no_address_is_more_than_the_server_can_take(either: httpx.AsyncClient) -> None:
    run_id, _ = await over(either)
    for method, pattern in CALLS:
        for text in [*ODD, str(2**31), str(2**63), "9" * 4_000]:
            path = pattern.replace("{run}", run_id).replace("{}", quote(text, safe=""))
            answer = await either.request(method, path)
            assert answer.status_code < 500, (method, pattern, text[:40], answer.text)
    # What no text encodes: bytes that are no UTF-8, and half a surrogate pair.
    for odd in ("%ff", "%ed%a0%80", "%c3%28", "%"):
        for method, pattern in CALLS:
            answer = await either.request(method, pattern.replace("{run}", run_id).replace("{}", odd))
            assert answer.status_code < 500, (method, pattern, odd)
    for cursor in [*CURSORS, *ODD]:
        coded = base64.urlsafe_b64encode(cursor.encode()).decode()
        assert (await either.get("/api/runs", params={"cursor": coded})).status_code < 500, cursor
    for value in ("x", "²", "9" * 40, "-1", "1.5", "\0", "é"):
        headers = [(b"last-event-id", value.encode("latin-1", "replace"))]
        assert (await either.get(f"/api/runs/{run_id}/events", headers=headers)).status_code < 500, value


async def test_the_list_by_status_search_and_cursor(either: httpx.AsyncClient) -> None:
    ids = [
        (await either.post("/api/runs", json={"question": f"why {n}?", "workflow": "rewrite", "by": "Ada"})).json()[
            "id"
        ]
        for n in range(3)
    ]
    await either.post(f"/api/runs/{ids[0]}/cancel")
    page = (await either.get("/api/runs", params={"limit": 2})).json()
    assert [run["id"] for run in page["runs"]] == ids[:0:-1]
    rest = (await either.get("/api/runs", params={"limit": 2, "cursor": page["next"]})).json()
    assert ([run["id"] for run in rest["runs"]], rest["next"]) == (ids[:1], None)
    cancelled = (await either.get("/api/runs", params={"status": "cancelled"})).json()
    assert [run["id"] for run in cancelled["runs"]] == ids[:1]
    found = (await either.get("/api/runs", params={"q": "  WHY 1 "})).json()
    assert [run["id"] for run in found["runs"]] == ids[1:2]


async def test_a_deleted_run_is_gone(client: httpx.AsyncClient) -> None:
    run_id, _ = await over(client)
    assert (await client.delete(f"/api/runs/{run_id}")).status_code == 204
    for method, path in (("GET", ""), ("GET", "/events"), ("POST", "/cancel"), ("DELETE", "")):
        answer = await client.request(method, f"/api/runs/{run_id}{path}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "run_not_found")
