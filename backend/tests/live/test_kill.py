"""A server that is killed, with real processes."""

import asyncio
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from live.conftest import write_library
from research.wiki_server import Trouble, WikiServer
from support.server import Server, assert_no_gap, receive, send, until

QUESTION = "When does VACUUM FULL lock a table?"


async def test_killed_while_it_waits(own_server: Server) -> None:
    async with own_server.connect() as socket:
        await send(socket, question=QUESTION)
        before = await until(socket, "input_required")
        own_server.kill()
    own_server.start()
    async with own_server.connect() as socket:
        await send(socket, run_id=before[0]["run_id"], after=before[-1]["seq"])
        state = (await receive(socket))["data"]
        assert (state["status"], state["open_reviews"]) == ("waiting", [before[-1]["seq"]])
        assert state["generation"] == before[0]["data"]["generation"] + 1
        await send(socket, response="yes", review=before[-1]["seq"])
        after = await until(socket, "final_result")
    assert_no_gap([*before, *after])


@pytest.mark.parametrize("steps", [1, 7, 23, 38])
async def test_killed_while_it_works(own_server: Server, steps: int) -> None:
    """`steps` of the slow workflow's forty are done when the process dies; twenty come before the question."""
    async with own_server.connect() as socket:
        await send(socket, question="q", workflow="slow")
        frames = [await receive(socket)]
        while frames[-1].get("seq") is None or frames[-1]["payload"] != f"step {steps}":
            frames.append(await receive(socket))
            if frames[-1]["type"] == "input_required":
                await send(socket, response="certainly")
        own_server.kill()
    own_server.start()
    run_id = frames[0]["run_id"]
    async with own_server.connect() as socket:
        await send(socket, run_id=run_id)
        log = await until(socket, "final_result" if steps > 20 else "input_required")
        if steps <= 20:
            await send(socket, response="certainly")
            log += await until(socket, "final_result")
    assert_no_gap(log)
    assert log[-1]["data"]["result"] == "q: certainly"
    kinds = [frame["type"] for frame in log]
    assert (kinds.count("input_required"), kinds.count("input_received")) == (1, 1)
    notices = [frame for frame in log if frame["payload"] == "Resumed after an interruption"]
    assert len(notices) == 1
    done = [frame["payload"] for frame in log if frame["payload"].startswith("step ")]
    assert set(done) == {f"step {n}" for n in range(1, 41)}
    assert len(done) - 40 < max(steps, 2), "it began again from its start instead of a checkpoint"


async def test_a_report_killed_while_it_searches(tmp_path: Path) -> None:
    """Wikipedia does not answer, so the search is under way when the process dies; afterwards it does."""
    pages = {"Vacuum truck": "A vacuum truck locks its tank before it pumps. VACUUM FULL is no truck."}
    write_library(tmp_path / "library")
    async with WikiServer(pages) as wiki:
        settings = {"SAYSO_WIKIPEDIA_URL": wiki.url, "SAYSO_SOURCES": "library,wikipedia"}
        server = Server(tmp_path, **settings)
        await asyncio.to_thread(server.start)
        try:
            wiki.misbehave(Trouble(hang=True), on="srsearch")
            async with server.connect() as socket:
                await send(socket, question=QUESTION)
                frames = [await receive(socket)]
                while frames[-1]["type"] != "progress":
                    frames.append(await receive(socket))
                await asyncio.wait_for(wiki.asked.wait(), 20)
                await asyncio.sleep(0.2)
                server.kill()
            wiki.misbehave(None)
            await asyncio.to_thread(server.start)
            async with server.connect() as socket:
                await send(socket, run_id=frames[0]["run_id"])
                log = await until(socket, "input_required")
                await send(socket, response="yes")
                log += await until(socket, "final_result")
        finally:
            server.stop()
    assert_no_gap(log)
    kinds = [frame["type"] for frame in log]
    assert (kinds.count("input_required"), kinds.count("final_result")) == (1, 1)
    assert [frame["payload"] for frame in log].count("Resumed after an interruption") == 1
    assert log[-1]["data"]["sections"]


async def test_killed_right_after_the_acknowledgement(own_server: Server) -> None:
    async with own_server.connect() as socket:
        await send(socket, question="q", workflow="slow")
        await until(socket, "input_required")
        await send(socket, response="for sure", response_id="x")
        seen = await until(socket, "input_received")
        own_server.kill()
    own_server.start()
    async with own_server.connect() as socket:
        await send(socket, run_id=seen[-1]["run_id"])
        log = await until(socket, "final_result")
    assert_no_gap(log)
    assert log[-1]["data"]["result"] == "q: for sure"


