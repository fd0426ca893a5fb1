"""The process that reads files outlives broken files and is replaced when it does not."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sayso.research.formats import Unreadable
from sayso.research.library import reader_worker
from sayso.research.library.reader_process import ReaderFailed, ReaderProcess, TooSlow
from sayso.research.library.reader_worker import Reply


@pytest.fixture
def good(tmp_path: Path) -> str:
    path = tmp_path / "good.md"
    path.write_text("# T\n\nAll is well.\n")
    return str(path)


async def test_one_process_reads_all_files(tmp_path: Path, good: str) -> None:
    reader = ReaderProcess()
    try:
        first = await reader.read(good, None)
        assert (first.head["title"], first.head["text"], first.head["chunks"]) == ("T", "T\n\nAll is well.", 1)
        [[place, words, *_]] = json.loads(first.chunks[0])
        assert (place, words) == ([3, 12, None, None, None], "all is well")
        pid = reader.pid
        digest = first.head["digest"]
        assert await reader.read(good, digest) == Reply({"digest": digest, "unchanged": True})
        broken = tmp_path / "broken.docx"
        broken.write_bytes(b"PK")
        assert "cannot be read as .docx" in (await reader.read(str(broken), None)).head["reason"]
        missing = await reader.read(str(tmp_path / "missing.md"), None)
        assert missing.head == {"digest": "", "reason": "cannot be opened (No such file or directory)", "retry": True}
        assert reader.pid == pid
    finally:
        await reader.close()
    assert not _alive(pid)


async def test_a_file_that_hangs_is_given_up(tmp_path: Path, good: str) -> None:
    # Nobody writes into this pipe, so opening it never returns.
    os.mkfifo(tmp_path / "pipe.md")
    reader = ReaderProcess()
    try:
        with pytest.raises(TooSlow, match=r"takes longer than 0\.2 s to read"):
            await reader.read(str(tmp_path / "pipe.md"), None, seconds=0.2)
        assert reader.pid is None
    finally:
        await reader.close()


async def test_a_crash_costs_one_file(tmp_path: Path, good: str) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    reader = ReaderProcess()
    try:
        await reader.read(good, None)
        hanging = asyncio.create_task(reader.read(str(tmp_path / "pipe.md"), None))
        await asyncio.sleep(0)
        assert reader.pid is not None
        os.kill(reader.pid, signal.SIGKILL)
        with pytest.raises(Unreadable, match="makes the reader crash"):
            await hanging
        assert (await reader.read(good, None)).head["title"] == "T"
    finally:
        await reader.close()


async def test_a_process_that_does_not_start_fails_clearly(good: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    reader = ReaderProcess()
    with pytest.raises(ReaderFailed, match="does not start"):
        await reader.read(good, None)


async def test_an_interrupted_read_leaves_no_process(tmp_path: Path, good: str) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    reader = ReaderProcess()
    await reader.read(good, None)
    pid = reader.pid
    hanging = asyncio.create_task(reader.read(str(tmp_path / "pipe.md"), None))
    await asyncio.sleep(0)
    hanging.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hanging
    assert not _alive(pid)


async def test_a_file_that_computes_forever_is_ended_by_the_process_itself(tmp_path: Path, good: str) -> None:
    path = tmp_path / "attributes.html"
    path.write_text("<p " + " ".join(f"a{n}='{n}'" for n in range(200_000)) + ">Some words.</p>")
    reader = ReaderProcess()
    try:
        await reader.read(good, None)
        before = reader.pid
        with pytest.raises(TooSlow, match="takes longer than 1 s to read"):
            await reader.read(str(path), None, seconds=1)
        assert not _alive(before)
        assert (await reader.read(good, None)).head["title"] == "T"
    finally:
        await reader.close()


async def test_a_file_gets_no_more_memory_than_it_may(tmp_path: Path, good: str) -> None:
    path = tmp_path / "large.txt"
    path.write_text("A lock keeps two writers from changing one row.\n\n" * 500_000)
    reader = ReaderProcess()
    try:
        head = (await reader.read(str(path), None, memory=5_000_000)).head
        assert (head["reason"], head["memory"]) == ("needs too much memory to read", True)
        assert (await reader.read(good, None, memory=5_000_000)).head["title"] == "T"
    finally:
        await reader.close()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it ends with the file under way")
def test_no_reader_outlives_its_parent(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    program = (
        "import asyncio, sys\n"
        "from sayso.research.library.reader_process import ReaderProcess\n"
        "async def main():\n"
        "    reader = ReaderProcess()\n"
        "    await reader.read('/dev/null', None)\n"
        "    print(reader.pid, flush=True)\n"
        "    await reader.read(sys.argv[1], None)\n"
        "asyncio.run(main())\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "pipe.md")], stdout=subprocess.PIPE, text=True
    )
    with parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert _alive(pid)
        parent.kill()
    deadline = time.monotonic() + 10
    while _alive(pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _alive(pid: int | None) -> bool:
    assert pid is not None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_reader_process_loads_parsers_and_little_else() -> None:
    program = (
        f"import sys, {reader_worker.__name__}\n"
        "from sayso.research.library.documents import extract\n"
        "extract('a.rst', b'Text.')\n"
        "print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout.split()
    assert "sayso.research.readers.rst" in loaded
    unwanted = {
        "pypdfium2",
        "openpyxl",
        "pptx",
        "docx",
        "llama_index",
        "workflows",
        "openai",
        "fastapi",
        "sayso.writers",
        "sayso.report",
        "sayso.engine",
    }
    assert sorted(unwanted & set(loaded)) == []
