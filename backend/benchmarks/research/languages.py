"""Questions in other languages, over small libraries in those languages."""

import json
from pathlib import Path

from benchmarks.research.asking import ask
from benchmarks.research.figures import SETS, Figures, entries
from benchmarks.research.libraries import small_library


async def measure(folder: Path, half: str) -> list[Figures]:
    present, absent = Figures("languages"), Figures("a language that the library does not have")
    stored = json.loads((SETS / "language-documents.json").read_text(encoding="utf-8"))
    texts = {each["id"]: each["documents"] for each in stored}
    for entry in entries("languages", half):
        documents = {name: text.encode() for code in entry["library"] for name, text in texts[code].items()}
        async with small_library(folder / entry["id"], documents) as opened:
            asked = await ask([opened], entry["question"])
            if entry["absent"]:
                absent.add(told=any("language" in gap or "nothing in" in gap for gap in asked.gaps))
                continue
            held = {
                "answer found": asked.answer_found(entry["answers"]),
                "answer written": asked.answer_written(entry["answers"]),
            }
            present.add(**held)
            if not held["answer written"]:
                present.misses.append(f"{entry['id']} {entry['language']} {entry['question']} {held}")
    return [present, absent]
