"""The walk: every call and every frame, by everybody; and none that nobody has thought of."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute, APIWebSocketRoute
from starlette.routing import BaseRoute, Mount, Route

from sayso.people import policy
from sayso.people.policy import CALLS, FRAMES, NOWHERE, RUN_IN_PATH, Need
from sayso.protocol.commands import Answer, Cancel, Start, Watch, kind_of, parse_command
from sayso.settings import Settings
from sayso.storage.store import Store
from support.people import PEOPLE, Office, office

EVERYBODY = (None, *PEOPLE, "operator")
ASKED = "Ada"
"""Asks the run of the walk, of Legal; so Lea decides, Rex and Ben know nothing of it, and Root sees it."""
SEES = {"Ada", "Lea", "Root", "operator"}
MAY: dict[Need, set[str | None]] = {
    Need.NOTHING: set(EVERYBODY),
    Need.SIGNED_IN: set(EVERYBODY) - {None},
    Need.ASK: set(EVERYBODY) - {None},
    Need.SEE: set(SEES),
    Need.DECIDE: {"Lea", "operator"},
    Need.END: {"Ada", "Root", "operator"},
    Need.ADMIN: {"Root", "operator"},
    Need.OPERATE: {"Root", "operator"},
}
"""Written down once more, by name, so that the policy is not held against itself."""
BODIES: dict[str, Any] = {
    "POST /api/runs": {"question": "q", "workflow": "rewrite"},
    "POST /api/runs/{run_id}/response": {"response": "nonsense", "review": 9_999},
    "POST /api/runs/{run_id}/reviews/{seq}/reading": {"response": "approve"},
    "POST /api/session": {"secret": "none"},
    "POST /api/people": {"name": "Root"},
    "PATCH /api/people/{name}": {},
}
FILLED = {"seq": "1", "source": "s1", "format": "md", "name": "Nobody"}
WITHOUT_CODE = {401: "unauthorized", 403: "forbidden", 404: "run_not_found"}
ENDLESS = policy.STREAMS
"""Streams: who may have them is asked by frames and by `test_identity`; here only who may not."""


@pytest.fixture
async def people(settings: Settings, new_store: Callable[[], Store]) -> AsyncIterator[Office]:
    async with office(settings.model_copy(update={"auth": "tokens"}), new_store()) as made:
        yield made


def routes_of(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    """With those of the routers that were included."""
    for route in routes:
        included: APIRouter | None = getattr(route, "original_router", None)
        if included is None:
            yield route
        else:
            yield from routes_of(included.routes)


def called(app: FastAPI) -> set[str]:
    """Every call of the application, as the table names it."""
    found: set[str] = set()
    for route in routes_of(app.routes):
        if isinstance(route, APIRoute):
            found |= {f"{method} {route.path}" for method in route.methods or () if route.path != NOWHERE}
        elif isinstance(route, APIWebSocketRoute):
            assert route.path == "/query"
        else:
            # What is not looked at before it is called: the page, and the description of the calls.
            assert isinstance(route, Mount) or (isinstance(route, Route) and route.path == "/api/openapi.json"), route
    return found


async def test_every_call_is_in_the_table(people: Office) -> None:
    assert called(people.app) == set(CALLS)


def test_every_frame_is_in_the_table() -> None:
    frames = ('{"question":"q"}', '{"run_id":"r"}', '{"response":"approve"}', '{"cancel":true}')
    assert [kind_of(parse_command(frame)) for frame in frames] == list(FRAMES)
    assert {type(parse_command(frame)) for frame in frames} == {Start, Watch, Answer, Cancel}


async def test_a_call_that_is_in_no_table_is_refused(people: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(policy.CALLS, "GET /api/info")
    for name in ("Ada", "Root"):
        answer = await people.call(name, "GET", "/api/info")
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden")


@dataclass
class _Asked:
    """A call of the walk, and what came of it."""

    who: str | None
    status: int
    code: str


async def _try(people: Office, who: str | None, call: str, run_id: str) -> _Asked:
    method, _, path = call.partition(" ")
    for name in RUN_IN_PATH:
        path = path.replace(f"{{{name}}}", run_id)
    client = people.operator() if who == "operator" else people.client(who)
    async with client:
        answer = await client.request(method, path.format(**FILLED), json=BODIES.get(call))
    said = answer.json() if answer.status_code >= 400 else {}
    # The calls of other projects' clients answer in those projects' words, without a code.
    code = WITHOUT_CODE.get(answer.status_code, "") if "detail" in said else said.get("error", {}).get("code", "")
    return _Asked(who, answer.status_code, code)


async def test_every_call_by_everybody(people: Office) -> None:
    """Who may gets something else than a refusal; who may not hears that it is not there, or not allowed, and nothing
    is changed by it."""
    run_id = await people.ask(ASKED, reviewers=["Legal"])
    for call, need in CALLS.items():
        for who in EVERYBODY:
            if call in ENDLESS and who in MAY[need]:
                continue
            # Each on a run of its own where it ends it.
            own = await people.ask(ASKED, reviewers=["Legal"]) if call in _ENDING and who in MAY[need] else run_id
            asked = await _try(people, who, call, own)
            told = (call, asked)
            if who in MAY[need]:
                assert asked.code not in ("unauthorized", "forbidden", "run_not_found") or call in _REFUSE, told
            elif who is None:
                assert (asked.status, asked.code) == (401, "unauthorized"), told
            elif need.of_run and who not in SEES:
                assert (asked.status, asked.code) == (404, "run_not_found"), told
            else:
                assert (asked.status, asked.code) == (403, "forbidden"), told
    state = (await people.call("Root", "GET", f"/api/runs/{run_id}")).json()
    assert state["status"] == "waiting"


_ENDING = {"POST /api/runs/{run_id}/cancel", "DELETE /api/runs/{run_id}"}
_REFUSE = {"POST /api/session"}
"""It refuses what is no token, whoever asks."""


@pytest.mark.parametrize("frame", FRAMES)
async def test_every_frame_by_everybody(people: Office, frame: str) -> None:
    run_id = await people.ask(ASKED, reviewers=["Legal"])
    frames: dict[str, dict[str, Any]] = {
        "question": {"question": "q", "workflow": "rewrite"},
        "run_id": {"run_id": run_id},
        "response": {"response": "nonsense", "review": 9_999},
        "cancel": {"cancel": True},
    }
    sent = frames[frame]
    for who in PEOPLE:
        own = run_id
        if frame == "cancel" and who in MAY[FRAMES[frame]]:
            own = await people.ask(ASKED, reviewers=["Legal"])
        async with people.socket(who) as socket:
            if frame in ("response", "cancel"):
                socket.send({"run_id": own})
                first = await socket.receive()
                assert first is not None
                if who not in SEES:
                    assert first["data"]["code"] == "run_not_found", who
                    continue
                await socket.until("input_required")
            socket.send(sent)
            answer = await socket.receive()
            assert answer is not None
            code = answer["data"].get("code")
            if who in MAY[FRAMES[frame]]:
                assert code not in ("forbidden", "run_not_found", "unauthorized"), (who, answer)
            else:
                assert code == ("forbidden" if who in SEES else "run_not_found"), (who, answer)
    async with people.socket(None) as socket:
        assert socket.refused is not None
        assert socket.refused[0] == 401


async def test_what_one_may_not_see_is_in_no_list(people: Office) -> None:
    mine = await people.ask("Ben")
    legal = await people.ask(ASKED, reviewers=["legal"])
    seen = {"Ada": {legal}, "Ben": {mine}, "Rex": {mine}, "Lea": {mine, legal}, "Root": {mine, legal}}
    for name, expected in seen.items():
        for query in ("", "?q=asks", "?status=waiting"):
            page = (await people.call(name, "GET", f"/api/runs{query}")).json()
            assert {run["id"] for run in page["runs"]} == expected, (name, query)
    asked: dict[str, set[str]] = {"Ada": set(), "Ben": set(), "Rex": {mine}, "Lea": {mine, legal}, "Root": {mine}}
    for name, expected in asked.items():
        page = (await people.call(name, "GET", "/api/runs?asked=me")).json()
        assert {run["id"] for run in page["runs"]} == expected, name
    (run,) = (await people.call("Ada", "GET", "/api/runs")).json()["runs"]
    assert (run["by"], run["verified"], run["asked_of"]) == ("Ada", True, ["Legal"])
