"""An application on which people sign in, with one person of each kind."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from report.shelf import ShelfSource
from sayso.api.app import create_app
from sayso.engine.administration import Administration
from sayso.people.actor import Actor, Via
from sayso.protocol.people import NewPerson
from sayso.research.source import SearchSource
from sayso.settings import Settings
from sayso.storage.store import Store
from support.asgi import AsgiSocket
from support.workflows import Raises, Rewrite

OPERATOR = "the operator's own key"
PEOPLE = {
    "Ada": ("asker", []),
    "Ben": ("asker", []),
    "Rex": ("reviewer", []),
    "Lea": ("reviewer", ["Legal"]),
    "Root": ("admin", []),
}
"""Two who ask, one who reviews, one who reviews for Legal, and an admin."""


@dataclass
class Office:
    """A server with people."""

    app: FastAPI
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def administration(self) -> Administration:
        return Administration(self.app.state.store, Actor(name="the operator", via=Via.OPERATOR))

    def client(self, name: str | None = None, **headers: str) -> httpx.AsyncClient:
        """As somebody with a token, or as nobody."""
        bearer = {"authorization": f"Bearer {self.tokens[name]}"} if name else {}
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(
            transport=transport, base_url="http://localhost:8000", timeout=30, headers={**bearer, **headers}
        )

    def operator(self) -> httpx.AsyncClient:
        return self.client(authorization=f"Bearer {OPERATOR}")

    def socket(self, name: str | None = None, **headers: str) -> AsgiSocket:
        bearer = {"authorization": f"Bearer {self.tokens[name]}"} if name else {}
        return AsgiSocket(self.app, {**bearer, **headers})

    async def call(self, name: str | None, method: str, path: str, **options: Any) -> httpx.Response:
        async with self.client(name) as client:
            return await client.request(method, path, **options)

    async def ask(self, name: str, workflow: str = "rewrite", **options: Any) -> str:
        """Id of a run that waits for a decision."""
        body = {"question": f"{name} asks", "workflow": workflow, "options": options}
        answer = await self.call(name, "POST", "/api/runs", json=body)
        assert answer.status_code == 201, answer.text
        run_id: str = answer.json()["id"]
        async with self.socket("Root") as socket:
            socket.send({"run_id": run_id})
            await socket.until("input_required")
        # The question is told of a moment before the run waits.
        for _ in range(500):
            found = await self.call("Root", "GET", f"/api/runs/{run_id}")
            if found.json()["status"] == "waiting":
                return run_id
        raise AssertionError("the run does not wait")


@asynccontextmanager
async def office(
    settings: Settings, store: Store, page: Path | None = None, source: SearchSource | None = None
) -> AsyncIterator[Office]:
    """Started, with `PEOPLE` and a token for each. `source` is what is searched."""
    workflows = {"rewrite": Rewrite(timeout=None), "raises": Raises(timeout=None)}
    app = create_app(
        settings,
        store=store,
        sources=[source or ShelfSource()],
        workflows=workflows,
        page=page,
        operator_key=OPERATOR,
    )
    async with app.router.lifespan_context(app):
        made = Office(app)
        for name, (role, groups) in PEOPLE.items():
            await made.administration.add(NewPerson.model_validate({"name": name, "role": role, "groups": groups}))
            made.tokens[name] = (await made.administration.token(name)).secret
        yield made


@asynccontextmanager
async def joined(settings: Settings, store: Store, other: Office) -> AsyncIterator[Office]:
    """Another server on the same database, with the same people."""
    workflows = {"rewrite": Rewrite(timeout=None), "raises": Raises(timeout=None)}
    app = create_app(settings, store=store, sources=[ShelfSource()], workflows=workflows, operator_key=OPERATOR)
    async with app.router.lifespan_context(app):
        yield Office(app, other.tokens)
