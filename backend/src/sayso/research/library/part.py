"""Some documents of the library as a source of their own, for a question that is asked of these only."""

from collections.abc import Sequence
from typing import Protocol

from sayso.research.source import Passage, Readiness


class _Whole(Protocol):
    """The library as its parts see it."""

    name: str
    title: str

    async def readiness(self) -> Readiness: ...

    async def search(self, query: str, *, limit: int, uris: frozenset[str] | None = None) -> list[Passage]: ...

    async def further(self, query: str, uris: Sequence[str], *, limit: int) -> list[Passage]: ...

    async def around(self, passage: Passage, characters: int) -> tuple[str, str]: ...

    async def languages(self) -> list[str]: ...

    async def titles(self, most: int, uris: frozenset[str] | None = None) -> list[str]: ...


class Part:
    """A `SearchSource` over `uris` of a library."""

    def __init__(self, whole: _Whole, uris: frozenset[str]) -> None:
        self._whole = whole
        self._uris = uris
        self.name = whole.name
        self.title = whole.title

    async def readiness(self) -> Readiness:
        return await self._whole.readiness()

    async def search(self, query: str, *, limit: int) -> list[Passage]:
        return await self._whole.search(query, limit=limit, uris=self._uris)

    async def further(self, query: str, uris: Sequence[str], *, limit: int) -> list[Passage]:
        return await self._whole.further(query, [uri for uri in uris if uri in self._uris], limit=limit)

    async def around(self, passage: Passage, characters: int) -> tuple[str, str]:
        return await self._whole.around(passage, characters)

    async def languages(self) -> list[str]:
        return await self._whole.languages()

    async def titles(self, most: int) -> list[str]:
        return await self._whole.titles(most, self._uris)
