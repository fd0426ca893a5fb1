"""A small source of evidence in memory, with a search of its own, and documents to find things in."""

import asyncio

from sayso.language.terms import stems
from sayso.protocol.evidence import Place
from sayso.research.source import Passage, Readiness, SourceError

QUESTION = "When does Larder compaction lock a shelf, and what are the alternatives?"

DOCUMENTS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "compaction.md": (
        "Compaction",
        [
            (
                "Full compaction",
                "Full compaction rewrites a shelf into a new file and gives the free space back. "
                "Larder compaction holds an exclusive lock on the shelf for as long as it runs. "
                "It needs as much free space as the shelf itself takes. "
                "A shelf of 40 GB takes about 12 minutes to compact.",
            ),
            (
                "Gentle compaction",
                "Gentle compaction moves one crate after another and takes no lock on the shelf. "
                "Readers and writers go on while gentle compaction runs. "
                "However, it gives back only the crates at the end of the shelf.",
            ),
        ],
    ),
    "locks.md": (
        "Locks",
        [
            (
                "Shelf locks",
                "A shelf lock keeps every other command away from the shelf. "
                "Full compaction, renaming and moving a shelf take the lock at once. "
                "Commands that wait for a shelf lock give up after 30 seconds by default.",
            ),
            ("Crate locks", "A crate lock covers a single crate and is held for a few milliseconds."),
        ],
    ),
    "tools.md": (
        "Tools",
        [
            (
                "shelf-swap",
                "The shelf-swap tool is an alternative to full compaction that copies the shelf in the background. "
                "At the end shelf-swap takes a short lock to exchange the two copies. "
                "Larder ships shelf-swap since version 4.2.",
            ),
            (
                "Scheduling",
                "Operators schedule compaction for the night, when few clients are connected. "
                "The pantry daemon compacts small shelves on its own.",
            ),
        ],
    ),
    "clients.md": (
        "Clients",
        [
            (
                "Errors",
                "A client that meets a locked shelf gets the error SHELF_BUSY. "
                "Most clients try a busy shelf again after a second.",
            ),
            (
                "Statistics",
                "The statistics page counts how long each shelf was locked during the last day. "
                "Dashboards in Ghent draw those numbers as a red line.",
            ),
        ],
    ),
    "tuning.md": (
        "Tuning",
        [
            (
                "Thresholds",
                "Larder starts compaction when a third of a shelf is free space. "
                "Small thresholds make compaction more frequent, and each run shorter.",
            ),
            ("Memory", "Compaction keeps the index of the shelf in memory, about 2 MB for each million crates."),
        ],
    ),
    "history.md": (
        "History",
        [
            (
                "Origins",
                "Larder began in 2009 as a store for the recipes of a bakery in Ghent. "
                "The first release kept every crate in memory.",
            )
        ],
    ),
}


class ShelfSource:
    """A `SearchSource` over `DOCUMENTS`: passages by how many of the query's stems they share."""

    def __init__(
        self, name: str = "library", documents: dict[str, tuple[str, list[tuple[str, str]]]] | None = None
    ) -> None:
        self._name = name
        self.searched: list[str] = []
        self.passages: list[Passage] = []
        for uri, (title, parts) in (DOCUMENTS if documents is None else documents).items():
            offset = 0
            for heading, text in parts:
                place = Place(heading=heading, offset=offset)
                self.passages.append(Passage(kind=name, uri=uri, title=title, text=text, place=place))
                offset += len(text) + 2

    @property
    def name(self) -> str:
        return self._name

    @property
    def title(self) -> str:
        return self._name.capitalize()

    async def readiness(self) -> Readiness:
        return Readiness(True, f"{len(self.passages)} passages")

    async def search(self, query: str, *, limit: int) -> list[Passage]:
        self.searched.append(query)
        wanted = stems(query)
        scored = [
            (len(wanted & stems(f"{each.title} {each.place.heading} {each.text}")), each) for each in self.passages
        ]
        scored.sort(key=lambda pair: -pair[0])
        return [passage for score, passage in scored if score][:limit]


class BrokenSource(ShelfSource):
    """Cannot be searched."""

    async def search(self, query: str, *, limit: int) -> list[Passage]:
        self.searched.append(query)
        raise SourceError("the cellar is flooded; pump it out and try again")


class SlowSource(ShelfSource):
    """Never answers."""

    def __init__(self, name: str = "library") -> None:
        super().__init__(name)
        self.asked = asyncio.Event()

    async def search(self, query: str, *, limit: int) -> list[Passage]:
        self.searched.append(query)
        self.asked.set()
        await asyncio.Event().wait()
        return []


class AbsentSource(ShelfSource):
    """Is not ready."""

    async def readiness(self) -> Readiness:
        return Readiness(False, "no documents yet")
