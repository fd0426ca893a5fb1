"""Server processes: started on a free port, measured, and always stopped."""

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from time import perf_counter

import psutil

BACKEND = Path(__file__).parents[1]
BENCH_PYTHON = BACKEND.parent / ".venv-bench" / "bin" / "python"
WORKFLOWS = ",".join(f"{name.lower()}=benchmarks.workflow:{name}" for name in ("Trivial", "Steps", "Paced"))


class Server:
    """`with Server(command, folder) as server`: up and listening, and gone at the end."""

    def __init__(self, command: list[str], folder: Path, **environment: str) -> None:
        self.command = command
        self.folder = folder
        self.port = 0
        self.seconds_to_ready = 0.0
        self._environment = environment
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Server":
        self.folder.mkdir(parents=True, exist_ok=True)
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("SAYSO_", "OPENAI_"))}
        path = os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), str(BACKEND))))
        started = perf_counter()
        self._process = subprocess.Popen(
            self.command,
            env=inherited | {"PYTHONPATH": path, "COLUMNS": "200"} | self._environment,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self._process.stdout
        lines: list[str] = []
        for line in self._process.stdout:
            lines.append(line)
            if found := re.search(r"127\.0\.0\.1:(\d+)", line):
                self.port = int(found[1])
                break
        else:
            self.__exit__()
            raise RuntimeError(f"{' '.join(self.command)} did not start:\n{''.join(lines)}")
        self.seconds_to_ready = perf_counter() - started
        # Somebody has to read on, or the server blocks on a full pipe.
        self._drain = threading.Thread(target=self._process.stdout.read, daemon=True)
        self._drain.start()
        return self

    def __exit__(self, *_: object) -> None:
        process = self._process
        assert process
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def socket(self) -> str:
        return f"ws://127.0.0.1:{self.port}/query"

    def resident(self) -> int:
        """Bytes of physical memory that the process holds."""
        return int(psutil.Process(self.pid).memory_info().rss)

    def busy(self) -> float:
        """Seconds of processor time used so far."""
        times = psutil.Process(self.pid).cpu_times()
        return float(times.user + times.system)


def sayso(folder: Path) -> Server:
    """The real command, durable on SQLite, with the bench's workflows beside the report."""
    (folder / "library").mkdir(parents=True, exist_ok=True)
    return Server(
        [sys.executable, "-m", "sayso", "serve", "--port", "0"],
        folder,
        SAYSO_DATA_DIR=str(folder / "data"),
        SAYSO_LIBRARY=str(folder / "library"),
        SAYSO_WORKFLOWS=WORKFLOWS,
    )


def peer(name: str, folder: Path, *arguments: str) -> Server:
    """One of `peers/`, in the environment of the peers."""
    if not BENCH_PYTHON.is_file():
        raise SystemExit("The peers' environment .venv-bench is missing; `make bench` makes it.")
    return Server([str(BENCH_PYTHON), "-m", f"benchmarks.peers.{name}", *arguments], folder)
