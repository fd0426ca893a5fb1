"""What a refresh may take: passages, time and memory for one file and for all, and how it is broken off."""

import asyncio
import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sayso.research.analysis import Analysed
from sayso.research.formats import SECONDS_PER_FILE, seconds_for
from sayso.research.library import documents, reading
from sayso.research.library.folder import FileState, Skipped, list_files
from sayso.research.library.index import Entry, Known
from sayso.research.library.reader_process import MEMORY, ReaderCrashed, TooSlow
from sayso.research.library.reader_worker import Reply
from sayso.research.library.reading import Reading
from sayso.research.library.source import INDEX_FILE, Library, Root
from sayso.research.library.writing import IndexWriter


@dataclass
class FakeReader:
    """Says of every file what `says` does, and remembers what it was asked."""

    says: Callable[[str, int], Reply]
    asked: list[tuple[str, float, int]] = field(default_factory=list)
    closed: int = 0

    async def read(self, path: str, known: str | None, *, seconds: float = 60, memory: int = MEMORY) -> Reply:
        self.asked.append((path, seconds, memory))
        await asyncio.sleep(0)
        return self.says(path, memory)

    async def close(self) -> None:
        self.closed += 1


def file(name: str, size: int = 100, mtime: int = 1) -> FileState:
    return FileState(name, Path(name), size, mtime)


def fine(path: str, memory: int) -> Reply:
    return Reply({"digest": path, "text": path})


async def read_all(reading: Reading, *readers: FakeReader) -> list[Entry]:
    done: asyncio.Queue[Entry | Exception] = asyncio.Queue()
    await asyncio.gather(*(reading.read(reader, done) for reader in readers))
    entries = [done.get_nowait() for _ in range(done.qsize())]
    assert not [entry for entry in entries if isinstance(entry, Exception)]
    return [entry for entry in entries if isinstance(entry, Entry)]


async def test_what_failed_before_and_what_is_large_comes_last() -> None:
    files = [file("bad", mtime=2), file("huge", 40_000_000), file("a"), file("same"), file("b", mtime=2)]
    known = {
        "bad": Known(100, 1, "", "takes longer than 10 s to read"),
        "same": Known(100, 1, "x", None),
        "b": Known(100, 1, "y", None),
    }
    reader = FakeReader(fine)
    entries = await read_all(Reading(files, known, 1), reader)
    assert [entry.uri for entry in entries] == ["a", "b", "huge", "bad"]
    assert [seconds for _, seconds, _ in reader.asked] == pytest.approx([5, 5, 60, 5], abs=0.01)


async def test_readers_share_the_files_and_the_memory() -> None:
    held: list[int] = []
    most = 0

    class Holding(FakeReader):
        async def read(self, path: str, known: str | None, *, seconds: float = 60, memory: int = MEMORY) -> Reply:
            nonlocal most
            held.append(memory)
            most = max(most, sum(held))
            await asyncio.sleep(0.01)
            held.remove(memory)
            return await super().read(path, known, seconds=seconds, memory=memory)

    readers = [Holding(fine) for _ in range(4)]
    files = [file(str(n)) for n in range(20)] + [file(f"large {n}", 30_000_000) for n in range(3)]
    entries = await read_all(Reading(files, {}, 4), *readers)
    assert len(entries) == 23
    assert most == MEMORY
    assert all(len(reader.asked) >= 4 for reader in readers)
    # What read a large file keeps the memory of it, so it ends.
    assert sum(reader.closed for reader in readers) == 3


