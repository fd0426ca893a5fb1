import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI

from sayso.protocol.commands import Start
from sayso.storage.errors import StorageError
from support.asgi import AsgiSocket

FAULTS = [
    RuntimeError("a fault of ours"),
    NotImplementedError("a fault of ours"),
    RecursionError("a fault of ours"),
    ValueError("a fault of ours"),
    AssertionError("a fault of ours"),
]


def failing(error: Exception) -> Any:
    async def fail(*_: Any, **__: Any) -> None:
        raise error

    return fail


@pytest.mark.parametrize("error", FAULTS, ids=lambda error: type(error).__name__)
async def test_a_fault_in_a_frame_is_logged_and_told_and_leaves_the_socket(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    async with AsgiSocket(app) as socket:
        socket.send({"question": "q", "workflow": "rewrite"})
        run_id = (await socket.until("run"))["run_id"]
        review = (await socket.until("input_required"))["seq"]
        with monkeypatch.context() as broken:
            broken.setattr(app.state.service, "answer", failing(error))
            socket.send({"response": "yes"})
            told = await socket.until("error")
        assert (told["seq"], told["data"]["code"], told["run_id"]) == (None, "internal", run_id)
        assert "fault of ours" not in told["payload"]
        logged = [record for record in caplog.records if record.exc_info and record.exc_info[1] is error]
        assert [record.levelno for record in logged] == [logging.ERROR]
        assert run_id in logged[0].getMessage()
        socket.send({"response": "yes", "review": review})
        assert (await socket.until("final_result"))["data"]["result"]["rounds"] == 1
        assert await socket.receive() is None
        assert socket.close_code == 1000


@pytest.mark.parametrize("name", ["start", "run"])
async def test_a_fault_before_there_is_a_run(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    monkeypatch.setattr(app.state.service, name, failing(RuntimeError("a fault of ours")))
    async with AsgiSocket(app) as socket:
        socket.send({"question": "q"} if name == "start" else {"run_id": "r"})
        assert (await socket.until("error"))["data"]["code"] == "internal"
    assert "a frame could not be handled" in caplog.text


async def test_a_database_that_is_away_is_told_apart(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.state.service, "start", failing(StorageError("away")))
    async with AsgiSocket(app) as socket:
        socket.send({"question": "q"})
        assert (await socket.until("error"))["data"]["code"] == "unavailable"


@pytest.mark.parametrize(("error", "code"), [(FAULTS[0], 1011), (FAULTS[2], 1011), (StorageError("away"), 1013)])
async def test_a_watch_that_breaks_off_says_so_and_closes(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception, code: int
) -> None:
    run = await app.state.service.start(Start(question="q", workflow="rewrite"))

    async def watch(run_id: str, after: int) -> AsyncIterator[Any]:
        raise error
        yield

    monkeypatch.setattr(app.state.service, "watch", watch)
    async with AsgiSocket(app) as socket:
        socket.send({"run_id": run.id})
        await socket.until("run")
        if code == 1011:
            assert (await socket.until("error"))["data"]["code"] == "internal"
            assert run.id in caplog.text
        assert await socket.receive() is None
        assert socket.close_code == code


async def test_only_a_socket_that_is_gone_is_silent(app: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    async with AsgiSocket(app) as socket:
        socket.send({"question": "q", "workflow": "rewrite"})
        await socket.until("input_required")
        socket.gone = True
        socket.send("not json")
        assert socket.served is not None
        await asyncio.wait_for(asyncio.shield(socket.served), 10)
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_an_answer_without_a_review_means_the_one_sent_last_and_once(app: FastAPI) -> None:
    async with AsgiSocket(app) as socket:
        socket.send({"response": "yes"})
        assert (await socket.until("error"))["data"]["code"] == "no_open_review"
        socket.send({"question": "q", "workflow": "rewrite"})
        first = (await socket.until("input_required"))["seq"]
        socket.send({"response": "no"})
        assert (await socket.until("input_received"))["data"]["review"] == first
        second = (await socket.until("input_required"))["seq"]
        socket.send({"response": "yes", "review": first})
        assert (await socket.until("error"))["data"]["code"] == "already_answered"
        socket.send({"response": "yes"})
        assert (await socket.until("input_received"))["data"]["review"] == second


async def test_a_run_that_is_over_is_told_to_its_end_and_closed(app: FastAPI) -> None:
    async with AsgiSocket(app) as socket:
        socket.send({"question": "q", "workflow": "rewrite"})
        run_id = (await socket.until("run"))["run_id"]
        socket.send({"cancel": True})
        ended = await socket.until("cancelled")
        assert (ended["payload"], ended["data"]["by"]) == ("Cancelled, no name given", "no name given")
    for after in (0, ended["seq"]):
        async with AsgiSocket(app) as socket:
            socket.send({"run_id": run_id, "after": after})
            assert (await socket.until("run"))["data"]["last_seq"] == ended["seq"]
            if after == 0:
                assert await socket.until("cancelled") == ended
            assert await socket.receive() is None
            assert socket.close_code == 1000
