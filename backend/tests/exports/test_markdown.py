"""Markdown from untrusted text: it reads the same, formats nothing and brings no HTML."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from exports.hostile import hostile_text
from sayso.exports.markdown import block_quote, escape
from sayso.exports.text import clean


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"),
        ("[click](javascript:x)", "\\[click\\](javascript:x)"),
        ("![x](y)", "\\!\\[x\\](y)"),
        ("a *b* _c_ snake_case", "a \\*b\\* \\_c_ snake_case"),
        ("NEXT_PUBLIC_ and __init__", "NEXT_PUBLIC_ and \\_\\_init_\\_"),
        ("# not a heading", "\\# not a heading"),
        ("1. not a list", "1\\. not a list"),
        ("- not a list", "\\- not a list"),
        ("1.5 is a number", "1.5 is a number"),
        ("set `use cache` here", "set `use cache` here"),
        ("one ` alone", "one \\` alone"),
        ("`<b>`", "\\`\\<b\\>\\`"),
        ("a | b ~~c~~", "a \\| b \\~\\~c\\~\\~"),
        ("AT&T &lt; R&D", "AT&T \\&lt; R&D"),
        ("two\nlines\tand\x00more", "two lines andmore"),
    ],
)
def test_escaping(text: str, expected: str) -> None:
    assert escape(text) == expected


@given(st.text())
def test_escaped_text_is_one_line_without_live_html_or_links(text: str) -> None:
    line = escape(text)
    assert "\n" not in line
    bare = re.sub(r"`[^`]*`", "", re.sub(r"\\.", "", line))
    assert not re.search(r"[<>*\[\]|~]", bare)


def tokens(markdown: str) -> list[Token]:
    parsed = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown)
    return [each for token in parsed for each in [token, *(token.children or [])]]


def shown(markdown: str) -> str:
    return "".join(each.content if each.type in ("text", "code_inline") else "" for each in tokens(markdown))


def bare(text: str) -> str:
    """Text without white space, and without the backticks that make code."""
    return re.sub(r"[\s`]", "", clean(text))


PLAIN = {
    *("inline", "text", "softbreak", "hardbreak", "code_inline", "paragraph_open", "paragraph_close"),
    *("strong_open", "strong_close", "blockquote_open", "blockquote_close"),
}


@settings(deadline=None, max_examples=400)
@given(hostile_text())
def test_a_parser_reads_an_escaped_line_as_the_text_it_was(text: str) -> None:
    line = escape(text)
    kinds = {each.type for each in tokens(line)}
    assert kinds <= PLAIN - {"strong_open", "blockquote_open"}
    assert bare(shown(line)) == bare(text)


@settings(deadline=None, max_examples=400)
@given(hostile_text(), st.data())
def test_a_parser_reads_a_block_quote_as_the_quote_with_its_mark(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    markdown = block_quote(text, (start, end))
    assert all(line.startswith(">") for line in markdown.split("\n"))
    assert {each.type for each in tokens(markdown)} <= PLAIN
    assert bare(shown(markdown)) == bare(text)


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("One. Two, three. Four.", "Two, three.", "> One. **Two, three.** Four."),
        ("前文。これが主張です。後文。", "これが主張です。", "> 前文。**これが主張です**。後文。"),
        ("a | b\nc | d\ne", "c | d\ne", "> a \\| b  \n> **c \\| d**  \n> **e**"),
        ("# One\n\n- Two", "Two", "> \\# One\n>\n> \\- **Two**"),
        ("1. One", "1. One", "> **1. One**"),
        ("“Quoted.” After.", "“Quoted.”", "> **“Quoted.”** After."),
        ("!?", "!?", "> !?"),
    ],
)
def test_the_marked_sentence_is_bold_where_markdown_can_have_it(text: str, marked: str, expected: str) -> None:
    start = text.index(marked)
    markdown = block_quote(text, (start, start + len(marked)))
    assert markdown == expected
    assert "**" not in shown(markdown)


def test_without_a_mark_nothing_is_bold() -> None:
    assert block_quote("One. Two.", None) == "> One. Two."
