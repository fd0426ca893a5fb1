"""Runs the server process: one at a time on a data folder, with a plain greeting."""

import asyncio
import contextlib
import logging
import os
import socket
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from rich.console import Console

from sayso.api.app import create_app
from sayso.api.page import default_page
from sayso.cli.operator import Operator, new_operator, read_operator
from sayso.cli.private_files import keep_private
from sayso.cli.process import data_folder, log_to_stderr
from sayso.cli.signing_in import check_signing_in
from sayso.errors import SettingsError
from sayso.protocol.commands import MAX_FRAME
from sayso.research.library.source import LibraryError
from sayso.settings import Settings, read_settings
from sayso.storage.choice import check_database

log = logging.getLogger("sayso")
STOP_SECONDS = 5
"""For sockets and streams to end, when the server is asked to stop; segments get a few more after that."""


def serve(settings: Settings, *, reload: bool = False, works: bool = True, opens: bool = False) -> None:
    """Serve until told to stop.

    Args:
        reload: start again when the code changes.
        works: take up runs too.
        opens: open the page in the browser of whoever sits here, once it can be had.

    Raises:
        SettingsError: the port or the data folder is taken, or the library or database cannot be used.
    """
    if not works and not settings.shared:
        raise SettingsError("serve --no-worker: only with PostgreSQL (SAYSO_DATABASE_URL) others can do the work.")
    warning = check_signing_in(settings)
    log_to_stderr()
    if warning:
        log.warning("%s", warning)
    keep_private(settings)
    asyncio.run(check_database(settings))
    options: dict[str, Any] = {
        "log_config": None,
        # Whose word counts about where a client is, `SAYSO_PROXIES` says.
        "proxy_headers": False,
        "access_log": False,
        "ws_max_size": 4 * MAX_FRAME,
        # Compressing each frame by itself costs more than sending it, and most are a few hundred bytes.
        "ws_per_message_deflate": False,
        "ws_ping_interval": 20,
        "ws_ping_timeout": 20,
        "timeout_graceful_shutdown": STOP_SECONDS,
    }
    if reload:
        # The reloader imports the application anew in each child, so it reads its settings from the environment.
        os.environ["SAYSO_HOST"], os.environ["SAYSO_PORT"] = settings.host, str(settings.port)
        new_operator(settings.data_dir, _address(settings))
        source = Path(__file__).parents[1]
        target = "sayso.cli.serve:reloaded_app"
        uvicorn.run(
            target,
            factory=True,
            reload=True,
            reload_dirs=[str(source)],
            host=settings.host,
            port=settings.port,
            **options,
        )
        return
    with data_folder(settings.data_dir), _listening(settings) as listener:
        settings = settings.model_copy(update={"port": listener.getsockname()[1]})
        app = _app(settings, new_operator(settings.data_dir, _address(settings)), works=works)
        config = uvicorn.Config(app, host=settings.host, port=settings.port, **options)
        # Ctrl+C is how one stops it; by now it has stopped in good order.
        with contextlib.suppress(KeyboardInterrupt):
            _Server(config, app, settings, opens=opens).run(sockets=[listener])


def reloaded_app() -> FastAPI:
    """The application of `serve --reload`."""
    settings = read_settings()
    return _app(settings, read_operator(settings.data_dir))


def _app(settings: Settings, operator: Operator | None, *, works: bool = True) -> FastAPI:
    try:
        return create_app(settings, works=works, operator_key=operator.key if operator else None)
    except LibraryError as error:
        raise SettingsError(f"SAYSO_LIBRARY: {error}") from error


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError as error:
            raise SettingsError(
                f"SAYSO_PORT: {settings.host}:{settings.port} cannot be used ({error.strerror}). "
                "Set SAYSO_PORT to another port."
            ) from error
        yield listener


class _Server(uvicorn.Server):
    """Greets once it listens."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, settings: Settings, *, opens: bool) -> None:
        super().__init__(config)
        self._app = app
        self._settings = settings
        self._opens = opens

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            await _greet(self._app, self._settings)
            if self._opens:
                # A browser in the terminal takes until it is closed, and the server has to go on meanwhile.
                threading.Thread(target=_open, args=(_address(self._settings),), daemon=True).start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Event streams would go on for as long as uvicorn lets them.
        self._app.state.service.end_watches()
        await super().shutdown(sockets)


def _address(settings: Settings) -> str:
    """Where the page is, for a browser on this machine."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104 - only a comparison
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}:{settings.port}"


def _open(address: str) -> None:
    if not webbrowser.open(address):
        log.warning("there is no browser to open %s in", address)


async def _greet(app: FastAPI, settings: Settings) -> None:
    """Where to go, what is active, and how to switch on a model."""
    info = await app.state.info()
    say = Console(highlight=False, soft_wrap=True, markup=False)
    say.print(f"\nSayso is ready: open {_address(settings)}", style="bold")
    if settings.auth == "tokens":
        say.print("  people   sign in with a token or a link: sayso person add, sayso person link")
    if settings.page is None and default_page() is None:
        say.print("  page     not built; `make run` builds it. The websocket and the HTTP calls work.")
    for source in info.sources:
        sample = " (a sample: Sayso's and Next.js' documentation; SAYSO_LIBRARY names yours)" if source.sample else ""
        say.print(f"  source   {source.title}: {source.why}{sample}")
    for writer in info.writers:
        chosen = "writer  " if writer.name == info.writer else "also    "
        say.print(f"  {chosen} {writer.name}: {writer.why}")
    if "llm" not in {writer.name for writer in info.writers}:
        say.print("  model    none; set OPENAI_API_KEY (or OPENAI_BASE_URL for vLLM, Ollama, llama.cpp) to have one")
    say.print("  stop     Ctrl+C; what waits for a decision goes on waiting\n")
