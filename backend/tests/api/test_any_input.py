"""No input whatever is a fault of the server's: every frame and every body is taken, or refused with a code."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from api.conftest import started
from sayso.settings import Settings
from sayso.storage.store import Store
from support.asgi import AsgiSocket

SAID = ["", " ", "yes", "no", "approve", "f1", "\0", "\ud800", "\r\n"]
TEXTS = st.text(st.characters(), max_size=20) | st.sampled_from(SAID)
NUMBERS = st.integers() | st.sampled_from([-1, 0, 1, 2, 2**31, 2**53, 2**63, 10**30]) | st.floats()
# What the classes that carry an answer may take for something of their own.
OWN = [
    "self",
    "cls",
    "params",
    "response",
    "review",
    "at",
    "by",
    "key",
    "delivery",
    "_data",
    "__class__",
    "model_config",
    "dict",
    "get",
    "type",
]
KEYS = TEXTS | st.sampled_from(OWN)
LEAVES = st.none() | st.booleans() | NUMBERS | TEXTS
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3))
FIELDS = {
    "question": TEXTS,
    "run_id": TEXTS,
    "response": JSON,
    "cancel": st.just(True),
    "workflow": st.just("rewrite"),
    "options": st.dictionaries(KEYS, JSON, max_size=3),
    "by": TEXTS,
    "request_id": TEXTS,
    "after": NUMBERS,
    "review": NUMBERS,
    "feedback": TEXTS,
    "keep": st.lists(TEXTS, max_size=3),
    "edits": st.dictionaries(KEYS, TEXTS, max_size=3),
    "response_id": TEXTS,
}
OF_KIND = (
    ("question", ("workflow", "options", "by", "request_id")),
    ("run_id", ("after",)),
    ("response", ("review", "feedback", "keep", "edits", "by", "response_id")),
    ("cancel", ("by",)),
)


@st.composite
def frames(draw: st.DrawFn) -> dict[str, Any]:
    """A frame of one of the four kinds with what belongs to it, some of it wrong or null."""
    kind, optional = draw(st.sampled_from(OF_KIND))
    chosen = [kind, *draw(st.lists(st.sampled_from(optional), unique=True))]
    frame = {name: draw(st.one_of(FIELDS[name], FIELDS[name], FIELDS[name], LEAVES)) for name in chosen}
    if draw(st.integers(0, 9)) == 0:
        frame[draw(KEYS)] = draw(JSON)
    return frame


async def test_no_input_whatever_is_a_fault(settings: Settings, page: Path, new_store: Callable[[], Store]) -> None:
    async with started(settings, page=page, store=new_store()) as app:
        for name in OWN:
            await over_both(app, json.dumps({"response": {name: 1}, "review": 2}))
        loop = asyncio.get_running_loop()

        @hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
        @given(frames() | JSON)
        def attempt(sent: Any) -> None:
            asyncio.run_coroutine_threadsafe(over_both(app, json.dumps(sent)), loop).result(60)

        await asyncio.to_thread(attempt)


async def over_both(app: FastAPI, text: str) -> None:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=30) as client:
        started = await client.post("/api/runs", json={"question": "q", "workflow": "rewrite"})
        run_id = started.json()["id"]
        async with AsgiSocket(app) as socket:
            socket.send({"run_id": run_id})
            await socket.until("input_required")
            headers = {"content-type": "application/json"}
            for path in ("/api/runs", f"/api/runs/{run_id}/response", f"/api/runs/{run_id}/cancel"):
                answer = await client.post(path, content=text, headers=headers)
                assert answer.status_code < 500, answer.text
                assert answer.status_code < 400 or answer.json()["error"]["code"] != "internal"
        await one_frame(app, text, run_id)


async def one_frame(app: FastAPI, text: str, watched: str) -> None:
    """Sends it on a socket that watches nothing, and on one that watches a run."""
    for first in ([], [json.dumps({"run_id": watched})]):
        async with AsgiSocket(app) as socket:
            for frame in [*first, text, "[]"]:
                socket.send(frame)
            seen: list[Any] = []
            # The last one is answered last, unless the run was over and the socket has closed.
            while (told := await socket.receive()) is not None:
                seen.append(told)
                if told["type"] == "error" and "must be a JSON object" in told["payload"] and not told["seq"]:
                    break
            assert told is not None or socket.close_code == 1000
            assert "internal" not in [each["data"]["code"] for each in seen if each["type"] == "error"]
