"""What the check after writing does with a case, in a report of so many findings."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from time import process_time
from typing import Literal

from benchmarks.gate.texts import Case, Unit
from sayso.gate.check import Checked, check
from sayso.protocol.evidence import Finding, Quote, Source
from sayso.protocol.report import Section, Sentence
from sayso.writers.port import DraftReport, WritingBrief

Fate = Literal["quoted", "same", "reworded", "replaced", "removed"]
"""The mark a sentence stands with in its own words; or the text of its quote stands for it, or nothing does."""

QUESTION = "What do these documents say?"
"""It explains no word of any case, so that only the quotes can."""


@dataclass(frozen=True)
class Outcome:
    """A case and what became of it."""

    case: Case
    fate: Fate

    @property
    def praised(self) -> bool:
        """Published as what its quote says."""
        return self.fate in {"quoted", "same"}


@dataclass(frozen=True)
class Measured:
    """The outcomes of all cases in reports of so many findings."""

    findings: int
    outcomes: list[Outcome]
    seconds: float
    """Processor time a unit."""


@dataclass(frozen=True)
class Swapped:
    """Units that each cited the source of another one, and what became of the citation."""

    units: int
    repointed: int
    caught: int
    missed: list[str]


def measure(cases: list[Case], findings: int, seed: int) -> Measured:
    """Every case once, as one of `findings` units in a report of as many approved findings."""
    outcomes: list[Outcome] = []
    spent, units = 0.0, 0
    for report in _reports(cases, findings, seed):
        brief = _brief(report, _fillers(cases, report, findings, seed))
        sentences = [Sentence(text=case.text, citations=_numbers(case, brief)) for case in report]
        began = process_time()
        checked = _checked(sentences, brief)
        spent += process_time() - began
        units += len(report)
        outcomes += [Outcome(case, _fate(case, checked)) for case in report]
    return Measured(findings, outcomes, spent / max(1, units))


def swap(cases: list[Case], findings: int, seed: int) -> Swapped:
    """Every case with the citation of the next one in its report, which is of another source."""
    repointed, caught = 0, 0
    missed: list[str] = []
    for report in _reports(cases, findings, seed, one_a_source=True):
        if len(report) == 1:
            continue
        brief = _brief(report, [])
        wrong = {case.text: _numbers(other, brief) for case, other in zip(report, report[1:] + report[:1], strict=True)}
        checked = _checked([Sentence(text=text, citations=numbers) for text, numbers in wrong.items()], brief)
        standing = _standing(checked)
        for case in report:
            sentence = standing.get(_plain(case.text))
            if sentence is None or not set(sentence.citations) & set(wrong[case.text]):
                repointed += sentence is not None
                caught += sentence is None
            else:
                missed.append(case.text)
    return Swapped(repointed + caught + len(missed), repointed, caught, missed)


def word_for_word(cases: list[Case]) -> list[Case]:
    """The units of `cases` as they stand in their quotes."""
    units = {unit: case.half for case in cases for unit in case.units if unit.prose}
    return [Case(unit.text, "verbatim", False, half, (unit,), "rule") for unit, half in units.items()]


def _reports(cases: list[Case], findings: int, seed: int, *, one_a_source: bool = False) -> Iterator[list[Case]]:
    """`cases` in reports of at most `findings`, none with two cases of one passage (or of one source)."""
    left = list(cases)
    random.Random(seed).shuffle(left)
    while left:
        report: list[Case] = []
        passed: list[Case] = []
        taken: set[object] = set()
        for case in left:
            of = {passage.source if one_a_source else passage for passage in case.passages}
            if len(report) < findings and not of & taken:
                report.append(case)
                taken |= of
            else:
                passed.append(case)
        yield report
        left = passed


def _fillers(cases: list[Case], report: list[Case], findings: int, seed: int) -> list[Unit]:
    """Findings that nothing in the report is written from, to make up the number."""
    taken = {passage for case in report for passage in case.passages}
    others = list({unit.passage: unit for case in cases for unit in case.units if unit.passage not in taken}.values())
    wanted = max(0, findings - len(report))
    return random.Random(f"{seed} {report[0].text}").sample(others, min(wanted, len(others)))


def _brief(report: list[Case], fillers: list[Unit]) -> WritingBrief:
    quoted = [case.units for case in report] + [(unit,) for unit in fillers]
    titles = list(dict.fromkeys(units[0].passage.source for units in quoted))
    ids = {title: f"s{number}" for number, title in enumerate(titles, 1)}
    return WritingBrief(
        question=QUESTION,
        findings=[_finding(f"f{number}", units, ids) for number, units in enumerate(quoted, 1)],
        sources=[Source(id=key, kind="library", title=title, uri=f"{key}.txt") for title, key in ids.items()],
        numbers={key: number for number, key in enumerate(ids.values(), 1)},
    )


def _finding(key: str, units: tuple[Unit, ...], ids: dict[str, str]) -> Finding:
    passage = units[0].passage
    places = [passage.text.index(unit.text) for unit in units]
    ends = [place + len(unit.text) for place, unit in zip(places, units, strict=True)]
    quote = Quote(text=passage.text, source=ids[passage.source], marked=(min(places), max(ends)))
    return Finding(id=key, claim=units[0].text, quotes=[quote])


def _numbers(case: Case, brief: WritingBrief) -> list[int]:
    numbers = {source.title: brief.numbers[source.id] for source in brief.sources}
    return sorted({numbers[passage.source] for passage in case.passages})


def _checked(sentences: list[Sentence], brief: WritingBrief) -> Checked:
    return check(DraftReport(title=QUESTION, sections=[Section(heading="Findings", sentences=sentences)]), brief)


def _standing(checked: Checked) -> dict[str, Sentence]:
    return {_plain(sentence.text): sentence for section in checked.sections for sentence in section.sentences}


def _fate(case: Case, checked: Checked) -> Fate:
    standing = _standing(checked)
    if sentence := standing.get(_plain(case.text)):
        # A check without marks says of a sentence only that it is supported.
        mark: Fate = getattr(sentence, "mark", None) or ("same" if sentence.supported else "reworded")
        return mark
    quotes = [_plain(passage.text) for passage in case.passages]
    return "replaced" if any(text in quote for text in standing for quote in quotes) else "removed"


def _plain(text: str) -> str:
    """`text` without the marks of lists and the breaks of lines."""
    return " ".join(line.lstrip("-| ") for line in text.split("\n")).strip()
