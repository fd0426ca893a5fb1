"""The containers without a container engine: their files, and the real proxy in front of a real backend."""

import asyncio
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import yaml
from websockets.asyncio.client import connect

from sayso.api.page import HEADERS
from support.server import Server, send, until

ROOT = Path(__file__).parents[3]
PAGE = "<!doctype html><title>Sayso</title>"


@pytest.fixture(scope="module")
def proxy(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Caddy with the frontend container's own configuration; its port."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "run").mkdir()
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "run" / "index.html").write_text(PAGE + "run", encoding="utf-8")
    (folder / "404.html").write_text(PAGE + "nothing here", encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = {
        **os.environ,
        "SAYSO_BACKENDS": f"127.0.0.1:{server.port}",
        "SAYSO_PAGE_FOLDER": str(folder),
        "SAYSO_PROXY_PORT": str(port),
        "XDG_DATA_HOME": str(folder / "x"),
        "XDG_CONFIG_HOME": str(folder / "x"),
    }
    caddy = str(Path(sys.executable).with_name("caddy"))
    config = ["--config", str(ROOT / "frontend" / "Caddyfile"), "--adapter", "caddyfile"]
    subprocess.run([caddy, "validate", *config], env=environment, check=True, capture_output=True)
    process = subprocess.Popen([caddy, "run", *config], env=environment, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            asyncio.run(asyncio.sleep(0.05))
        yield port
    finally:
        process.terminate()
        process.wait(timeout=10)


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


async def test_the_page_comes_from_the_proxy(proxy: int) -> None:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{proxy}") as client:
        assert (await client.get("/")).text == PAGE
        assert (await client.get("/run/?id=x")).text == PAGE + "run"
        missing = await client.get("/nothing")
        for answer in (await client.get("/"), missing):
            assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert (missing.status_code, missing.text) == (404, PAGE + "nothing here")
        assert (await client.get("/healthz")).json() == {"status": "ok"}
        assert (await client.get("/api/nothing")).json()["error"]["code"] == "not_found"


def test_the_compose_file_fits_the_images() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    services = compose["services"]
    assert set(services) == {"backend", "frontend"}
    assert "ports" not in services["backend"], "the backend is reached through the proxy only"
    assert services["frontend"]["ports"] == ["127.0.0.1:${SAYSO_PORT:-8000}:8000"]
    assert services["frontend"]["depends_on"]["backend"]["condition"] == "service_healthy"
    assert "data" in compose["volumes"]
    for service in services.values():
        context = ROOT / service["build"]["context"]
        dockerfile = context / service["build"].get("dockerfile", "Dockerfile")
        text = dockerfile.read_text(encoding="utf-8")
        assert re.search(r"^USER (?!root)", text, re.M), f"{dockerfile} runs as root"
        assert service["healthcheck"]
        for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.M):
            for source in line.split()[:-1]:
                assert (context / source).exists(), f"{dockerfile} copies {source}, which is not there"
