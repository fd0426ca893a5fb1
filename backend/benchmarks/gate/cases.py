"""The set: sentences made by hand, and by rules from quotes, by a fixed seed."""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from itertools import zip_longest

from benchmarks.gate import manual, rewordings, twists
from benchmarks.gate.texts import HALVES, Case, Half, Unit, own
from benchmarks.gate.words import changed_words

SEED = 20230
TWISTED, FAITHFUL = 38, 290
"""Twisted sentences of a kind in a half, and faithful ones of a half, by hand and by rule."""

_WORD = re.compile(r"[\w'-]+")


def build(seed: int = SEED) -> list[Case]:
    """All cases of both halves.

    Raises:
        ValueError: a twist of one half puts in a word that the other half changes.
    """
    library = own()
    where = manual.folder()
    units = library.units + (manual.units(where, seed) if where else [])
    cases = list(library.cases)
    for half in HALVES:
        mine = [unit for unit in units if unit.half == half and unit.prose]
        random.Random(f"{seed} {half}").shuffle(mine)
        cases += _twisted(mine, half, cases, seed)
        cases += _faithful(mine, half, cases, seed)
    for case in cases:
        if strange := words_put_in(case) & changed_words("held" if case.half == "tune" else "tune"):
            raise ValueError(f"{', '.join(strange)} of the other half in {case.text!r}")
    return cases


def words_put_in(case: Case) -> set[str]:
    """The words of a twist that its quotes do not have."""
    quoted = " ".join(unit.passage.text for unit in case.units)
    return _words(case.text) - _words(quoted) if case.twisted else set()


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _twisted(units: list[Unit], half: Half, cases: list[Case], seed: int) -> Iterator[Case]:
    used: defaultdict[str, int] = defaultdict(int)
    for kind in twists.KINDS:
        rng = random.Random(f"{seed} {half} {kind}")
        missing = TWISTED - sum(case.kind == kind and case.half == half and case.twisted for case in cases)
        rules = [rule for rule in twists.rules() if rule.kind == kind and rule.half in (None, half)]
        rows = [_made(units, kind, partial(_twist, rule, rng), True) for rule in rules]
        yield from _drawn(rows, missing, used, cases)


def _faithful(units: list[Unit], half: Half, cases: list[Case], seed: int) -> Iterator[Case]:
    used: defaultdict[str, int] = defaultdict(int)
    missing = FAITHFUL - sum(case.half == half and not case.twisted for case in cases)
    rules = [rule for rule in rewordings.rules() if rule.half in (None, half)]
    rng = random.Random(f"{seed} {half} faithful")
    after = _after(units)
    rows: defaultdict[str, list[Iterator[Case]]] = defaultdict(list)
    for rule in rules:
        if rule.joins:
            rows[rule.kind].append(_joins(units, after, rng, rule))
        else:
            rows[rule.kind].append(_made(units, rule.kind, partial(_rewording, rule, rng), False))
    yield from _drawn([_in_turn(of_kind) for of_kind in rows.values()], missing, used, cases)


def _twist(rule: twists.Rule, rng: random.Random, unit: Unit) -> str | None:
    return rule.made(unit, rng)


def _rewording(rule: rewordings.Rule, rng: random.Random, unit: Unit) -> str | None:
    return rule.made(unit, None, rng)


def _in_turn(rows: list[Iterator[Case]]) -> Iterator[Case]:
    return (case for turn in zip_longest(*rows) for case in turn if case is not None)


def _joins(units: list[Unit], after: dict[Unit, Unit], rng: random.Random, rule: rewordings.Rule) -> Iterator[Case]:
    for unit in units:
        if (then := after.get(unit)) and (said := rule.made(unit, then, rng)):
            yield Case(said, rule.kind, False, unit.half, (unit, then), "rule")


def _after(units: list[Unit]) -> dict[Unit, Unit]:
    """For a unit of the texts here the one right after it in its passage."""
    pages: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        pages[unit.passage.source].append(unit)
    return {
        unit: other
        for page in pages.values()
        for unit in page
        for other in page
        if f"{unit.text} {other.text}" in unit.passage.text
    }


def _made(units: list[Unit], kind: str, made: Callable[[Unit], str | None], twisted: bool) -> Iterator[Case]:
    for unit in units:
        said = made(unit)
        if said and said != unit.text and said not in unit.passage.text:
            yield Case(said, kind, twisted, unit.half, (unit,), "rule")


def _drawn(rows: list[Iterator[Case]], wanted: int, used: defaultdict[str, int], cases: list[Case]) -> Iterator[Case]:
    """`wanted` cases from rules in turn, so that no rule makes most of them, and few from one sentence."""
    said = {case.text for case in cases}
    drawn = 0
    for case in _in_turn(rows):
        if drawn >= wanted:
            return
        if case.text not in said and not _too_often(case, used):
            said.add(case.text)
            used[case.units[0].text] += 1
            drawn += 1
            yield case


def _too_often(case: Case, used: defaultdict[str, int]) -> bool:
    unit = case.units[0]
    other = changed_words("held" if case.half == "tune" else "tune")
    return used[unit.text] >= (6 if unit.origin == "own" else 1) or bool(words_put_in(case) & other)
