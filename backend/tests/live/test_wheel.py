"""The wheel is all that it takes: page, documentation and both workflows, on a machine without Node."""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect

from live.conftest import write_library
from sayso.settings import CHECKOUT
from support.seed_page import SeedPage
from support.server import Server
from support.task_page import opened

# The libraries are downloaded, unless pip has them still.
pytestmark = pytest.mark.timeout(900)


def run(*command: str | Path) -> str:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=800, cwd="/")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class Installed(Server):
    """The `sayso` of an environment, which finds nothing but that environment on its PATH."""

    def __init__(self, environment: Path, folder: Path, *arguments: str, **settings: str) -> None:
        super().__init__(folder, *arguments, SAYSO_WORKFLOWS="", PATH=str(environment / "bin"), **settings)
        self.program = (str(environment / "bin" / "sayso"),)

    @property
    def settings(self) -> dict[str, str]:
        return {name: value for name, value in super().settings.items() if name != "PYTHONPATH"}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The wheel, built with the page and installed by pip with the locked libraries."""
    assert (CHECKOUT / "frontend" / "out" / "index.html").is_file(), "`make test` builds the page"
    folder = tmp_path_factory.mktemp("wheel")
    build = ("--no-deps", "--no-build-isolation", "--wheel-dir", folder / "dist")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", *build, CHECKOUT / "backend")
    (wheel,) = (folder / "dist").glob("sayso-*.whl")
    environment = folder / "environment"
    venv.create(environment, with_pip=True)
    pip = environment / "bin" / "pip"
    run(pip, "install", "--quiet", "--require-hashes", "-r", CHECKOUT / "backend" / "requirements.lock")
    run(pip, "install", "--quiet", wheel)
    assert "No broken requirements" in run(pip, "check")
    assert shutil.which("node", path=str(environment / "bin")) is None
    yield environment
    shutil.rmtree(environment)


async def test_page_and_both_workflows(environment: Path, tmp_path: Path) -> None:
    write_library(tmp_path / "library")
    with Installed(environment, tmp_path) as server:
        assert "not built" not in server.output
        async with httpx.AsyncClient(base_url=server.url) as client:
            page = await client.get("/")
            assert page.status_code == 200
            scripts = re.findall(r'src="(/_next/static/[^"]+\.js)"', page.text)
            assert scripts
            for script in scripts:
                assert (await client.get(script)).headers["content-type"].startswith("text/javascript")
            assert (await client.get("/run/")).status_code == 200
            info = (await client.get("/api/info")).json()
        assert [each["name"] for each in info["workflows"]] == ["report", "rewrite"]

        async with connect(f"ws://127.0.0.1:{server.port}/query") as socket:
            seed = SeedPage(socket)
            listening = asyncio.create_task(seed.listen())
            await socket.send(json.dumps({"question": "When does VACUUM FULL lock a table?"}))
            await seed.until(lambda: seed.shows_buttons)
            first = len(seed.printed)
            await seed.click("no")
            await seed.until(lambda: len(seed.printed) > first and seed.shows_buttons)
            await seed.click("yes")
            await seed.until(lambda: seed.printed[-1][0] == "final_result")
            await listening
        assert "ACCESS EXCLUSIVE" in seed.printed[-1][1]

        async with opened(server.url, server.url) as tasks:
            await tasks.submit("we can't  wait")
            listening = asyncio.create_task(tasks.listen())
            await tasks.until(lambda: tasks.review)
            await tasks.click("rejected")
            await tasks.until(lambda: tasks.statuses.count("waiting_for_review") == 2)
            await tasks.click("approved")
            await listening
        assert tasks.result == "We cannot wait"


async def test_the_sample_is_what_came_along(environment: Path, tmp_path: Path) -> None:
    """Sayso's documentation, and no example question about anything else."""
    with Installed(environment, tmp_path, SAYSO_LIBRARY="", SAYSO_SOURCES="library") as server:
        info = await server.get("/api/info")
        assert info["examples"] == ["What happens to a decision when the server dies?"]
        async with connect(f"ws://127.0.0.1:{server.port}/query") as socket:
            seed = SeedPage(socket)
            listening = asyncio.create_task(seed.listen())
            await socket.send(json.dumps({"question": info["examples"][0]}))
            await seed.until(lambda: seed.shows_buttons)
            listening.cancel()
        assert "acknowledged" in seed.printed[-1][1]


async def test_open_opens_the_page_in_the_browser(environment: Path, tmp_path: Path) -> None:
    browser, told = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{told}.part" && /bin/mv "{told}.part" "{told}"\n', encoding="utf-8")
    browser.chmod(0o755)
    with Installed(environment, tmp_path, "serve", "--open", BROWSER=f"{browser} %s") as server:
        async with asyncio.timeout(30):
            while not told.exists():  # noqa: ASYNC110 - another process writes it
                await asyncio.sleep(0.05)
        address = told.read_text(encoding="utf-8").strip()
        assert address == server.url
        async with httpx.AsyncClient() as client:
            assert (await client.get(address)).status_code == 200


def test_open_is_not_for_reloading() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sayso", "serve", "--open", "--reload"],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "COLUMNS": "200"},
    )
    assert done.returncode == 2
    assert "serve --open: not with --reload" in done.stderr