@pytest.mark.parametrize("how", ["refused", "crashed"])
async def test_a_file_that_lacked_memory_gets_all_of_it_once(how: str) -> None:
    def says(path: str, memory: int) -> Reply:
        if path != "hungry" or memory == MEMORY:
            return fine(path, memory)
        if how == "crashed":
            raise ReaderCrashed("makes the reader crash")
        return Reply({"digest": "", "reason": "needs too much memory to read", "memory": True})

    reader = FakeReader(says)
    entries = await read_all(Reading([file("hungry"), file("a"), file("b")], {}, 4), reader)
    assert [entry.uri for entry in entries] == ["a", "b", "hungry"]
    assert "text" in entries[-1].reply

    def never(path: str, memory: int) -> Reply:
        return Reply({"digest": "", "reason": "needs too much memory to read", "memory": True})

    [entry] = await read_all(Reading([file("hungry")], {}, 4), reader := FakeReader(never))
    assert entry.reply["reason"] == "needs too much memory to read"
    assert [memory for _, _, memory in reader.asked] == [MEMORY // 4, MEMORY]


async def test_time_that_is_lost_with_bad_files_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(path: str, memory: int) -> Reply:
        time.sleep(0.02)
        raise TooSlow("takes longer than 10 s to read")

    monkeypatch.setattr(reading, "LOST_SECONDS", 0.03)
    reader = FakeReader(slow)
    entries = await read_all(Reading([file(str(n)) for n in range(4)], {}, 1), reader)
    assert [seconds for _, seconds, _ in reader.asked] == pytest.approx([5, 5, 2, 2], abs=0.01)
    assert [entry.reply["reason"].split(" ", 3)[:3] for entry in entries[1:3]] == [
        ["takes", "longer", "than"],
        ["is", "put", "off"],
    ]
    # What was given its time is not tried again before it changes; what was put off is.
    assert [entry.mtime_ns for entry in entries] == [1, 1, -1, -1]


def test_the_time_for_a_file_grows_with_its_size() -> None:
    assert [seconds_for(size) for size in (0, 1_000_000, 50_000_000)] == [5, 15, SECONDS_PER_FILE]


async def test_only_the_first_passages_of_a_file_are_searched_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MOST_PASSAGES", 3)
    folder = tmp_path / "documents"
    folder.mkdir()
    parts = [f"## Part {n}\n\nThe animal of part {n} is the {name}." for n, name in enumerate("abcde")]
    (folder / "long.md").write_text("# Long\n\n" + "\n\n".join(parts))
    (folder / "short.md").write_text("# Short\n\nThe walrus sleeps.")
    library = Library(tmp_path / "data", [Root(folder)], isolated=False)
    try:
        report = await library.refresh()
        assert report.noticed == [Skipped("long.md", "only its first 3 passages are searched")]
        assert (report.documents, report.skipped) == (2, [])
        found = await library.neighbours("long.md", 0, 0, around=10_000)
        assert found is not None
        assert found.after.endswith("The animal of part 2 is the c.")
        readiness = await library.readiness()
        assert [(each.name, each.searched) for each in readiness.remarks] == [("long.md", True)]
        assert readiness.not_searched == 0
    finally:
        await library.close()


def test_a_text_too_long_to_keep_is_cut_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_CHARACTERS", 2_000)
    document = documents.extract("a.txt", b"A lock keeps two writers from changing one row. " * 500)
    assert len(document.text) == 2_000
    assert document.notice == "only its first 2,000 characters are searched"
    assert document.spans
    assert all(span.offset + span.length <= 2_000 for span in document.spans)


@pytest.mark.parametrize(
    ("name", "title", "date"),
    [
        ("policy-2016.md", "Policy", "2016"),
        ("report.md", "Annual report 2023", "2023"),
        ("minutes-2024-05-17.md", "Minutes of 2024", "2024-05-17"),
        ("annual-2024.md", "Annual report 2023", None),
        ("plan-2019-2023.md", "Plan", None),
        ("rfc-1951.md", "RFC 1951", None),
        ("iso-9001.md", "ISO 9001:2015", None),
        ("v2.2010.3.md", "Release", None),
        ("plan-2999.md", "Far ahead", None),
        ("part-12019.md", "Part 12019", None),
    ],
)
def test_a_year_in_the_name_or_title_dates_a_document_without_a_date(name: str, title: str, date: str | None) -> None:
    assert documents.extract(f"2001/{name}", f"# {title}\n\nSome words.".encode()).date == date


def test_a_date_of_its_own_goes_before_its_name() -> None:
    assert documents.extract("policy-2016.md", b"---\ndate: 2020-02-03\n---\nSome words.").date == "2020-02-03"


async def test_files_that_cannot_be_read_are_named_by_their_kind(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    (folder / "more").mkdir(parents=True)
    for name in ("a.xls", "b.XLS", "more/c.xls", "d.ppt", "README", ".hidden.doc", "style.css", "logo.png"):
        (folder / name).write_text("x")
    library = Library(tmp_path / "data", [Root(folder)], isolated=False)
    try:
        assert dict((await library.refresh()).kinds) == {".xls": 3, ".ppt": 1, "": 1}
        said = "5 files of kinds that cannot be read: 3 .xls, 1 without a suffix, 1 .ppt"
        assert (await library.readiness()).why.endswith(f"files there; {said}")
        (folder / "e.markdown").write_text("# Walrus\n\nThe walrus sleeps.")
        await library.refresh()
        readiness = await library.readiness()
        assert readiness.why == f"1 document; {said}"
        assert (readiness.not_searched, readiness.kinds) == (5, {".xls": 3, ".ppt": 1, "": 1})
    finally:
        await library.close()


def test_a_listing_stops_when_it_is_told_to(tmp_path: Path) -> None:
    for number in range(10):
        (tmp_path / f"{number}.md").write_text("x")
    answers = iter([False, False, False, True])
    assert len(list_files(Root(tmp_path), lambda: next(answers, True)).files) == 3


async def test_a_cancelled_refresh_ends_soon_and_stores_nothing_by_halves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.md").write_text("# A\n\nThe walrus sleeps.")
    (folder / "large.txt").write_text("A lock keeps two writers from changing one row.\n\n" * 40_000)
    library = Library(tmp_path / "data", [Root(folder)], isolated=False)
    storing = asyncio.Event()
    loop = asyncio.get_running_loop()
    add = IndexWriter._add

    def slowly(self: IndexWriter, file: int | None, passages: list[Analysed]) -> None:
        add(self, file, passages)
        if len(passages) > 100:
            loop.call_soon_threadsafe(storing.set)
            time.sleep(0.2)

    try:
        with monkeypatch.context() as patch:
            patch.setattr(IndexWriter, "_add", slowly)
            refresh = asyncio.create_task(library.refresh())
            await storing.wait()
            started = time.monotonic()
            refresh.cancel()
            with pytest.raises(asyncio.CancelledError):
                await refresh
            assert time.monotonic() - started < 2
        connection = sqlite3.connect(tmp_path / "data" / INDEX_FILE)
        with contextlib.closing(connection):
            assert connection.execute("SELECT count(*) FROM files WHERE uri = 'large.txt'").fetchone() == (0,)
            orphans = "SELECT count(*) FROM passages WHERE file NOT IN (SELECT id FROM files)"
            assert connection.execute(orphans).fetchone() == (0,)
        report = await library.refresh()
        assert report.documents == 2
        assert [passage.uri for passage in await library.search("two writers", limit=1)] == ["large.txt"]
    finally:
        await library.close()


async def test_a_write_waits_for_another_program_but_not_when_it_is_cancelled(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.md").write_text("# A\n\nThe walrus sleeps.")
    library = Library(tmp_path / "data", [Root(folder)], isolated=False)
    other = sqlite3.connect(tmp_path / "data" / INDEX_FILE, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        refresh = asyncio.create_task(library.refresh())
        await asyncio.sleep(1.5)
        assert not refresh.done()
        started = time.monotonic()
        refresh.cancel()
        with pytest.raises(asyncio.CancelledError):
            await refresh
        assert time.monotonic() - started < 2
        other.execute("ROLLBACK")
        assert (await library.refresh()).indexed == 1
    finally:
        other.close()
        await library.close()


def test_a_signal_ends_indexing_at_once_and_the_next_start_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.md").write_text("# A\n\nThe walrus sleeps.")
    (folder / "large.txt").write_text("A lock keeps two writers from changing one row.\n\n" * 200_000)
    environment = {**os.environ, "SAYSO_LIBRARY": str(folder), "SAYSO_DATA_DIR": str(tmp_path / "data")}
    command = [sys.executable, "-m", "sayso", "index"]
    first = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    index = tmp_path / "data" / "index" / INDEX_FILE
    _until(lambda: _documents(index) == 1)
    started = time.monotonic()
    first.send_signal(signal.SIGTERM)
    first.wait(10)
    assert time.monotonic() - started < 2
    assert _documents(index) == 1
    second = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    assert "2 documents: 1 read" in second.stderr


def _documents(index: Path) -> int:
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(sqlite3.connect(f"{index.as_uri()}?mode=ro", uri=True)) as db,
    ):
        (count,) = db.execute("SELECT count(*) FROM files").fetchone()
        return int(count)
    return 0


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)
