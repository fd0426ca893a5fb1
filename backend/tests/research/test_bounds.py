"""Sources with a time-out and limits of their own, beside those without."""

import asyncio
from typing import Any

from report.shelf import ShelfSource
from sayso.report.search import PASSAGES, Reach, Searching, search_all
from sayso.research.source import QUESTION, Bounds, Passage
from sayso.writers.port import Query


class Narrow(ShelfSource):
    """Takes two queries of a round, one after the other, and gives one passage."""

    def __init__(self, bounds: Bounds, *, takes: float = 0.0) -> None:
        super().__init__("narrow")
        self.bounds = bounds
        self.asked: list[tuple[str, int, str]] = []
        self.at_once = self.most_at_once = 0
        self._takes = takes

    async def search(self, query: str, *, limit: int) -> list[Passage]:
        self.asked.append((query, limit, QUESTION.get()))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(self._takes)
        self.at_once -= 1
        return await super().search(query, limit=limit)


def queries(number: int) -> list[Query]:
    return [Query(text=f"shelf compaction lock {n}", topic="") for n in range(number)]


async def searched(source: Any, number: int, seconds: float = 20.0) -> tuple[dict[str, str], list[str]]:
    lines: list[str] = []

    def tell(line: str, *_: Any, **__: Any) -> None:
        lines.append(line)

    found = await search_all([ShelfSource(), source], queries(number), limit=50, seconds=seconds, tell=tell)
    assert len(found.hits) == number
    return found.failed, lines


async def test_its_own_limits_hold() -> None:
    narrow = Narrow(Bounds(passages=1, queries=2, at_once=1), takes=0.01)
    failed, lines = await searched(narrow, 5)
    assert [(query, limit) for query, limit, _ in narrow.asked] == [
        ("shelf compaction lock 0", 1), ("shelf compaction lock 1", 1),
    ]  # fmt: skip
    assert narrow.most_at_once == 1
    assert failed == {}
    assert lines[-1].endswith("5 of 5 queries")


async def test_its_own_time_out_holds_in_either_direction() -> None:
    failed, lines = await searched(Narrow(Bounds(seconds=0.05), takes=5), 1)
    assert failed == {"Narrow": "no answer within 0.05 seconds"}
    assert any("Narrow could not be searched" in line for line in lines)
    failed, _ = await searched(Narrow(Bounds(seconds=30), takes=0.3), 1, seconds=0.1)
    assert failed == {}


async def test_a_source_is_told_what_is_researched() -> None:
    narrow = Narrow(Bounds())
    await Reach([narrow], Searching(), "Why?", 1, False, lambda line, *_, **__: None).search(queries(1))
    assert narrow.asked == [("shelf compaction lock 0", PASSAGES, "Why?")]
