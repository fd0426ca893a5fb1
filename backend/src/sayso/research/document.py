"""Documents that a source has fetched: ranked like those of the library, and kept a while for what stands around."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sayso.language.tongue import language_of
from sayso.protocol.evidence import Origin, Place
from sayso.research import ranking
from sayso.research.analysis import analysed
from sayso.research.excerpt import Excerpt, excerpt
from sayso.research.library.index import Entry, Index
from sayso.research.passages import Stretch, split
from sayso.research.source import Passage

KEPT = 64
"""Documents of one source that stay in memory."""


@dataclass(frozen=True)
class Document:
    """A document with its passages, at hand.

    Attributes:
        entry: what an index stores of it.
    """

    uri: str
    title: str
    text: str
    entry: Entry
    origin: Origin = field(default_factory=Origin)

    @classmethod
    def of(
        cls,
        uri: str,
        title: str,
        text: str,
        stretches: Iterable[Stretch],
        *,
        date: str | None = None,
        origin: Origin | None = None,
    ) -> "Document":
        """A document of `text`, whose `stretches` may be quoted."""
        language = language_of(text)
        passages = analysed(title, text, split(text, stretches, language), language)
        return cls(uri, title, text, Entry.of(uri, title, text, passages, date, language), origin or Origin())


def rank(documents: Sequence[Document], kind: str, query: str, limit: int) -> list[Passage]:
    """The best passages of `documents` for `query`, best first, as the library would give them.

    Args:
        kind: name of the source that they are of.
    """
    by_uri = {document.uri: document for document in documents}
    index = Index()
    try:
        index.store(document.entry for document in by_uri.values())
        return [passage_of(hit, kind, by_uri[hit.uri].origin) for hit in ranking.search(index, query, limit)]
    finally:
        index.close()


def passage_of(hit: ranking.Hit, kind: str, origin: Origin | None = None) -> Passage:
    return Passage(
        kind=kind,
        uri=hit.uri,
        title=hit.title,
        text=hit.text,
        place=Place(heading=hit.heading, page=hit.page, offset=hit.offset, lead=hit.lead),
        date=hit.date,
        score=hit.score,
        origin=origin or Origin(),
    )


class Recent:
    """The documents that were used last, by a key of the source's own."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._documents: OrderedDict[str, Document] = OrderedDict()

    def get(self, key: str) -> Document | None:
        if key in self._documents:
            self._documents.move_to_end(key)
        return self._documents.get(key)

    def put(self, key: str, document: Document) -> None:
        self._documents[key] = document
        self._documents.move_to_end(key)
        if len(self._documents) > self._most:
            self._documents.popitem(last=False)

    async def further(self, kind: str, query: str, uris: Sequence[str], limit: int) -> list[Passage]:
        """Passages of documents that are still here, see `sayso.research.source.Reopening`."""
        documents = [each for each in self._documents.values() if each.uri in uris]
        return await asyncio.to_thread(rank, documents, kind, query, limit) if documents else []

    def neighbours(self, uri: str, offset: int, length: int, around: int = 600) -> Excerpt | None:
        """The passage at `offset` of a document that is still here, with up to `around` characters on each side."""
        found = next((each for each in self._documents.values() if each.uri == uri), None)
        return excerpt(uri, found.title, found.text, offset, length, around) if found else None

    def around(self, passage: Passage, characters: int) -> tuple[str, str]:
        """What stands around `passage`, see `sayso.research.source.Surroundings`."""
        found = self.neighbours(passage.uri, passage.place.offset or 0, len(passage.text), characters)
        # A document that was fetched anew may hold something else there.
        return (found.before, found.after) if found and found.text == passage.text else ("", "")
