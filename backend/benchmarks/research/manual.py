"""Questions over the installed collections, short and as pasted stories: what of it was found and written."""

from collections.abc import AsyncIterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.research.asking import Asked, ask
from benchmarks.research.figures import Figures, entries
from benchmarks.research.libraries import COLLECTIONS, library


async def measure(folder: Path, half: str) -> list[Figures]:
    """Questions to the manual and the handbook, half of them with hardly a rare word of the text that answers."""
    asked = [{**entry, "library": name} for name in ("postgresql", "handbook") for entry in entries(name, half)]
    return await _measured(folder, asked, "questions")


async def everyday(folder: Path, half: str) -> list[Figures]:
    """Questions as people type them who know the subject, or only what they want."""
    return await _measured(folder, entries("everyday", half), "everyday questions")


async def _measured(folder: Path, asked: list[dict[str, Any]], name: str) -> list[Figures]:
    figures = {kind: Figures(f"{name}, {kind}") for kind in ("all", "plain", "paraphrased")}
    seconds: list[float] = []
    async for entry, answer in _answered(folder, asked):
        seconds.append(answer.seconds)
        held = _held(answer, entry)
        for kind in ("all", "paraphrased" if entry["paraphrased"] else "plain"):
            figures[kind].add(**held)
        if not held["answer written"]:
            figures["all"].misses.append(f"{entry['id']} {entry['question']} {entry['answers']} {held}")
    figures["all"].name += f", median {median(seconds) * 1000:.0f} ms processor time to the review"
    return list(figures.values())


async def stories(folder: Path, half: str) -> list[Figures]:
    """Questions that somebody tells a story around."""
    figures = Figures("stories")
    async for entry, answer in _answered(folder, entries("stories", half)):
        held = _held(answer, entry)
        figures.add(**held)
        if not held["answer written"]:
            figures.misses.append(f"{entry['id']} …{entry['question'][-90:]} {entry['answers']} {held}")
    return [figures]


async def _answered(folder: Path, asked: list[dict[str, Any]]) -> AsyncIterator[tuple[dict[str, Any], Asked]]:
    for name in dict.fromkeys(entry["library"] for entry in asked):
        async with library(folder / name, COLLECTIONS[name]) as opened:
            for entry in asked:
                if entry["library"] == name:
                    yield entry, await ask([opened], entry["question"])


def _held(asked: Asked, entry: dict[str, Any]) -> dict[str, bool]:
    return {
        "page found": asked.page_found(entry["pages"]),
        "answer found": asked.answer_found(entry["answers"]),
        "answer written": asked.answer_written(entry["answers"]),
        "gap": bool(asked.gaps),
    }
