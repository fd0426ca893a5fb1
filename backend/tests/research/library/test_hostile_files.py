"""Files that mean harm, or are broken: all are done with in bounded time, and the good one beside them is found."""

import time
from pathlib import Path

import pytest

from research.library.hostile_files import write_hostile_files
from sayso.research.library.source import Library, Root

SECONDS = 300
"""For all of them together; on two quiet cores they take less than a minute."""


@pytest.mark.timeout(SECONDS + 60)
async def test_hostile_files_are_done_with(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    names = write_hostile_files(folder)
    assert len(names) >= 60
    (folder / "zebra.md").write_text("# Zebra\n\nThe zebra is striped.\n")
    library = Library(tmp_path / "data", [Root(folder)])
    try:
        started = time.monotonic()
        report = await library.refresh()
        assert time.monotonic() - started < SECONDS
        reasons = {skipped.uri: skipped.reason for skipped in report.skipped}
        for name in sorted(names):
            indexed = await library.neighbours(name, 0, 0) is not None
            assert indexed != bool(reasons.get(name)), f"{name}: indexed {indexed}, {reasons.get(name)}"
        assert [passage.uri for passage in await library.search("striped zebra", limit=1)] == ["zebra.md"]
        assert reasons["bomb.docx"] == "unpacks to more than 300 MB"
        assert reasons["binary.txt"] == reasons["gzip.txt"] == reasons["nul.txt"] == "is not a text file"
        assert reasons["pages-loop.pdf"].startswith("cannot be read as .pdf")
        assert reasons["entities.docx"].startswith("cannot be read as .docx")
        # Nothing of it is tried again while it stays as it is, but for what may have been chance.
        started = time.monotonic()
        again = await library.refresh()
        assert time.monotonic() - started < SECONDS / 3
        assert {skipped.uri for skipped in again.skipped} == set(reasons)
    finally:
        await library.close()
        (folder / "locked.txt").chmod(0o600)
