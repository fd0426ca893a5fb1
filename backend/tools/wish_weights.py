"""Learns how what people say of a report is read: `python -m tools.wish_weights [--check]`.

From `tests/wishes/sets/learning.txt` two softmax regressions with L2 are fitted: what a text wants, and what each word
of one that leaves something out is. What is spoken of is exchanged between the lines, so that it does not count.
`--check` writes nothing and prints how lines are read by what was learned from those with other ways of saying it.
"""

import argparse
import random
import zlib
from collections import Counter
from collections.abc import Sequence
from unittest.mock import patch

from benchmarks.wishes.__main__ import table
from benchmarks.wishes.outcomes import SHOWN, Outcome, outcome
from benchmarks.wishes.said import Said, said
from tools.regression import fit
from tools.wish_lines import examples, exchanged, known

from sayso.wishes.features import TEXT_SIZE, TOKEN_SIZE, seen, text_features, token_features
from sayso.wishes.learned import FILE, MEANINGS, PARTS, Weights
from sayso.wishes.polarity import understood
from sayso.wishes.reading import read

TEXT_PENALTY, TOKEN_PENALTY = 0.004, 0.01
TEXT_SCALE, TOKEN_SCALE = 0.4, 0.6
"""Of vectors beside hashed features."""
WISHES = 1.5
"""What a wish counts: most of what people say is one, and of the lines only a quarter are."""
FOLDS = 4


def learned(lines: Sequence[Said]) -> Weights:
    """Weights from `lines`."""
    own = examples(lines)
    forms, grammar = known(own)
    names = frozenset(forms)
    together = own + exchanged(own, random.Random(1))  # noqa: S311 - it mixes lines, and has to mix them alike each time
    views = [(each, seen(each.found, names, grammar)) for each in together]
    text_rows = [text_features(view) for _, view in views]
    meanings = [MEANINGS.index(each.meaning) for each, _ in views]
    weights = [each.weight * (WISHES if each.meaning == "wanted" else 1.0) for each, _ in views]
    text = fit(text_rows, meanings, weights, TEXT_SIZE, len(MEANINGS), TEXT_SCALE, TEXT_PENALTY)
    words = [(each, view, at) for each, view in views if 1 in each.parts for at in range(len(each.found))]
    token_rows = [token_features(view, at) for _, view, at in words]
    parts = [each.parts[at] for each, _, at in words]
    weights = [each.weight for each, _, _ in words]
    token = fit(token_rows, parts, weights, TOKEN_SIZE, len(PARTS), TOKEN_SCALE, TOKEN_PENALTY)
    return Weights.of(text, token, forms, sorted(grammar))


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
    parser.add_argument("--check", action="store_true", help="read each line with what was learned from others")
    lines = said("learning.txt")
    if not parser.parse_args().check:
        learned(lines).save(FILE)
        return
    read_as: list[tuple[Said, Outcome]] = []
    for source, rest in folds(lines):
        with patch("sayso.wishes.learned.weights", return_value=learned(source)):
            understood.cache_clear()
            read_as += [(line, outcome(line, read(line.text, SHOWN))) for line in rest]
    print(table(read_as))


if __name__ == "__main__":
    main()
