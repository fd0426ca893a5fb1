"""A real server, killed again and again while people start, watch and answer runs; nothing may be lost or doubled.

`CHAOS_KILLS` says how often (20), `CHAOS_SEED` repeats the choices of an earlier test, though not the machine's timing.
"""

import asyncio
import os
import random
import socket
from pathlib import Path

import pytest

from chaos.people import Chaos
from chaos.story import Story
from live.conftest import write_library
from sayso.storage.sqlite.store import SqliteStore
from support.server import Server

KILLS = int(os.environ.get("CHAOS_KILLS", "20"))
DEADLINE = 300 + 30 * KILLS
"""Seconds for all of it, on a slow machine with other things to do."""


@pytest.mark.timeout(DEADLINE + 60)
async def test_nothing_is_lost_or_doubled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seed = int(os.environ.get("CHAOS_SEED") or random.randrange(10**6))
    say(capsys, f"chaos: seed {seed}, {KILLS} kills")
    write_library(tmp_path / "library")
    server = Server(tmp_path, SLOW_STEP="0.02")
    server.port = port_of_our_own()
    await asyncio.to_thread(server.start)
    try:
        chaos = Chaos(OneServer(server), random.Random(seed), KILLS)
        async with asyncio.timeout(DEADLINE):
            await library_read(server)
            await chaos.reign()
            for story in chaos.stories:
                await chaos.look_back(story)
    finally:
        server.stop()
    await _nothing_undelivered(tmp_path, chaos.stories)
    figures = chaos.figures
    assert figures["kills"] == KILLS
    assert figures["reviews"] == figures["answers"]
    say(
        capsys,
        f"chaos: {figures['kills']} kills, {len(chaos.stories)} runs, all completed "
        f"({figures['resumed']} interruptions resumed); {figures['answers']} reviews answered once each "
        f"({figures['acknowledged']} acknowledged, {figures['came second']} came second); "
        f"{figures['connections']} connections, {figures['drops']} dropped by clients; {figures['events']} events",
    )


class OneServer:
    """A server that is killed and started again on the same data."""

    def __init__(self, server: Server) -> None:
        self._server = server

    @property
    def url(self) -> str:
        return self._server.url

    async def strike(self, chance: random.Random) -> str:
        await asyncio.to_thread(self._server.kill)
        await asyncio.to_thread(self._server.start)
        return "kills"

    async def running(self) -> set[str]:
        page = await self._server.get("/api/runs", params={"status": "running", "limit": 100})
        return {run["id"] for run in page["runs"]}


async def library_read(server: Server) -> None:
    """Reading the documents takes a process of its own and longer than a life here; a report waits for it."""
    for _ in range(600):
        if (await server.get("/api/info"))["sources"][0]["why"] == "4 documents":
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the library was not read within a minute")


async def _nothing_undelivered(folder: Path, stories: list[Story]) -> None:
    store = SqliteStore(next((folder / "data").glob("*.db")))
    await store.open()
    try:
        for story in stories:
            assert story.run_id is not None
            assert await store.undelivered(story.run_id) == []
            assert await store.open_reviews([story.run_id]) == {}
    finally:
        await store.close()


def port_of_our_own() -> int:
    """A free port below those that the system hands out: a client that tries to reach a dead server there may be
    given the server's own port for its end, and then the server cannot start again."""
    for port in random.sample(range(20_000, 30_000), 50):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no free port")


def say(capsys: pytest.CaptureFixture[str], line: str) -> None:
    with capsys.disabled():
        print(f"\n{line}", flush=True)  # noqa: T201
