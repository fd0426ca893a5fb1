"""A review as Markdown, from untrusted text."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sayso.protocol.evidence import Finding, Place, Quote, Source
from sayso.protocol.review import ReviewData
from sayso.report.markdown import ONLY_NEAR, review_markdown

KINDS: st.SearchStrategy[Any] = st.sampled_from(["sentence", "item", "row", "answer", "definition", "code"])


@given(st.text(min_size=1, max_size=60), KINDS, st.data())
def test_a_review_with_any_text_renders(text: str, kind: Any, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = Quote(text=text, source="s1", kind=kind, marked=(start, end), place=Place(heading=text, page=3, lead=text))
    review = ReviewData(
        question=text,
        findings=[Finding(id="f1", claim=text, quotes=[quote])],
        sources=[Source(id="s1", kind="library", title=text, uri=text)],
        not_found=[text],
    )
    rendered = review_markdown(review)
    headings = [line for line in rendered.splitlines() if line.startswith("#")]
    assert [line for line in headings[1:]] == ["## Findings", "## Not found"]


def test_evidence_is_shown_as_what_it_is() -> None:
    def shown(kind: Any, text: str, lead: str | None) -> str:
        quote = Quote(text=text, source="s1", kind=kind, marked=(0, len(text)), place=Place(lead=lead))
        finding = Finding(id="f1", claim="A claim.", quotes=[quote])
        review = ReviewData(findings=[finding], sources=[Source(id="s1", kind="library", title="T", uri="t.md")])
        made = review_markdown(review)
        return made[made.index("A claim.") + 8 : made.index("f1 is from")].strip()

    assert shown("row", "Pro | 12 €", "Plan | Price") == "> | Plan | Price |\n> | --- | --- |\n> | Pro | 12 € |"
    assert shown("item", "Saturday: 10:00", "Opening hours:") == "> Opening hours:\n>\n> **Saturday: 10:00**"
    assert shown("code", "if x:\n    y()", "Like this:") == "> Like this:\n>\n> ```\n> if x:\n>     y()\n> ```"
    assert shown("sentence", "It is so.", None) == "> **It is so.**"


def test_what_is_only_near_says_so_once_for_all_or_by_itself() -> None:
    quote = Quote(text="It is so.", source="s1", marked=(0, 9))
    sure = Finding(id="f1", claim="It is so.", quotes=[quote])
    near = sure.model_copy(update={"id": "f2", "near": True})

    def shown(*findings: Finding) -> str:
        sources = [Source(id="s1", kind="library", title="T", uri="t.md")]
        return review_markdown(ReviewData(findings=list(findings), sources=sources))

    assert ONLY_NEAR not in shown(sure)
    assert ONLY_NEAR not in shown(sure, near)
    assert shown(sure, near).count("Only near to what was asked.") == 1
    assert ONLY_NEAR in shown(near)
    assert "Only near to what was asked." not in shown(near)


def test_a_source_that_holds_no_more_says_so_beside_each_of_its_quotes() -> None:
    finding = Finding(id="f1", claim="It is so.", quotes=[Quote(text="It is so.", source="s1", marked=(0, 9))])
    source = Source(id="s1", kind="library", title="Fees", uri="fees.md", date="2021")
    for superseded, told in ((False, "(fees.md, 2021)"), (True, "(fees.md, 2021, superseded)")):
        shown = review_markdown(
            ReviewData(findings=[finding], sources=[source.model_copy(update={"superseded": superseded})])
        )
        assert f"f1 is from Fees {told}" in shown
