"""People who start, watch and answer runs while things go wrong around them."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Protocol

from websockets.asyncio.client import connect

from chaos.aftermath import OUTCOMES, check
from chaos.posting import over_http
from chaos.sockets import by_hand, with_the_library
from chaos.story import Story
from support.server import Frame, send

PLACES = 14
"""Runs at a time."""
QUESTIONS = ("When does VACUUM FULL lock a table?", "What does autovacuum run?", "How is bloat removed online?")
CLIENTS: list[Callable[[Story, str, str], Coroutine[None, None, None]]] = [with_the_library, by_hand, over_http]


class Place(Protocol):
    """Where people connect to."""

    @property
    def url(self) -> str: ...

    async def strike(self, chance: random.Random) -> str:
        """Something goes wrong, and is put right again as far as it ever is. Returns what it was, for the figures."""
        ...

    async def running(self) -> set[str]:
        """Ids of the runs that are being worked on."""
        ...


class Chaos:
    """The people of one test, and what befalls them.

    Args:
        place: where they connect to, and what can go wrong there.
        blows: how often something does.
    """

    def __init__(self, place: Place, chance: random.Random, blows: int) -> None:
        self._place = place
        self._chance = chance
        self._blows = blows
        self._killing = True
        self.figures: Counter[str] = Counter()
        self.stories: list[Story] = []

    async def reign(self) -> None:
        """Until the last blow is done and the last run has ended."""
        async with asyncio.TaskGroup() as people:
            for _ in range(PLACES):
                people.create_task(self._go_on_living())
            await self._strike()
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
                    url = self._place.url if http else f"{self._place.url.replace('http', 'ws', 1)}/query"
                    clients.create_task(kind(story, url, f"client {story.number}.{index}"))
        except BaseException as error:
            # A run that never ends is seen here too, when the deadline cancels its clients.
            error.add_note(story.told())
            raise

    async def _strike(self) -> None:
        for number in range(1, self._blows + 1):
            # A run that gets nowhere in five lives of the server is given up, and rightly so.
            if number % 3 == 0:
                await self._everybody_moves()
            # Some lives end as soon as they begin.
            await asyncio.sleep(self._chance.uniform(0.0, self._chance.choice([0.1, 1.0, 2.5])))
            self.figures[await self._place.strike(self._chance)] += 1

    async def _everybody_moves(self) -> None:
        """Until each run that was running has come to a question or to its end."""
        left = await self._running()
        while left:
            await asyncio.sleep(0.1)
            left &= await self._running()

    async def _running(self) -> set[str]:
        return await self._place.running()

    async def look_back(self, story: Story) -> None:
        """Read a run's whole log once more and check it."""
        async with connect(f"{self._place.url.replace('http', 'ws', 1)}/query", max_size=None) as watching:
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
