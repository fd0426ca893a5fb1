"""A thousand decide about one review at once, on two replicas and two channels: one wins, all others are told who."""

import asyncio
import uuid
from collections import Counter
from pathlib import Path

import pytest

from sayso.settings import Settings, read_settings
from sayso.storage.postgres.store import PostgresStore
from support.people import Office, joined, office
from support.postgres import Postgres

EACH = 250
"""Deciders of each channel of each replica."""
ROOM = asyncio.Semaphore(100)
"""Calls at a time, as many as a proxy would let through."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    given = {"auth": "tokens", "max_connections": 0, "max_frames": 0}
    return read_settings(data_dir=tmp_path / "data").model_copy(update=given)


async def by_call(replica: Office, who: str, run_id: str, review: int) -> str:
    body = {"response": "yes", "review": review, "response_id": uuid.uuid4().hex, "by": "Somebody Else"}
    async with ROOM:
        answer = await replica.call(who, "POST", f"/api/runs/{run_id}/response", json=body)
    if answer.status_code == 200:
        return f"won: {answer.json()['data']['by']}"
    error = answer.json()["error"]
    return f"{error['code']}: {error['details'].get('by')}"


async def by_frame(replica: Office, who: str, run_id: str, review: int, gate: asyncio.Event) -> str:
    async with replica.socket(who) as socket:
        socket.send({"run_id": run_id})
        await socket.until("input_required")
        await gate.wait()
        socket.send({"response": "no", "review": review})
        seen = ""
        while frame := await socket.receive():
            if frame["type"] == "error" and frame["seq"] is None:
                return f"{frame['data']['code']}: {frame['data']['details'].get('by')}"
            if frame["type"] == "input_received":
                # All who watch see it, and of a "no" who has sent it hears nothing else.
                seen = frame["data"]["by"]
                if frame["data"]["response"] == "no":
                    return f"seen: {seen}"
    # The run was over, and its sockets closed, before this one's turn.
    return f"seen: {seen}"


async def test_one_wins_and_all_others_are_told_who(settings: Settings, postgres: Postgres) -> None:
    url = postgres.database()
    async with office(settings, PostgresStore(url)) as one:
        second = settings.model_copy(update={"data_dir": settings.data_dir / "second"})
        async with joined(second, PostgresStore(url), one) as two:
            run_id = await one.ask("Ada")
            state = (await two.call("Rex", "GET", f"/api/runs/{run_id}")).json()
            review = state["open_reviews"][0]
            gate = asyncio.Event()
            people = ("Rex", "Lea", "Root")
            frames = [
                asyncio.create_task(by_frame(replica, people[n % 3], run_id, review, gate))
                for replica in (one, two)
                for n in range(EACH)
            ]
            await asyncio.sleep(1)
            gate.set()
            calls = [by_call(replica, people[n % 3], run_id, review) for replica in (one, two) for n in range(EACH)]
            said = Counter([*await asyncio.gather(*calls), *await asyncio.gather(*frames)])
            log = (await two.call("Root", "GET", f"/api/runs/{run_id}/record")).json()["links"]
            (decided,) = [link["content"]["data"] for link in log if link["kind"] == "decided"]
    winner = decided["by"]
    assert decided["verified"] is True
    assert winner in people
    assert sum(said.values()) == 4 * EACH
    assert {each.partition(": ")[2] for each in said} == {winner}, said
    assert {each.partition(": ")[0] for each in said} <= {"won", "already_answered", "seen"}, said
    assert said[f"won: {winner}"] <= 1
    assert said[f"already_answered: {winner}"] >= 2 * EACH - 1
