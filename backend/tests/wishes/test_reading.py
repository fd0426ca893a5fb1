"""Single points read into fields, beyond the sets: questions about the matter, and wishes behind an exclusion."""

import pytest

from sayso.protocol.evidence import Finding, Quote, Source
from sayso.wishes.reading import read
from sayso.wishes.shown import Shown

SHOWN = Shown(
    [Finding(id="f1", claim="A claim.", quotes=[Quote(text="...", source="s1")])],
    [Source(id="s1", kind="library", title="Guide", uri="guide.md")],
)


def fields(said: str) -> list[tuple[str, str]]:
    return [(point.field, point.value) for point in read(said, SHOWN).points]


@pytest.mark.parametrize(
    "said",
    [
        "Which settings must not be changed?",
        "Is there no way to undo a delete?",
        "explain why vacuum never finishes",
        "What happens without a backup?",
    ],
)
def test_a_question_about_the_matter_is_searched_though_it_denies(said: str) -> None:
    assert fields(said) == [("search", said)]


@pytest.mark.parametrize(
    "said",
    [
        "Enough Docker!",
        "Nobody asked about shipping",
        "why not drop Docker?",
        "Do we need no Docker?",
        "Which of these is irrelevant?",
        "Can you not show Docker?",
        "What about everything except Docker?",
        "Please leave the Docker business alone",
        "Bin the part on Docker",
        "Shelve that section",
        "Strip out all footnotes",
    ],
)
def test_what_may_exclude_is_never_searched(said: str) -> None:
    assert "search" not in dict(fields(said))


@pytest.mark.parametrize(
    "said",
    ["Expand on the limits", "Dig into the limits", "Limits for all models", "The limits", "Limits", "shelf-swap"],
)
def test_other_demands_are_wishes(said: str) -> None:
    assert fields(said) == [("search", said)]


@pytest.mark.parametrize(
    "said",
    [
        "leave the rent out of it, I only care about the hens",
        "no prices, I only care about the hens",
        "drop the rent, I want to know about hens",
        "forget the keys, it is the hens that matter",
    ],
)
def test_what_somebody_wants_beside_an_exclusion_is_never_left_out(said: str) -> None:
    assert not [value for field, value in fields(said) if field == "leave_out" and "hens" in value]


def test_a_wish_behind_an_exclusion_is_a_wish() -> None:
    assert fields("leave out Docker and search for conflicts") == [
        ("leave_out", "Docker"),
        ("search", "search for conflicts"),
    ]
    assert fields("Drop f1 and tell me about backups") == [("drop", "f1"), ("search", "tell me about backups")]


def test_a_point_about_a_finding_does_not_speak_of_the_wish_before_it() -> None:
    prose = read("Add how autovacuum is involved. f1 is not so clear.", SHOWN)
    assert [(point.field, point.value) for point in prose.points] == [("search", "Add how autovacuum is involved.")]
    assert [each.said for each in prose.unsure] == ["f1 is not so clear."]
    back = read("Add how autovacuum is involved. Not so sure.", SHOWN)
    assert not back.points


@pytest.mark.parametrize(
    ("said", "read_as"),
    [
        ("Who ordered hyperloop? Away with it.", [("leave_out", "hyperloop")]),
        ("You may forget soy; not so sure.", [("leave_out", "soy")]),
        ("No prices. Shorter, please.", [("leave_out", "prices"), ("note", "Shorter, please")]),
        ("Prices? No thanks.", [("leave_out", "Prices")]),
        ("no minor ones no observations. has NC-1 been dealt with since?", []),
        ("shop rents no!! homes. less about the works pls", [("leave_out", "shop rents"), ("search", "homes")]),
    ],
)
def test_what_says_nothing_by_itself_is_read_with_the_sentence_before_it(
    said: str, read_as: list[tuple[str, str]]
) -> None:
    assert fields(said) == read_as


@pytest.mark.parametrize(
    ("said", "unsure"),
    [
        ("less about the works", ["less about the works"]),
        ("shop rents no!! homes. less about the works pls", ["less about the works pls"]),
        ("not what i meant! can i bring my own wood", ["not what i meant!", "can i bring my own wood"]),
    ],
)
def test_what_excludes_nothing_plain_is_not_understood_rather_than_passed_over(said: str, unsure: list[str]) -> None:
    assert [each.said for each in read(said, SHOWN).unsure] == unsure
