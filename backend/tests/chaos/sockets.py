"""Clients on a websocket: the one that comes with Sayso, and a bare one that loses its connection all the time."""

import asyncio
import json

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from chaos.story import Said, Story
from sayso.client import Client
from sayso.protocol.commands import Answer, Start
from support.server import Frame

ENDINGS = ("final_result", "cancelled", "error")
DROPS = 0.04
"""How likely a bare client is to lose its connection at any one frame."""


async def with_the_library(story: Story, url: str, name: str) -> None:
    """`sayso.client.Client`, as a script uses it."""
    client = Client(url, Start.model_validate(story.start))
    said: dict[int, Said] = {}
    last = 0
    async for frame in client.frames():
        if frame["type"] == "run":
            story.belongs(frame["run_id"])
            story.figures["connections"] += 1
        elif frame["seq"] is None:
            _refused(story, frame, said)
        else:
            # After an unclean stop of the server it reads the log again from the start.
            assert frame["seq"] in (last + 1, 1), f"{last} was followed by {frame['seq']}"
            last = frame["seq"]
            story.saw(frame)
            _heard(story, frame, said)
            if frame["type"] == "input_required" and last not in said:
                await story.hesitate()
                said[last] = story.answer(frame, name)
                await client.answer(Answer.model_validate(said[last].fields))


async def by_hand(story: Story, url: str, name: str) -> None:
    """A bare websocket, cut off in the middle of things, that resumes with `after` and repeats its open answers."""
    session = _ByHand(story, name)
    while not session.over:
        try:
            async with connect(url, max_size=None, close_timeout=1) as socket:
                await session.talk(socket)
        except (OSError, ConnectionClosed, InvalidHandshake):
            await asyncio.sleep(story.chance.uniform(0.05, 0.5))


class _ByHand:
    """What a client knows between two connections."""

    def __init__(self, story: Story, name: str) -> None:
        self._story = story
        self._name = name
        self._last = 0
        self._said: dict[int, Said] = {}
        self._open: dict[int, Said] = {}
        """Answers that were neither confirmed nor refused yet."""
        self.over = False

    async def talk(self, socket: ClientConnection) -> None:
        """Until the run or the connection is over."""
        story = self._story
        begin = {"run_id": story.run_id, "after": self._last} if self._last else story.start
        await socket.send(json.dumps(begin))
        for said in list(self._open.values()):
            await socket.send(json.dumps(said.fields))
        async for message in socket:
            await self._take(json.loads(message), socket)
            if self.over:
                return
            if story.chance.random() < DROPS:
                story.figures["drops"] += 1
                # As a lost network does: no closing handshake, what is under way is gone.
                socket.transport.abort()

    async def _take(self, frame: Frame, socket: ClientConnection) -> None:
        story = self._story
        if frame["type"] == "run":
            story.belongs(frame["run_id"])
            story.figures["connections"] += 1
            return
        if frame["type"] == "error" and frame["data"]["code"] == "unavailable":
            # The database is away: nothing was changed, and everything is said again later.
            raise ConnectionResetError
        if frame["seq"] is None:
            self._open.pop(_refused(story, frame, self._said), None)
            return
        story.saw(frame)
        self._open.pop(_heard(story, frame, self._said), None)
        if frame["seq"] != self._last + 1 and frame["type"] == "input_received":
            # A repeated answer is confirmed with its event, out of turn.
            return
        assert frame["seq"] == self._last + 1, f"{self._last} was followed by {frame['seq']}"
        self._last = frame["seq"]
        self.over = frame["type"] in ENDINGS
        if frame["type"] == "input_required":
            await story.hesitate()
            said = self._said[self._last] = self._open[self._last] = story.answer(frame, self._name)
            await socket.send(json.dumps(said.fields))


def _heard(story: Story, frame: Frame, said: dict[int, Said]) -> int:
    """The review that a frame shows answered, 0 if none; acknowledges it if the answer is this client's own."""
    if frame["type"] != "input_received":
        return 0
    review: int = frame["data"]["review"]
    own = said.get(review)
    if own and own.response_id == frame["data"]["response_id"]:
        story.acknowledge(own)
    return review


def _refused(story: Story, frame: Frame, said: dict[int, Said]) -> int:
    """The review that somebody else had decided first; nothing else may go wrong."""
    assert frame["type"] == "error", frame
    assert frame["data"]["code"] == "already_answered", frame
    review: int = frame["data"]["details"]["review"]
    story.refuse(said[review], frame["data"]["details"])
    return review
