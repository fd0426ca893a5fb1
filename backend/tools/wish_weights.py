"""Learns how what people say of a report is read: `python -m tools.wish_weights [--anew] [--check]`.

From `tests/wishes/sets/learning*.txt` a network (`tools/wish_network.py`) learns what a text wants, and what each word
of one that leaves something out is. What is spoken of is exchanged between the lines, so that it does not count.
It goes on from the weights that are there, so that a few new lines change less of the reading; `--anew` begins from
nothing, which takes ten minutes instead of two and reads one line in nine otherwise than before.
`--check` writes nothing and prints how lines are read by what was learned from those with other ways of saying it.
"""

import argparse
import random
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from unittest.mock import patch

import numpy as np
from benchmarks.wishes.__main__ import table
from benchmarks.wishes.outcomes import SHOWN, Outcome, outcome
from benchmarks.wishes.said import Said, learning
from tools.wish_lines import Example, examples, exchanged, known

from sayso.wishes.features import form_of, word_of
from sayso.wishes.learned import FILE, MEANINGS, PARTS, Weights
from sayso.wishes.polarity import understood
from sayso.wishes.reading import read
from tools import wish_network

WISHES = 1.5
"""What a wish counts: most of what people say is one, and of the lines only a third are."""
EPOCHS, RATE = 24, 3e-3
"""From nothing."""
MORE_EPOCHS, MORE_RATE = 6, 1.5e-3
"""From what was learned before."""
FOLDS = 4


def learned(lines: Sequence[Said], before: Weights | None = None, seed: int = 1) -> Weights:
    """Weights from `lines`, and from those that were learned `before`."""
    own = examples(lines)
    forms, grammar = known(own)
    numbers = {form: at for at, form in enumerate(forms)}
    rounds, rate = (MORE_EPOCHS, MORE_RATE) if before else (EPOCHS, RATE)

    def epoch(at: int) -> wish_network.Texts:
        rng = random.Random(seed * 100 + at)  # noqa: S311 - it mixes lines, and has to mix them alike each time
        return wish_network.texts([_row(each, numbers) for each in own + exchanged(own, rng)])

    def epochs() -> Iterator[wish_network.Texts]:
        yield once
        yield from map(epoch, range(1, rounds))

    once = epoch(0)
    rng = np.random.default_rng(seed)
    net = wish_network.first(len(forms), len(MEANINGS), len(PARTS), rng)
    if before:
        there = [form for form in forms if form in before.known]
        net["forms"][[numbers[form] for form in there]] = before.arrays["forms"][[before.known[form] for form in there]]
        net |= {name: array.copy() for name, array in before.arrays.items() if name != "forms"}
    wish_network.learned(net, epochs(), rounds * (len(once.forms) // wish_network.BATCH + 1), rate, rng)
    return Weights.of(net, forms, sorted(grammar))


def _row(each: Example, numbers: dict[str, int]) -> tuple[list[int], list[str], Sequence[int], int, float]:
    forms = [numbers[form_of(token, numbers)] for token in each.found]
    weight = each.weight * (WISHES if each.meaning == "wanted" else 1.0)
    return forms, [word_of(token) for token in each.found], each.parts, MEANINGS.index(each.meaning), weight


def folds(lines: Sequence[Said]) -> list[tuple[list[Said], list[Said]]]:
    """What to learn from and what to read with it, `FOLDS` times: lines that share their rarest word stay together."""
    ways = [_way(line) for line in lines]
    rarity = Counter(form for way in ways for form in set(way))
    of = []
    for line, way in zip(lines, ways, strict=True):
        key = min(way, key=lambda form: (rarity[form], form), default=line.text)
        of.append(zlib.crc32((key if line.unwanted else line.text).encode()) % FOLDS)
    numbered = list(zip(lines, of, strict=True))
    return [([one for one, at in numbered if at != n], [one for one, at in numbered if at == n]) for n in range(FOLDS)]


def _way(line: Said) -> list[str]:
    first = next(iter(examples([line])), None)
    if first is None:
        return []
    return [each.form for each, part in zip(first.found, first.parts, strict=True) if not part and each.is_word]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--anew", action="store_true", help="begin from nothing")
    parser.add_argument("--check", action="store_true", help="read each line with what was learned from others")
    lines = learning()
    given = parser.parse_args()
    if not given.check:
        learned(lines, None if given.anew else Weights.load(FILE)).save(FILE)
        return
    read_as: list[tuple[Said, Outcome]] = []
    for source, rest in folds(lines):
        with patch("sayso.wishes.learned.weights", return_value=learned(source)):
            understood.cache_clear()
            read_as += [(line, outcome(line, read(line.text, SHOWN))) for line in rest]
    print(table(read_as))


if __name__ == "__main__":
    main()
