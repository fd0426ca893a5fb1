"""Documents in the store, on both databases."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest

from sayso.storage.store import Store
from sayso.storage.transactions.documents import StoredDocument

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
async def store(new_store: Callable[[], Store]) -> AsyncIterator[Store]:
    store = new_store()
    await store.open()
    yield store
    await store.close()


def document(name: str, digest: str = "d") -> StoredDocument:
    return StoredDocument(name, digest, 3, AT, "Ada")


async def test_a_document_is_kept_replaced_and_removed(store: Store) -> None:
    content = bytes(range(256))
    await store.put_document(document("b.pdf"), content)
    await store.put_document(document("a.md"), b"# A")
    assert await store.added_documents() == [document("a.md"), document("b.pdf")]
    assert await store.document_content("b.pdf") == content
    await store.put_document(document("b.pdf", "other"), b"new")
    assert await store.document_content("b.pdf") == b"new"
    assert [each.digest for each in await store.added_documents()] == ["d", "other"]
    assert await store.remove_document("b.pdf")
    assert not await store.remove_document("b.pdf")
    assert await store.document_content("b.pdf") is None
    assert await store.added_documents() == [document("a.md")]
