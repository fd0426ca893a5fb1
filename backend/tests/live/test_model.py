"""A whole run with a model: a scripted server that speaks OpenAI's protocol over real HTTP."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from live.conftest import write_library
from support.server import Frame, Server, send, until

QUESTION = "When does VACUUM FULL lock a table?"
TESTS = Path(__file__).parents[1]


@contextmanager
def model(behaviour: str | None = None) -> Iterator[str]:
    """The scripted model's address."""
    command = [sys.executable, str(TESTS / "model_server.py"), "--port", "0"]
    with subprocess.Popen(
        command + (["--behaviour", behaviour] if behaviour else []), stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr
            found = re.search(r"http://\S+", process.stderr.readline())
            assert found
            yield found[0]
        finally:
            process.kill()


@contextmanager
def server_with(folder: Path, url: str, **environment: str) -> Iterator[Server]:
    write_library(folder / "library")
    with Server(folder, OPENAI_BASE_URL=url, OPENAI_API_KEY="sk-very-secret", **environment) as server:
        yield server


async def whole_run(server: Server, **start: object) -> list[Frame]:
    async with server.connect() as socket:
        await send(socket, question=QUESTION, by="Ada", **start)
        frames = await until(socket, "input_required")
        await send(socket, response="approve", by="Ada")
        return frames + await until(socket, "final_result")


async def test_a_model_plans_words_and_writes(tmp_path: Path) -> None:
    with model() as url, server_with(tmp_path, url) as server:
        frames = await whole_run(server)
        report = frames[-1]["data"]
        assert report["writer"] == "llm"
        assert report["model"]
        assert report["sections"]
        drafts = [frame for frame in frames if frame["type"] == "draft"]
        assert drafts
        assert all(sentence["citations"] for section in report["sections"] for sentence in section["sentences"])
        approved = {quote["text"] for frame in frames if frame["type"] == "input_required"
                    for finding in frame["data"]["findings"] for quote in finding["quotes"]}  # fmt: skip
        assert {quote for source in report["sources"] for quote in source["quotes"]} <= approved
        info = await server.get("/api/info")
        assert info["writer"] == "llm"
        assert {writer["name"]: writer["ready"] for writer in info["writers"]} == {"extractive": True, "llm": True}
        chosen = await whole_run(server, options={"writer": "extractive"})
        assert chosen[-1]["data"]["writer"] == "extractive"
    assert "sk-very-secret" not in server.output


@pytest.mark.parametrize("behaviour", ["refused", "busy", "down", "broken", "empty"])
async def test_without_a_usable_model_the_run_goes_on_and_says_so(tmp_path: Path, behaviour: str) -> None:
    with model(behaviour) as url, server_with(tmp_path, url) as server:
        frames = await whole_run(server)
        report = frames[-1]["data"]
        assert report["writer"] == "extractive"
        assert report["sections"]
        said = " ".join(frame["payload"] for frame in frames if frame["type"] == "progress")
        assert "The llm writer could not" in said
        assert "The llm writer could not write" in report["note"]
    assert "sk-very-secret" not in server.output + str(frames)
