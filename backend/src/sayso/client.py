"""A client for scripts and the command line: watches a run, comes back by itself, and answers exactly once."""

import asyncio
import json
import random
import uuid
from collections.abc import AsyncIterator
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.http11 import Response

from sayso.protocol.commands import Answer, Cancel, Start, Watch

Frame = dict[str, Any]
"""A server frame as JSON, see `sayso.protocol.frames`."""
ENDINGS = frozenset({"final_result", "cancelled"})
LONGEST_PAUSE = 10.0


class ServerRefused(Exception):
    """The server answered the handshake with an error, so trying again is no use."""


class Client:
    """One run, watched through as many sockets as it takes.

    Args:
        url: the endpoint, `ws://HOST:PORT/query`.
        first: the run to start, or the one to watch.
        token: of who this client is, where people sign in.
        patience: seconds to go on trying without a connection; `None` is for ever. May be changed at any time.
    """

    def __init__(
        self, url: str, first: Start | Watch, *, patience: float | None = None, token: str | None = None
    ) -> None:
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.patience = patience
        # With an id of its own, a start that is sent again after a lost connection starts nothing twice.
        if isinstance(first, Start) and first.request_id is None:
            first = first.model_copy(update={"request_id": uuid.uuid4().hex})
        self._first = first
        self._run_id: str | None = first.run_id if isinstance(first, Watch) else None
        self._seen = first.after if isinstance(first, Watch) else 0
        self._generation: int | None = None
        self._unconfirmed: dict[str, Answer | Cancel] = {}
        self._socket: ClientConnection | None = None

    @property
    def run_id(self) -> str | None:
        """Known from the first frame on."""
        return self._run_id

    async def frames(self) -> AsyncIterator[Frame]:
        """The run's frames, every logged one once and in order, until the run is over.

        Raises:
            ServerRefused: this client may not connect.
            OSError: no server within `patience`.
        """
        loop = asyncio.get_running_loop()
        lost_since, failures = loop.time(), 0
        while True:
            try:
                # A socket that is given up must not wait long for the other side, which may be busy replaying.
                async with connect(
                    self._url, max_size=None, close_timeout=1, additional_headers=self._headers
                ) as socket:
                    async for frame in self._read(socket):
                        lost_since, failures = loop.time(), 0
                        yield frame
                        if _ends(frame):
                            return
            except InvalidStatus as error:
                raise ServerRefused(_reason(error.response)) from error
            except (OSError, ConnectionClosed, InvalidHandshake):
                if self.patience is not None and loop.time() - lost_since >= self.patience:
                    raise
            finally:
                self._socket = None
            failures += 1
            # Half of the pause is left to chance, so that clients of a restarted server do not come all at once.
            pause = min(LONGEST_PAUSE, 0.1 * 2**failures)
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311 - not for secrets

    async def answer(self, answer: Answer) -> None:
        """Send a decision; sent again after a lost connection until the server has confirmed it."""
        answer = answer if answer.response_id else answer.model_copy(update={"response_id": uuid.uuid4().hex})
        assert answer.response_id is not None
        self._unconfirmed[answer.response_id] = answer
        await self._send(answer)

    async def cancel(self, by: str = "") -> None:
        """Ask for the run to be cancelled."""
        await self._send(Cancel(cancel=True, by=by))

    async def _read(self, socket: ClientConnection) -> AsyncIterator[Frame]:
        first = Watch(run_id=self._run_id, after=self._seen) if self._run_id else self._first
        await socket.send(first.model_dump_json(exclude_defaults=True))
        self._socket = socket
        for command in list(self._unconfirmed.values()):
            await self._send(command)
        async for message in socket:
            frame: Frame = json.loads(message)
            if frame["type"] == "run":
                self._run_id = frame["run_id"]
                if self._cut_back(frame["data"]["generation"]):
                    await socket.close()
                    return
            if _unavailable(frame):
                # Nothing was changed: come back in a moment and say again what was not confirmed.
                await socket.close()
                return
            self._settle(frame)
            seq = frame.get("seq")
            if seq is not None:
                # An answer sent twice is confirmed with its event out of turn; it comes again in its place.
                if seq != self._seen + 1:
                    continue
                self._seen = seq
            yield frame

    def _cut_back(self, generation: int) -> bool:
        """Whether the log must be read again from its start: the server may have lost its last events in a
        power cut, and numbered others like them since."""
        before, self._generation = self._generation, generation
        if before is None or before == generation or self._seen == 0:
            return False
        self._seen = 0
        return True

    def _settle(self, frame: Frame) -> None:
        if frame["type"] == "input_received":
            self._unconfirmed.pop(frame["data"].get("response_id") or "", None)
        elif frame["type"] == "error" and frame["seq"] is None:
            refused = frame["data"].get("details", {}).get("review")
            for response_id, command in list(self._unconfirmed.items()):
                if refused is None or not isinstance(command, Answer) or command.review in (None, refused):
                    del self._unconfirmed[response_id]

    async def _send(self, command: Answer | Cancel) -> None:
        if self._socket is None:
            return
        try:
            await self._socket.send(command.model_dump_json(exclude_defaults=True))
        except ConnectionClosed:
            return


def _reason(response: Response) -> str:
    """What the server gave as its reason, or else its status."""
    try:
        return str(json.loads(response.body)["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"The server answered {response.status_code}."


def _unavailable(frame: Frame) -> bool:
    return frame["type"] == "error" and frame.get("seq") is None and frame["data"]["code"] == "unavailable"


def _ends(frame: Frame) -> bool:
    return frame["type"] in ENDINGS or (frame["type"] == "error" and frame["seq"] is not None)
