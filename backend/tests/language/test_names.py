"""What a question names, and whether evidence names it too."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sayso.language.names import comparable, names_of


def named(text: str, language: str = "en") -> list[str]:
    return [name.text for name in names_of(text, language)]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How long does the battery of the iPhone 15 Pro Max last?", ["iPhone 15 Pro Max"]),
        ("What did the council decide in 2025?", ["2025"]),
        ("What is the limit in the United Kingdom?", ["United Kingdom"]),
        ("Does version 4.2 support Python 3.8?", ["4.2", "Python 3.8"]),
        ("What does pg_stat_activity show?", ["pg_stat_activity"]),
        ("How do I stop Next.js from caching a fetch?", ["Next.js"]),
        ("What does error E07 mean?", ["E07"]),
        ("Who was Grace Hopper?", ["Grace Hopper"]),
        ("What is Ada's salary?", ["Ada"]),
        ("When does VACUUM FULL lock a table?", ["VACUUM FULL"]),
        ("What is said of “the old mill” there?", ["the old mill"]),
        ("Compare Ghent, Bruges and Antwerp.", ["Ghent", "Bruges", "Antwerp"]),
        ("Since 2024, what has changed?", ["2024"]),
        ("Windows 11 needs how much memory?", ["Windows 11"]),
        ("What does the Corvane Hub M cost?", ["Corvane Hub M"]),
        ("How long does it last at -20 °C?", ["−20"]),
    ],
)
def test_names_are_told_by_their_looks(question: str, names: list[str]) -> None:
    assert named(question) == names


@pytest.mark.parametrize(
    "question",
    [
        "How does the system get out of a deadlock?",
        "Is there a user-friendly way to do it?",
        "Which settings are there? Are they read at the start?",
        "Replication?",
        "What do I get when I've paid, and who'd know if I'm late?",
        "What happens when I stop the server?",
        "",
        "?!",
    ],
)
def test_plain_words_are_no_names(question: str) -> None:
    assert named(question) == []


def test_where_every_noun_has_a_capital_only_looks_and_figures_count() -> None:
    assert named("Welche Frist gilt seit 2024 für die Rückgabe der Ware?", "de") == ["2024"]
    assert named("Was zeigt pg_stat_activity im Betrieb?", "de") == ["pg_stat_activity"]


def test_a_name_is_the_same_in_every_form_of_unicode() -> None:
    question = "Who is mayor of Göteborg?"
    assert named(unicodedata.normalize("NFD", question)) == named(question) == ["Göteborg"]


def test_a_name_is_told_once() -> None:
    assert named("Is Grace Hopper the Grace Hopper of COBOL?") == ["Grace Hopper", "COBOL"]


@pytest.mark.parametrize(
    ("question", "text", "there"),
    [
        ("How heavy is the iPhone 15?", "The iPhone 15 weighs 171 grams.", True),
        ("How heavy is the iPhone 15?", "The iPhone 14 weighs 172 grams; 15 were sold.", False),
        ("How heavy is the iPhone 15 Pro Max?", "The iPhone 15 weighs 171 grams.", False),
        ("What changed in 2025?", "In 2023 much changed.", False),
        ("What changed in 2025?", "Changes of 2025: none.", True),
        ("Does it run on Python 3.8?", "Python 3.11 and 3.8.2 are supported.", False),
        ("Does it run on Python 3.8?", "It needs PYTHON 3.8 or later.", True),
        ("Who governs the United Kingdom?", "Canada is a kingdom, united since 1867.", True),
        ("What does pg_stat_activity show?", "See pg_stat_activity.", True),
        ("What does pg_stat_activity show?", "Activity is shown by pg_top.", False),
        ("What does SHELF_FULL mean?", "The shelf is full.", False),
        ("Who is Ada Holm?", "Ada sings; so does Bo Holm.", True),
        ("What does Annex B 1 say?", "Annex B 1: fees", True),
        ("What does Annex B 1 say?", "Annex B 2 has 1 table", False),
        ("Who joined the U.N.I.D.?", "UNID has four members.", True),
    ],
)
def test_evidence_names_it_with_all_its_words_and_its_figures_in_place(question: str, text: str, there: bool) -> None:
    [name] = names_of(question, "en")
    assert name.named_in(*comparable(text, "en")) is there


@example("0:A'", "zh")
@example("B 1", "en")
@example("I:A's", "zh")
@example("-1.", "en")
@example("I.A", "en")
@given(st.text(), st.sampled_from(["en", "de", "zh", "th", "ar", "xx"]))
def test_any_text_names_what_it_names(text: str, language: str) -> None:
    for name in names_of(text, language):
        assert name.text
        assert name.words
        assert name.named_in(*comparable(text, language)), "a text names its own names"


@pytest.mark.parametrize(
    ("question", "text", "is_named"),
    [
        ("How long does it last at -20 °C?", "at +20 °C and −10 °C", False),
        ("How long does it last at -20 °C?", "36 months at −20 °C", True),
        ("What does the Hub M cost?", "The Hub S is 1.5 m long.", False),
        ("What does the Hub M cost?", "Price of a Hub M", True),
        ("Can I use the GPU?", "They are not meant for GPUs.", True),
        ("Do you lend DVDs?", "A DVD costs 1 euro a week.", True),
        ("What is the limit in the US?", "Please contact us about the limit.", False),
        ("What is the limit in the US?", "In the U.S. the limit is 55.", True),
        ("What is the limit in the U.S.?", "In the US the limit is 55.", True),
        ("What does the IT desk do?", "What it does at the desk is its own affair.", False),
        ("What does the IT desk do?", "Ask the desk of IT.", True),
        ("What is a seat in Band B?", "Band | Full \n A | 36.00 \n B | 31.00", True),
        ("What is a seat in Band B?", "Band | Full \n A | 36.00 \n b. sides", False),
        ("How did the drill of January 2025 go?", "Minutes, 2025-02-11 \n 2. Fire drill, 23 January", True),
        ("How did the drill of January 2025 go?", "Minutes, 2024-02-11 \n 2. Fire drill, 23 January", False),
        ("What does pages 10-20 say?", "pages 10-20", True),
    ],
)
def test_signs_and_letters_belong_to_a_name_and_a_year_may_stand_apart(
    question: str, text: str, is_named: bool
) -> None:
    assert all(name.named_in(*comparable(text, "en")) for name in names_of(question, "en")) == is_named
