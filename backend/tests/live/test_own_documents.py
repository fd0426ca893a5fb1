"""That nothing leaves the machine when only one's own documents are asked: every socket of every process is watched."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from live.conftest import write_library
from research.wiki_server import WikiServer
from support.server import TESTS, Server, send, until

QUESTION = "When does VACUUM FULL lock a table?"
WATCHED = TESTS / "support" / "watched"
NOBODY = ("'127.0.0.1'", "None", "''", "b'127.0.0.1'")
"""What a server looks up for itself, to listen."""


def watched(folder: Path, **settings: str) -> Server:
    write_library(folder / "library")
    path = f"{WATCHED}:{TESTS}"
    return Server(folder, **settings, PYTHONPATH=path, WATCHED_LOG=str(folder / "sockets.log"))


def outgoing(folder: Path) -> list[str]:
    """What was connected to or looked up, but for the server's own address."""
    lines = (folder / "sockets.log").read_text("utf-8").splitlines()
    heard = [line.split(" ", 2)[1:] for line in lines if not line.endswith(" watched")]
    return [f"{event} {to}" for event, to in heard if not (event == "socket.getaddrinfo" and to in NOBODY)]


async def report(server: Server, **options: Any) -> tuple[list[str], dict[str, Any]]:
    """The lines of a run until it is reviewed, and its result."""
    async with server.connect() as socket:
        await send(socket, question=QUESTION, by="Ada", options=options)
        frames = await until(socket, "input_required")
        await send(socket, response="approve", by="Ada")
        result = (await until(socket, "final_result"))[-1]
    return [frame["payload"] for frame in frames if frame["type"] == "progress"], result


async def test_with_ones_own_documents_nothing_is_connected_to(tmp_path: Path) -> None:
    with watched(tmp_path) as server:
        lines, result = await report(server)
        assert lines[0] == "Research and writing send nothing to anybody else"
        assert result["data"]["sources"]
        info = await server.get("/api/info")
        assert {source["name"]: source["leaves"] for source in info["sources"]} == {"library": ""}
        async with httpx.AsyncClient(base_url=server.url) as client:
            for name in ("html", "pdf", "docx"):
                assert (await client.get(f"/api/runs/{result['run_id']}/report.{name}")).status_code == 200
    processes = (tmp_path / "sockets.log").read_text("utf-8").count(" watched\n")
    assert processes >= 2, "the process that reads files is watched too"
    assert outgoing(tmp_path) == []


@pytest.mark.parametrize("narrowed", [True, False])
async def test_a_run_that_narrows_to_them_connects_to_nobody_either(tmp_path: Path, narrowed: bool) -> None:
    async with WikiServer({"Vacuum": "VACUUM FULL locks a table, says the encyclopedia."}) as wiki:
        settings = {"SAYSO_SOURCES": "library,wikipedia", "SAYSO_WIKIPEDIA_URL": wiki.url}
        server = watched(tmp_path, **settings)
        await asyncio.to_thread(server.start)  # which waits, while the wiki answers
        try:
            lines, _ = await report(server, **({"sources": ["library"]} if narrowed else {}))
        finally:
            await asyncio.to_thread(server.stop)
        searched = [request for request in wiki.requests if "srsearch" in request.parameters]
        port = wiki.url.rpartition(":")[2]
        assert bool(searched) is not narrowed
        assert ("nothing" in lines[0]) is narrowed
        heard = [each for each in outgoing(tmp_path) if each.startswith("socket.connect ")]
        assert heard, "whether the wiki is there is asked at the start, and the watch hears of that"
        assert all(port in each for each in heard)
