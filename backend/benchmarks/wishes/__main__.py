"""`python -m benchmarks.wishes [--set strangers.txt --show]`: how what people say of a report is read."""

import argparse
from collections import Counter
from collections.abc import Sequence
from time import perf_counter

from benchmarks.wishes.outcomes import SHOWN, Outcome, outcome
from benchmarks.wishes.said import MEANINGS, Said, said
from sayso.wishes.reading import read

HELD = ["strangers_held.txt", "learning_held.txt"]
OUTCOMES: tuple[Outcome, ...] = ("right", "unsure", "wrong", "inverted")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-wishes", description=__doc__)
    parser.add_argument("--set", nargs="+", default=HELD, help="files of tests/wishes/sets")
    parser.add_argument("--show", action="store_true", help="print what was not read right; not of a held set")
    given = parser.parse_args()
    if given.show and any("held" in name for name in given.set):
        parser.error("--show is for what may be tuned on: a held set is there to be counted")
    for name in given.set:
        count(name, show=given.show)


def count(name: str, *, show: bool) -> None:
    """Print how the lines of a set are read."""
    lines = said(name)
    started = perf_counter()
    read_as = [(line, outcome(line, read(line.text, SHOWN))) for line in lines]
    spent = perf_counter() - started
    print(f"{name}\n\n{table(read_as)}")
    print(f"\n{len(lines)} in {len({line.trade for line in lines})} trades; {spent / len(lines) * 1000:.2f} ms each.\n")
    if show:
        for line, what in read_as:
            if what != "right":
                items = [(point.field, point.value) for point in read(line.text, SHOWN).points]
                print(f"{what:9}{line.meaning:9}{line.text}\n    {items}")


def table(read_as: Sequence[tuple[Said, Outcome]]) -> str:
    """Markdown: meanings by outcomes, in English and in other languages."""
    rows = ["| what is said | right | unsure | wrong | inverted |", "| --- | --- | --- | --- | --- |"]
    kinds = [(name, [what for line, what in read_as if line.meaning == name]) for name in MEANINGS.values()]
    kinds += [("all", [what for _, what in read_as])]
    kinds += [("of these not English", [what for line, what in read_as if line.language != "en"])]
    for name, outcomes in kinds:
        found = Counter(outcomes)
        rows.append(f"| {name} ({len(outcomes)}) | {' | '.join(str(found[each]) for each in OUTCOMES)} |")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
