"""Untrusted text made fit to set."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.hostile import hostile_text
from sayso.exports.text import clean, language, one_line, right_to_left, web_address


@given(hostile_text())
def test_clean_text_fits_into_utf8_and_xml(text: str) -> None:
    fit = clean(text)
    fit.encode()
    element = ElementTree.Element("a")
    element.text = fit
    assert ElementTree.fromstring(ElementTree.tostring(element, encoding="utf-8")).text == (fit or None)
    assert clean(fit) == fit
    assert "\n" not in one_line(text)


def test_what_letters_need_stays_and_what_turns_the_line_goes() -> None:
    assert clean("می\u200cخواهم 👩\u200d👩\u200d👧 a\u200fb") == "می\u200cخواهم 👩\u200d👩\u200d👧 a\u200fb"
    assert clean("a\u202eb\u2067c\u2069d\ufeff\x00\x9b\x1fe") == "abcde"
    assert clean("a\r\nb\u2028c\x85d\x0ce") == "a\nb\nc\nd\ne"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VACUUM FULLはテーブルを書き直す。", "ja"),
        ("日本語", "zh"),  # no kana: nothing tells it from Chinese
        ("数据库维护手册 VACUUM", "zh"),
        ("中文文章里引用了「の」一个假名，其余都是汉字，篇幅也不短。", "zh"),
        ("한국어 문장입니다.", "ko"),
        ("يعيد الأمر كتابة الجدول", "ar"),
        ("שלום עולם", "he"),
        ("The word 骨 is in here, and a good deal of English beside it.", ""),
        ("Обычный русский текст", ""),
        ("", ""),
    ],
)
def test_the_language_of_a_script(text: str, expected: str) -> None:
    assert language(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("שלום world", True), ("12. (يعيد) x", True), ("VACUUM يعيد", False), ("1, 2: ?", False), ("", False)],
)
def test_the_first_strong_character_gives_the_direction(text: str, expected: bool) -> None:
    assert right_to_left(text) is expected


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("https://example.org/a?b=c&d=1#e", "https://example.org/a?b=c&d=1#e"),
        ("http://example.org:8080/a b/<c>", "http://example.org:8080/a%20b/%3Cc%3E"),
        ("https://例え.jp/手引き", "https://xn--r8jz45g.jp/%E6%89%8B%E5%BC%95%E3%81%8D"),
        ("https://example.org/100%/a%20b", "https://example.org/100%25/a%20b"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)//http://", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("https://user:word@example.org/", None),
        ("https://example.org:x/", None),
        ("https://[::1]/", None),
        ("https:///a", None),
        ("folder/file.md", None),
        ("https://example.org/" + "a" * 3000, None),
    ],
)
def test_only_plain_web_addresses_become_links(uri: str, expected: str | None) -> None:
    assert web_address(uri) == expected


@given(st.one_of(hostile_text(), hostile_text().map("https://example.org/".__add__)))
def test_a_link_is_ascii_without_anything_that_ends_it(uri: str) -> None:
    link = web_address(uri)
    if link is not None:
        assert link.startswith(("http://", "https://"))
        assert link.isascii()
        assert not set(link) & set(' "<>\\^`{|}\t\r\n')
