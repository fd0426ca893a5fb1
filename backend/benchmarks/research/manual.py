"""Questions over the two collections, short and as pasted stories: right page, right answer, in findings and report."""

from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.research.asking import Asked, ask
from benchmarks.research.figures import Figures, entries
from benchmarks.research.libraries import COLLECTIONS, library


async def measure(folder: Path, half: str) -> list[Figures]:
    figures = {kind: Figures(f"questions, {kind}") for kind in ("all", "plain", "paraphrased")}
    seconds: list[float] = []
    for name, pages in COLLECTIONS.items():
        async with library(folder / name, pages) as opened:
            for entry in entries(name, half):
                asked = await ask([opened], entry["question"])
                seconds.append(asked.seconds)
                held = _held(asked, entry)
                for kind in ("all", "paraphrased" if entry["paraphrased"] else "plain"):
                    figures[kind].add(**held)
                if not held["answer written"]:
                    figures["all"].misses.append(f"{entry['id']} {entry['question']} {entry['answers']} {held}")
    figures["all"].name += f", median {median(seconds) * 1000:.0f} ms processor time to the review"
    return list(figures.values())


async def stories(folder: Path, half: str) -> list[Figures]:
    """Questions that somebody tells a story around."""
    figures = Figures("stories")
    for name, pages in COLLECTIONS.items():
        async with library(folder / name, pages) as opened:
            for entry in entries("stories", half):
                if entry["library"] == name:
                    held = _held(await ask([opened], entry["question"]), entry)
                    figures.add(**held)
                    if not held["answer written"]:
                        figures.misses.append(f"{entry['id']} …{entry['question'][-90:]} {entry['answers']} {held}")
    return [figures]


def _held(asked: Asked, entry: dict[str, Any]) -> dict[str, bool]:
    return {
        "page found": asked.page_found(entry["pages"]),
        "answer found": asked.answer_found(entry["answers"]),
        "answer written": asked.answer_written(entry["answers"]),
        "gap": bool(asked.gaps),
    }
