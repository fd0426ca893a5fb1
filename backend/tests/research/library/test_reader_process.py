"""The process that reads files outlives broken files and is replaced when it does not."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.research.formats import Unreadable
from sayso.research.library import reader_worker
from sayso.research.library.reader_process import ReaderFailed, ReaderProcess


@pytest.fixture
def good(tmp_path: Path) -> str:
    path = tmp_path / "good.md"
    path.write_text("# T\n\nAll is well.\n")
    return str(path)


async def test_one_process_reads_all_files(tmp_path: Path, good: str) -> None:
    reader = ReaderProcess()
    try:
        first = await reader.read(good, None)
        assert (first["title"], first["text"], first["passages"]) == ("T", "T\n\nAll is well.", [[3, 12, None, None]])
        pid = reader.pid
        assert await reader.read(good, first["digest"]) == {"digest": first["digest"], "unchanged": True}
        broken = tmp_path / "broken.docx"
        broken.write_bytes(b"PK")
        assert "cannot be read as .docx" in (await reader.read(str(broken), None))["reason"]
        missing = await reader.read(str(tmp_path / "missing.md"), None)
        assert missing == {"digest": "", "reason": "cannot be opened (No such file or directory)", "retry": True}
        assert reader.pid == pid
    finally:
        await reader.close()
    assert not _alive(pid)


async def test_a_file_that_hangs_is_given_up(tmp_path: Path, good: str) -> None:
    # Nobody writes into this pipe, so opening it never returns.
    os.mkfifo(tmp_path / "pipe.md")
    reader = ReaderProcess(seconds=0.2)
    try:
        with pytest.raises(Unreadable, match=r"takes longer than 0\.2 s to read"):
            await reader.read(str(tmp_path / "pipe.md"), None)
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
        assert (await reader.read(good, None))["title"] == "T"
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


def _alive(pid: int | None) -> bool:
    assert pid is not None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_reader_process_loads_parsers_and_little_else() -> None:
    program = f"import sys, {reader_worker.__name__}, sayso.research.library.documents; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout.split()
    assert "sayso.research.readers.rst" in loaded
    unwanted = {"llama_index", "workflows", "openai", "fastapi", "sayso.writers", "sayso.report", "sayso.engine"}
    assert sorted(unwanted & set(loaded)) == []
