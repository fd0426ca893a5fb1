"""A decision over HTTP: read before it is sent, stored as it was sent and as it was read, on each database."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from report.shelf import QUESTION


async def waiting(client: httpx.AsyncClient, body: dict[str, Any]) -> tuple[str, int]:
    """A run that waits: its id, and the seq of its review."""
    run_id = (await client.post("/api/runs", json=body)).json()["id"]
    return run_id, await next_review(client, run_id, 0)


async def next_review(client: httpx.AsyncClient, run_id: str, after: int) -> int:
    for _ in range(600):
        state = (await client.get(f"/api/runs/{run_id}")).json()
        if state["status"] == "waiting" and state["open_reviews"][0] > after:
            return int(state["open_reviews"][0])
        assert state["status"] in ("running", "waiting"), state
        await asyncio.sleep(0.05)
    raise AssertionError("the run did not come to a review")


async def log_of(client: httpx.AsyncClient, run_id: str) -> list[dict[str, Any]]:
    """All events of a run that is over."""
    text = (await client.get(f"/api/runs/{run_id}/events")).text
    return [json.loads(line[5:]) for line in text.splitlines() if line.startswith("data:")]


async def test_what_was_sent_is_stored_with_how_it_was_read(either: httpx.AsyncClient) -> None:
    run_id, seq = await waiting(either, {"question": QUESTION})
    said = {"response": "no", "feedback": "Drop f2. Nothing about swap.", "search": ["pantry daemon"], "by": "Ada"}
    path = f"/api/runs/{run_id}/reviews/{seq}/reading"
    read = await either.post(path, json=said)
    assert read.status_code == 200, read.text
    assert (read.json()["search"], read.json()["leave_out"]) == (["pantry daemon"], ["swap"])
    assert list(read.json()["drop"]) == ["f2"]
    state = (await either.get(f"/api/runs/{run_id}")).json()
    assert (state["open_reviews"], state["last_seq"]) == ([seq], seq), "reading changes nothing"
    sent = {**said, "review": seq, "response_id": "once", "limits": {"from": "2019"}, "drop": {"f1": "no"}}
    answered = await either.post(f"/api/runs/{run_id}/response", json=sent)
    assert answered.status_code == 200, answered.text
    recorded = answered.json()["data"]
    assert {name: recorded[name] for name in ("feedback", "search", "leave_out", "drop")} == {
        "feedback": said["feedback"],
        "search": ["pantry daemon"],
        "leave_out": [],
        "drop": {"f1": "no"},
    }
    assert recorded["limits"]["from"] == "2019"
    assert recorded["read"]["leave_out"] == ["swap"]
    assert recorded["read"]["drop"] == {"f1": "no", "f2": "Drop f2."}
    again = await either.post(f"/api/runs/{run_id}/response", json=sent)
    assert again.json() == answered.json(), "the same decision again is the same decision"
    assert (await either.post(path, json=said)).json() == read.json(), "of an answered review too"
    second = await next_review(either, run_id, seq)
    answer = {"response": "yes", "review": second, "note": "shorter", "drop": {}}
    assert (await either.post(f"/api/runs/{run_id}/response", json=answer)).status_code == 200
    for _ in range(600):
        if (await either.get(f"/api/runs/{run_id}")).json()["status"] == "completed":
            break
        await asyncio.sleep(0.05)
    log = await log_of(either, run_id)
    assert [event["data"]["read"]["leave_out"] for event in log if event["type"] == "input_received"] == [["swap"], []]
    review = next(event["data"] for event in log if event["seq"] == second)
    assert review["left_out"] == ["swap"]
    assert review["limits"]["from"] == "2019"
    report = log[-1]["data"]
    units = [unit for section in report["sections"] for unit in section["sentences"]]
    assert units
    assert not any("swap" in unit["text"] for unit in [*report["summary"], *units])
    assert report["approvals"][0]["left_out"] == ["swap"]
    child, _ = await waiting(either, {"question": "Add the pantry daemon", "options": {"revises": run_id}})
    state = (await either.get(f"/api/runs/{child}")).json()
    assert state["brief"]["findings"] > 0
    await either.post(f"/api/runs/{child}/cancel")
    inherited = next(event["data"] for event in await log_of(either, child) if event["type"] == "input_required")
    assert inherited["left_out"] == ["swap"]
    assert not any("swap" in finding["claim"] for finding in inherited["findings"])
    assert inherited["limits"]["from"] == "2019"


async def test_a_passage_added_with_an_approval_can_be_read_in_context(either: httpx.AsyncClient) -> None:
    run_id, seq = await waiting(either, {"question": QUESTION})
    before = (await either.get(f"/api/runs/{run_id}/sources/s1")).json()["passages"][0]
    start, text = before["place"]["offset"], before["text"]
    add = [{"source": "s1", "start": start, "end": start + len(text)}]
    sent = {"response": "yes", "review": seq, "add": add, "by": "Ada"}
    assert (await either.post(f"/api/runs/{run_id}/response", json=sent)).status_code == 200
    report = (await log_of(either, run_id))[-1]["data"]
    added = report["findings"][-1]
    assert added["id"] in report["approvals"][0]["kept"]
    assert added["quotes"][0]["text"] == text
    passages = (await either.get(f"/api/runs/{run_id}/sources/s1")).json()["passages"]
    (own,) = [each for each in passages if each["finding"] == added["id"]]
    assert own["text"][slice(*own["quote"])] == text
    exported = (await either.get(f"/api/runs/{run_id}/report.json")).json()
    assert added["id"] in [finding["id"] for finding in exported["findings"]]
    links = (await either.get(f"/api/runs/{run_id}/record")).json()["links"]
    decided = next(link["content"]["data"] for link in links if link["kind"] == "decided")
    assert (decided["add"], decided["read"]["added"][0]["quote"]["text"]) == (add, text)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"drop": {"f99": ""}}, "drop"),
        ({"limits": {"from": "soon"}}, "limits.from"),
        ({"limits": {"sources": ["nowhere"]}}, "limits.sources"),
        ({"add": [{"source": "s1", "start": 10**7, "end": 10**7 + 5}]}, "add"),
        ({"search": [""]}, "search.0"),
    ],
)
async def test_what_cannot_be_is_refused_and_the_review_stays_open(
    client: httpx.AsyncClient, said: dict[str, Any], field: str
) -> None:
    run_id, seq = await waiting(client, {"question": QUESTION})
    for path in (f"/api/runs/{run_id}/response", f"/api/runs/{run_id}/reviews/{seq}/reading"):
        refused = await client.post(path, json={"response": "no", "review": seq, **said})
        assert (refused.status_code, refused.json()["error"]["field"].removeprefix("body.")) == (422, field)
    assert (await client.get(f"/api/runs/{run_id}")).json()["open_reviews"] == [seq]


async def test_a_workflow_that_reads_no_prose_says_so(client: httpx.AsyncClient) -> None:
    run_id, seq = await waiting(client, {"question": "q", "workflow": "rewrite"})
    refused = await client.post(f"/api/runs/{run_id}/reviews/{seq}/reading", json={"response": "anything"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "invalid_request")
    nothing = await client.post(f"/api/runs/{run_id}/reviews/99/reading", json={"response": "anything"})
    assert (nothing.status_code, nothing.json()["error"]["code"]) == (404, "review_not_found")
