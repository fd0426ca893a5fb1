"""People on a real server: from the terminal, on both databases, through the server and beside it."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from support.postgres import Postgres
from support.server import Server, receive, send, until

DATABASES = ("sqlite", "postgres")


@pytest.fixture(params=DATABASES)
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """A server on which people sign in."""
    environment = {"SAYSO_AUTH": "tokens"}
    if request.param == "postgres":
        postgres: Postgres = request.getfixturevalue("postgres")
        environment["SAYSO_DATABASE_URL"] = postgres.database()
    with Server(tmp_path, **environment) as server:
        yield server


def sayso(server: Server, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command on the server's data folder."""
    command = [sys.executable, "-m", "sayso", *arguments]
    environment = server.settings | {"SAYSO_PORT": str(server.port)} | environment
    return subprocess.run(
        command, env=environment, cwd=server.folder, capture_output=True, text=True, timeout=60, check=False
    )


def out_of(server: Server, *arguments: str) -> str:
    done = sayso(server, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def test_people_through_the_server_and_without_it(office: Server) -> None:
    assert "Nobody yet" in out_of(office, "person", "list")
    assert "Ada: reviewer (Legal)" in out_of(office, "person", "add", "Ada", "--role", "reviewer", "--group", "Legal")
    token = out_of(office, "person", "token", "Ada")
    headers = {"authorization": f"Bearer {token}"}
    me = httpx.get(f"{office.url}/api/me", headers=headers).json()
    assert me["person"]["name"] == "Ada"
    for arguments in (["add", "ada"], ["token", "Nobody"], ["add", "a|b"], ["change", "Ada", "--role", "boss"]):
        done = sayso(office, "person", *arguments)
        assert done.returncode == 2
        assert done.stderr.startswith("sayso: person: ")
        assert "Traceback" not in done.stderr
    office.stop()
    assert "Ada: admin, tokens" in out_of(office, "person", "change", "Ada", "--role", "admin", "--no-groups")
    assert "disabled" in out_of(office, "person", "disable", "Ada")
    office.start()
    assert httpx.get(f"{office.url}/api/me", headers=headers).status_code == 401
    assert out_of(office, "person", "enable", "Ada") == "Ada: admin"
    link = out_of(office, "person", "link", "Ada")
    assert link.startswith(f"{office.url}/sign-in/#sayso_")
    secret = link.partition("#")[2]
    answer = httpx.post(f"{office.url}/api/session", json={"secret": secret}, headers={"origin": office.url})
    assert answer.json()["person"]["name"] == "Ada"
    for shown in (token, secret):
        assert shown not in office.output


async def test_revoking_beside_the_server_closes_its_sockets(office: Server) -> None:
    """Without the key, the database itself is told; the server looks for itself. On SQLite there is but one way."""
    out_of(office, "person", "add", "Ada", "--role", "reviewer")
    token = out_of(office, "person", "token", "Ada")
    if "SAYSO_DATABASE_URL" in office.settings:
        (office.folder / "data" / "operator.json").unlink()
    async with office.connect(additional_headers={"Authorization": f"Bearer {token}"}) as socket:
        await send(socket, question="q", workflow="rewrite")
        await until(socket, "input_required")
        out_of(office, "person", "revoke", "Ada")
        assert (await until(socket, "error"))[-1]["data"]["code"] == "unauthorized"
        await socket.wait_closed()
        assert socket.close_code == 4401


def test_the_key_is_its_owners_alone(office: Server) -> None:
    path = office.folder / "data" / "operator.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    key = json.loads(path.read_text())["key"]
    assert key not in office.output
    answer = httpx.get(f"{office.url}/api/people", headers={"authorization": f"Bearer {key}"})
    assert answer.status_code == 200
    office.stop()
    office.start()
    assert httpx.get(f"{office.url}/api/people", headers={"authorization": f"Bearer {key}"}).status_code == 401


def test_ask_and_export_come_in_with_a_token(office: Server) -> None:
    (office.folder / "library" / "vacuum.md").write_text("# VACUUM\n\nVACUUM FULL takes an ACCESS EXCLUSIVE lock.\n")
    office.stop()
    office.start()
    done = sayso(office, "ask", "When does VACUUM FULL lock a table?", "--yes")
    assert done.returncode == 2
    assert "Sign in first" in done.stderr
    out_of(office, "person", "add", "Ada", "--role", "reviewer")
    token = out_of(office, "person", "token", "Ada")
    done = sayso(office, "ask", "When does VACUUM FULL lock a table?", "--yes", "--by", "Eve", SAYSO_TOKEN=token)
    assert done.returncode == 0, done.stderr
    assert "Approved by Ada" in done.stderr
    run_id = done.stderr.partition("run ")[2].split()[0]
    assert sayso(office, "export", run_id, "--output", "-").returncode == 2
    done = sayso(office, "export", run_id, "--format", "md", "--output", "-", SAYSO_TOKEN=token)
    assert "VACUUM FULL" in done.stdout


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"SAYSO_HOST": "0.0.0.0"}, "SAYSO_AUTH=tokens"),
        ({"SAYSO_HOST": "::"}, "SAYSO_OPEN=true"),
        ({"SAYSO_AUTH": "proxy"}, "SAYSO_PROXIES"),
        ({"SAYSO_AUTH": "tokens", "SAYSO_OPEN": "true"}, "SAYSO_OPEN"),
        ({"SAYSO_FOUR_EYES": "true"}, "SAYSO_FOUR_EYES"),
        ({"SAYSO_REVIEWERS": "legal"}, "SAYSO_REVIEWERS"),
    ],
)
def test_settings_that_would_let_in_everybody_do_not_start(
    tmp_path: Path, environment: dict[str, str], said: str
) -> None:
    settings = {key: value for key, value in os.environ.items() if not key.startswith(("SAYSO_", "OPENAI_"))}
    settings |= {"SAYSO_DATA_DIR": str(tmp_path / "data"), **environment}
    command = [sys.executable, "-m", "sayso", "serve", "--port", "0"]
    done = subprocess.run(command, env=settings, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


async def test_open_is_said_in_the_log_and_to_the_page(tmp_path: Path) -> None:
    with Server(tmp_path, SAYSO_HOST="0.0.0.0", SAYSO_OPEN="true") as server:
        assert "whoever reaches it reads, decides and deletes everything" in server.output
        assert (await server.get("/api/me")) == {"auth": "none", "open": True, "person": None}
        async with server.connect() as socket:
            await send(socket, question="q", workflow="rewrite")
            assert (await receive(socket))["type"] == "run"


async def test_a_name_from_before_people_signed_in_is_told_apart_since(tmp_path: Path) -> None:
    """Alone nobody is doubted; the terminal of somebody who has signed in doubts what was said before."""
    with Server(tmp_path) as alone:
        async with alone.connect() as socket:
            await send(socket, question="q", workflow="rewrite", by="Ada")
            review = (await until(socket, "input_required"))[-1]
            await send(socket, response="yes", by="Ada", review=review["seq"])
            await until(socket, "final_result")
        run_id = review["run_id"]
        before = sayso(alone, "ask", "--run", run_id, "--server", alone.url)
        assert before.returncode == 0
        assert "Answered by Ada\n" in before.stderr
    with Server(tmp_path, SAYSO_AUTH="tokens") as server:
        out_of(server, "person", "add", "Root", "--role", "admin")
        token = out_of(server, "person", "token", "Root")
        since = sayso(server, "ask", "--run", run_id, "--server", server.url, SAYSO_TOKEN=token)
        assert since.returncode == 0
        assert "Answered by Ada (name not verified)\n" in since.stderr


def test_the_audit_from_the_terminal(office: Server) -> None:
    """Through the server and without it; and a hand in it shows."""
    out_of(office, "person", "add", "Ada", "--role", "reviewer")
    shown = out_of(office, "audit", "--since", "1h")
    assert "the operator (operator, 127.0.0.1): person added name=Ada role=reviewer" in shown
    first = json.loads(out_of(office, "audit", "--json").splitlines()[0])
    assert (first["action"], first["name"]) == ("settings changed", "")
    held = out_of(office, "audit", "verify")
    assert held.startswith("The audit holds: ")
    head = held.rpartition(" ")[2].rstrip(".")
    office.stop()
    assert out_of(office, "audit", "verify", "--head", head[:16]).startswith("The audit holds: ")
    assert "person added" in out_of(office, "audit")
    assert "nothing so old" in out_of(office, "audit", "prune", "--older-than", "1d")
    assert sayso(office, "audit", "verify", "--head", "0" * 64).returncode == 1
    for arguments in (["--since", "soon"], ["verify", "--head", "abc"], ["prune", "--older-than", "0d"]):
        done = sayso(office, "audit", *arguments)
        assert done.returncode == 2
        assert done.stderr.startswith("sayso: audit")
    office.start()
