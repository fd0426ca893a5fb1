"""The library as a whole: real files, a real index."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from research.office_files import pdf, word
from sayso.research.library.folder import LEADS_OUT, MAX_BYTES, Skipped
from sayso.research.library.source import INDEX_FILE, Library, LibraryError, Root
from sayso.research.source import Reopening

Open = Callable[..., Library]

LOCKS = "# Locks\n\nA lock keeps two writers from changing one row at the same time.\n"
WHOLE = 1_000_000
"""Characters around a passage: its whole document."""
VACUUM = "# Vacuum\n\nVacuuming gives the space of dead rows back to the table.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder


@pytest.fixture
async def open_library(tmp_path: Path, folder: Path) -> AsyncIterator[Open]:
    opened: list[Library] = []

    def open_it(*roots: Root, isolated: bool = False) -> Library:
        opened.append(Library(tmp_path / "data", roots or [Root(folder)], isolated=isolated))
        return opened[-1]

    yield open_it
    for library in opened:
        await library.close()


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


async def found(library: Library, query: str) -> list[str]:
    return [passage.uri for passage in await library.search(query, limit=10)]


async def test_every_format_is_found_with_its_place_and_quoted_verbatim(folder: Path, open_library: Open) -> None:
    write(
        folder,
        {
            "guide/locks.md": LOCKS + "\n## Deadlocks\n\nTwo “transactions” that wait for each other → a deadlock.\n",
            "web/page.html": "<title>Page</title><h1>Page</h1><h2>Zebra</h2><p>The zebra – striped – runs.</p>",
            "web/old.htm": "<p>An ostrich cannot fly.</p>",
            "a.txt": "The giraffe is tall.",
            "b.rst": "Cats\n====\n\nThe panther is a cat.\n",
            "c.mdx": "The okapi is shy.\n",
            "d.PDF": pdf([["Nothing here."], ["The aardvark digs."]], title="Digging"),
            "e.docx": word("Birds", [("Heading 1", "Waders"), ("Normal", "The avocet wades.")]),
            "f.svg": "<svg>The gnu is not read.</svg>",
        },
    )
    library = open_library()
    report = await library.refresh()
    assert (report.indexed, report.documents, report.skipped) == (8, 8, [])
    expected = {
        "deadlock": ("guide/locks.md", "Locks", "Deadlocks", None),
        "zebra": ("web/page.html", "Page", "Zebra", None),
        "ostrich": ("web/old.htm", "old", None, None),
        "giraffe": ("a.txt", "a", None, None),
        "panther": ("b.rst", "Cats", None, None),
        "okapi": ("c.mdx", "c", None, None),
        "aardvark": ("d.PDF", "Digging", None, 2),
        "avocet": ("e.docx", "Birds", "Waders", None),
    }
    for query, (uri, title, heading, page) in expected.items():
        (passage,) = await library.search(query, limit=5)
        assert (passage.uri, passage.title, passage.place.heading, passage.place.page) == (uri, title, heading, page)
        before, _ = await library.around(passage, WHOLE)
        assert len(before) == passage.place.offset
        assert query in passage.text
    assert await library.search("gnu", limit=5) == []


async def test_only_what_changed_is_read_again(folder: Path, open_library: Open) -> None:
    write(folder, {"a.md": LOCKS, "b.md": VACUUM, "sub/c.md": "Third.", "d.md": "Fourth."})
    first = await open_library().refresh()
    assert (first.indexed, first.unchanged, first.removed) == (4, 0, 0)

    library = open_library()
    second = await library.refresh()
    assert (second.indexed, second.unchanged, second.removed) == (0, 4, 0)

    # The proof that it was not read: content that could not have been noticed otherwise.
    status = (folder / "a.md").stat()
    (folder / "a.md").write_text(LOCKS.replace("writers", "zombies"))
    os.utime(folder / "a.md", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (await library.refresh()).indexed == 0
    assert await found(library, "zombies") == []

    # Touched only: read to compare, not indexed again.
    os.utime(folder / "b.md")
    (folder / "d.md").unlink()
    write(folder, {"sub/c.md": "Third, with a walrus.", "new.md": "Fifth, with a narwhal."})
    third = await library.refresh()
    assert (third.indexed, third.unchanged, third.removed, third.documents) == (2, 2, 1, 4)
    assert await found(library, "walrus narwhal") == ["new.md", "sub/c.md"] or await found(
        library, "walrus narwhal"
    ) == ["sub/c.md", "new.md"]
    assert await found(library, "fourth") == []
    assert await library.neighbours("d.md", 0, 1) is None


async def test_old_words_of_a_changed_file_are_not_found(folder: Path, open_library: Open) -> None:
    write(folder, {"a.md": "# Pelican\n\n## Beak\n\nThe pelican 😀 fishes.\n\n" + "Filler sentence here. " * 100})
    library = open_library()
    await library.refresh()
    assert await found(library, "pelican")
    write(folder, {"a.md": "# Heron\n\nThe heron waits.\n"})
    await library.refresh()
    assert await found(library, "heron") == ["a.md"]
    for gone in ("pelican", "beak", "filler"):
        assert await found(library, gone) == []


async def test_the_sources_that_sphinx_keeps_beside_its_pages_are_read_only_where_the_pages_are_not(
    folder: Path, open_library: Open
) -> None:
    page, source = f"<html><body><h1>Locks</h1><p>{LOCKS}</p></body></html>", "_sources/locks.rst.txt"
    write(folder, {"built/index.html": page, f"built/{source}": LOCKS, f"typed/{source}": "A lone pelican."})
    library = open_library()
    assert (await library.refresh()).documents == 2
    assert await found(library, "writers") == ["built/index.html"]
    assert await found(library, "pelican") == [f"typed/{source}"]


async def test_what_cannot_be_read_is_named_and_skipped(folder: Path, open_library: Open) -> None:
    write(
        folder,
        {
            "good.md": LOCKS,
            "broken.pdf": b"%PDF-1.7 garbage",
            "broken.docx": b"PK garbage",
            "binary.txt": b"\0\1\2\3",
            "empty.md": b"",
            "blank.html": b"<html></html>",
            "scan.pdf": pdf([[]]),
            ".hidden.md": "hidden hippopotamus",
            ".git/config.md": "hidden hippopotamus",
            "node_modules/pkg/readme.md": "hidden hippopotamus",
        },
    )
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(MAX_BYTES + 1)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "gone.md").symlink_to(folder / "nothing.md")
    os.mkfifo(folder / "pipe.txt")
    (folder / os.fsdecode(b"bad\xff.md")).write_text("Bad name.")
    library = open_library()
    report = await library.refresh()
    reasons = {skipped.uri: skipped.reason for skipped in report.skipped}
    assert report.documents == 1
    assert {uri: reason.split("(")[0].strip() for uri, reason in reasons.items()} == {
        "bad?.md": "has a name that is not valid text",
        "binary.txt": "is not a text file",
        "blank.html": "has no text in it",
        "broken.docx": "cannot be read as .docx",
        "broken.pdf": "cannot be read as .pdf",
        "empty.md": "is empty",
        "gone.md": "is a link to nothing",
        "huge.txt": "is larger than 50 MB",
        "loop": "is a link to a folder that is read already",
        "pipe.txt": "is not a file",
        "scan.pdf": "has no text in it; if it is a scan, run text recognition",
    }
    assert await found(library, "hippopotamus") == []

    again = await library.refresh()
    assert {skipped.uri: skipped.reason for skipped in again.skipped} == reasons
    assert again.indexed == 0
    (folder / "broken.pdf").write_bytes(pdf([["The mended manatee."]]))
    mended = await library.refresh()
    assert Skipped("broken.pdf", reasons["broken.pdf"]) not in mended.skipped
    assert await found(library, "manatee") == ["broken.pdf"]


async def test_links_lead_nowhere_out_of_the_library(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    write(outside, {"secret.txt": "The secret hippopotamus.", "more/secret.md": "Another hippopotamus."})
    write(folder, {"inside/a.md": "The walrus sleeps."})
    (folder / "notes.txt").symlink_to(outside / "secret.txt")
    (folder / "others").symlink_to(outside, target_is_directory=True)
    (folder / "up").symlink_to(Path("..") / outside.name, target_is_directory=True)
    (folder / "by-way.txt").symlink_to(Path("inside") / ".." / "notes.txt")
    (folder / "within.md").symlink_to(Path("inside") / "a.md")
    (folder / "again.txt").symlink_to("again.txt")
    through = tmp_path / "through"
    through.symlink_to(folder, target_is_directory=True)

    for root in (folder, through):
        library = Library(tmp_path / f"data-{root.name}", [Root(root)], isolated=False)
        try:
            report = await library.refresh()
            reasons = {skipped.uri: skipped.reason for skipped in report.skipped}
            assert await found(library, "hippopotamus") == []
            assert set(await found(library, "walrus")) == {"inside/a.md", "within.md"}
        finally:
            await library.close()
        assert {uri for uri, reason in reasons.items() if reason == LEADS_OUT} == {
            "notes.txt",
            "others",
            "up",
            "by-way.txt",
        }
        assert "SAYSO_LIBRARY_LINKS=follow" in reasons["notes.txt"]
        assert reasons["again.txt"].startswith("cannot be opened")
        assert report.documents == 2

    # The same index, first with the links and then without them: what was read is forgotten.
    everything = {"notes.txt", "by-way.txt", "others/secret.txt", "others/more/secret.md"}
    for follow, texts in ((True, everything), (False, set())):
        library = Library(tmp_path / "data", [Root(folder, follow_links=follow)], isolated=False)
        try:
            await library.refresh()
            assert set(await found(library, "hippopotamus")) == texts
        finally:
            await library.close()


async def test_a_document_that_breaks_is_no_longer_quoted(folder: Path, open_library: Open) -> None:
    write(folder, {"a.pdf": pdf([["The walrus sleeps."]])})
    library = open_library()
    await library.refresh()
    assert await found(library, "walrus") == ["a.pdf"]
    write(folder, {"a.pdf": b"%PDF garbage"})
    await library.refresh()
    assert await found(library, "walrus") == []
    assert not (await library.readiness()).ready


async def test_an_interrupted_indexing_goes_on_where_it_stopped(folder: Path, open_library: Open) -> None:
    write(folder, {f"{number:03}.md": f"Document number {number} of many." for number in range(100)})
    library = open_library()
    enough = asyncio.Event()
    refresh = asyncio.create_task(library.refresh(lambda done, total, uri: enough.set() if done >= 70 else None))
    await enough.wait()
    refresh.cancel()
    with pytest.raises(asyncio.CancelledError):
        await refresh
    stored = (await library.readiness()).documents
    assert stored is not None
    assert 0 < stored < 100
    report = await open_library().refresh()
    assert (report.indexed, report.unchanged, report.documents) == (100 - stored, stored, 100)


async def test_searches_go_on_while_documents_are_read(folder: Path, open_library: Open) -> None:
    write(folder, {f"{number:03}.md": f"The marmot number {number} whistles." for number in range(120)})
    library = open_library()
    seen: list[tuple[int, str]] = []
    done = asyncio.Event()

    async def search_on() -> None:
        while not done.is_set():
            passages = await library.search("marmot", limit=200)
            seen.append((len(passages), (await library.readiness()).why))

    searching = asyncio.create_task(search_on())
    calls: list[tuple[int, int, str]] = []
    await library.refresh(lambda *call: calls.append(call))
    done.set()
    await searching
    assert [call[0] for call in calls] == list(range(121))
    assert {call[1] for call in calls} == {120}
    counts = [count for count, _ in seen]
    assert counts == sorted(counts)
    assert any(why.startswith("indexing ") and why.endswith(" of 120 documents") for _, why in seen)
    assert (await library.readiness()).why == "120 documents"


async def test_two_refreshes_at_once_read_each_file_once(folder: Path, open_library: Open) -> None:
    write(folder, {f"{number}.md": f"Document {number}." for number in range(10)})
    library = open_library()
    reports = await asyncio.gather(library.refresh(), library.refresh())
    assert sorted(report.indexed for report in reports) == [0, 10]


async def test_the_sample_makes_room_for_the_first_document_that_is_added(tmp_path: Path) -> None:
    roots = []
    for prefix in ("docs", "next", "added"):
        (tmp_path / prefix).mkdir()
        roots.append(Root(tmp_path / prefix, prefix, sample=prefix != "added", added=prefix == "added"))
    for prefix in ("docs", "next"):
        (tmp_path / prefix / "a.md").write_text("# A\n\nThe alpaca hums.")
    library = Library(tmp_path / "data", roots, isolated=False)
    try:
        await library.refresh()
        assert library.sample
        assert sorted(await found(library, "alpaca")) == ["docs/a.md", "next/a.md"]
        (tmp_path / "added" / "own.md").write_text("# Own\n\nMy alpaca spits.")
        assert await library.changed()
        await library.refresh()
        assert not library.sample
        assert await found(library, "alpaca") == ["added/own.md"]
        (tmp_path / "added" / "own.md").unlink()
        await library.refresh()
        assert sorted(await found(library, "alpaca")) == ["docs/a.md", "next/a.md"]
    finally:
        await library.close()


async def test_several_folders_have_prefixes_and_samples_may_be_missing(tmp_path: Path, open_library: Open) -> None:
    write(tmp_path, {"ours/a.md": "Our alpaca.", "theirs/a.md": "Their alpaca."})
    roots = [
        Root(tmp_path / "ours", "docs", sample=True),
        Root(tmp_path / "theirs", "next", sample=True),
        Root(tmp_path / "not-installed", "other", sample=True),
    ]
    library = open_library(*roots)
    await library.refresh()
    assert sorted(await found(library, "alpaca")) == ["docs/a.md", "next/a.md"]
    readiness = await library.readiness()
    assert (readiness.ready, readiness.documents, readiness.sample) == (True, 2, True)
    with pytest.raises(LibraryError, match="prefix"):
        Library(tmp_path / "data", [Root(tmp_path / "ours"), Root(tmp_path / "theirs", "b")])


async def test_a_missing_folder_is_an_error_and_loses_nothing(folder: Path, tmp_path: Path, open_library: Open) -> None:
    with pytest.raises(LibraryError, match=r"absent does not exist; create it or name another one"):
        Library(tmp_path / "data", [Root(tmp_path / "absent")])
    write(folder, {"a.md": LOCKS})
    with pytest.raises(LibraryError, match="is not a folder"):
        Library(tmp_path / "data", [Root(folder / "a.md")])
    library = open_library()
    await library.refresh()
    shutil.move(folder, tmp_path / "away")
    with pytest.raises(LibraryError, match="does not exist"):
        await library.refresh()
    assert "does not exist" in (await library.readiness()).why
    assert await found(library, "lock") == ["a.md"]
    shutil.move(tmp_path / "away", folder)
    assert (await library.refresh()).unchanged == 1
    assert (await library.readiness()).why == "1 document"


async def test_an_empty_library_says_what_to_do(folder: Path, open_library: Open) -> None:
    library = open_library()
    await library.refresh()
    readiness = await library.readiness()
    assert (readiness.ready, readiness.documents) == (False, 0)
    assert readiness.why.startswith(f"no documents in {folder}: put files there")
    write(folder, {"a.pdf": b"%PDF garbage"})
    await library.refresh()
    assert (await library.readiness()).why == f"none of the 1 documents in {folder} can be read"


@pytest.mark.parametrize("spoil", ["format", "garbage"])
async def test_an_index_of_another_format_is_built_anew(
    folder: Path, tmp_path: Path, open_library: Open, spoil: str
) -> None:
    write(folder, {"a.md": LOCKS})
    library = open_library()
    await library.refresh()
    path = tmp_path / "data" / INDEX_FILE
    if spoil == "format":
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA user_version = 9999")
        connection.close()
    else:
        await library.close()
        path.write_bytes(b"this is not a database, whatever its name says" * 50)
    again = open_library()
    assert (await again.refresh()).indexed == 1
    assert await found(again, "lock") == ["a.md"]


async def test_the_text_around_a_passage(folder: Path, open_library: Open) -> None:
    text = "The first sentence is long enough. The second one is what we quote. The third one ends it."
    write(folder, {"a.txt": text})
    library = open_library()
    await library.refresh()
    quote = "The second one is what we quote."
    excerpt = await library.neighbours("a.txt", text.index(quote), len(quote), around=12)
    assert excerpt is not None
    assert (excerpt.before, excerpt.text, excerpt.after) == ("enough. ", quote, " The third")
    whole = await library.neighbours("a.txt", 0, len(text))
    assert whole is not None
    assert (whole.before, whole.text, whole.after) == ("", text, "")
    assert await library.neighbours("a.txt", len(text), 1) is None
    assert await library.neighbours("b.txt", 0, 1) is None


async def test_a_refresh_in_a_process_of_its_own(folder: Path, open_library: Open) -> None:
    write(folder, {"a.md": LOCKS, "sub/ü.html": "<p>The wombat digs “deep”.</p>", "c.pdf": b"%PDF garbage"})
    library = open_library(isolated=True)
    report = await library.refresh()
    assert (report.indexed, [skipped.uri for skipped in report.skipped]) == (2, ["c.pdf"])
    assert await found(library, "wombat") == ["sub/ü.html"]
    shutil.rmtree(folder / "sub")
    assert (await library.refresh()).removed == 1
    assert await found(library, "wombat") == []


async def test_a_file_that_could_not_be_opened_gets_another_try(
    folder: Path, open_library: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, {"a.md": LOCKS, "b.md": VACUUM})
    library = open_library()

    def locked(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    # Tests may run as root, whom no permission stops.
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", locked)
        report = await library.refresh()
    assert report.skipped == [
        Skipped("a.md", "cannot be opened (Permission denied)"),
        Skipped("b.md", "cannot be opened (Permission denied)"),
    ]
    assert (await library.refresh()).indexed == 2
    assert (await library.refresh()).skipped == []


async def test_what_stands_around_a_passage_is_known_until_the_document_changes(
    folder: Path, open_library: Open
) -> None:
    parts = [
        f"Shelf number {n} holds the crates of the {n}th bakery, and its lock is made of brass. " * 9 for n in range(4)
    ]
    write(folder, {"shelves.md": "# Shelves\n\n" + "\n\n".join(parts)})
    library = open_library()
    await library.refresh()
    [passage] = [each for each in await library.search("number 2 bakery", limit=10) if "number 2" in each.text][:1]
    whole = passage.text.join(await library.around(passage, WHOLE))
    before, after = await library.around(passage, 80)
    assert before + passage.text + after in whole
    assert 0 < len(before) <= 80
    assert 0 < len(after) <= 80
    assert await library.around(passage.model_copy(update={"text": "Something else."}), 80) == ("", "")
    assert await library.around(passage.model_copy(update={"uri": "gone.md"}), 80) == ("", "")


async def test_an_index_of_an_older_format_is_built_anew(tmp_path: Path, folder: Path, open_library: Open) -> None:
    write(folder, {"locks.md": LOCKS})
    library = open_library()
    await library.refresh()
    await library.close()
    with sqlite3.connect(tmp_path / "data" / INDEX_FILE) as connection:
        connection.execute("PRAGMA user_version = 3")
    library = open_library()
    assert (await library.refresh()).indexed == 1


async def test_titles_are_told_of_a_library_of_few_documents(folder: Path, open_library: Open) -> None:
    library = open_library()
    assert await library.titles(2) == []
    write(folder, {"locks.md": LOCKS, "vacuum.md": VACUUM, "broken.pdf": b"no PDF"})
    await library.refresh()
    assert sorted(await library.titles(2)) == ["Locks", "Vacuum"]
    assert await library.titles(1) == []


async def test_documents_are_read_further_without_those_that_the_question_leaves_out(
    folder: Path, open_library: Open
) -> None:
    parts = [f"## Part {at}\n\n{f'The vacuum of floor {at} is emptied by its porter. ' * 12}" for at in range(6)]
    for name in ("a.md", "b.md", "c.md"):
        (folder / name).write_text(f"# {name}\n\n" + "\n\n".join(parts), encoding="utf-8")
    library = open_library()
    await library.refresh()
    found = await library.further("vacuum floor", ["a.md"], limit=20)
    assert {each.uri for each in found} == {"a.md"}
    assert len({each.place.heading for each in found}) >= 4, "more than a search gives of one document"
    some = library.only(["b.md", "c.md"])
    assert isinstance(some, Reopening)
    assert {each.uri for each in await some.further("vacuum floor", ["a.md", "c.md"], limit=20)} == {"c.md"}
    assert await library.further("vacuum floor", ["gone.md"], limit=20) == []
