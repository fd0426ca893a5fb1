"""Runs of a database that 0.1.0 wrote: they open, replay, are answered, exported and revised by today's server.

`golden/record_010.py` says what is in it. What was recorded stays as it is; new fields may join.
"""

import asyncio
import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from exports.reading import docx_text, flat, html_text, pdf_text
from golden.record_010 import DATABASE, FEEDBACK, LOG, logged, when_read, write_library
from sayso.protocol.record import RunRecord
from sayso.record.check import check
from sayso.record.run import KINDS
from support.server import Frame, Server, assert_no_gap, receive, send, until

RECORDED: dict[str, Any] = json.loads(LOG.read_text(encoding="utf-8"))
REPORTS = ("finished", "released", "revision")
TEXT: dict[str, Callable[[bytes], str]] = {
    "md": lambda data: data.decode().replace("\\", ""),
    "html": html_text,
    "docx": docx_text,
    "pdf": pdf_text,
    "json": lambda data: data.decode(),
}


@contextmanager
def upgraded(folder: Path) -> Iterator[Server]:
    """Today's server on the database of 0.1.0."""
    write_library(folder / "library")
    (folder / "data").mkdir()
    (folder / "data" / "sayso.db").write_bytes(gzip.decompress(DATABASE.read_bytes()))
    with Server(folder) as server:
        asyncio.run(when_read(server))
        yield server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all tests: each answers runs that no other answers."""
    with upgraded(tmp_path_factory.mktemp("upgraded")) as server:
        yield server


@pytest.fixture
def untouched(tmp_path: Path) -> Iterator[Server]:
    """One that nobody has answered anything on."""
    with upgraded(tmp_path) as server:
        yield server


def run_id(name: str) -> str:
    return str(RECORDED[name]["state"]["id"])


def lost(recorded: object, now: object, path: str = "") -> list[str]:
    """What was recorded and is not there any more, or is something else; new fields are none of that."""
    if isinstance(recorded, dict) and isinstance(now, dict):
        gone = [f"{path}.{key}" for key in recorded if key not in now]
        return gone + [
            each for key in recorded if key in now for each in lost(recorded[key], now[key], f"{path}.{key}")
        ]
    if isinstance(recorded, list) and isinstance(now, list) and len(recorded) == len(now):
        pairs = enumerate(zip(recorded, now, strict=True))
        return [each for n, (before, after) in pairs for each in lost(before, after, f"{path}[{n}]")]
    return [] if recorded == now and type(recorded) is type(now) else [f"{path}: {recorded!r} is {now!r}"]


def test_what_is_lost_is_found() -> None:
    """The comparison that the others rest on."""
    before = {"a": [{"b": 1}, {"c": None}], "d": "x"}
    assert lost(before, {**before, "new": 1}) == []
    assert lost(before, {"a": [{"b": 1, "new": 2}, {"c": None}], "d": "x"}) == []
    assert lost(before, {"a": [{"b": 1}, {}], "d": "x"}) == [".a[1].c"]
    assert lost(before, {"a": [{"b": True}, {"c": None}], "d": "y"}) == [".a[0].b: 1 is True", ".d: 'x' is 'y'"]
    assert len(lost(before, {"a": [{"b": 1}], "d": "x"})) == 1


async def test_every_run_is_listed_and_opens_as_it_was(untouched: Server) -> None:
    listed = (await untouched.get("/api/runs", params={"limit": 100}))["runs"]
    assert {run["id"] for run in listed} == {run_id(name) for name in RECORDED}
    waiting = (await untouched.get("/api/runs", params={"status": "waiting", "limit": 100}))["runs"]
    at_work = run_id("at work")
    assert {run["id"] for run in waiting} - {at_work} == {
        run_id(name) for name, each in RECORDED.items() if each["state"]["status"] == "waiting"
    }
    for state in listed:
        (before,) = (each["state"] for each in RECORDED.values() if each["state"]["id"] == state["id"])
        opened = await untouched.get(f"/api/runs/{state['id']}")
        if state["id"] == at_work:
            # It goes on by itself, up to its question.
            before = {key: before[key] for key in ("question", "workflow", "by", "options", "created_at", "generation")}
            assert opened["status"] in ("running", "waiting")
        assert lost(before, state) == []
        assert lost(before, opened) == []


async def test_every_log_replays_as_it_was(server: Server) -> None:
    for name, each in RECORDED.items():
        frames = await logged(server, run_id(name), len(each["frames"]))
        assert_no_gap(frames)
        assert lost(each["frames"], frames) == [], name
        if each["state"]["status"] in ("completed", "failed", "cancelled"):
            async with httpx.AsyncClient(base_url=server.url) as client:
                stream = (await client.get(f"/api/runs/{run_id(name)}/events")).text
            told = [json.loads(line[5:]) for line in stream.splitlines() if line.startswith("data:")]
            assert told == frames, name


async def answered(server: Server, name: str, *answers: dict[str, Any]) -> list[Frame]:
    """Answer a waiting run until it ends; its whole log."""
    reviews = RECORDED[name]["state"]["open_reviews"]
    after = reviews[-1] - 1 if reviews else 0
    async with server.connect() as socket:
        await send(socket, run_id=run_id(name), after=after)
        for answer in answers:
            asked = (await until(socket, "input_required"))[-1]
            await send(socket, **{"review": asked["seq"], "by": "Linus", **answer})
        last = (await until(socket, "final_result"))[-1]["seq"]
    frames = await logged(server, run_id(name), last)
    assert_no_gap(frames)
    kept = RECORDED[name]["frames"]
    assert lost(kept, frames[: len(kept)]) == []
    assert (await server.get(f"/api/runs/{run_id(name)}"))["status"] == "completed"
    return frames


def kept_in(report: Frame) -> list[str]:
    return [finding["id"] for finding in report["data"]["findings"]]


async def test_a_run_that_waits_for_its_first_decision_is_approved(server: Server) -> None:
    report = (await answered(server, "due", {"response": "approve", "keep": ["f1", "f3"]}))[-1]
    assert kept_in(report) == ["f1", "f3"]
    assert report["data"]["approvals"][-1]["by"] == "Linus"
    assert report["data"]["approvals"][-1]["dropped"] == ["f2", "f4"]
    assert report["data"]["gate"]["sentences"] > 0
    assert "60 days" not in json.dumps(report), "what was dropped is in no report"


async def test_a_run_that_waits_in_its_second_round_is_rejected_and_approved(server: Server) -> None:
    shown = RECORDED["waiting in round 2"]["frames"][-1]["data"]["findings"]
    keep = [finding["id"] for finding in shown if finding["kind"] == "evidence"]
    feedback = "Where are the encryption keys kept?"
    frames = await answered(
        server,
        "waiting in round 2",
        {"response": "reject", "feedback": feedback, "keep": keep},
        {"response": "approve"},
    )
    review = [frame for frame in frames if frame["type"] == "input_required"][-1]["data"]
    assert review["round"] == 3
    assert [use["feedback"] for use in review["feedback_used"]][-1] == feedback
    assert {finding["id"] for finding in review["findings"] if finding["state"] == "kept"} >= set(keep)
    assert set(kept_in(frames[-1])) >= set(keep)
    assert frames[-1]["data"]["rounds"] == 3


async def test_a_run_that_waits_for_its_first_decision_is_rejected_and_approved(server: Server) -> None:
    frames = await answered(
        server, "waiting", {"response": "reject", "feedback": FEEDBACK, "keep": ["f1"]}, {"response": "approve"}
    )
    claims = [finding["claim"] for finding in frames[-1]["data"]["findings"]]
    assert claims[0] == "Backups are kept for 30 days."
    assert "Cards are valid for two years." in claims
    assert any("Helicopters" in line for line in frames[-1]["data"]["not_found"])


async def test_a_text_that_waits_is_sent_back_and_approved(server: Server) -> None:
    frames = await answered(
        server, "waiting with a text", {"response": "reject", "feedback": "Shorter"}, {"response": "approve"}
    )
    assert [(each["kind"], each["by"]) for each in frames[-1]["data"]["approvals"]] == [
        ("evidence", "Ada"),
        ("report", "Linus"),
    ]
    assert kept_in(frames[-1]) == ["f1", "f2"]


@pytest.mark.parametrize(
    ("name", "answer", "result"),
    [
        ("hosted, waiting", {"response": "yes"}, {"question": "why?", "rounds": 2}),
        ("hosted, typed state", {"response": "go"}, {"parts": [0, 1, 2, 3], "response": "go"}),
        ("at work", {"response": "on"}, "why?: on"),
    ],
)
async def test_a_run_of_ones_own_workflow_goes_on(
    server: Server, name: str, answer: dict[str, Any], result: object
) -> None:
    frames = await answered(server, name, answer)
    assert frames[-1]["data"]["result"] == result


async def test_the_second_of_two_questions_is_answered(server: Server) -> None:
    name = "hosted, one of two answered"
    async with server.connect() as socket:
        await send(socket, run_id=run_id(name), after=RECORDED[name]["state"]["last_seq"])
        await receive(socket)
        await send(socket, response="red", review=RECORDED[name]["state"]["open_reviews"][0], by="Linus")
        result = (await until(socket, "final_result"))[-1]
    assert result["data"]["result"] == {"a": "blue", "b": "red"}


@pytest.mark.parametrize("name", REPORTS)
async def test_a_finished_report_is_exported_with_its_sources(server: Server, name: str) -> None:
    report = RECORDED[name]["frames"][-1]["data"]
    sentences = [sentence["text"] for section in report["sections"] for sentence in section["sentences"]]
    assert sentences
    async with httpx.AsyncClient(base_url=server.url, timeout=60) as client:
        for kind, text in TEXT.items():
            answer = await client.get(f"/api/runs/{run_id(name)}/report.{kind}")
            assert answer.status_code == 200, server.output
            said = flat(text(answer.content))
            assert [sentence for sentence in sentences if flat(sentence) not in said] == [], kind
            if kind == "json":
                assert lost(report, answer.json()) == []
    for source, before in RECORDED[name]["sources"].items():
        assert before["passages"]
        assert lost(before, await server.get(f"/api/runs/{run_id(name)}/sources/{source}")) == []


@pytest.mark.parametrize("name", REPORTS)
async def test_a_finished_report_is_revised(server: Server, name: str) -> None:
    before = RECORDED[name]["frames"][-1]["data"]
    async with server.connect() as socket:
        await send(socket, question="What happens to lost cards?", options={"revises": run_id(name)}, by="Linus")
        review = (await until(socket, "input_required"))[-1]["data"]
        assert review["parent"] == {"run_id": run_id(name), "title": before["title"]}
        kept = [finding for finding in review["findings"] if finding["state"] == "kept"]
        assert [finding["claim"] for finding in kept] == [finding["claim"] for finding in before["findings"]]
        await send(socket, response="approve", by="Linus")
        report = (await until(socket, "final_result"))[-1]["data"]
    assert {finding["claim"] for finding in before["findings"]} <= {each["claim"] for each in report["findings"]}


async def test_what_is_over_stays_over(server: Server) -> None:
    """Failed, cancelled, expired: they are not taken up again, and take no answer."""
    async with httpx.AsyncClient(base_url=server.url, timeout=20) as client:
        for name, status in [("failed", "failed"), ("cancelled", "cancelled"), ("expired", "cancelled")]:
            asked = [frame["seq"] for frame in RECORDED[name]["frames"] if frame["type"] == "input_required"]
            answer = {"response": "yes", "review": asked[0] if asked else 1}
            refused = await client.post(f"/api/runs/{run_id(name)}/response", json=answer)
            assert refused.status_code in (404, 409)
            assert (await server.get(f"/api/runs/{run_id(name)}"))["status"] == status


async def test_what_was_sent_to_010_is_known_when_it_is_sent_again(server: Server) -> None:
    """A request and a decision, each under the id that it had: the same run, the same decision."""
    again = {key: RECORDED["released"]["state"][key] for key in ("question", "options", "by")} | {"request_id": "once"}
    first = next(frame for frame in RECORDED["finished"]["frames"] if frame["type"] == "input_received")
    decision = {key: first["data"][key] for key in ("response", "review", "feedback", "keep", "by", "response_id")}
    async with httpx.AsyncClient(base_url=server.url, timeout=20) as client:
        assert (await client.post("/api/runs", json=again)).json()["id"] == run_id("released")
        repeated = await client.post(f"/api/runs/{run_id('finished')}/response", json=decision)
        assert (repeated.status_code, lost(first, repeated.json())) == (200, [])
        other = await client.post(f"/api/runs/{run_id('finished')}/response", json={**decision, "response_id": "no-2"})
        assert other.json()["error"]["code"] == "already_answered"


def kinds_of(record: RunRecord) -> list[str]:
    return [link.kind for link in record.links]


async def test_every_run_has_a_record_from_now_on(untouched: Server) -> None:
    """Its first link holds what was stored then, and says that it proves nothing about before."""
    at_work = run_id("at work")
    async with untouched.connect() as socket:
        # It goes on by itself; what comes next is its question, asked again or at last.
        await send(socket, run_id=at_work)
        await until(socket, "input_required")
    for name, each in RECORDED.items():
        record = RunRecord.model_validate(await untouched.get(f"/api/runs/{run_id(name)}/record"))
        verdict = check(record)
        assert verdict.holds, (name, verdict)
        assert kinds_of(record)[0] == "earlier", name
        if name != "at work":
            assert kinds_of(record) == ["earlier"], name
            content = record.links[0].content
            assert isinstance(content, dict)
            counted = [frame for frame in each["frames"] if frame["type"] in KINDS]
            assert lost(counted, content["entries"]) == [], name
        again = RunRecord.model_validate(await untouched.get(f"/api/runs/{run_id(name)}/record"))
        assert again == record, "to ask for it changes nothing more"


async def test_what_is_decided_from_now_on_is_recorded(untouched: Server) -> None:
    frames = await answered(untouched, "waiting", {"response": "approve"})
    record = RunRecord.model_validate(await untouched.get(f"/api/runs/{run_id('waiting')}/record"))
    assert kinds_of(record) == ["earlier", "decided", "written"]
    assert check(record).holds
    assert frames[-1]["data"]["record"] == {"links": 2, "head": record.links[1].hash}
