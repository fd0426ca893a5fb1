"""Words as search compares them: the same in the index, in questions and in statements."""

import threading
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.tokens import apart, compounds, folded, spelled_telling, spellings, telling, tokens, unspaced


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "locked tables", "locks a table"),
        ("de", "Häuser", "Hauses"),
        ("fr", "les horaires d'ouverture", "l'horaire des ouvertures"),
        ("es", "bibliotecas abiertas", "biblioteca abierta"),
        ("ru", "книги", "книгу"),
        ("ar", "المكتبات", "المكتبة"),
    ],
)
def test_a_word_is_the_same_in_its_forms(language: str, one: str, other: str) -> None:
    assert {*telling(one, language)} == {*telling(other, language)}


def test_stems_are_those_of_the_language() -> None:
    assert tokens("Bibliotheken", "de") == tokens("Bibliothek", "de")
    assert tokens("Bibliotheken", "en") != tokens("Bibliothek", "en")
    assert tokens("running", "xx") == ["running"], "no rules, no stems"
    assert tokens("running", "") == ["running"]


def test_a_name_with_a_figure_has_no_forms() -> None:
    assert tokens("E07 md5s 1000s 42", "en") == ["e07", "md5s", "1000s", "42"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pg_stat_activity", ["pg", "stat", "activity"]),
        ("user-friendly", ["user", "friendly"]),
        ("next.config.js", ["next", "config", "js"]),
        ("It's 4.2!", ["it", "s", "4", "2"]),
        ("", []),
        (" \n—?!", []),
    ],
)
def test_words_are_runs_of_letters_and_figures(text: str, expected: list[str]) -> None:
    assert spellings(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("图书馆", ["图书", "书馆"]),
        ("東京都", ["東京", "京都"]),
        ("ราคา", ["รา", "าค", "คา"]),
        ("茶", ["茶"]),
        ("PostgreSQL数据库16版", ["postgresql", "数据", "据库", "16", "版"]),
        ("営業：九時", ["営業", "九時"]),
        ("한국어 사전", ["한국어", "사전"]),
    ],
)
def test_scripts_without_blanks_are_taken_in_pairs(text: str, expected: list[str]) -> None:
    assert spellings(text) == expected


def test_unspaced_scripts_are_known() -> None:
    assert unspaced("ราคา 5")
    assert unspaced("see 茶")
    assert not unspaced("Größe، książka и книга 사전")


@pytest.mark.parametrize("text", ["Größe", "café", "ﬁle", "ＡＢＣ１２", "Å", "が", "①", "İstanbul", "STRASSE straße"])
def test_all_forms_of_unicode_are_one(text: str) -> None:
    assert len({tuple(spellings(unicodedata.normalize(form, text))) for form in ("NFC", "NFD", "NFKC", "NFKD")}) == 1
    assert folded("STRASSE") == folded("straße")


@given(st.text(), st.sampled_from(["en", "de", "ar", "zh", "th", "xx", ""]))
def test_any_text_has_words_that_are_compared_as_they_are(text: str, language: str) -> None:
    words = spellings(text)
    assert len(tokens(text, language)) == len(words), "a stem for each word, in its place"
    assert all(words)
    assert all(" " not in word for word in words)
    # What the index holds, joined by blanks, is cut again in the same way; so is a question with other capitals.
    assert spellings(" ".join(words)) == words
    assert set(telling(text, language)) <= set(tokens(text, language))


def test_a_word_of_a_question_is_that_of_the_index() -> None:
    text = "The libraries of Göteborg were opened in 1861 (図書館へようこそ)."
    indexed = tokens(text, "en")
    for word in ("Library", "GÖTEBORG", "Opening", "1861", "図書館"):
        assert set(tokens(word, "en")) <= set(indexed), word


def test_what_tells_is_left_of_a_question() -> None:
    assert telling("How does the VACUUM command lock a table?", "en") == tokens("table lock command VACUUM", "en")
    assert set(telling("Wie hoch ist der Preis?", "de")) == set(tokens("hoch Preis", "de"))
    assert set(telling("to be or not to be", "en")) == set(tokens("to be or not", "en")), (
        "all where nothing else is left"
    )
    assert spelled_telling("opened openings", "en") == {"open": "opened"}
    assert telling("", "en") == []


def test_threads_share_stems() -> None:
    words = [f"{'ab' * at}ings" for at in range(1, 200)]
    expected = tokens(" ".join(words), "en")
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(tokens(" ".join(words), "en"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8


def test_compounds_are_names_of_several_parts_as_a_whole() -> None:
    assert compounds("Set WORK_MEM, not maintenance_work_mem; see next.js and std::vector, 1.5 or 20.4.1.") == [
        "work_mem",
        "maintenance_work_mem",
        "next.js",
        "std::vector",
    ]
    assert apart("Is work_mem in maintenance_work_mem?", ["work_mem"]) == "is   in maintenance_work_mem?"
