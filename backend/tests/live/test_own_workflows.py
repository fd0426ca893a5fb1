"""Workflows of one's own, hosted in the real server: the example, typed answers, several questions, any result."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from support.server import Frame, Server, assert_no_gap, receive, send, until

ROOT = Path(__file__).parents[3]
WORKFLOWS = (
    "rewrite=examples.rewrite_workflow:RewriteWorkflow,quiet=support.workflows:AsksNothing,"
    "grade=support.own_workflows:GradeIt,json=support.own_workflows:AnyJson,form=support.own_workflows:Form"
)
TEXT = "we can't   meet on monday ,because the room isn't free!!  I really think we should wait."
TIDY = "We cannot meet on monday, because the room is not free! I really think we should wait."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Started as a user does, in the folder with the example; and like the installed command, which adds no folder
    to the path by itself (PYTHONSAFEPATH)."""
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    with Server(folder, SAYSO_WORKFLOWS=WORKFLOWS, PYTHONSAFEPATH="1") as server:
        yield server


async def test_the_example_is_rejected_with_feedback_and_approved(server: Server) -> None:
    async with server.connect() as socket:
        await send(socket, question=TEXT, workflow="rewrite", by="Ada")
        frames = await until(socket, "input_required")
        assert frames[0]["data"]["workflow"] == "rewrite"
        assert frames[-1]["payload"].startswith(TIDY)
        assert "- Expanded contractions." in frames[-1]["payload"]
        await send(socket, response="no", feedback="Shorter, and bullet points please")
        frames += await until(socket, "input_required")
        assert frames[-1]["payload"].startswith("- We cannot meet on monday, because the room is not free!\n- I think")
        assert "- Your wishes: shorter, bullet points." in frames[-1]["payload"]
        await send(socket, response="reject", feedback="No bullet points. Keep contractions!")
        frames += await until(socket, "input_required")
        assert frames[-1]["payload"].startswith("We can't meet on monday")
        await send(socket, response="reject", feedback="More like Hemingway")
        frames += await until(socket, "input_required")
        assert "was not understood" in frames[-1]["payload"]
        await send(socket, response="yes")
        frames += await until(socket, "final_result")
    assert_no_gap(frames)
    tidy = "We can't meet on monday, because the room isn't free! I think we should wait."
    assert (frames[-1]["payload"], frames[-1]["data"]) == (tidy, {"result": tidy})


async def test_a_response_outside_the_schema_is_refused_and_the_review_stays_open(server: Server) -> None:
    async with server.connect() as socket:
        await send(socket, question="a text", workflow="rewrite")
        await until(socket, "input_required")
        await send(socket, response="perhaps")
        assert (await receive(socket))["data"] == {"code": "invalid_response", "field": "response", "details": {}}
        await send(socket, response="approve")
        assert (await until(socket, "final_result"))[-1]["data"] == {"result": "A text"}


WRONG: list[tuple[Any, str]] = [
    ("good", "response"),
    ({"verdict": "good"}, "response"),
    ({"verdict": "great", "points": 3}, "response.verdict"),
    ({"verdict": "good", "points": "3"}, "response.points"),
    ({"verdict": "good", "points": 11}, "response.points"),
    ({"verdict": "good", "points": 3, "comment": "x" * 41}, "response.comment"),
    ({"verdict": "good", "points": 3, "tags": ["a", 1]}, "response.tags.1"),
]


async def test_an_object_fills_the_fields_of_the_response_class(server: Server) -> None:
    async with server.connect() as socket:
        await send(socket, question="this", workflow="grade")
        review = (await until(socket, "input_required"))[-1]
        assert review["payload"] == "How good is “this”?"
        assert review["data"]["response_schema"]["required"] == ["verdict", "points"]
        for response, field in WRONG:
            await send(socket, response=response)
            told = await receive(socket)
            assert (told["data"]["code"], told["data"]["field"]) == ("invalid_response", field), response
            assert told["payload"].startswith(f"{field}: ")
        await send(socket, response={"verdict": "fair", "points": 6, "tags": ["new"]}, by="Ada")
        result = (await until(socket, "final_result"))[-1]["data"]["result"]
    expected = {"verdict": "fair", "points": 6, "comment": "", "public": True, "tags": ["new"], "by": "Ada"}
    assert result == expected


