"""Three replicas on one PostgreSQL behind a load balancer, through which clients hop from one to another. Replicas are
killed and frozen, and PostgreSQL is restarted; nothing may be lost, doubled or out of order.

`CHAOS_BLOWS` says how often something goes wrong (8), `CHAOS_SEED` repeats the choices of an earlier test.
"""

import asyncio
import os
import random
import time
from pathlib import Path

import pytest

from chaos.people import Chaos
from chaos.test_chaos import library_read, port_of_our_own, say
from live.conftest import write_library
from sayso.protocol.frames import Status
from sayso.storage.postgres.store import PostgresStore
from support.balancer import Balancer
from support.postgres import Postgres
from support.server import Server

BLOWS = int(os.environ.get("CHAOS_BLOWS", "8"))
DEADLINE = 300 + 45 * BLOWS
"""Seconds for all of it, on a slow machine with other things to do."""
TAKEOVER = 2.0


@pytest.mark.timeout(DEADLINE + 60)
async def test_nobody_notices(postgres: Postgres, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seed = int(os.environ.get("CHAOS_SEED") or random.randrange(10**6))
    say(capsys, f"cluster chaos: seed {seed}, {BLOWS} blows")
    url = postgres.database()
    servers = []
    for number in range(3):
        folder = tmp_path / f"replica{number}"
        write_library(folder / "library")
        environment = {"SAYSO_DATABASE_URL": url, "SAYSO_TAKEOVER": str(TAKEOVER), "SLOW_STEP": "0.02"}
        servers.append(Server(folder, **environment))
        servers[-1].port = port_of_our_own()
    chance = random.Random(seed)
    store = PostgresStore(url)
    try:
        await asyncio.gather(*(asyncio.to_thread(server.start) for server in servers))
        await asyncio.gather(*map(library_read, servers))
        await store.open()
        async with asyncio.timeout(DEADLINE), Balancer(servers, chance) as balancer:
            chaos = Chaos(Replicas(servers, balancer, postgres, store), chance, BLOWS)
            await chaos.reign()
            for story in chaos.stories:
                await chaos.look_back(story)
        for story in chaos.stories:
            assert story.run_id is not None
            assert await store.undelivered(story.run_id) == []
            assert await store.open_reviews([story.run_id]) == {}
    finally:
        # A pool that is left open keeps a failed test from ending, and with it its message from being read.
        await store.close()
        for server in servers:
            server.thaw()
            server.stop()
    figures = chaos.figures
    assert figures["kills"] + figures["freezes"] + figures["restarts"] == BLOWS
    assert figures["reviews"] == figures["answers"]
    say(
        capsys,
        f"cluster chaos: {figures['kills']} kills, {figures['freezes']} freezes, {figures['restarts']} restarts of "
        f"PostgreSQL; {len(chaos.stories)} runs, all completed ({figures['resumed']} taken over); "
        f"{figures['answers']} reviews answered once each ({figures['acknowledged']} acknowledged, "
        f"{figures['came second']} came second); {figures['connections']} connections; {figures['events']} events",
    )


class Replicas:
    """Three servers behind a balancer, and their database."""

    def __init__(self, servers: list[Server], balancer: Balancer, postgres: Postgres, store: PostgresStore) -> None:
        self._servers = servers
        self._balancer = balancer
        self._postgres = postgres
        self._store = store

    @property
    def url(self) -> str:
        return self._balancer.url

    async def strike(self, chance: random.Random) -> str:
        blow = chance.choice([self._kill, self._kill, self._freeze, self._freeze, self._restart])
        return await blow(chance.choice(self._servers), chance)

    async def _kill(self, server: Server, chance: random.Random) -> str:
        await asyncio.to_thread(server.kill)
        await asyncio.sleep(chance.uniform(0, 2 * TAKEOVER))
        await asyncio.to_thread(server.start)
        return "kills"

    async def _freeze(self, server: Server, chance: random.Random) -> str:
        server.freeze()
        # New connections go elsewhere, as with a health check; those that it has are stuck with it.
        self._balancer.away.add(server)
        await asyncio.sleep(chance.uniform(0.1, 4 * TAKEOVER))
        server.thaw()
        self._balancer.away.discard(server)
        return "freezes"

    async def _restart(self, _: Server, chance: random.Random) -> str:
        await asyncio.to_thread(self._postgres.restart, pause=chance.uniform(0, 3))
        return "restarts"

    async def running(self) -> set[str]:
        until = time.monotonic() + 60
        while True:
            try:
                return {run.id for run in await self._store.runs(statuses=[Status.RUNNING], limit=100)}
            except Exception:
                if time.monotonic() > until:
                    raise
                await asyncio.sleep(0.5)
