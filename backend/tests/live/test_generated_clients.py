"""Clients that generators make from the OpenAPI document: they ask, read a review, decide and save the report."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from sayso.protocol.decisions import DECISION_SCHEMA
from sayso.protocol.report import Report
from support.server import Server

CLIENTS = Path(__file__).parents[1] / "clients"
QUESTION = "When does VACUUM FULL lock a table?"
BEGINNINGS = {"md": b"# ", "html": b"<!doctype html>", "docx": b"PK", "pdf": b"%PDF-", "json": b"{"}


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def document(server: Server, tmp_path: Path) -> Path:
    """The OpenAPI document, as a client finds it."""
    file = tmp_path / "openapi.json"
    file.write_text(httpx.get(f"{server.url}/api/openapi.json").text, encoding="utf-8")
    return file


def check(seen: dict[str, Any], folder: Path, server: Server) -> None:
    """The walk went as a person's would, and brought every format home as the server has it."""
    assert seen["said"] == ["Rejected by Ada", "Approved by Ada"]
    assert seen["schema"] == DECISION_SCHEMA
    assert [kind for kind in seen["types"] if kind.startswith(("input", "final"))] == [
        "input_required",
        "input_received",
        "input_required",
        "input_received",
        "final_result",
    ]
    for name, beginning in BEGINNINGS.items():
        saved = (folder / f"report.{name}").read_bytes()
        assert saved.lower().startswith(beginning.lower()), name
        if name in ("md", "html"):
            there = httpx.get(f"{server.url}/api/runs/{seen['run']}/report.{name}", timeout=60)
            assert saved.decode() == there.text
    report = Report.model_validate_json((folder / "report.json").read_text("utf-8"))
    assert report.title == seen["title"] == QUESTION
    assert report == Report.model_validate(httpx.get(f"{server.url}/api/runs/{seen['run']}/report.json").json())
    (approval,) = [each for each in report.approvals if each.kept]
    assert (approval.by, len(approval.kept)) == ("Ada", 1)


def test_openapi_python_client(server: Server, document: Path, tmp_path: Path) -> None:
    shutil.copy(CLIENTS / "walk.py", tmp_path)
    told = run(
        Path(sys.executable).with_name("openapi-python-client"),
        "generate",
        *("--path", document, "--meta", "none", "--output-path", "generated", "--fail-on-warning"),
        *("--config", CLIENTS / "openapi-python-client.yml"),
        cwd=tmp_path,
    )
    assert "Generating" in told
    said = run(sys.executable, "-W", "error", "walk.py", server.url, tmp_path, QUESTION, cwd=tmp_path)
    check(json.loads(said), tmp_path, server)


def test_openapi_ts(server: Server, document: Path, tmp_path: Path) -> None:
    tools = CLIENTS / "node_modules"
    assert tools.is_dir(), "`make test` installs the generator"
    (tmp_path / "node_modules").symlink_to(tools)
    for name in ("walk.ts", "tsconfig.json", "package.json"):
        shutil.copy(CLIENTS / name, tmp_path)
    run(
        tools / ".bin" / "openapi-ts",
        *("--input", document, "--output", "generated", "--no-log-file"),
        cwd=tmp_path,
    )
    run(tools / ".bin" / "tsc", "--project", ".", cwd=tmp_path)
    said = run("node", "built/walk.js", server.url, tmp_path, QUESTION, cwd=tmp_path)
    check(json.loads(said.splitlines()[-1]), tmp_path, server)
