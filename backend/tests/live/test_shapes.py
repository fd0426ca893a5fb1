"""Workflows in the shapes that LlamaIndex's users give them, hosted by their names, with what their authors expect; the
server is killed whenever all of them wait."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from shapes.shape import SHAPES, WORKFLOWS, Shape
from support.postgres import Postgres
from support.server import Server

ROUNDS = 3
"""Most questions that one of them asks, one after the other."""


async def settled(client: httpx.AsyncClient, runs: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The runs by name, once all of them wait or are over."""
    async with asyncio.timeout(60):
        while True:
            states = {name: (await client.get(f"/api/runs/{id}")).json() for name, id in runs.items()}
            if not any(state["status"] == "running" for state in states.values()):
                return states
            await asyncio.sleep(0.1)


async def log(client: httpx.AsyncClient, state: dict[str, Any]) -> list[dict[str, Any]]:
    """What the run has said so far."""
    entries: list[dict[str, Any]] = []
    async with client.stream("GET", f"/api/runs/{state['id']}/events") as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data:"):
                entries.append(json.loads(line.removeprefix("data:")))
                if entries[-1]["seq"] == state["last_seq"]:
                    break
    return entries


async def answer(client: httpx.AsyncClient, shape: Shape, state: dict[str, Any]) -> None:
    asked = {entry["seq"]: entry for entry in await log(client, state) if entry["type"] == "input_required"}
    for seq in state["open_reviews"]:
        body = {"review": seq, "response": shape.answers[asked[seq]["payload"]], "by": "Ada"}
        answered = await client.post(f"/api/runs/{state['id']}/response", json=body)
        assert answered.status_code == 200, answered.text


async def outcomes(server: Server, *, killed: bool) -> dict[str, list[dict[str, Any]]]:
    """The whole log of each shape."""
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as client:
        runs: dict[str, str] = {}
        for name, shape in SHAPES.items():
            body = {"question": shape.question, "workflow": name, "options": shape.options}
            started = await client.post("/api/runs", json=body)
            assert started.status_code == 201, (name, started.text)
            runs[name] = started.json()["id"]
        for _ in range(ROUNDS):
            states = await settled(client, runs)
            if killed:
                server.kill()
                server.start()
            for name, state in states.items():
                if state["status"] == "waiting":
                    await answer(client, SHAPES[name], state)
        states = await settled(client, runs)
        return {name: await log(client, state) for name, state in states.items()}


def came_to(entries: list[dict[str, Any]]) -> Any:
    """What a run has come to: of an agent the text, of any other workflow the data."""
    last = entries[-1]
    if last["type"] != "final_result":
        return last["type"], last["payload"]
    result = last["data"]["result"]
    return last["payload"] if isinstance(result, dict) and "current_agent_name" in result else result


def check(logs: dict[str, list[dict[str, Any]]]) -> None:
    assert {name: came_to(entries) for name, entries in logs.items()} == {
        name: shape.result for name, shape in SHAPES.items()
    }
    for name, entries in logs.items():
        assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1)), name
        asked = [entry["payload"] for entry in entries if entry["type"] == "input_required"]
        assert sorted(asked) == sorted(SHAPES[name].answers), f"{name} asks each question once"
        assert sum(entry["type"] == "input_received" for entry in entries) == len(asked), name


def test_there_are_many() -> None:
    assert len({shape.path for shape in SHAPES.values()}) >= 40


@pytest.mark.parametrize("killed", [False, True], ids=["left alone", "killed"])
async def test_each_comes_to_what_its_author_expects(tmp_path: Path, killed: bool) -> None:
    with Server(tmp_path, SAYSO_WORKFLOWS=WORKFLOWS) as server:
        check(await outcomes(server, killed=killed))


async def test_the_same_on_postgres(tmp_path: Path, postgres: Postgres) -> None:
    with Server(tmp_path, SAYSO_WORKFLOWS=WORKFLOWS, SAYSO_DATABASE_URL=postgres.database()) as server:
        check(await outcomes(server, killed=True))
