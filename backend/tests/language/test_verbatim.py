"""What stands word for word in a text, and what only looks like it."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sayso.language.verbatim import stands
from sayso.writers.llm.prompts import neutral

WORDS = ["lock", "block", "10", "105", "1.5", "10,000", "no", "not", "a_b", "naïve", "x²", "m", "−3", "don’t"]
MARKS = [
    " ",
    "  ",
    "\n",
    "*",
    "**",
    "_",
    "`",
    "``",
    "[",
    "](u)",
    "!",
    "(",
    ")",
    ".",
    ", ",
    "-",
    "–",
    "\u00ad",
    "“",
    "2*3",
    "\u0301",
]
texts = st.lists(st.sampled_from([*WORDS, *MARKS]), max_size=14).map("".join)
plain = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


def tokens(text: str) -> list[str]:
    """The words of a text, link targets and what nobody sees apart: told without the code under test."""
    text = re.sub(r"\]\(u\)", "]", text.replace("\u00ad", ""))
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))


def within(some: list[str], all_of_them: list[str]) -> bool:
    return any(all_of_them[at : at + len(some)] == some for at in range(len(all_of_them) - len(some) + 1))


@given(texts, st.data())
def test_what_is_cut_out_of_a_text_at_its_blanks_stands_in_it(text: str, data: st.DataObject) -> None:
    words = text.split(" ")
    first = data.draw(st.integers(0, len(words) - 1))
    cut = " ".join(words[first : data.draw(st.integers(first + 1, len(words)))])
    assert stands(cut, text) or not cut.strip()


@pytest.mark.parametrize(
    "text", ["It is un\u00ad\u200blimited.", "It is un\u00ad\u00ad\u00adlimited.", "It is 1\u00ad0 limited0."]
)
def test_a_word_goes_on_behind_what_nobody_sees(text: str) -> None:
    assert not stands("limited", text)
    assert not stands("0 limited", text)
    assert stands(text.replace("\u00ad", ""), text)


@given(texts, texts)
@example("lock", "lock\u00adlock")
def test_what_stands_is_there_word_for_word(sentence: str, text: str) -> None:
    if stands(sentence, text):
        assert within(tokens(sentence), tokens(text))


@given(plain, texts, texts)
def test_what_is_there_stands(sentence: str, before: str, after: str) -> None:
    assert stands(sentence, f"{before}\n\n{sentence}\n\n{after}")


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), st.data())
def test_another_word_or_figure_does_not_stand(said: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(said) - 1))
    other = data.draw(st.sampled_from([word for word in WORDS if word not in said]))
    assert not stands(" ".join([*said[:at], other, *said[at + 1 :]]), " ".join(said))


@given(plain, st.sampled_from(["**{}**", "*{}*", "`{}`", "[{}](u)", "“{}”", "({})", "{}.", "see {}, and"]))
def test_marks_and_white_space_around_do_not_count(sentence: str, around: str) -> None:
    assert stands(sentence, around.format(sentence.replace(" ", "\n  ")))


@pytest.mark.parametrize(
    ("sentence", "text", "there"),
    [
        ("Plain VACUUM takes no exclusive lock.", "Plain **VACUUM** takes\nno [exclusive](/x) lock. It is fast.", True),
        ("Plain VACUUM takes an exclusive lock.", "Plain **VACUUM** takes\nno [exclusive](/x) lock.", False),
        ('It isn\'t "short" - far from it', "It isn’t “short” – far from it.", True),
        ("the office of naïve finders", "the oﬃce of nai\u0308ve ﬁnders", True),
        ("needs a lock", "It** needs a **lock", True),
        ("ends here", "This **ends here", True),
        ("", "anything", False),
        ("  ", "anything at all", False),
        ("vacuum", "VACUUM", False),
        ("The limit is 10", "The limit is 10.5 MB", False),
        ("The limit is 10.", "The limit is 10.5 MB", False),
        ("The limit is 10", "The limit is 10,000 rows", False),
        ("The limit is 10", "The limit is 100 rows", False),
        ("The limit is 10", "The limit is 10, no more", True),
        ("the lock", "the locks", False),
        ("lock the table", "block the table", False),
        ("23 rows", "2*3 rows", False),
        ("23 rows", "2**3 rows", False),
        ("105 rows", "10⁵ rows", False),
        ("init is called", "__init__ is called", False),
        ("items0", "items[0]", False),
        ("ab is set", "a`b is set", False),
        ("事务是原子的", "数据库里事务是原子的。", True),
        ("می خواهم", "می\u200cخواهم", False),
        ("names such as .gif and .png", "names such as *.gif and *.png", False),
        ("begins with ‘*.’ and ends", "begins with ‘*.’ and ends in (‘*?[’)", True),
        # A sign that has its fellow outside of the sentence.
        ("Use *.gif, which is matched first.", "Use *.gif, which is matched first. Then comes a lone* sign.", True),
    ],
)
def test_the_one_tolerance(sentence: str, text: str, there: bool) -> None:
    assert stands(sentence, text) is there


@given(st.text(alphabet="</|pasge questionfd \n>"))
def test_neutral_text_keeps_its_length(text: str) -> None:
    assert len(neutral(text)) == len(text)
    assert "</passage" not in neutral(text + "</passage>")
