"""Questions that the library cannot answer: is it said what is missing, and are answerable ones spared?"""

from pathlib import Path

from benchmarks.research.asking import ask
from benchmarks.research.figures import Figures, entries
from benchmarks.research.libraries import COLLECTIONS, library, small_library


async def measure(folder: Path, half: str) -> list[Figures]:
    near, twins, rest = Figures("near misses"), Figures("answerable twins"), Figures("the rest")
    for entry in entries("unanswerable", half):
        if entry["library"] != "inline":
            async with library(folder / entry["library"], COLLECTIONS[entry["library"]]) as opened:
                asked = await ask([opened], entry["question"])
                rest.add(told=_told(asked.gaps, entry["missing"]), gaps=bool(asked.gaps))
                if not _told(asked.gaps, entry["missing"]):
                    rest.misses.append(f"{entry['id']} {entry['question']}")
            continue
        documents = {name: text.encode() for name, text in entry["documents"].items()}
        async with small_library(folder / entry["id"], documents) as opened:
            asked = await ask([opened], entry["question"])
            near.add(told=_told(asked.gaps, entry["missing"]))
            if not _told(asked.gaps, entry["missing"]):
                near.misses.append(f"{entry['id']} {entry['question']} {entry['missing']!r}: {asked.gaps}")
            twin = entry["answerable_twin"]
            asked = await ask([opened], twin["question"])
            twins.add(answered=asked.answer_written(twin["answers"]), **{"refused wrongly": bool(asked.gaps)})
            if asked.gaps:
                twins.misses.append(f"{entry['id']} {twin['question']}: {asked.gaps}")
    return [near, twins, rest]


def _told(gaps: list[str], missing: str) -> bool:
    return any(missing.casefold() in gap.casefold() for gap in gaps)
