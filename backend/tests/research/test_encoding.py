"""In which encoding a file is read, and what is said where that is not certain."""

import codecs

import pytest

from sayso.language.tongue import language_of
from sayso.research.formats import Unreadable
from sayso.research.library.documents import extract
from sayso.research.readers.encoding import decoded

_GERMAN = "Größe und Übermut sind „nicht“ dasselbe. Die Straße führt über die Brücke nach München."
_POLISH = "Zażółć gęślą jaźń. To jest zwykły polski tekst o dokumentach, które należy przechowywać."
_RUSSIAN = "Это обычный русский текст о работе базы данных и о том, как хранить документы."
_JAPANESE = "これは日本語の文章です。データベースの使い方について説明します。"
_CHINESE = "这是一个关于数据库的中文文档。我们在这里解释如何使用它。"
_HEBREW = "זהו טקסט רגיל בעברית על מסדי נתונים ומסמכים."


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        (_GERMAN, "cp1252", "Windows-1252"),
        (_POLISH, "cp1250", "Windows-1250"),
        (_POLISH, "iso8859-2", "ISO-8859-2"),
        (_RUSSIAN, "cp1251", "Windows-1251"),
        (_RUSSIAN, "koi8-r", "KOI8-R"),
        (_RUSSIAN, "cp866", "CP866"),
        (_JAPANESE, "shift_jis", "Shift JIS"),
        (_JAPANESE, "euc-jp", "EUC-JP"),
        (_CHINESE, "gb18030", "GB18030"),
        ("이것은 데이터베이스에 관한 한국어 문서입니다.", "euc-kr", "EUC-KR"),
        (_HEBREW, "cp1255", "Windows-1255"),
        ("هذا نص عربي عادي عن قواعد البيانات والوثائق.", "cp1256", "Windows-1256"),
        ("The heron waits, and so do we.", "utf-16-le", "UTF-16"),
        ("The heron waits, and so do we.", "utf-32-be", "UTF-32"),
    ],
)
def test_what_declares_nothing_is_recognized_and_said_to_be_a_guess(text: str, encoding: str, said: str) -> None:
    text = f"{text}\n"
    assert decoded(text.encode(encoding)) == (text, f"was read as {said}; its encoding is not certain")
    document = extract("notes/a.txt", text.encode(encoding))
    assert document.text == text.strip()
    assert document.notice == f"was read as {said}; its encoding is not certain"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [_GERMAN, _CHINESE, "Plain."])
def test_a_mark_is_believed(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == (text, None)


def test_a_mark_of_the_other_byte_order_is_believed() -> None:
    assert decoded(codecs.BOM_UTF16_BE + _GERMAN.encode("utf-16-be")) == (_GERMAN, None)
    assert decoded(codecs.BOM_UTF32_BE + _GERMAN.encode("utf-32-be")) == (_GERMAN, None)


@pytest.mark.parametrize(
    ("head", "encoding", "text"),
    [
        ('<meta charset="shift_jis">', "cp932", _JAPANESE),
        ("<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>", "cp1251", _RUSSIAN),
        ('<?xml version="1.0" encoding="ISO-8859-2"?>', "iso8859-2", _POLISH),
        ('<meta charset="iso-8859-1">', "cp1252", _GERMAN),  # as browsers take it
        ('<meta charset="gb2312">', "gb18030", _CHINESE),
        ('<meta charset="iso-2022-jp">', "iso-2022-jp", _JAPANESE),  # looks like ASCII
        ('<meta charset="iso-8859-1">', "utf-8", _JAPANESE),  # as valid UTF-8 it is UTF-8, whatever it says
        ('<meta charset="utf-16">', "utf-8", _GERMAN),
    ],
)
def test_a_page_is_read_as_it_declares(head: str, encoding: str, text: str) -> None:
    document = extract("a.html", f"{head}<html><body><p>{text}</p></body></html>".encode(encoding))
    assert document.text == text
    assert document.notice is None


@pytest.mark.parametrize("declared", ["hex", "utf-7", "no-such-thing", "idna"])
def test_a_declaration_that_makes_no_sense_is_passed_over(declared: str) -> None:
    document = extract("a.html", f'<meta charset="{declared}"><p>{_RUSSIAN}</p>'.encode("cp1251"))
    assert document.text == _RUSSIAN
    assert document.notice == "was read as Windows-1251; its encoding is not certain"


def test_a_damaged_place_does_not_make_another_encoding_of_the_rest() -> None:
    good = f"{_GERMAN}\n".encode() * 3
    text, doubt = decoded(good + b"\xff\xfe\n" + good)
    assert text.count(_GERMAN) == 6
    assert doubt == "has 2 places that are not valid UTF-8"
    text, doubt = decoded(good * 5 + b"a\0b\n")
    assert (text.count(_GERMAN), text[-4:]) == (15, "\nab\n")
    assert doubt == "has 1 place that is not valid UTF-8"


def test_halves_of_pairs_are_put_together_and_lone_ones_dropped() -> None:
    data = "A \ud83d\ude00 grin and a lone \ud800.\n".encode("utf-8", "surrogatepass")
    assert decoded(data) == ("A 😀 grin and a lone ?.\n", None)


@pytest.mark.parametrize(
    "data", [b"\0\1\2\3", bytes(range(256)) * 40, b"One\0two\0" * 50, b"\x89PNG\r\n\x1a\n" + bytes(500)]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="is not a text file"):
        decoded(data)


def test_text_that_is_not_what_its_mark_says_is_refused() -> None:
    with pytest.raises(Unreadable, match="is not valid UTF-16; save it as UTF-8"):
        decoded(codecs.BOM_UTF16_LE + b"\x00\xd8\x00\xd8" * 50)


@pytest.mark.parametrize("name", ["a.md", "a.markdown", "a.rst", "a.txt"])
def test_every_kind_of_text_is_recognized(name: str) -> None:
    assert extract(name, f"{_RUSSIAN}\n".encode("cp1251")).text == _RUSSIAN


def test_plain_english_is_told_by_its_grammar_and_other_languages_are_not() -> None:
    english = "When the server is stopped while a write is under way, nothing of it remains and it goes on later. " * 3
    assert language_of(english) == "en"
    assert language_of(_GERMAN * 5) == "de"
    assert language_of(f"{_RUSSIAN} " * 5) == "ru"
