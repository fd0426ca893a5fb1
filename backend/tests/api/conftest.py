import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from report.shelf import ShelfSource
from sayso.api.app import create_app
from sayso.settings import Settings, read_settings
from sayso.storage.store import Store
from support.workflows import Raises, Rewrite


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """As on a fresh machine, whatever the one that tests has set."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith(("SAYSO_", "OPENAI_")):
            monkeypatch.delenv(name)
    return read_settings(data_dir=tmp_path / "data", allowed_origins="https://sayso.example.org")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    folder = tmp_path / "page"
    (folder / "_next" / "static").mkdir(parents=True)
    for name, text in (("index.html", "page"), ("404.html", "nothing"), ("_next/static/a1b2.js", "1"), ("a.js", "1")):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
async def app(settings: Settings, page: Path) -> AsyncIterator[FastAPI]:
    """The whole application, started."""
    async with started(settings, page=page) as app:
        yield app


@asynccontextmanager
async def started(settings: Settings, *, page: Path, store: Store | None = None) -> AsyncIterator[FastAPI]:
    """The application with what the tests ask of it, on SQLite unless there is another store."""
    workflows = {"rewrite": Rewrite(timeout=None), "raises": Raises(timeout=None)}
    app = create_app(settings, store=store, sources=[ShelfSource()], workflows=workflows, page=page)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    # What the application raises is answered with 500 before it comes here, as a server would see it.
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", timeout=30) as client:
        yield client


@pytest.fixture
async def either(settings: Settings, page: Path, new_store: Callable[[], Store]) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application on each database that there is."""
    async with started(settings, page=page, store=new_store()) as app:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=30) as client:
            yield client
