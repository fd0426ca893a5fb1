"""`python -m benchmarks.research [PART,PART] [--half tune|held] [--misses] [--semantic PATH]`.

How well questions are answered; with a text model that searches and reranks, if one is named.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from benchmarks.research import disagreeing, languages, manual, small, terms, unanswerable
from benchmarks.research.asking import reranker
from benchmarks.research.figures import Figures
from benchmarks.research.libraries import encoder
from sayso.research.onnx import OnnxModel

PARTS: dict[str, Callable[[Path, str], Awaitable[list[Figures]]]] = {
    "manual": manual.measure,
    "everyday": manual.everyday,
    "stories": manual.stories,
    "small": small.measure,
    "messy": partial(small.measure, name="messy"),
    "unanswerable": unanswerable.measure,
    "languages": languages.measure,
    "disagreeing": disagreeing.measure,
    "terms": terms.measure,
}


async def _run(parts: list[str], half: str, misses: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="sayso-bench-") as folder:
        for name in parts:
            figures = await PARTS[name](Path(folder) / name, half)
            for each in figures:
                print(each.line())
                if misses:
                    print(*(f"    {miss}" for miss in each.misses), sep="\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="?", default=",".join(PARTS))
    parser.add_argument("--half", default="held", choices=("tune", "held"))
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--semantic", type=Path, help="as SAYSO_SEMANTIC; `python -m tools.minilm FOLDER` makes one")
    given = parser.parse_args()
    if given.semantic:
        model = OnnxModel(given.semantic, threads=2)
        reranker.set(model)
        encoder.set(None if model.pairs else model)
    asyncio.run(_run(given.parts.split(","), given.half, given.misses))
