"""Markdown from untrusted text: it reads the same, formats nothing and brings no HTML."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.protocol.evidence import Finding, Place, Quote, ReviewData, Source
from sayso.report.markdown import escape, review_markdown


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


@given(st.text(min_size=1, max_size=60), st.data())
def test_a_review_with_any_text_renders(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = Quote(text=text, source="s1", marked=(start, end), place=Place(heading=text, page=3))
    review = ReviewData(
        question=text,
        findings=[Finding(id="f1", claim=text, quotes=[quote])],
        sources=[Source(id="s1", kind="library", title=text, uri=text)],
        not_found=[text],
    )
    rendered = review_markdown(review)
    headings = [line for line in rendered.splitlines() if line.startswith("#")]
    assert [line for line in headings[1:]] == ["## Findings", "## Not found"]