async def _is_given_up(server: Server, run_id: str) -> bool:
    """Whether a run ends, rather than the process once more. The server answers before it has settled which."""
    async with httpx.AsyncClient(base_url=server.url) as client:
        with suppress(httpx.HTTPError):
            for _ in range(200):
                response = await client.get(f"/api/runs/{run_id}")
                # While it goes down it may answer anything.
                if response.status_code == 200 and response.json()["status"] == "failed":
                    return True
                await asyncio.sleep(0.1)
    return False


@pytest.mark.parametrize(("workflow", "step"), [("dies", "work"), ("leaves", "explode")])
async def test_a_run_that_takes_the_process_down_is_given_up(own_server: Server, workflow: str, step: str) -> None:
    """And a run beside it is not. `dies` ends the process at once, `leaves` lets it clear up."""
    async with own_server.connect() as socket:
        await send(socket, question="beside", workflow="slow")
        beside = (await until(socket, "progress"))[0]["run_id"]
    async with own_server.connect() as socket:
        await send(socket, question="q", workflow=workflow)
        run_id = (await receive(socket))["run_id"]
        with pytest.raises(ConnectionClosed):
            await until(socket, "final_result")
    for _ in range(12):
        own_server.wait()
        try:
            own_server.start()
        except AssertionError:
            continue
        if await _is_given_up(own_server, run_id):
            break
    async with own_server.connect() as socket:
        await send(socket, run_id=run_id)
        error = (await until(socket, "error"))[-1]
    assert error["data"]["code"] == "run_failed"
    assert error["data"]["details"] == {"attempts": 5, "step": step}
    assert f"in the step “{step}”" in error["payload"]
    async with own_server.connect() as socket:
        await send(socket, run_id=beside)
        await until(socket, "input_required")
        await send(socket, response="fine")
        assert (await until(socket, "final_result"))[-1]["data"]["result"] == "beside: fine"


@pytest.mark.parametrize("what", ["exit", "interrupt", "memory"])
async def test_a_step_that_ends_the_process_ends_its_run_only(server: Server, what: str) -> None:
    async with server.connect() as beside:
        await send(beside, question="beside", workflow="slow")
        await until(beside, "progress")
        async with server.connect() as socket:
            await send(socket, question=what, workflow="exits")
            error = (await until(socket, "error"))[-1]
        assert error["data"]["details"] == {"step": "explode"}
        assert error["run_id"] in server.output
        await until(beside, "input_required")
    assert (await server.get("/healthz"))["status"] == "ok"


async def test_a_graceful_stop_tells_the_sockets_and_keeps_the_generation(own_server: Server) -> None:
    async with own_server.connect() as socket:
        await send(socket, question="q", workflow="rewrite")
        before = await until(socket, "input_required")
        await asyncio.to_thread(own_server.stop)
        with pytest.raises(ConnectionClosed):
            await receive(socket)
        assert socket.close_code == 1012
    own_server.start()
    async with own_server.connect() as socket:
        await send(socket, run_id=before[0]["run_id"])
        assert (await receive(socket))["data"]["generation"] == before[0]["data"]["generation"]


def test_a_second_server_on_the_same_data_refuses(own_server: Server) -> None:
    second = Server(own_server.folder)
    with pytest.raises(AssertionError, match="another server works on"):
        second.start()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SAYSO_PORT", "eighty"),
        ("SAYSO_LIBRARY", "nowhere"),
        ("SAYSO_SOURCES", "gossip"),
        ("SAYSO_DATABASE_URL", "mysql://x"),
        ("SAYSO_ALLOWED_ORIGINS", "example.org"),
        ("SAYSO_ALLOWED_HOSTS", "https://example.org"),
        ("SAYSO_ALLOWED_HOSTS", "example.org:8000"),
        ("SAYSO_LIBRARY_LINKS", "perhaps"),
        ("SAYSO_WORKFLOWS", "x=support.workflows:Tick"),
        ("OPENAI_BASE_URL", "ftp://localhost:1234"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line(tmp_path: Path, name: str, value: str) -> None:
    server = Server(tmp_path, **{name: value})
    if name == "SAYSO_PORT":
        server.port = value  # type: ignore[assignment]
    with pytest.raises(AssertionError) as raised:
        server.start()
    lines = [line for line in str(raised.value).splitlines()[1:] if line.strip()]
    if name == "SAYSO_PORT":
        assert "--port" in "".join(lines)
    else:
        assert len(lines) == 1, lines
        assert name in lines[0]
