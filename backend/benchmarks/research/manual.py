"""Natural questions over the two collections: right page, right answer, in the findings and in the report."""

from pathlib import Path
from statistics import median

from benchmarks.research.asking import ask
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
                held = {
                    "page found": asked.page_found(entry["pages"]),
                    "answer found": asked.answer_found(entry["answers"]),
                    "answer written": asked.answer_written(entry["answers"]),
                }
                held["gap"] = bool(asked.gaps)
                for kind in ("all", "paraphrased" if entry["paraphrased"] else "plain"):
                    figures[kind].add(**held)
                if not held["answer written"]:
                    figures["all"].misses.append(f"{entry['id']} {entry['question']} {entry['answers']} {held}")
    figures["all"].name += f", median {median(seconds) * 1000:.0f} ms processor time to the review"
    return list(figures.values())
