"""The set that the check after writing is measured on: what makes its figures worth something."""

import random
from collections import Counter

import pytest
from benchmarks.gate import rewordings, twists
from benchmarks.gate.cases import words_put_in
from benchmarks.gate.gate import measure, swap, word_for_word
from benchmarks.gate.texts import Case, Passage, Unit, own
from benchmarks.gate.words import changed_words, changes

LIBRARY = own()


def unit(text: str, roles: tuple[str, str] | None = None) -> Unit:
    return Unit(text, Passage("A text", text), "tune", "own", roles)


def test_by_hand_there_are_enough_of_every_kind() -> None:
    twisted = Counter(case.kind for case in LIBRARY.cases if case.twisted)
    faithful = Counter(case.kind for case in LIBRARY.cases if not case.twisted)
    assert set(twisted) == set(twists.KINDS)
    assert set(faithful) == set(rewordings.KINDS)
    assert twisted.total() >= 150
    assert faithful.total() >= 120


def test_no_word_is_changed_in_both_halves() -> None:
    assert not changed_words("tune") & changed_words("held")
    for case in LIBRARY.cases:
        other = "held" if case.half == "tune" else "tune"
        assert not words_put_in(case) & changed_words(other), case.text


def test_no_case_is_a_sentence_of_its_quote() -> None:
    for case in LIBRARY.cases:
        assert all(case.text != of.text for of in LIBRARY.units), case.text
        assert all(of.text in of.passage.text for of in case.units)


@pytest.mark.parametrize(
    ("kind", "text", "roles", "made"),
    [
        ("role", "The bank sued Acme in May.", ("The bank", "Acme"), "Acme sued the bank in May."),
        ("order", "Wash it before you eat.", None, "Wash it after you eat."),
        ("scale", "It cost 4 million dollars.", None, "It cost 4 billion dollars."),
        ("scale", "It cost 4 million dollars.", None, "It cost 4 dollars."),
        ("unit", "It takes 5 minutes.", None, "It takes 5 hours."),
        ("negation", "The door is open.", None, "The door is not open."),
        ("condition", "The lease ends in the spring if the rent is late.", None, "The lease ends in the spring."),
        ("exception", "All shops except the new one are open.", None, "All shops including the new one are open."),
    ],
)
def test_rules_twist(kind: str, text: str, roles: tuple[str, str] | None, made: str) -> None:
    rules = [rule for rule in twists.rules() if rule.kind == kind and rule.half in (None, "tune")]
    assert made in [rule.made(unit(text, roles), random.Random(1)) for rule in rules]


def test_an_article_goes_with_the_word_that_follows() -> None:
    change = next(change for change in changes("tune", "synonym") if change.old == "additional")
    assert change.made("It needs an additional lock.") == "It needs a further lock."


def test_what_is_measured_is_what_the_check_did() -> None:
    said = [of for of in LIBRARY.units if of.prose and of.half == "tune"][:4]
    invented = Case("The moon is made of 77 cheeses.", "number", True, "tune", (said[0],), "hand")
    fates = {outcome.case.text: outcome.fate for outcome in measure([invented], 2, 1).outcomes}
    assert fates[invented.text] in {"removed", "replaced"}
    verbatim = word_for_word([Case("-", "verbatim", False, "tune", (of,), "hand") for of in said])
    outcomes = measure(verbatim, 2, 1).outcomes
    assert len(outcomes) == 4
    assert all(outcome.praised for outcome in outcomes)


def test_swapped_citations_are_counted() -> None:
    sources = {of.passage.source: of for of in LIBRARY.units if of.prose and of.half == "tune"}
    verbatim = word_for_word([Case("-", "verbatim", False, "tune", (of,), "hand") for of in sources.values()])
    swapped = swap(verbatim, len(verbatim), 1)
    assert swapped.units == len(verbatim) > 1
    assert swapped.caught + swapped.repointed + len(swapped.missed) == swapped.units
