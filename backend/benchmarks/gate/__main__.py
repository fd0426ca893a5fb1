"""`python -m benchmarks.gate [--half tune|held]`: what the check after writing lets through, and what it costs."""

import argparse
import random

from benchmarks.gate import cases, manual, page
from benchmarks.gate.gate import measure, swap, word_for_word
from benchmarks.gate.texts import Case


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-gate", description=__doc__)
    parser.add_argument("--half", choices=["tune", "held"], help="one half; both if left out")
    parser.add_argument("--findings", default="20,2,150", help="findings in a report; the first is shown by kind")
    parser.add_argument("--seed", type=int, default=cases.SEED)
    parser.add_argument("--sample", type=int, help="only print so many cases, to be read")
    parser.add_argument("--show", action="store_true", help="print what went wrong; only of the half to tune on")
    given = parser.parse_args()
    if given.show and given.half != "tune":
        parser.error("--show is for --half tune: the other half is there to be counted")
    chosen = [case for case in cases.build(given.seed) if given.half in (None, case.half)]
    if given.sample:
        return _sample(chosen, given.sample, given.seed)
    print(_about(chosen))
    measured = [measure(chosen, int(findings), given.seed) for findings in given.findings.split(",")]
    verbatim = word_for_word(chosen)
    faithful = [case for case in chosen if not case.twisted]
    swapped = {"word for word": swap(verbatim, 20, given.seed), "faithful": swap(faithful, 20, given.seed)}
    print(f"\nIn reports of {measured[0].findings} findings:\n\n{page.by_kind(measured[0])}\n")
    print(page.summary(measured, measure(verbatim, measured[0].findings, given.seed).outcomes, swapped))
    if given.show:
        print(page.passed(measured[0]))


def _about(chosen: list[Case]) -> str:
    twisted = [case for case in chosen if case.twisted]
    hand = sum(case.by == "hand" for case in twisted)
    faithful = len(chosen) - len(twisted)
    hand_ = sum(case.by == "hand" and not case.twisted for case in chosen)
    text = f"{len(twisted)} twisted sentences ({hand} by hand) and {faithful} faithful ones ({hand_} by hand)."
    if manual.folder() is None:
        text += "\nWithout the PostgreSQL manual (postgresql-doc-15) the set is smaller: its figures do not compare."
    return text


def _sample(chosen: list[Case], size: int, seed: int) -> None:
    for case in sorted(random.Random(seed).sample(chosen, min(size, len(chosen))), key=lambda case: case.kind):
        print(f"{'twisted' if case.twisted else 'faithful'} {case.kind} ({case.half}, {case.by})")
        print(f"  {' / '.join(unit.text for unit in case.units)}\n  {case.text}")


if __name__ == "__main__":
    main()
