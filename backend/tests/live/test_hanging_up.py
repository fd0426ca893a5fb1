"""Whatever ends a run ends the model's request, in every stage, however it is said, on both databases. The model's
server says nothing after its first piece and notices when it is hung up on."""

import asyncio
import socket as sockets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection

from live.conftest import write_library
from model_answers import FIND, JUDGE, PLAN, SECTION, WRITE, Body, task
from model_replies import Reply
from model_server import ModelServer
from sayso.settings import read_settings
from sayso.storage.choice import store_for
from support.postgres import Postgres
from support.server import Server, send, until

QUESTION = "When does VACUUM FULL lock a table?"
SOON = 15.0
"""Seconds; it takes tenths, but the machine may be busy. A request that is not ended is kept open for a minute."""
STAGES = [PLAN, FIND, WRITE, JUDGE]


class Stuck(ModelServer):
    """Gets stuck in one stage, and answers well in the others."""

    def __init__(self, stage: str) -> None:
        super().__init__(models=["stuck"])
        self._stage = stage
        self.reached = asyncio.Event()

    async def _chat(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: Body, reply: Reply) -> bool:
        kind = WRITE if task(body) == SECTION else task(body)
        if kind == self._stage and body.get("stream"):  # that it is greeted is no stage
            self.gone.clear()
            self.reached.set()
            reply = Reply(hang=True)
        return await super()._chat(reader, writer, body, reply)


@dataclass
class Served:
    """A server whose model is looked for at a port where nobody listens yet."""

    server: Server
    port: int


@pytest.fixture(params=["sqlite", "postgres"], scope="module")
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with sockets.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("stuck")
    write_library(folder / "library")
    model = {"OPENAI_BASE_URL": f"127.0.0.1:{port}", "SAYSO_MODEL": "stuck", "SAYSO_JUDGE": "true"}
    if request.param == "postgres":
        postgres: Postgres = request.getfixturevalue("postgres")
        model["SAYSO_DATABASE_URL"] = postgres.database()
    with Server(folder, **model) as server:
        yield Served(server, port)


@asynccontextmanager
async def stuck(served: Served, stage: str) -> AsyncIterator[tuple[Stuck, str, ClientConnection]]:
    """A run whose model is stuck in `stage`: its model's server, its id, and a socket that watches it."""
    model = Stuck(stage)
    await model.start(served.port)
    try:
        async with served.server.connect() as socket:
            await send(socket, question=QUESTION, by="Ada")
            if stage in (WRITE, JUDGE):
                await until(socket, "input_required")
                await send(socket, response="approve", by="Ada")
            async with asyncio.timeout(60):
                await model.reached.wait()
            run = (await served.server.get("/api/runs"))["runs"][0]["id"]
            await asyncio.sleep(0.2)
            assert not model.gone.is_set()
            yield model, run, socket
    finally:
        await model.stop()


async def cancel_on_the_socket(served: Served, run: str, socket: ClientConnection) -> None:
    await send(socket, cancel=True)


async def cancel_over_http(served: Served, run: str, socket: ClientConnection) -> None:
    async with httpx.AsyncClient(base_url=served.server.url) as client:
        assert (await client.post(f"/api/runs/{run}/cancel")).is_success


async def delete_over_http(served: Served, run: str, socket: ClientConnection) -> None:
    async with httpx.AsyncClient(base_url=served.server.url) as client:
        assert (await client.delete(f"/api/runs/{run}")).is_success


End = Callable[[Served, str, ClientConnection], Awaitable[None]]


ENDS: list[End] = [cancel_on_the_socket, cancel_over_http, delete_over_http]


@pytest.mark.parametrize("end", ENDS, ids=lambda each: each.__name__)
@pytest.mark.parametrize("stage", STAGES)
async def test_the_model_is_hung_up_on(served: Served, stage: str, end: End) -> None:
    async with stuck(served, stage) as (model, run, socket):
        began = monotonic()
        await end(served, run, socket)
        async with asyncio.timeout(SOON):
            await model.gone.wait()
        assert monotonic() - began < SOON


@pytest.mark.parametrize("stage", STAGES)
async def test_a_run_that_another_process_takes_over_hangs_up_here(served: Served, stage: str) -> None:
    url = served.server.settings.get("SAYSO_DATABASE_URL")
    if url is None:
        return await _restarted(served, stage)
    store = store_for(read_settings(database_url=url, data_dir=served.server.folder / "other"))
    await store.open()
    async with stuck(served, stage) as (model, run, _):
        assert await store.claim(run) is not None
        async with asyncio.timeout(SOON):
            await model.gone.wait()
    await store.close()


async def _restarted(served: Served, stage: str) -> None:
    """One process has its SQLite file for itself: another one takes over when it stops."""
    async with stuck(served, stage) as (model, _, _):
        stopping = asyncio.create_task(asyncio.to_thread(served.server.stop))
        async with asyncio.timeout(SOON):
            await model.gone.wait()
        await stopping
    served.server.start()


@pytest.mark.parametrize("stage", STAGES)
async def test_the_end_of_a_budget_hangs_up_and_the_run_goes_on(tmp_path: Path, stage: str) -> None:
    write_library(tmp_path / "library")
    model = Stuck(stage)
    await model.start()
    limits: dict[str, Any] = {"SAYSO_BUDGET_SECONDS": "5", "SAYSO_JUDGE": "true"}
    with Server(tmp_path, OPENAI_BASE_URL=model.url, SAYSO_MODEL="stuck", **limits) as server:
        async with server.connect() as socket:
            await send(socket, question=QUESTION, by="Ada")
            await until(socket, "input_required")
            await send(socket, response="approve", by="Ada")
            report = (await until(socket, "final_result"))[-1]["data"]
    assert model.reached.is_set()
    assert model.gone.is_set()
    assert report["sections"]
    assert "budget of 5 seconds with the model is used up" in report["note"]
    await model.stop()
