"""A library whose passages a text model reads: what is found by it, what is read again, and what is not."""

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from sayso.compose import Toolkit
from sayso.research.encoder import Floats
from sayso.research.library.folder import Root
from sayso.research.library.source import INDEX_FILE, Library
from sayso.settings import read_settings
from tools import minilm

ANSWER = "Nap times are listed on the board beside the kitchen door of each ward and change every Monday morning."
QUESTION = "When may the little ones doze?"
"""No word of it is in the answer, and to the table that comes along other sentences are nearer."""


class Nursery:
    """Knows just one thing: which texts are about sleep."""

    name = "nursery"

    def __init__(self, digest: str = "1") -> None:
        self.digest = digest
        self.read: list[str] = []
        self.go_on = threading.Event()
        self.go_on.set()

    def vector(self, text: str) -> Floats:
        self.go_on.wait(30)
        self.read.append(text)
        about_sleep = any(word in text for word in ("Nap times", "doze"))
        return np.array([1.0, 0.0] if about_sleep else [0.0, 1.0])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(40):
        text = f"When the little ones may visit house {number}, and when the ones of house {number + 1} may, is agreed."
        (folder / f"house-{number:02}.md").write_text(f"# House {number}\n\n{text}\n")
    (folder / "board.md").write_text(f"# Board\n\n{ANSWER}\n")
    return folder


@contextlib.asynccontextmanager
async def opened(tmp_path: Path, folder: Path, encoder: Nursery | None) -> AsyncIterator[Library]:
    library = Library(tmp_path / "index", [Root(folder)], isolated=False, encoder=encoder)
    try:
        await library.refresh()
        yield library
    finally:
        await library.close()


async def first(library: Library) -> str:
    return (await library.search(QUESTION, limit=5))[0].uri


async def test_what_the_model_holds_for_near_is_found_once_it_has_read_all(tmp_path: Path, folder: Path) -> None:
    async with opened(tmp_path, folder, Nursery()) as library:
        before = await first(library)
        await library.encode()

        assert before != "board.md"
        assert await first(library) == "board.md"


async def test_nothing_is_read_twice_and_only_what_changed_is_read_again(tmp_path: Path, folder: Path) -> None:
    async with opened(tmp_path, folder, nursery := Nursery()) as library:
        await library.encode()
        (folder / "board.md").write_text(f"# Board\n\nAsk at the desk. {ANSWER}\n")
        (folder / "house-00.md").unlink()
        await library.refresh()
        await library.encode()
    again = Nursery()
    async with opened(tmp_path, folder, again) as library:
        await library.encode()

        assert len(nursery.read) == 41 + 1
        assert again.read == []
        assert await first(library) == "board.md"


async def test_a_run_that_was_broken_off_goes_on_where_it_was(tmp_path: Path, folder: Path) -> None:
    async with opened(tmp_path, folder, nursery := Nursery()) as library:
        reached = asyncio.Event()

        def tell(done: int, total: int) -> None:
            if done >= 16:
                nursery.go_on.clear()
                reached.set()

        running = asyncio.create_task(library.encode(tell))
        async with asyncio.timeout(30):
            await reached.wait()
        told = await library.readiness()
        running.cancel()
        nursery.go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await running
        await library.encode()

        assert "nursery has read 16 of 41 passages" in told.why
        assert len(nursery.read) <= 41 + 1
        assert "nursery" not in (await library.readiness()).why
        assert await first(library) == "board.md"


async def test_vectors_of_another_model_are_of_no_use(tmp_path: Path, folder: Path) -> None:
    async with opened(tmp_path, folder, Nursery("1")) as library:
        await library.encode()
    other = Nursery("2")
    async with opened(tmp_path, folder, other) as library:
        before = await first(library)
        await library.encode()

        assert before != "board.md"
        assert len(other.read) == 41
    async with opened(tmp_path, folder, None) as library:
        assert await first(library) != "board.md"


async def test_documents_that_change_meanwhile_are_read_as_they_are_then(tmp_path: Path, folder: Path) -> None:
    async with opened(tmp_path, folder, nursery := Nursery()) as library:
        nursery.go_on.clear()
        running = asyncio.create_task(library.encode())
        (folder / "added.md").write_text("# Added\n\nA new house opens in spring, for which there is no name yet.\n")
        await library.refresh()
        nursery.go_on.set()
        await running

        assert any("A new house opens" in text for text in nursery.read)
        assert await first(library) == "board.md"


async def test_a_server_that_has_a_model_has_it_read_the_library(tmp_path: Path, folder: Path) -> None:
    model, file = minilm.write(tmp_path / "minilm"), tmp_path / "data" / "index" / INDEX_FILE
    toolkit = Toolkit(read_settings(data_dir=tmp_path / "data", library=folder, semantic=model))
    toolkit.open()
    try:
        async with asyncio.timeout(60):
            while True:
                with contextlib.suppress(sqlite3.Error), sqlite3.connect(file) as index:
                    if index.execute("SELECT count(*) FROM encoded").fetchone() == (41,):
                        break
                await asyncio.sleep(0.1)
    finally:
        await toolkit.close()
