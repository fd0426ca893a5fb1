"""A real server process on a free port, that can be killed and started again on the same data folder."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect

Frame = dict[str, Any]
TESTS = Path(__file__).parents[1]
WORKFLOWS = (
    "rewrite=support.workflows:Rewrite,slow=support.workflows:Slow,fan=support.workflows:FanOut,"
    "waits=support.workflows:TwoWaits,dies=support.workflows:Dies,raises=support.workflows:Raises,"
    "exits=support.escaping_workflows:InStep,leaves=support.escaping_workflows:InLoop,"
    "calls=support.held_workflows:HeldByServer"
)


class Server:
    """`with Server(folder) as server`: started, and stopped at the end."""

    program: tuple[str, ...] = (sys.executable, "-m", "sayso")

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self.folder = folder
        self._arguments = arguments or ("serve",)
        self.port = 0
        self._environment = environment
        self._process: subprocess.Popen[str] | None = None
        self._lines: list[str] = []
        self._reader: threading.Thread | None = None

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> dict[str, str]:
        """The environment of the process; nothing of ours leaks into it."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("SAYSO_", "OPENAI_"))}
        return environment | {
            "PYTHONPATH": str(TESTS),
            "SAYSO_DATA_DIR": str(self.folder / "data"),
            "SAYSO_WORKFLOWS": WORKFLOWS,
            "SAYSO_LIBRARY": str(self._library()),
            "COLUMNS": "200",
            **self._environment,
        }

    def start(self) -> None:
        """Start and wait until it listens; again on the same port after a kill."""
        self._process = subprocess.Popen(
            [*self.program, *self._arguments, *self._port()],
            env=self.settings,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines = []
        assert self._process.stdout
        for line in self._process.stdout:
            self._lines.append(line)
            found = re.search(r"open http://\S+:(\d+)|Sayso works", line)
            if found:
                self.port = int(found[1] or 0)
                break
        else:
            self._reap()
            raise AssertionError("the server did not start:\n" + "".join(self._lines))
        # Somebody has to read on, or the server blocks on a full pipe.
        self._reader = threading.Thread(target=self._lines.extend, args=(self._process.stdout,), daemon=True)
        self._reader.start()

    def _port(self) -> list[str]:
        return ["--port", str(self.port)] if self._arguments[0] == "serve" else []

    def _library(self) -> Path:
        library = self.folder / "library"
        library.mkdir(exist_ok=True)
        return library

    def kill(self) -> None:
        """SIGKILL, and wait until it is gone."""
        assert self._process
        self._process.kill()
        self._reap()

    def freeze(self) -> None:
        """SIGSTOP: it holds what it holds, and does nothing."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT."""
        assert self._process
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> int:
        """SIGTERM; its exit status."""
        assert self._process
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        return self._reap()

    def wait(self) -> int:
        """Until the process ends by itself."""
        return self._reap()

    def _reap(self) -> int:
        assert self._process
        try:
            return self._process.wait(timeout=20)
        finally:
            self._process.kill()
            self._process.wait()
            if self._reader:
                self._reader.join()
            if self._process.stdout:
                self._process.stdout.close()

    @property
    def output(self) -> str:
        return "".join(self._lines)

    def connect(self, **options: Any) -> "connect":
        return connect(f"ws://127.0.0.1:{self.port}/query", **options)

    async def get(self, path: str, **options: Any) -> Any:
        async with httpx.AsyncClient(base_url=self.url) as client:
            return (await client.get(path, **options)).json()


async def send(socket: ClientConnection, **frame: Any) -> None:
    await socket.send(json.dumps(frame))


async def receive(socket: ClientConnection) -> Frame:
    async with asyncio.timeout(20):
        frame: Frame = json.loads(await socket.recv())
    return frame


async def until(socket: ClientConnection, kind: str) -> list[Frame]:
    """Frames up to and with the first of this type."""
    frames = [await receive(socket)]
    while frames[-1]["type"] != kind:
        frames.append(await receive(socket))
    return frames


def assert_no_gap(frames: list[Frame], after: int = 0) -> None:
    """Every logged frame once, in order."""
    numbers = [frame["seq"] for frame in frames if frame.get("seq") is not None]
    assert numbers == list(range(after + 1, after + 1 + len(numbers)))
