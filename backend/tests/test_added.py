"""Documents that are added: what they are called, what is refused, and the same folder in each process."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from sayso.added import AddedDocuments, safe_name
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.storage.sqlite.store import SqliteStore


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(tmp_path / "sayso.db")
    await store.open()
    yield store
    await store.close()


@pytest.fixture
def added(store: SqliteStore, tmp_path: Path) -> AddedDocuments:
    return AddedDocuments(store, tmp_path / "one")


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("plan.md", "plan.md"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\Ada\\Büro plan.docx", "Büro plan.docx"),
        ("a\x00b\n<c>.md", "a_b_c_.md"),
        (".hidden.md", "hidden.md"),
        ("Cafe\u0301.txt", "Café.txt"),
        (f"{'ä' * 200}.pdf", f"{'ä' * 73}.pdf"),
    ],
)
def test_a_name_is_made_safe(given: str, name: str) -> None:
    assert safe_name(given) == name


@pytest.mark.parametrize("given", ["", "..", "/", " . ", "\\"])
def test_what_is_no_name_is_refused(given: str) -> None:
    with pytest.raises(ProtocolError, match="give the document a name"):
        safe_name(given)


def archive(**members: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name, text in members.items():
            made.writestr(name.replace("__", "/"), text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("plan.md", b"# Plan", "plan.md"),
        ("scan", b"%PDF-1.7 ...", "scan.pdf"),
        ("scan.txt", b"%PDF-1.7 ...", "scan.pdf"),
        ("letter.pdf", b"{\\rtf1 ...", "letter.rtf"),
        ("table.docx", archive(**{"xl__workbook.xml": ""}), "table.xlsx"),
        ("book.zip", archive(**{"META-INF__container.xml": ""}), None),
        ("text.odt", archive(mimetype="application/vnd.oasis.opendocument.text"), "text.odt"),
        ("photo.jpg", b"\xff\xd8\xff", None),
        ("tool.exe", b"MZ", None),
        ("none", b"Some words.", None),
    ],
)
async def test_a_document_is_read_as_what_it_is(
    added: AddedDocuments, name: str, content: bytes, kept: str | None
) -> None:
    if kept is None:
        with pytest.raises(ProtocolError, match="of a kind that cannot be read"):
            await added.add(name, content)
    else:
        assert (await added.add(name, content)).name == kept


async def test_what_is_empty_or_too_large_is_refused(added: AddedDocuments, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ProtocolError, match="is empty"):
        await added.add("a.md", b" \n")
    with monkeypatch.context() as small:
        small.setattr("sayso.added.MAX_BYTES", 10)
        with pytest.raises(ProtocolError, match="larger than") as refused:
            await added.add("a.md", b"x" * 11)
    assert refused.value.code is ErrorCode.TOO_LARGE
    monkeypatch.setattr("sayso.added.MOST_DOCUMENTS", 1)
    await added.add("a.md", b"One.")
    await added.add("a.md", b"One, again.")
    with pytest.raises(ProtocolError, match="remove some"):
        await added.add("b.md", b"Two.")


async def test_each_process_has_the_same_files(store: SqliteStore, added: AddedDocuments, tmp_path: Path) -> None:
    other = AddedDocuments(store, tmp_path / "two")
    await added.add("a.md", b"One.")
    await added.add("b.md", b"Two.")
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "stray.md").write_bytes(b"Left by hand.")
    await other.sync()
    assert {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()} == {"a.md": b"One.", "b.md": b"Two."}
    await added.remove("a.md")
    await added.add("b.md", b"Three.")
    await other.sync()
    assert {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()} == {"b.md": b"Three."}
    # What was harmed on the disk is mended from the database.
    (tmp_path / "two" / "b.md").write_bytes(b"Harmed.")
    await other.sync()
    assert (tmp_path / "two" / "b.md").read_bytes() == b"Three."
