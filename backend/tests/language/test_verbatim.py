"""Sentences that models copy, found again in their passages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.verbatim import closest, locate
from sayso.writers.llm.prompts import neutral

TEXT = (
    "The **first** sentence is `here`.  It isn’t “short” – it\nhas a [link](https://a.example/b) and 1,000 words. "
    "The end is near."
)


@pytest.mark.parametrize(
    ("copied", "expected"),
    [
        ("The first sentence is here.", "The **first** sentence is `here`."),
        ('It isn\'t "short" - it has a link and 1,000 words.', TEXT[35:-17].strip()),
        ('"The end is near"', "The end is near."),
        ('sentence is here. It isn\'t "short"', TEXT[:-17].strip()),
        ("The end is far.", None),
        ("The", None),
        ("", None),
    ],
)
def test_locate(copied: str, expected: str | None) -> None:
    span = locate(copied, TEXT)
    assert (TEXT[slice(*span)] if span else None) == expected


@pytest.mark.parametrize(
    ("copied", "found"),
    [
        ("The backup of the large table usually takes about 30 minutes.", True),
        ("The backup of the large table usually takes about 45 minutes.", False),
        ("The backup is slow.", False),
    ],
)
def test_closest(copied: str, found: bool) -> None:
    text = "Nothing here. The backup of a large table usually takes about 30 minutes. Nothing there."
    span = closest(copied, text)
    assert (text[slice(*span)] if span else "") == (
        "The backup of a large table usually takes about 30 minutes." if found else ""
    )


@given(st.text(), st.text(), st.text())
def test_spans_lie_in_the_text(before: str, copied: str, after: str) -> None:
    text = before + copied + after
    span = locate(copied, text)
    if span:
        assert 0 <= span[0] < span[1] <= len(text)


@given(st.text(alphabet="</|pasge questionfd \n>"))
def test_neutral_text_keeps_its_length(text: str) -> None:
    assert len(neutral(text)) == len(text)
    assert "</passage" not in neutral(text + "</passage>")
