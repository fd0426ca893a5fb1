"""Forty ways of saying what is not wanted and forty wishes, written down before anything was built to read them."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from sayso.language.mention import Mention
from sayso.protocol.evidence import Finding, Quote, Source
from sayso.wishes.reading import Prose, read
from sayso.wishes.shown import Shown

SETS = Path(__file__).parent / "sets"
SOURCES = [
    Source(id="s1", kind="library", title="Routine Vacuuming", uri="maintenance/vacuum.html"),
    Source(id="s2", kind="library", title="Progress Reporting", uri="monitoring/progress.html"),
    Source(id="s3", kind="library", title="Release notes 2019", uri="release-2019.html"),
    Source(id="s4", kind="library", title="Staff Handbook", uri="handbook.pdf"),
]
SHOWN = Shown(
    [Finding(id=f"f{at}", claim=f"Claim {at}.", quotes=[Quote(text="...", source=f"s{at}")]) for at in range(1, 5)],
    SOURCES,
)


@dataclass(frozen=True)
class Case:
    half: str
    said: str
    expected: list[tuple[str, str]]


def cases(name: str) -> list[Case]:
    found = []
    for line in (SETS / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            half, said, expected = (each.strip() for each in line.split("|"))
            fields = [each.partition("=") for each in expected.split(";")]
            found.append(Case(half, said.replace("\\n", "\n"), [(a.strip(), b.strip()) for a, _, b in fields]))
    return found


def outcome(case: Case, prose: Prose) -> str:
    """`right`, `unsure`, `wrong`, or `inverted`: what is not wanted is searched for."""
    unwanted = [Mention.of(value) for field, value in case.expected if field == "leave_out"]
    searches = [point.value for point in prose.points if point.field == "search"]
    if any(each.named_in(query) for each in unwanted for query in searches):
        return "inverted"
    if any(field == "drop" for field, _ in case.expected) and searches:
        return "inverted"
    if case.expected == [("unsure", "")]:
        return "right" if prose.unsure and not prose.points else "wrong"
    right = all(
        any(point.field == field and Mention.of(value).named_in(point.value) for point in prose.points)
        for field, value in case.expected
    )
    others = {point.field for point in prose.points} - {field for field, _ in case.expected} - {"search", "leave_out"}
    wished = {field for field, _ in case.expected} <= {"search", "note", "limits"}
    if right and not prose.unsure and not others and not (wished and any(p.field == "leave_out" for p in prose.points)):
        return "right"
    return "unsure" if prose.unsure and not prose.points else "wrong"


@pytest.mark.parametrize("half", ["tune", "held"])
@pytest.mark.parametrize("name", ["excluding.txt", "wishes.txt"])
def test_nine_of_ten_are_read_right_and_the_others_are_unsure(name: str, half: str) -> None:
    read_as = {case.said: outcome(case, read(case.said, SHOWN)) for case in cases(name) if case.half == half}
    assert len(read_as) == 20
    missed = {said: what for said, what in read_as.items() if what != "right"}
    assert not [said for said, what in missed.items() if what in ("inverted", "wrong")], missed
    assert len(missed) <= 2, missed


@pytest.mark.parametrize("name", ["trades.txt", "trades_held.txt"])
def test_in_other_trades_what_is_not_read_right_is_unsure_and_nothing_is_turned_round(name: str) -> None:
    read_as = {case.said: outcome(case, read(case.said, SHOWN)) for case in cases(name)}
    assert len(read_as) >= 12
    assert set(read_as.values()) <= {"right", "unsure"}, read_as
    assert name == "trades_held.txt" or list(read_as.values()).count("right") >= 28
