"""What is too much is refused, with when to try again; on one's own machine nothing is."""

from collections.abc import AsyncIterator, Callable

import pytest

from sayso.settings import Settings
from sayso.storage.store import Store
from support.people import Office, office


@pytest.fixture
async def people(settings: Settings, new_store: Callable[[], Store]) -> AsyncIterator[Office]:
    given = {"auth": "tokens", "max_open_runs": 2, "max_frames": 2, "max_connections": 2}
    async with office(settings.model_copy(update=given), new_store()) as made:
        yield made


BODY = {"question": "q", "workflow": "rewrite"}


async def test_over_http(people: Office) -> None:
    for name in ("Ada", "Ben"):
        answers = [await people.call(name, "POST", "/api/runs", json=BODY) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [201, 201, 429]
        assert answers[2].json()["error"]["code"] == "too_many"
        assert int(answers[2].headers["retry-after"]) == answers[2].json()["error"]["details"]["retry_after"] > 0


async def test_frames(people: Office) -> None:
    async with people.socket("Ada") as socket:
        for _ in range(12):
            socket.send({"run_id": "nothing"})
        codes = []
        for _ in range(12):
            frame = await socket.receive()
            assert frame is not None
            codes.append(frame["data"]["code"])
            if codes[-1] == "too_many":
                assert frame["data"]["details"]["retry_after"] >= 1
    assert codes[:10] == ["run_not_found"] * 10
    assert codes[-1] == "too_many"


async def test_sockets(people: Office) -> None:
    async with people.socket("Ada") as one, people.socket("Ada") as two, people.socket("Ada") as three:
        assert (one.refused, two.refused) == (None, None)
        assert three.refused is not None
        assert three.refused[0] == 429
        stream = await people.call("Ada", "GET", "/api/runs/stream")
        assert (stream.status_code, stream.json()["error"]["code"]) == (429, "too_many")
        async with people.socket("Ben") as other:
            assert other.refused is None
    async with people.socket("Ada") as again:
        assert again.refused is None


async def test_alone_nothing_is_limited(settings: Settings, new_store: Callable[[], Store]) -> None:
    given = {"max_open_runs": 2, "max_frames": 1, "max_connections": 1}
    async with office(settings.model_copy(update=given), new_store()) as alone:
        for _ in range(10):
            assert (await alone.call(None, "POST", "/api/runs", json=BODY)).status_code == 201
        async with alone.socket() as one, alone.socket() as two:
            assert (one.refused, two.refused) == (None, None)
