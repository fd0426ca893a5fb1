"""All contestants, up side by side."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.contestants import (
    LOOP,
    SAYSO,
    SERVER_MEMORY,
    SERVER_SQLITE,
    Contestant,
    HttpContestant,
    SocketContestant,
)
from benchmarks.processes import peer, sayso


class Arena:
    def __init__(self, contestants: list[Contestant], echo: str, folder: Path) -> None:
        self.contestants = contestants
        self.echo = echo
        self.folder = folder


@contextmanager
def arena(folder: Path) -> Iterator[Arena]:
    """Start everybody; stop everybody."""
    with ExitStack() as stack:
        start = stack.enter_context
        echo = start(peer("echo", folder / "echo"))
        contestants: list[Contestant] = [
            SocketContestant(SAYSO, start(sayso(folder / "sayso")), workflow="trivial"),
            SocketContestant(LOOP, start(peer("loop", folder / "loop"))),
            HttpContestant(SERVER_MEMORY, start(peer("workflow_server", folder / "memory"))),
            HttpContestant(SERVER_SQLITE, start(peer("workflow_server", folder / "sqlite", "runs.db"))),
        ]
        yield Arena(contestants, echo.socket, folder)