async def test_the_same_over_http(server: Server) -> None:
    async with httpx.AsyncClient(base_url=server.url) as client:
        started = await client.post("/api/runs", json={"question": "this", "workflow": "grade"})
        assert started.status_code == 201
        run_id = started.json()["id"]
        review = await _open_review(server, run_id)
        answer = f"/api/runs/{run_id}/response"
        wrong = await client.post(answer, json={"review": review, "response": {"verdict": "good", "points": -1}})
        assert wrong.status_code == 422
        assert (wrong.json()["error"]["code"], wrong.json()["error"]["field"]) == (
            "invalid_response",
            "response.points",
        )
        taken = await client.post(answer, json={"review": review, "response": {"verdict": "good", "points": 9}})
        assert taken.status_code == 200
    frames = await _whole_run(server, run_id)
    assert frames[-1]["data"]["result"]["points"] == 9


async def test_several_open_reviews_are_answered_by_their_numbers(server: Server) -> None:
    async with server.connect() as socket:
        await send(socket, question="this", workflow="form")
        asked = [(await until(socket, "input_required"))[-1] for _ in range(3)]
        name, many, sure = (_numbered(asked, key) for key in ("name", "many", "sure"))
        await send(socket, response=3, review=many)
        await until(socket, "input_received")
    async with server.connect() as socket:
        await send(socket, run_id=asked[0]["run_id"])
        first = await receive(socket)
        assert first["data"]["open_reviews"] == sorted([name, sure])
        await send(socket, response=True, review=sure)
        await send(socket, response="Sayso", review=name)
        frames = await until(socket, "final_result")
    assert frames[-1]["data"]["result"] == {"many": 3, "sure": True, "name": "Sayso"}
    assert_no_gap(frames)


async def test_open_questions_and_collected_answers_survive_a_kill(tmp_path: Path) -> None:
    with Server(tmp_path, SAYSO_WORKFLOWS="form=support.own_workflows:Form") as own:
        async with own.connect() as socket:
            await send(socket, question="this", workflow="form")
            asked = [(await until(socket, "input_required"))[-1] for _ in range(3)]
            await send(socket, response=3, review=_numbered(asked, "many"))
            await until(socket, "input_received")
        own.kill()
        own.start()
        async with own.connect() as socket:
            await send(socket, run_id=asked[0]["run_id"])
            await send(socket, response=True, review=_numbered(asked, "sure"))
            await send(socket, response="Sayso", review=_numbered(asked, "name"))
            frames = await until(socket, "final_result")
    assert frames[-1]["data"]["result"] == {"many": 3, "sure": True, "name": "Sayso"}
    assert_no_gap(frames)
    assert sum(frame["type"] == "input_received" for frame in frames) == 3


async def test_a_workflow_that_asks_nothing(server: Server) -> None:
    async with server.connect() as socket:
        await send(socket, question="q", workflow="quiet")
        frames = await until(socket, "final_result")
    assert frames[-1]["data"] == {"result": [1, {"two": None}]}
    assert not any(frame["type"] == "input_required" for frame in frames)


@pytest.mark.parametrize("result", [None, True, 0, 1.5, "text <b>", "", [], [1, "ä"], {}, {"a": {"b": [None]}}])
async def test_a_result_is_any_json(server: Server, result: Any) -> None:
    async with server.connect() as socket:
        await send(socket, question="q", workflow="json", options={"result": result})
        ended = (await until(socket, "final_result"))[-1]
    assert ended["data"] == {"result": result}
    assert isinstance(ended["payload"], str)


async def test_workflows_are_listed_with_their_titles(server: Server) -> None:
    listed = {each["name"]: each["title"] for each in (await server.get("/api/info"))["workflows"]}
    assert next(iter(listed)) == "report"
    assert (listed["rewrite"], listed["grade"], listed["json"]) == ("Tidy a text", "Grade a text", "json")


async def test_an_unknown_workflow_is_refused(server: Server) -> None:
    async with server.connect() as socket:
        await send(socket, question="q", workflow="nothing")
        assert (await receive(socket))["data"]["code"] == "unknown_workflow"


def _numbered(asked: list[Frame], key: str) -> int:
    (number,) = (frame["seq"] for frame in asked if frame["data"]["details"]["key"] == key)
    return int(number)


async def _open_review(server: Server, run_id: str) -> int:
    async with server.connect() as socket:
        await send(socket, run_id=run_id)
        number: int = (await until(socket, "input_required"))[-1]["seq"]
    return number


async def _whole_run(server: Server, run_id: str) -> list[Frame]:
    async with server.connect() as socket:
        await send(socket, run_id=run_id)
        return await until(socket, "final_result")
