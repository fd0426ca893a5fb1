"""Several processes on one PostgreSQL: asked on one, watched on another, decided on a third; one dies, unnoticed."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import httpx
import pytest

from live.conftest import write_library
from sayso.protocol.record import RunRecord
from sayso.record.check import check
from support.postgres import Postgres
from support.server import Frame, Server, assert_no_gap, receive, send, until
from support.silent_server import SilentServer

TAKEOVER = "2"
"""Seconds after which a silent worker loses its runs, so that the tests need not wait long."""
Replica = Callable[..., Server]


@pytest.fixture
def replica(postgres: Postgres, tmp_path: Path) -> Iterator[Replica]:
    """Starts processes on one database, each with a data folder of its own."""
    url = postgres.database()
    started: list[Server] = []

    def start(*arguments: str, **environment: str) -> Server:
        folder = tmp_path / f"replica{len(started)}"
        write_library(folder / "library")
        settings = {"SAYSO_DATABASE_URL": url, "SAYSO_TAKEOVER": TAKEOVER, "SLOW_STEP": "0.1", **environment}
        server = Server(folder, *arguments, **settings)
        server.start()
        started.append(server)
        return server

    yield start
    for server in started:
        server.thaw()
        server.stop()


def held_after(steps: int, gate: Path) -> dict[str, str]:
    """The environment of a process in which slow runs get no further than so many steps, until there is a file `gate`:
    whatever the second process needs to start, the first one is at work then."""
    return {"SLOW_HELD": str(steps + 1), "SLOW_GATE": str(gate)}


async def slow_run(server: Server, steps: int) -> list[Frame]:
    """The log of a run of the slow workflow that has done so many steps."""
    async with server.connect() as socket:
        await send(socket, question="q", workflow="slow")
        frames = [await receive(socket)]
        while frames[-1]["payload"] != f"step {steps}":
            frames.append(await receive(socket))
    return frames


async def to_the_end(server: Server, run_id: str, after: int = 0) -> list[Frame]:
    """Watch a slow run on this server, answer its question, and see it to its end."""
    async with asyncio.timeout(60), server.connect() as socket:
        await send(socket, run_id=run_id, after=after)
        log = await until(socket, "input_required")
        await send(socket, response="certainly")
        log += await until(socket, "final_result")
    assert log[-1]["data"]["result"] == "q: certainly"
    assert_no_gap(log, after)
    return log


def assert_done_once(log: list[Frame], *, resumed: int) -> None:
    kinds = [frame["type"] for frame in log]
    assert (kinds.count("input_required"), kinds.count("input_received"), kinds.count("final_result")) == (1, 1, 1)
    assert sum(frame["payload"] == "Resumed after an interruption" for frame in log) == resumed
    done = [frame["payload"] for frame in log if frame["payload"].startswith("step ")]
    assert set(done) == {f"step {n}" for n in range(1, 41)}


async def test_asked_on_one_watched_on_another_decided_on_a_third(replica: Replica) -> None:
    first, second, third = replica(), replica(), replica()
    async with first.connect() as asking, second.connect() as watching:
        await send(asking, question="When does VACUUM FULL lock a table?", by="Ada")
        asked = await until(asking, "input_required")
        run_id, review = asked[0]["run_id"], asked[-1]["seq"]
        await send(watching, run_id=run_id)
        watched = await until(watching, "input_required")
        async with httpx.AsyncClient(base_url=third.url, timeout=20) as client:
            answer = {"response": "approve", "review": review, "by": "Grace", "response_id": "once"}
            decided = await client.post(f"/api/runs/{run_id}/response", json=answer)
            assert decided.status_code == 200
            late = await client.post(f"/api/runs/{run_id}/response", json={**answer, "response_id": "late"})
            assert late.json()["error"]["code"] == "already_answered"
        asked += await until(asking, "final_result")
        watched += await until(watching, "final_result")
    assert asked[1:] == watched[1:]
    assert_no_gap(asked)
    record = RunRecord.model_validate(await second.get(f"/api/runs/{run_id}/record"))
    assert [link.kind for link in record.links] == ["start", "shown", "decided", "written"]
    assert check(record, asked[-1]["data"]["record"]["head"]).behind_head == 1
    assert check(record).holds
    assert "Evidence approved by Grace" in asked[-1]["payload"]
    sources = asked[-1]["data"]["sources"]
    kept = await third.get(f"/api/runs/{run_id}/sources/{sources[0]['id']}")
    assert kept["passages"], "what was cited can be read on any replica"


async def test_many_answers_on_all_replicas_are_one_decision(replica: Replica) -> None:
    servers = [replica(), replica()]
    async with servers[0].connect() as socket:
        await send(socket, question="q", workflow="rewrite")
        frames = await until(socket, "input_required")
    run_id, review = frames[0]["run_id"], frames[-1]["seq"]

    async def answer(number: int) -> int:
        async with httpx.AsyncClient(base_url=servers[number % 2].url, timeout=20) as client:
            body = {"response": "yes", "review": review, "response_id": f"r{number}"}
            return (await client.post(f"/api/runs/{run_id}/response", json=body)).status_code

    codes = await asyncio.gather(*(answer(number) for number in range(20)))
    assert sorted(codes) == [200, *[409] * 19]


@pytest.mark.parametrize("steps", [1, 5])
async def test_a_killed_worker_loses_its_run_to_another(replica: Replica, tmp_path: Path, steps: int) -> None:
    first = replica(**held_after(steps, tmp_path / "never"))
    frames = await slow_run(first, steps)
    second = replica()
    first.kill()
    log = await to_the_end(second, frames[0]["run_id"])
    assert log[1 : len(frames)] == frames[1:], "what was seen stays as it was"
    assert_done_once(log, resumed=1)
    record = RunRecord.model_validate(await second.get(f"/api/runs/{frames[0]['run_id']}/record"))
    assert check(record).holds
    assert [link.kind for link in record.links] == ["start", "shown", "decided", "written"]


async def test_a_frozen_worker_that_wakes_up_can_write_nothing(replica: Replica, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    first = replica(**held_after(5, gate))
    frames = await slow_run(first, 5)
    second = replica()
    first.freeze()
    # When it wakes up it goes on with what it was at, and has something to write.
    gate.touch()
    async with second.connect() as socket:
        await send(socket, run_id=frames[0]["run_id"])
        log = await until(socket, "input_required")
    first.thaw()
    await asyncio.sleep(1.5)
    whole = await to_the_end(first, frames[0]["run_id"])
    assert whole[1 : len(log)] == log[1:]
    assert_done_once(whole, resumed=1)


async def test_a_stopped_server_hands_its_run_back_at_once(replica: Replica, tmp_path: Path) -> None:
    first = replica(SAYSO_TAKEOVER="600", **held_after(4, tmp_path / "never"))
    frames = await slow_run(first, 4)
    second = replica(SAYSO_TAKEOVER="600")
    await asyncio.to_thread(first.stop)
    log = await to_the_end(second, frames[0]["run_id"])
    kinds = [frame["type"] for frame in log]
    assert kinds.count("final_result") == 1


async def test_a_server_without_worker_and_a_worker_without_server(replica: Replica) -> None:
    server = replica("serve", "--no-worker")
    async with server.connect() as socket:
        await send(socket, question="q", workflow="rewrite")
        await receive(socket)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1.0):
                await socket.recv()
        worker = replica("worker", "--concurrency", "2")
        frames = await until(socket, "input_required")
        await send(socket, response="yes")
        await until(socket, "final_result")
    assert frames[-1]["seq"] == 2
    assert await asyncio.to_thread(worker.stop) == 0


async def test_cancelled_and_deleted_elsewhere(replica: Replica) -> None:
    first, second = replica(), replica()
    frames = await slow_run(first, 2)
    run_id = frames[0]["run_id"]
    async with first.connect() as socket, httpx.AsyncClient(base_url=second.url, timeout=20) as client:
        await send(socket, run_id=run_id, after=frames[-1]["seq"])
        await client.post(f"/api/runs/{run_id}/cancel", json={"cancel": True, "by": "Grace"})
        log = await until(socket, "cancelled")
        assert log[-1]["payload"] == "Cancelled by Grace"
        again = await slow_run(first, 2)
        async with first.connect() as watching:
            await send(watching, run_id=again[0]["run_id"], after=again[-1]["seq"])
            await receive(watching)
            assert (await client.delete(f"/api/runs/{again[0]['run_id']}")).status_code == 204
            gone = await until(watching, "error")
            assert gone[-1]["data"]["code"] == "run_deleted"


@pytest.mark.parametrize("end", ["cancel", "delete", "stop"])
async def test_a_model_that_writes_for_another_process_is_hung_up_on(replica: Replica, end: str) -> None:
    worker, other = replica(), replica("serve", "--no-worker")
    async with SilentServer() as model, httpx.AsyncClient(base_url=other.url, timeout=20) as client:
        run = (await client.post("/api/runs", json={"question": model.url, "workflow": "calls"})).json()["id"]
        await asyncio.wait_for(model.called.wait(), 20)
        await asyncio.sleep(0.2)
        assert not model.hung_up.is_set()
        if end == "cancel":
            await client.post(f"/api/runs/{run}/cancel")
        elif end == "delete":
            await client.delete(f"/api/runs/{run}")
        else:
            await asyncio.to_thread(worker.stop)
        await asyncio.wait_for(model.hung_up.wait(), 10)


async def test_a_worker_that_lost_its_run_while_it_was_frozen_hangs_up(replica: Replica) -> None:
    first = replica()
    async with SilentServer() as model, httpx.AsyncClient(base_url=first.url, timeout=20) as client:
        run = (await client.post("/api/runs", json={"question": model.url, "workflow": "calls"})).json()["id"]
        await asyncio.wait_for(model.called.wait(), 20)
        first.freeze()
        model.called.clear()
        replica()
        await asyncio.wait_for(model.called.wait(), 60)
        assert not model.hung_up.is_set()
        first.thaw()
        await asyncio.wait_for(model.hung_up.wait(), 20)
        await client.post(f"/api/runs/{run}/cancel")


async def test_the_database_away_for_a_while(postgres: Postgres, replica: Replica) -> None:
    first, second = replica(), replica()
    async with first.connect() as socket, httpx.AsyncClient(timeout=30) as client:
        await send(socket, question="q", workflow="rewrite")
        frames = await until(socket, "input_required")
        run_id, review = frames[0]["run_id"], frames[-1]["seq"]
        working = await slow_run(second, 3)
        stopping = asyncio.create_task(asyncio.to_thread(postgres.restart, pause=12.0))
        async for status in readiness(client, second.url):
            if status == 503:
                break
        answer = {"response": "yes", "review": review, "response_id": "once"}
        refused = await client.post(f"{first.url}/api/runs/{run_id}/response", json=answer)
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "unavailable")
        await stopping
        async for status in readiness(client, second.url):
            if status == 200:
                break
        async for status in readiness(client, first.url):
            if status == 200:
                break
        accepted = await client.post(f"{second.url}/api/runs/{run_id}/response", json=answer)
        assert accepted.status_code == 200, "it was not applied before"
        rest = await until(socket, "final_result")
        assert_no_gap([*frames, *rest])
    log = await to_the_end(first, working[0]["run_id"])
    kinds = [frame["type"] for frame in log]
    assert kinds.count("final_result") == 1


async def readiness(client: httpx.AsyncClient, url: str) -> AsyncIterator[int]:
    async with asyncio.timeout(60):
        while True:
            yield (await client.get(f"{url}/readyz")).status_code
            await asyncio.sleep(0.2)


async def test_replicas_that_start_at_once_on_an_empty_database(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.database(empty=True)
    servers = []
    for name in ("a", "b"):
        write_library(tmp_path / name / "library")
        servers.append(Server(tmp_path / name, SAYSO_DATABASE_URL=url))
    await asyncio.gather(*(asyncio.to_thread(server.start) for server in servers))
    try:
        for server in servers:
            async with httpx.AsyncClient(base_url=server.url) as client:
                assert (await client.get("/readyz")).json() == {"status": "ready"}
                assert (await client.get("/api/runs")).json()["runs"] == []
    finally:
        for server in servers:
            server.stop()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["serve", "--port", "0"], "cannot be reached"),
        (["migrate"], "cannot be reached"),
        (["worker"], "cannot be reached"),
        (["prune", "--older-than", "soon"], "such as 90m, 12h or 3d"),
    ],
)
def test_what_cannot_be_done_is_one_line(tmp_path: Path, arguments: list[str], said: str) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SAYSO_", "OPENAI_"))}
    environment |= {"SAYSO_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "SAYSO_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "sayso", *arguments]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert said in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_what_has_long_been_over_is_erased_from_the_command_line(postgres: Postgres, replica: Replica) -> None:
    server = replica()
    with httpx.Client(base_url=server.url, timeout=20) as client:
        run_id = client.post("/api/runs", json={"question": "q", "workflow": "rewrite"}).json()["id"]
        client.post(f"/api/runs/{run_id}/cancel")
        assert "0 runs erased" in pruned(server, "1h")
        time.sleep(1.1)
        assert "1 run erased" in pruned(server, "1s")
        assert client.get(f"/api/runs/{run_id}").status_code == 404


def pruned(server: Server, age: str) -> str:
    command = [sys.executable, "-m", "sayso", "prune", "--older-than", age]
    return subprocess.run(command, env=server.settings, capture_output=True, text=True, check=True, timeout=60).stdout
