"""A client that knows HTTP only: starts and answers with POST, repeats what got no reply, listens to the events."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx

from chaos.story import Said, Story
from support.server import Frame

ENDINGS = ("final_result", "cancelled", "error")


async def over_http(story: Story, url: str, name: str) -> None:
    session = _Http(story, name)
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        over = False
        while not over:
            over = await session.talk(client)
            await asyncio.sleep(story.chance.uniform(0.05, 0.5))


class _Http:
    """What the client knows between two requests."""

    def __init__(self, story: Story, name: str) -> None:
        self._story = story
        self._name = name
        self._last = 0
        self._said: dict[int, Said] = {}

    async def talk(self, client: httpx.AsyncClient) -> bool:
        """Go on from where the last failure left it. Whether the run is over."""
        story = self._story
        try:
            if story.run_id is None or self._last == 0:
                started = await client.post("/api/runs", json=story.start)
                _available(started)
                assert started.status_code == 201, started.text
                story.belongs(started.json()["id"])
            async for frame in self._listen(client):
                assert frame["seq"] == self._last + 1, f"{self._last} was followed by {frame['seq']}"
                story.saw(frame)
                if frame["type"] == "input_required":
                    await self._answer(client, frame)
                # Counted only now: what fails before is seen again.
                self._last = frame["seq"]
                if frame["type"] in ENDINGS:
                    return True
        except httpx.TransportError:
            pass
        return False

    async def _listen(self, client: httpx.AsyncClient) -> AsyncIterator[Frame]:
        """The event stream; its end says that the server goes, or that the run is over."""
        self._story.figures["connections"] += 1
        headers = {"Last-Event-ID": str(self._last)}
        path = f"/api/runs/{self._story.run_id}/events"
        async with client.stream("GET", path, headers=headers) as response:
            _available(response)
            assert response.status_code == 200
            async for line in response.aiter_lines():
                if line.startswith("data:"):
                    yield json.loads(line[5:])

    async def _answer(self, client: httpx.AsyncClient, asked: Frame) -> None:
        story = self._story
        if asked["seq"] not in self._said:
            await story.hesitate()
            self._said[asked["seq"]] = story.answer(asked, self._name)
        said = self._said[asked["seq"]]
        answered = await client.post(f"/api/runs/{story.run_id}/response", json=said.fields)
        _available(answered)
        if answered.status_code == 200:
            assert answered.json()["data"]["response_id"] == said.response_id
            story.saw(answered.json())
            story.acknowledge(said)
            return
        assert answered.status_code == 409, answered.text
        assert answered.json()["error"]["code"] == "already_answered", answered.text
        story.refuse(said, answered.json()["error"]["details"])


def _available(response: httpx.Response) -> None:
    """While the database is away nothing is changed, and everything is said again later."""
    if response.status_code == 503:
        raise httpx.TransportError("unavailable")
