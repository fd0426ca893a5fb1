"""The containers without a container engine: their files, and the real proxy in front of real backends."""

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from live.conftest import write_library
from sayso.api.page import HEADERS
from support.postgres import Postgres
from support.server import Server, send, until
from support.task_page import opened

ROOT = Path(__file__).parents[3]
PAGE = "<!doctype html><title>Sayso</title>"


@contextmanager
def caddy(folder: Path, *backends: Server) -> Iterator[int]:
    """Caddy with the frontend container's own configuration in front of these; its port."""
    (folder / "run").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "run" / "index.html").write_text(PAGE + "run", encoding="utf-8")
    (folder / "_next" / "static").mkdir(parents=True)
    (folder / "_next" / "static" / "a1b2.js").write_text("1", encoding="utf-8")
    (folder / "404.html").write_text(PAGE + "nothing here", encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = {
        **os.environ,
        "SAYSO_BACKENDS": " ".join(f"127.0.0.1:{backend.port}" for backend in backends),
        "SAYSO_PAGE_FOLDER": str(folder),
        "SAYSO_PROXY_PORT": str(port),
        "XDG_DATA_HOME": str(folder / "x"),
        "XDG_CONFIG_HOME": str(folder / "x"),
    }
    command = str(Path(sys.executable).with_name("caddy"))
    config = ["--config", str(ROOT / "frontend" / "Caddyfile"), "--adapter", "caddyfile"]
    subprocess.run([command, "validate", *config], env=environment, check=True, capture_output=True)
    process = subprocess.Popen([command, "run", *config], env=environment, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture(scope="module")
def proxy(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with caddy(tmp_path_factory.mktemp("proxy") / "page", server) as port:
        yield port


@pytest.fixture
def pair(postgres: Postgres, tmp_path: Path) -> Iterator[tuple[Server, Server]]:
    """Two backends on one PostgreSQL, with a data folder each, as in the profile `scale`."""
    url = postgres.database()
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        write_library(folder / "library")
    one, two = (Server(folder, SAYSO_DATABASE_URL=url, SAYSO_TAKEOVER="2") for folder in folders)
    with one, two:
        yield one, two


async def test_the_whole_loop_through_the_proxy(server: Server, proxy: int) -> None:
    origin = "http://127.0.0.1:3000"
    async with connect(f"ws://127.0.0.1:{proxy}/query", origin=origin) as socket:  # type: ignore[arg-type]
        await send(socket, question="When does VACUUM FULL lock a table?")
        await until(socket, "input_required")
        await send(socket, response="yes")
        assert "VACUUM" in (await until(socket, "final_result"))[-1]["payload"]


async def test_events_go_through_at_once(server: Server, proxy: int) -> None:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{proxy}", timeout=20) as client:
        run = (await client.post("/api/runs", json={"question": "q", "workflow": "rewrite"})).json()
        async with client.stream("GET", f"/api/runs/{run['id']}/events") as response:
            async for line in response.aiter_lines():
                # The run waits for a person, so a proxy that buffers would hold this back for ever.
                if '"input_required"' in line:
                    break


async def test_tasks_through_the_proxy_of_two_backends(pair: tuple[Server, Server], tmp_path: Path) -> None:
    """Whichever has the stream, and whichever hears the feedback."""
    with caddy(tmp_path / "page", *pair) as port:
        async with opened(f"http://127.0.0.1:{port}") as page:
            await page.submit("q")
            for times, word in enumerate(("rejected", "rejected", "rejected", "approved"), 1):
                listening = asyncio.create_task(page.listen())
                await page.until(lambda: page.review)
                assert (await page.click(word)).status_code == 200, times
                if word == "rejected":
                    listening.cancel()
                    await asyncio.gather(listening, return_exceptions=True)
                    page.review = None
            await listening
    assert page.result is not None
    assert json.loads(page.result) == {"question": "q", "rounds": 4}


async def test_the_page_comes_from_the_proxy(proxy: int) -> None:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{proxy}") as client:
        assert (await client.get("/")).text == PAGE
        assert (await client.get("/run/?id=x")).text == PAGE + "run"
        missing = await client.get("/nothing")
        for answer in (await client.get("/"), missing):
            assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert (missing.status_code, missing.text) == (404, PAGE + "nothing here")
        for answer in (await client.get("/_next/static/a1b2.js"), await client.get("/_next/static/gone.js")):
            kept = "public, max-age=31536000, immutable" if answer.status_code == 200 else "no-cache"
            assert answer.headers["cache-control"] == kept
            assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert (answer.status_code, (await client.get("/")).headers["cache-control"]) == (404, "no-cache")
        assert (await client.get("/healthz")).json() == {"status": "ok"}
        assert (await client.get("/api/nothing")).json()["error"]["code"] == "not_found"


async def test_the_proxy_hands_on_by_which_name_it_was_asked(proxy: int) -> None:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{proxy}") as client:
        for host, status in (("localhost:8000", 200), ("127.0.0.1", 200), ("evil.example", 403)):
            answer = await client.get("/api/runs", headers={"host": host})
            assert answer.status_code == status
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cache-control"] == "no-store"
    with pytest.raises(InvalidStatus) as raised:
        async with connect("ws://evil.example/query", host="127.0.0.1", port=proxy):
            pass
    assert raised.value.response.status_code == 403


async def test_a_proxy_without_a_backend_says_so(tmp_path: Path) -> None:
    gone = Server(tmp_path)
    gone.port = 9
    with caddy(tmp_path / "page", gone) as port:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            answer = await client.get("/api/runs")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "unavailable")
    assert answer.headers["cache-control"] == "no-store"


async def test_two_backends_behind_the_proxy_are_one_service(pair: tuple[Server, Server], tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        port = stack.enter_context(caddy(tmp_path / "page", *pair))
        client = await stack.enter_async_context(httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20))
        runs: list[str] = []
        for _ in range(6):
            # Each keeps its stream open, and the proxy gives the next one to the backend with fewer.
            run = (await client.post("/api/runs", json={"question": "q", "workflow": "rewrite"})).json()["id"]
            stream = await stack.enter_async_context(client.stream("GET", f"/api/runs/{run}/events"))
            async for line in stream.aiter_lines():
                if '"input_required"' in line:
                    break
            runs.append(run)
        for backend in pair:
            shown = (await backend.get("/api/runs"))["runs"]
            assert {run["id"] for run in shown} == set(runs)
        for run in runs:
            await _decide(port, run)


async def test_a_dead_backend_is_not_noticed_behind_the_proxy(pair: tuple[Server, Server], tmp_path: Path) -> None:
    with caddy(tmp_path / "page", *pair) as port:
        async with connect(f"ws://127.0.0.1:{port}/query") as socket:
            await send(socket, question="When does VACUUM FULL lock a table?")
            run = (await until(socket, "input_required"))[-1]["run_id"]
        for dead, alive in (pair, pair[::-1]):
            dead.kill()
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20) as client:
                for _ in range(6):
                    assert (await client.get(f"/api/runs/{run}")).json()["status"] == "waiting"
            assert (await alive.get(f"/api/runs/{run}"))["status"] == "waiting"
            dead.start()
        pair[0].kill()
        report = await _decide(port, run)
        assert "VACUUM" in report


async def _decide(port: int, run: str) -> str:
    """Approve through the proxy; the result's text."""
    async with connect(f"ws://127.0.0.1:{port}/query") as socket:
        await send(socket, run_id=run)
        await until(socket, "input_required")
        await send(socket, response="yes")
        return str((await until(socket, "final_result"))[-1]["payload"])


def compose_services(*arguments: str) -> dict[str, Any]:
    """The services that Docker Compose makes of the file, which it holds against the schema of such files."""
    command = [str(Path(sys.executable).with_name("docker-compose")), "--file", str(ROOT / "docker-compose.yml")]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SAYSO_", "COMPOSE_"))}
    run = subprocess.run(
        [*command, "--env-file", os.devnull, *arguments, "config", "--format", "json"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    assert not run.stderr
    services: dict[str, Any] = json.loads(run.stdout)["services"]
    return services


def test_without_a_profile_there_is_one_backend_and_the_page() -> None:
    services = compose_services()
    assert set(services) == {"backend", "frontend"}
    assert "SAYSO_DATABASE_URL" not in services["backend"]["environment"]


def test_a_backend_goes_by_the_name_that_other_containers_call_it() -> None:
    for name, service in compose_services("--profile", "scale").items():
        if name.startswith("backend"):
            assert name in service["environment"]["SAYSO_ALLOWED_HOSTS"].split(",")


def test_the_profile_is_two_backends_on_one_postgresql() -> None:
    services = compose_services("--profile", "scale")
    replicas = [services["backend-1"], services["backend-2"]]
    data = [{mount["source"] for mount in service["volumes"] if mount["target"] == "/data"} for service in replicas]
    assert data == [{"data-1"}, {"data-2"}], "a data folder is one process's own"
    assert all(service["environment"]["SAYSO_DATABASE_URL"].startswith("postgresql://") for service in replicas)
    assert services["scaled"]["environment"]["SAYSO_BACKENDS"].split() == ["backend-1:8000", "backend-2:8000"]
    assert all(set(service["depends_on"]) == {"postgres"} for service in replicas)
    assert set(services["scaled"]["depends_on"]) == {"backend-1", "backend-2"}, "asked for alone, it brings the others"
    ports = {name: [port["published"] for port in service.get("ports", [])] for name, service in services.items()}
    published = {name: found for name, found in ports.items() if found}
    assert published == {"frontend": ["8000"], "scaled": ["8001"]}, "each its own; nothing else can be reached"
    assert set(services["postgres"]["networks"]) == {"database"}


def test_all_services_are_watched_and_none_is_root() -> None:
    for name, service in compose_services("--profile", "scale").items():
        assert service["healthcheck"]["test"], name
        assert all(port["host_ip"] == "127.0.0.1" for port in service.get("ports", [])), name
        if "build" not in service:
            assert service["user"] not in ("", "root", "0"), name
            continue
        context = Path(service["build"]["context"])
        dockerfile = context / service["build"].get("dockerfile", "Dockerfile")
        text = dockerfile.read_text(encoding="utf-8")
        assert re.search(r"^USER (?!root|0)", text, re.M), f"{dockerfile} runs as root"
        for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.M):
            for source in line.split()[:-1]:
                assert (context / source).exists(), f"{dockerfile} copies {source}, which is not there"


def test_the_dockerfiles_pass_their_linter() -> None:
    files = [str(ROOT / folder / "Dockerfile") for folder in ("backend", "frontend")]
    run = subprocess.run([str(Path(sys.executable).with_name("hadolint")), *files], capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, "")


def test_an_installed_package_has_all_its_files() -> None:
    """A checkout has them anyway; an image has what the package's data names."""
    package = ROOT / "backend" / "src" / "sayso"
    named = tomllib.loads((ROOT / "backend" / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = named["tool"]["setuptools"]["package-data"]["sayso"]
    installed = {file for pattern in patterns for file in package.glob(pattern)}
    others = {file for file in package.rglob("*") if file.is_file() and file.suffix not in (".py", ".pyc")}
    assert others == installed
