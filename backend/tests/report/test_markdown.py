"""A review as Markdown, from untrusted text."""

from hypothesis import given
from hypothesis import strategies as st

from sayso.protocol.evidence import Finding, Place, Quote, Source
from sayso.protocol.review import ReviewData
from sayso.report.markdown import review_markdown


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
