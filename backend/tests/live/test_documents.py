"""Documents are added, asked about and removed while the server runs; changed files are noticed without a restart."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from live.conftest import write_library
from support.postgres import Postgres
from support.server import Server, receive, send

HARBOUR = b"# Harbour\n\nThe crane of the harbour lifts four tonnes. It is serviced every January."
SECONDS = 60


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    write_library(tmp_path / "library")
    server = Server(tmp_path)
    server.start()
    yield server
    server.stop()


async def documents(server: Server, **query: Any) -> dict[str, dict[str, Any]]:
    async with httpx.AsyncClient(base_url=server.url) as client:
        page = (await client.get("/api/library", params=query)).raise_for_status().json()
    return {each["name"]: each for each in page["documents"]}


async def settled(server: Server, name: str, state: str | None) -> dict[str, Any] | None:
    """The document once it is in that state, or gone."""
    until = time.monotonic() + SECONDS
    while True:
        found = (await documents(server)).get(name)
        if (found["state"] if found else None) == state:
            return found
        assert time.monotonic() < until, found
        await asyncio.sleep(0.1)


async def add(server: Server, name: str, content: bytes) -> httpx.Response:
    async with httpx.AsyncClient(base_url=server.url) as client:
        return await client.post("/api/library", params={"name": name, "by": "Ada"}, content=content)


async def review(server: Server, question: str, **options: Any) -> dict[str, Any]:
    """The findings on a question."""
    async with server.connect() as socket:
        await send(socket, question=question, options=options)
        while True:
            frame = await receive(socket)
            if frame["type"] == "input_required":
                return frame
            assert frame["type"] != "error", frame


def quotes(frame: dict[str, Any]) -> str:
    return " ".join(quote["text"] for finding in frame["data"]["findings"] for quote in finding["quotes"])


async def test_a_document_is_added_asked_about_and_removed(server: Server) -> None:
    answer = await add(server, "harbour.md", HARBOUR)
    assert answer.status_code == 201
    assert answer.json()["name"] == "added/harbour.md"
    found = await settled(server, "added/harbour.md", "searched")
    assert found
    assert (found["title"], found["added"], found["size"]) == ("Harbour", True, len(HARBOUR))
    assert "four tonnes" in quotes(await review(server, "How much does the crane of the harbour lift?"))
    async with httpx.AsyncClient(base_url=server.url) as client:
        gone = await client.delete("/api/library", params={"name": "added/harbour.md"})
        assert gone.status_code == 204
        assert (await client.delete("/api/library", params={"name": "added/harbour.md"})).status_code == 404
        kept = await client.delete("/api/library", params={"name": "vacuum.md"})
        assert kept.status_code == 422
    await settled(server, "added/harbour.md", None)


async def test_what_was_added_is_there_after_a_kill(server: Server) -> None:
    assert (await add(server, "harbour.md", HARBOUR)).status_code == 201
    server.kill()
    server.start()
    assert await settled(server, "added/harbour.md", "searched")


async def test_what_cannot_be_read_says_why(server: Server) -> None:
    assert (await add(server, "broken.docx", b"PK\x03\x04 nothing")).status_code == 201
    found = await settled(server, "added/broken.docx", "left_out")
    assert found
    assert "cannot be read as .docx" in found["says"]
    refused = await add(server, "photo.jpg", b"\xff\xd8\xff")
    assert refused.status_code == 422
    assert refused.json()["error"]["field"] == "name"
    huge = await add(server, "huge.txt", b"x" * (50 * 1024 * 1024 + 1))
    assert huge.status_code == 413
    assert "50 MB" in huge.json()["error"]["message"]


async def test_a_changed_new_or_deleted_file_is_noticed(server: Server, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    first = next(iter(sorted(folder.iterdir())))
    await settled(server, first.name, "searched")
    (folder / "new.md").write_text("# Walrus\n\nThe walrus sleeps on the ice.")
    found = await settled(server, "new.md", "searched")
    assert found
    assert found["title"] == "Walrus"
    (folder / "new.md").write_text("# Seal\n\nThe seal sleeps in the sea, most of the day.")
    until = time.monotonic() + SECONDS
    while (await documents(server))["new.md"]["title"] != "Seal":
        assert time.monotonic() < until
        await asyncio.sleep(0.1)
    first.unlink()
    await settled(server, first.name, None)


async def test_a_question_can_be_asked_of_some_documents_only(server: Server) -> None:
    await add(server, "north.md", b"# North pier\n\nThe crane of the north pier lifts nine tonnes.")
    await add(server, "south.md", b"# South pier\n\nThe crane of the south pier lifts two tonnes.")
    await settled(server, "added/north.md", "searched")
    await settled(server, "added/south.md", "searched")
    frame = await review(server, "How much does the crane of the pier lift?", documents=["added/south.md"])
    assert {each["uri"] for each in frame["data"]["sources"]} == {"added/south.md"}
    assert "two tonnes" in quotes(frame)
    async with server.connect() as socket:
        await send(socket, question="Why?", options={"documents": ["added/none.md"]})
        refused = await receive(socket)
    assert refused["data"]["field"] == "options.documents"


async def test_what_was_added_on_one_replica_is_searched_on_another(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.database()
    servers = []
    for number in range(2):
        folder = tmp_path / f"replica{number}"
        write_library(folder / "library")
        servers.append(Server(folder, SAYSO_DATABASE_URL=url))
        servers[-1].start()
    try:
        await add(servers[0], "harbour.md", HARBOUR)
        for server in servers:
            await settled(server, "added/harbour.md", "searched")
        assert "four tonnes" in quotes(await review(servers[1], "How much does the crane of the harbour lift?"))
    finally:
        for server in servers:
            server.stop()
