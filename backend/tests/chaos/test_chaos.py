"""A real server, killed again and again while people start, watch and answer runs; nothing may be lost or doubled.

`CHAOS_KILLS` says how often (20), `CHAOS_SEED` repeats the choices of an earlier test, though not the machine's timing.
"""

import asyncio
import json
import os
import random
import socket
from collections import Counter
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest

from chaos.aftermath import OUTCOMES, check
from chaos.posting import over_http
from chaos.sockets import by_hand, with_the_library
from chaos.story import Story
from live.conftest import write_library
from sayso.storage.sqlite import SqliteStore
from support.server import Frame, Server, send

KILLS = int(os.environ.get("CHAOS_KILLS", "20"))
DEADLINE = 300 + 30 * KILLS
"""Seconds for all of it, on a slow machine with other things to do."""
PLACES = 14
"""Runs at a time."""
QUESTIONS = ("When does VACUUM FULL lock a table?", "What does autovacuum run?", "How is bloat removed online?")
CLIENTS: list[Callable[[Story, str, str], Coroutine[None, None, None]]] = [with_the_library, by_hand, over_http]


@pytest.mark.timeout(DEADLINE + 60)
async def test_nothing_is_lost_or_doubled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seed = int(os.environ.get("CHAOS_SEED") or random.randrange(10**6))
    _say(capsys, f"chaos: seed {seed}, {KILLS} kills")
    write_library(tmp_path / "library")
    server = Server(tmp_path, SLOW_STEP="0.02")
    server.port = _port_of_our_own()
    await asyncio.to_thread(server.start)
    try:
        chaos = Chaos(server, random.Random(seed))
        async with asyncio.timeout(DEADLINE):
            await _library_read(server)
            await chaos.reign()
            for story in chaos.stories:
                await chaos.look_back(story)
    finally:
        server.stop()
    await _nothing_undelivered(tmp_path, chaos.stories)
    figures = chaos.figures
    assert figures["kills"] == KILLS
    assert figures["reviews"] == figures["answers"]
    _say(
        capsys,
        f"chaos: {figures['kills']} kills, {len(chaos.stories)} runs, all completed "
        f"({figures['resumed']} interruptions resumed); {figures['answers']} reviews answered once each "
        f"({figures['acknowledged']} acknowledged, {figures['came second']} came second); "
        f"{figures['connections']} connections, {figures['drops']} dropped by clients; {figures['events']} events",
    )


class Chaos:
    """The people and the killer of one test."""

    def __init__(self, server: Server, chance: random.Random) -> None:
        self._server = server
        self._chance = chance
        self._killing = True
        self.figures: Counter[str] = Counter()
        self.stories: list[Story] = []

    async def reign(self) -> None:
        """Until the last kill is done and the last run has ended."""
        async with asyncio.TaskGroup() as people:
            for _ in range(PLACES):
                people.create_task(self._go_on_living())
            await self._kill()
            self._killing = False

    async def _go_on_living(self) -> None:
        while self._killing:
            await self._live(self._new_story())

    def _new_story(self) -> Story:
        number = len(self.stories)
        # Each in turn, so that even a short test has them all.
        workflow = list(OUTCOMES)[number % len(OUTCOMES)]
        question = self._chance.choice(QUESTIONS) if workflow == "report" else f"question {number}"
        story = Story(
            number, workflow, question, self._chance, rejections=self._chance.randrange(4), figures=self.figures
        )
        self.stories.append(story)
        return story

    async def _live(self, story: Story) -> None:
        """One, two or three clients at once, who all answer what is asked."""
        try:
            async with asyncio.TaskGroup() as clients:
                for index in range(self._chance.choice([1, 2, 2, 3])):
                    kind = self._chance.choice(CLIENTS)
                    http = kind is over_http
                    url = self._server.url if http else f"ws://127.0.0.1:{self._server.port}/query"
                    clients.create_task(kind(story, url, f"client {story.number}.{index}"))
        except BaseException as error:
            # A run that never ends is seen here too, when the deadline cancels its clients.
            error.add_note(story.told())
            raise

    async def _kill(self) -> None:
        for number in range(1, KILLS + 1):
            # A run that gets nowhere in five lives of the server is given up, and rightly so.
            if number % 3 == 0:
                await self._everybody_moves()
            # Some lives end as soon as they begin.
            await asyncio.sleep(self._chance.uniform(0.0, self._chance.choice([0.1, 1.0, 2.5])))
            await asyncio.to_thread(self._server.kill)
            self.figures["kills"] += 1
            await asyncio.to_thread(self._server.start)

    async def _everybody_moves(self) -> None:
        """Until each run that was running has come to a question or to its end."""
        left = await self._running()
        while left:
            await asyncio.sleep(0.1)
            left &= await self._running()

    async def _running(self) -> set[str]:
        page = await self._server.get("/api/runs", params={"status": "running", "limit": 100})
        return {run["id"] for run in page["runs"]}

    async def look_back(self, story: Story) -> None:
        """Read a run's whole log once more and check it."""
        async with self._server.connect(max_size=None) as watching:
            await send(watching, run_id=story.run_id)
            frames: list[Frame] = [json.loads(message) async for message in watching]
        log = frames[1:]
        try:
            check(story, log, frames[0]["data"]["status"])
        except BaseException as error:
            error.add_note(story.told(log))
            raise
        self._count(story, log)

    def _count(self, story: Story, log: list[Frame]) -> None:
        self.figures["events"] += len(log)
        self.figures["reviews"] += sum(frame["type"] == "input_required" for frame in log)
        self.figures["answers"] += sum(frame["type"] == "input_received" for frame in log)
        self.figures["resumed"] += sum(frame["payload"] == "Resumed after an interruption" for frame in log)
        self.figures["acknowledged"] += len(story.acknowledged)


async def _library_read(server: Server) -> None:
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


def _port_of_our_own() -> int:
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


def _say(capsys: pytest.CaptureFixture[str], line: str) -> None:
    with capsys.disabled():
        print(f"\n{line}", flush=True)  # noqa: T201
