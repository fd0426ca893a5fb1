"""The language that a text is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.tongue import NAMES, language_of, ranked


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The library is open on Saturday from ten to two, and closed on Sunday."),
        ("de", "Die Bibliothek ist am Samstag von zehn bis vierzehn Uhr geöffnet."),
        ("fr", "La bibliothèque est ouverte le samedi de dix heures à quatorze heures."),
        ("es", "La biblioteca está abierta los sábados de diez a catorce horas."),
        ("it", "La biblioteca è aperta il sabato dalle dieci alle quattordici."),
        ("nl", "De bibliotheek is op zaterdag geopend van tien tot veertien uur."),
        ("ru", "Библиотека открыта в субботу с десяти до четырнадцати часов."),
        ("ar", "المكتبة مفتوحة يوم السبت من العاشرة حتى الثانية ظهرا."),
        ("zh", "图书馆星期六上午十点到下午两点开放。"),
        ("ja", "図書館は土曜日の午前十時から午後二時まで開いています。"),
        ("th", "ห้องสมุดเปิดวันเสาร์ตั้งแต่สิบโมงถึงบ่ายสองโมง"),
    ],
)
def test_a_sentence_is_told(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "When is the library open?"),
        ("en", "How do I stop Next.js from caching a fetch?"),
        ("de", "Wann ist die Bibliothek geöffnet?"),
        ("fr", "Quand la bibliothèque est-elle ouverte ?"),
        ("zh", "图书馆什么时候开放？"),
        ("ja", "図書館はいつ開きますか。"),
        ("th", "ห้องสมุดเปิดเมื่อไร"),
    ],
)
def test_so_is_a_question(language: str, question: str) -> None:
    assert language_of(question) == language
    assert language_of(question, sure=0.8) == language


@pytest.mark.parametrize("text", ["", " ", "?", "42", "pg_stat_activity", "VACUUM FULL", "next.config.js", "\0", "🙂"])
def test_what_has_no_language_is_taken_for_english(text: str) -> None:
    assert language_of(text, sure=0.8) == "en"


@given(st.text())
def test_every_text_has_one(text: str) -> None:
    assert language_of(text) in NAMES
    probabilities = [probability for _, probability in ranked(text)]
    assert probabilities == sorted(probabilities, reverse=True)
    assert all(0 <= each <= 1.0001 for each in probabilities)


def test_a_long_text_is_told_by_its_beginning() -> None:
    german = "Die Bibliothek ist am Samstag geöffnet. " * 200
    assert language_of(german + "The library is open on Saturday. " * 2_000) == "de"
