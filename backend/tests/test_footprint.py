"""What a command loads: each takes only the rooms that its work needs, which keeps its start quick."""

import subprocess
import sys

import pytest

WEB = {"sayso.api", "fastapi", "starlette", "uvicorn"}
REPORT = {"sayso.report", "sayso.writers", "sayso.gate", "sayso.research", "llama_index", "workflows"}


@pytest.mark.parametrize(
    ("command", "unwanted"),
    [
        ("sayso.cli.ask", WEB | REPORT),
        ("sayso.cli.export", WEB | REPORT),
        ("sayso.cli.worker", WEB),
        ("sayso.cli.maintain", WEB | REPORT),
        ("sayso.cli.webhook", WEB | REPORT),
        ("sayso.cli.index", WEB),
    ],
)
def test_a_command_loads_what_it_needs(command: str, unwanted: set[str]) -> None:
    program = f"import sys, sayso.__main__, {command}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout.split()

    assert command in loaded
    assert sorted(unwanted & set(loaded)) == []
