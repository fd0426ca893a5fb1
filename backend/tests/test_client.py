"""The client against a server that says things in an order that a real one needs luck for."""

import json
from typing import Any

from websockets.asyncio.server import ServerConnection, serve

from sayso.client import Client
from sayso.protocol.commands import Answer, Start


def frame(seq: int | None, kind: str, **data: Any) -> str:
    return json.dumps({"type": kind, "payload": "", "run_id": "r", "seq": seq, "data": data})


RUN = frame(None, "run", generation=1)
RECEIVED = frame(3, "input_received", review=2, response_id="x")


async def test_an_answer_confirmed_out_of_turn_hides_nothing() -> None:
    """The server repeats the event of a repeated answer at once, ahead of the replay that it is part of."""

    async def server(socket: ServerConnection) -> None:
        await socket.recv()
        for message in (RUN, frame(1, "progress"), RECEIVED, frame(2, "input_required"), RECEIVED):
            await socket.send(message)
        await socket.send(frame(4, "final_result"))
        await socket.wait_closed()

    async with serve(server, "127.0.0.1", 0) as serving:
        port = serving.sockets[0].getsockname()[1]
        client = Client(f"ws://127.0.0.1:{port}", Start(question="q"))
        assert [each["seq"] async for each in client.frames()] == [None, 1, 2, 3, 4]


async def test_a_refused_answer_takes_no_other_with_it() -> None:
    """Two answers are sent; the first is refused and the connection lost: the second is sent again."""
    sockets = 0
    again: list[dict[str, Any]] = []

    async def server(socket: ServerConnection) -> None:
        nonlocal sockets
        sockets += 1
        await socket.recv()
        if sockets == 1:
            for message in (RUN, frame(1, "input_required"), frame(2, "input_required")):
                await socket.send(message)
            await socket.recv()
            await socket.recv()
            await socket.send(frame(None, "error", code="already_answered", details={"review": 1}))
            await socket.close()
            return
        await socket.send(RUN)
        again.append(json.loads(await socket.recv()))
        await socket.send(frame(3, "final_result"))
        await socket.wait_closed()

    async with serve(server, "127.0.0.1", 0) as serving:
        port = serving.sockets[0].getsockname()[1]
        client = Client(f"ws://127.0.0.1:{port}", Start(question="q"))
        async for each in client.frames():
            if each["type"] == "input_required":
                await client.answer(Answer(response="yes", review=each["seq"]))
    assert [each["review"] for each in again] == [2]
