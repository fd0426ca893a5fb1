"""The ASGI application: the protocol, the HTTP calls and the page, over the service that `sayso.compose` makes."""

import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import Depends, FastAPI
from starlette.middleware.gzip import GZipMiddleware
from workflows import Workflow

from sayso import __version__
from sayso.api import http, library, log, metrics, reference, report_files, socket, tasks
from sayso.api.guard import Guard
from sayso.api.headers import AnswerHeaders
from sayso.api.hosts import AllowedHosts
from sayso.api.identity import audit, oidc_calls, people, session
from sayso.api.identity.authorize import authorize
from sayso.api.identity.known import Identities
from sayso.api.identity.oidc import Provider
from sayso.api.info import About
from sayso.api.page import PageFiles, default_page
from sayso.api.problems import register_problems
from sayso.compose import compose
from sayso.engine.clock import now
from sayso.engine.house_rules import limits_of, reviewing_of, told_settings
from sayso.engine.presence import Presence
from sayso.people.actor import SERVER
from sayso.research.source import SearchSource
from sayso.settings import Settings
from sayso.storage.choice import store_for
from sayso.storage.store import Store
from sayso.writers.port import Writer

logger = logging.getLogger("sayso")


def create_app(
    settings: Settings,
    *,
    store: Store | None = None,
    sources: Sequence[SearchSource] | None = None,
    writers: Mapping[str, Writer] | None = None,
    workflows: Mapping[str, Workflow] | None = None,
    page: Path | None = None,
    works: bool = True,
    operator_key: str | None = None,
) -> FastAPI:
    """An application that serves the protocol, the HTTP calls and, if it was built, the page.

    Args:
        settings: see `.env.example`.
        store: where runs live; by default the SQLite file that the settings name.
        sources, writers: what the report workflow researches with and writes with; by default as the settings say.
        workflows: workflows by name, hosted beside the report.
        page: folder of the exported page; by default the repository's own.
        works: take up runs too; without, other processes have to (`sayso worker`).
        operator_key: lets in whoever has it as the server's operator.

    Nothing is opened before the application starts.
    """
    store = store or store_for(settings)
    toolkit, service = compose(
        settings, store=store, sources=sources, writers=writers, workflows=workflows, works=works
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        left = await service.open()
        await store.note_settings(told_settings(settings), SERVER, now())
        toolkit.open()
        for name in reviewing_of(settings).nobody(await store.everybody()) if settings.reviewers else ():
            logger.warning("SAYSO_REVIEWERS: nobody called %s may decide here yet; what is asked of them waits", name)
        if left:
            logger.info("%d interrupted runs go on", left)
        try:
            yield
        finally:
            await app.state.presence.close()
            await service.close()
            await toolkit.close()

    app = FastAPI(
        title="Sayso",
        version=__version__,
        summary="Research reports in which a human's decision binds",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        dependencies=[Depends(authorize)],
        # What generated clients call the calls.
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.settings = settings
    app.state.store = store
    app.state.identities = Identities(settings, store, operator_key=operator_key)
    app.state.provider = Provider(settings, store) if settings.auth == "oidc" else None
    app.state.presence = Presence(store, limits_of(settings))
    app.state.service = service
    app.state.toolkit = toolkit
    app.state.info = About(toolkit, service, reviewing_of(settings))
    app.state.task_workflow = settings.task_workflow
    # From the inside out. Streams are not compressed: a gzip buffer would hold events back. Starlette leaves
    # text/event-stream alone.
    app.add_middleware(GZipMiddleware, minimum_size=1_000)
    app.add_middleware(Guard, hosts=AllowedHosts(settings.hosts), origins=settings.origins)
    app.add_middleware(AnswerHeaders)
    register_problems(app)
    app.include_router(socket.router)
    app.include_router(report_files.router)
    app.include_router(library.router)
    app.include_router(reference.router)
    app.include_router(session.router)
    app.include_router(people.router)
    app.include_router(oidc_calls.router)
    app.include_router(audit.router)
    app.include_router(log.router)
    app.include_router(tasks.router)
    app.include_router(metrics.router)
    app.include_router(http.router)
    folder = page or settings.page or default_page()
    if folder is not None and (folder / "index.html").is_file():
        app.mount("/", PageFiles(directory=folder, html=True), name="page")
    return app
