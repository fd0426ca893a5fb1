"""The manual's own book index: its terms as queries, its links as the right pages."""

from pathlib import Path

from benchmarks.research.figures import Figures
from benchmarks.research.libraries import COLLECTIONS, library
from benchmarks.research.sets.terms import index_terms
from sayso.research.library.source import Library

LIMIT = 30


async def measure(folder: Path, half: str) -> list[Figures]:
    """All terms, whatever the half: nothing is tuned on them."""
    figures = Figures("index terms")
    async with library(folder, COLLECTIONS["postgresql"]) as opened:
        for term, pages in index_terms().items():
            rank = await _rank(opened, term, pages)
            figures.add(**{"recall@5": rank is not None and rank <= 5, "MRR": 1 / rank if rank else 0.0})
    return [figures]


async def _rank(opened: Library, term: str, pages: set[str]) -> int | None:
    found = list(dict.fromkeys(passage.uri for passage in await opened.search(term, limit=LIMIT)))
    return next((at for at, uri in enumerate(found, start=1) if uri in pages), None)
