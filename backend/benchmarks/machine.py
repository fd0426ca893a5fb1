"""What the figures were taken on."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.processes import BENCH_PYTHON

OURS = ("fastapi", "uvicorn", "websockets", "llama-index-workflows", "pydantic")
THEIRS = ("llama-agents-server", "fastapi", "uvicorn", "websockets", "llama-index-workflows")


def describe(command: str) -> dict[str, str]:
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "command": command,
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "kernel": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "Sayso": f"{version('sayso')} ({', '.join(f'{name} {version(name)}' for name in OURS)})",
        "peers": _theirs(),
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown processor"


def _theirs() -> str:
    if not BENCH_PYTHON.is_file():
        return "not installed"
    script = f"from importlib.metadata import version\nfor n in {THEIRS}: print(n, version(n))"
    found = subprocess.run([BENCH_PYTHON, "-c", script], capture_output=True, text=True, check=True)
    return ", ".join(found.stdout.splitlines())
