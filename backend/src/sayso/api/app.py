"""The one place that composes Sayso: settings in, an ASGI application out."""

import logging
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from workflows import Workflow

from sayso import __version__
from sayso.api import http, report_files, socket
from sayso.api.about import About
from sayso.api.guard import Guard
from sayso.api.page import PageFiles
from sayso.api.parts import Parts, default_page
from sayso.api.problems import register_problems
from sayso.engine.deadlines import DuePolicy, PastDue
from sayso.engine.hosting import HostedWorkflow, load_class
from sayso.engine.results import Results
from sayso.engine.service import Service
from sayso.errors import SettingsError
from sayso.research.source import SearchSource
from sayso.settings import Settings
from sayso.storage.choice import store_for
from sayso.storage.store import Store
from sayso.writing.writer import Writer

log = logging.getLogger("sayso")


def compose(
    settings: Settings,
    *,
    store: Store | None = None,
    sources: Sequence[SearchSource] | None = None,
    writers: Mapping[str, Writer] | None = None,
    workflows: Mapping[str, Workflow] | None = None,
    works: bool = True,
) -> tuple[Parts, Service]:
    """What a process researches and writes with, and the engine that runs it. Nothing is opened. See `create_app`."""
    parts = Parts(settings, sources=sources, writers=writers)
    store = store or store_for(settings)
    hosted = [HostedWorkflow("report", parts.report_workflow(Results(store)))]
    others = {**_named_workflows(settings), **(workflows or {})}
    hosted += [HostedWorkflow(name, workflow) for name, workflow in others.items()]
    due = DuePolicy(settings.review_due, settings.review_reminder, PastDue(settings.review_past_due))
    return parts, Service(store, hosted, due, concurrency=settings.concurrency, works=works)


def create_app(
    settings: Settings,
    *,
    store: Store | None = None,
    sources: Sequence[SearchSource] | None = None,
    writers: Mapping[str, Writer] | None = None,
    workflows: Mapping[str, Workflow] | None = None,
    page: Path | None = None,
    works: bool = True,
) -> FastAPI:
    """An application that serves the protocol, the HTTP calls and, if it was built, the page.

    Args:
        settings: see `.env.example`.
        store: where runs live; by default the SQLite file that the settings name.
        sources, writers: what the report workflow researches with and writes with; by default as the settings say.
        workflows: workflows by name, hosted beside the report.
        page: folder of the exported page; by default the repository's own.
        works: take up runs too; without, other processes have to (`sayso worker`).

    Nothing is opened before the application starts.
    """
    parts, service = compose(settings, store=store, sources=sources, writers=writers, workflows=workflows, works=works)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        parts.open()
        left = await service.open()
        if left:
            log.info("%d interrupted runs go on", left)
        try:
            yield
        finally:
            await service.close()
            await parts.close()

    app = FastAPI(
        title="Sayso",
        version=__version__,
        summary="Research reports in which a human's decision binds",
        lifespan=lifespan,
        docs_url="/api/docs",
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.service = service
    app.state.origins = settings.origins
    app.state.info = About(parts, service)
    app.add_middleware(Guard, origins=settings.origins)
    # Streams are not compressed: a gzip buffer would hold events back. Starlette leaves text/event-stream alone.
    app.add_middleware(GZipMiddleware, minimum_size=1_000)
    register_problems(app)
    app.include_router(socket.router)
    app.include_router(report_files.router)
    app.include_router(http.router)
    folder = page or settings.page or default_page()
    if folder is not None and (folder / "index.html").is_file():
        app.mount("/", PageFiles(directory=folder, html=True), name="page")
    return app


def _named_workflows(settings: Settings) -> dict[str, Workflow]:
    """One of each class that `SAYSO_WORKFLOWS` names. Limits are the engine's, so they run without a time-out."""
    workflows: dict[str, Workflow] = {}
    if settings.workflows and (here := str(Path.cwd())) not in sys.path:
        # A command that was installed looks for no modules where it is called. Last, so that none hides a library.
        sys.path.append(here)
    for entry in settings.workflows:
        name, _, path = entry.partition("=")
        try:
            kind = load_class(path)
            if not (isinstance(kind, type) and issubclass(kind, Workflow)):
                raise SettingsError(f"{path} is not a Workflow")
            workflows[name] = kind(timeout=None)
        except (SettingsError, TypeError) as error:
            raise SettingsError(f"SAYSO_WORKFLOWS: {name}: {error}.") from error
    return workflows
