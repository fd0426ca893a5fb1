"""The clients that come with Sayso, against a real server: the command line, the example scripts, the seed's way in."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.client import Client, Frame
from sayso.protocol.commands import Answer, Start
from support.server import Server, assert_no_gap, send, until

QUESTION = "When does VACUUM FULL lock a table?"
ROOT = Path(__file__).parents[3]
NODE = ["node", "--no-warnings", "--experimental-websocket"]


def run(command: list[str], server: Server, text: str = "") -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SAYSO_", "OPENAI_"))}
    environment["COLUMNS"] = "100"
    if "examples" in command[-2]:
        environment["SAYSO_URL"] = f"ws://127.0.0.1:{server.port}/query"
    return subprocess.run(
        command, input=text, capture_output=True, text=True, env=environment, cwd=server.folder, timeout=60
    )


def sayso(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "sayso", *arguments]


@pytest.mark.parametrize(
    "command", [[sys.executable, str(ROOT / "examples/client.py")], [*NODE, str(ROOT / "examples/client.mjs")]]
)
def test_an_example_script_rejects_with_feedback_and_approves(server: Server, command: list[str]) -> None:
    done = run([*command, QUESTION], server, "no what about pg_repack?\nyes\n")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("[input_required]") == 2
    assert "pg_repack" in done.stdout
    assert "[final_result]" in done.stdout
    assert len(Path(command[-1]).read_text(encoding="utf-8").splitlines()) < 40


def test_ask_in_the_terminal(server: Server) -> None:
    done = run(sayso("ask", QUESTION, "--server", server.url, "--by", "Ada"), server, "no\npg_repack\nperhaps\nyes\n")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("# ")
    assert "Evidence approved by Ada" in done.stdout
    assert "Round 2" in done.stderr
    assert "[input_required]" not in done.stdout


def test_ask_keeps_what_is_named_and_asks_again_after_a_slip(server: Server) -> None:
    done = run(sayso("ask", QUESTION, "--server", server.url), server, "keep f99\nkeep f1\n")
    assert done.returncode == 0, done.stderr
    assert "no finding 'f99'" in done.stderr
    assert "# " in done.stdout


def test_ask_asks_again_when_a_key_left_something_that_is_no_text(server: Server) -> None:
    done = run(sayso("ask", QUESTION, "--server", server.url, "--by", ""), server, "no\npg\x1b[D_repack\nyes\n")
    assert done.returncode == 0
    assert "holds U+001B" in done.stderr
    assert "Approved, no name given" in done.stderr


def test_ask_unattended(server: Server) -> None:
    done = run(sayso("ask", QUESTION, "--server", server.url, "--yes"), server)
    assert done.returncode == 0, done.stderr
    assert "VACUUM" in done.stdout


async def test_ask_rejoins_a_run(server: Server) -> None:
    async with server.connect() as socket:
        await send(socket, question=QUESTION)
        frames = await until(socket, "input_required")
        await send(socket, response="no")
        await until(socket, "input_required")
    command = sayso("ask", "--run", frames[0]["run_id"], "--server", server.url)
    done = await asyncio.to_thread(run, command, server, "yes\n")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("Approve?") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask"], "give a question"),
        (["ask", "q", "--run", "r"], "give a question"),
        (["ask", "a\x07b"], "question: holds U+0007"),
        (["ask", "q", "--server", "http://127.0.0.1:9"], "there is no server at http://127.0.0.1:9"),
        (["index", "nowhere"], "SAYSO_LIBRARY: there is no folder nowhere"),
    ],
)
def test_the_command_line_says_what_is_wrong_in_one_line(server: Server, arguments: list[str], said: str) -> None:
    done = run(sayso(*arguments), server)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_ask_says_when_there_is_no_such_run(server: Server) -> None:
    done = run(sayso("ask", "--run", "nobody", "--server", server.url), server)
    assert done.returncode == 1
    assert "There is no run with this id" in done.stderr


def test_index_reads_once(server: Server) -> None:
    folder = server.folder / "more"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n\nA document about lighthouses and how they are kept.\n", encoding="utf-8")
    (folder / "two.pdf").write_bytes(b"%PDF-1.7 broken")
    first = run(sayso("index", str(folder)), server)
    assert "1 documents: 1 read" in first.stderr.replace("1 document:", "1 documents:")
    assert "two.pdf" in first.stderr
    second = run(sayso("index", str(folder)), server)
    assert "0 read" in second.stderr


async def test_the_client_comes_back_by_itself_and_answers_once(own_server: Server) -> None:
    """The server is killed twice: while the run works, and right after the answer was sent."""
    client = Client(f"ws://127.0.0.1:{own_server.port}/query", Start(question="q", workflow="slow"))
    frames: list[Frame] = []
    kills = 0
    async with asyncio.timeout(60):
        async for frame in client.frames():
            frames.append(frame)
            if frame["payload"] == "step 5" and kills == 0:
                kills += 1
                own_server.kill()
                await asyncio.to_thread(own_server.start)
            if frame["type"] == "input_required" and kills == 1:
                kills += 1
                await client.answer(Answer(response="surely", review=frame["seq"]))
                own_server.kill()
                await asyncio.to_thread(own_server.start)
    assert frames[-1]["data"]["result"] == "q: surely"
    logged = [frame for frame in frames if frame["seq"] is not None]
    assert len({frame["run_id"] for frame in frames}) == 1
    # An unclean stop raises the generation, and the client reads the log again from its start.
    starts = [index for index, frame in enumerate(logged) if frame["seq"] == 1]
    assert_no_gap(logged[starts[-1] :])
    assert [frame["type"] for frame in logged[starts[-1] :]].count("input_received") == 1
