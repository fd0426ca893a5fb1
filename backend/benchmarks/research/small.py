"""Small documents of many kinds, one question or two each."""

from pathlib import Path

from benchmarks.research.asking import ask
from benchmarks.research.figures import Figures, entries
from benchmarks.research.libraries import document, small_library


async def measure(folder: Path, half: str, *, name: str = "small") -> list[Figures]:
    figures = Figures(f"{name} documents")
    for entry in entries(name, half):
        documents = {each["name"]: document(each) for each in [entry["document"], *entry["distractors"]]}
        async with small_library(folder / entry["id"], documents) as opened:
            for question in entry["questions"]:
                asked = await ask([opened], question["question"])
                held = {
                    "answer found": asked.answer_found(question["answers"]),
                    "answer written": asked.answer_written(question["answers"]),
                }
                figures.add(**held)
                if not held["answer written"]:
                    figures.misses.append(f"{entry['id']} {entry['kind']}: {question['question']} {held}")
    return [figures]
