"""A step that blocks stops its own workflow's runs, and nobody else."""

import asyncio
import signal
from pathlib import Path
from time import monotonic

import httpx

from support.server import Server, receive, send, until

WORKFLOWS = "sleeps=support.blocking_workflows:Sleeps,ready=support.blocking_workflows:Ready"
BLOCKED = 30
"""Seconds that the step blocks; all that is done beside it takes no tenth of that on an idle machine."""


async def test_health_answers_and_other_sockets_go_on_beside_a_step_that_blocks(tmp_path: Path) -> None:
    with Server(tmp_path, SAYSO_WORKFLOWS=WORKFLOWS) as server:
        async with (
            server.connect() as other,
            server.connect() as blocking,
            httpx.AsyncClient(base_url=server.url, timeout=BLOCKED) as client,
        ):
            await send(other, question="q", workflow="ready")
            review = (await until(other, "input_required"))[-1]
            began = monotonic()
            await send(blocking, question=str(BLOCKED), workflow="sleeps")
            run = (await receive(blocking))["run_id"]
            await asyncio.sleep(1.5)
            assert (await client.get("/healthz")).status_code == 200
            assert (await client.get(f"/api/runs/{run}")).json()["status"] == "running"
            body = {"review": review["seq"], "response": "yes"}
            assert (await client.post(f"/api/runs/{review['run_id']}/response", json=body)).status_code == 200
            assert (await until(other, "final_result"))[-1]["data"] == {"result": "yes"}
            async with server.connect() as third:
                await send(third, question="q", workflow="ready")
                await until(third, "input_required")
            assert (await client.post(f"/api/runs/{run}/cancel")).json()["status"] == "cancelled"
            assert (await until(blocking, "cancelled"))[-1]["type"] == "cancelled"
            assert monotonic() - began < BLOCKED, "all this happened while the step was blocking"
        assert server.stop() == -signal.SIGTERM, "it does not hold up a stop"
        assert monotonic() - began < BLOCKED
        assert f"run {run}: the step sleep blocks the other runs of workflow sleeps" in server.output
        assert "time.sleep(float(ev.question))" in server.output, "the stack is in the log"


async def test_the_blocked_run_goes_on(tmp_path: Path) -> None:
    with Server(tmp_path, SAYSO_WORKFLOWS=WORKFLOWS) as server:
        async with server.connect() as socket:
            await send(socket, question="2.5", workflow="sleeps")
            assert (await until(socket, "final_result"))[-1]["data"] == {"result": "awake"}
        async with asyncio.timeout(20):
            while "workflow sleeps goes on after" not in server.output:  # noqa: ASYNC110 - another process says it
                await asyncio.sleep(0.1)
