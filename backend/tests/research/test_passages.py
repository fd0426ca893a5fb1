from hypothesis import given
from hypothesis import strategies as st

from sayso.research.passages import LIMIT, Stretch, split, word_count

SENTENCE = "The quick brown fox jumps over the lazy dog near the old river bank. "


def texts(text: str, *stretches: Stretch) -> list[str]:
    return [text[span.offset : span.offset + span.length] for span in split(text, stretches or [Stretch(0, len(text))])]


def test_a_passage_ends_at_a_sentence_and_stays_readable() -> None:
    text = (SENTENCE * 60).strip()
    passages = texts(text)
    assert len(passages) > 3
    assert all(passage.endswith("bank.") and passage.startswith("The quick") for passage in passages)
    assert all(60 <= word_count(passage) <= LIMIT for passage in passages)


def test_paragraphs_stay_whole_where_they_fit() -> None:
    paragraphs = [(f"Paragraph {number} begins here. " + SENTENCE * 6).strip() for number in range(4)]
    assert texts("\n\n".join(paragraphs)) == paragraphs


def test_what_a_colon_introduces_stays_with_it() -> None:
    text = (SENTENCE * 6).strip() + " It is made of three things:\n• one thing\n• another thing"
    assert texts(text) == [text]


def test_a_short_end_joins_the_passage_before() -> None:
    text = (SENTENCE * 7).strip() + "\n\nThat is all."
    assert texts(text) == [text]


def test_a_passage_never_crosses_a_heading() -> None:
    text = "First part. One.\n\nA Heading\n\nSecond part. Two."
    second = text.index("Second")
    first = Stretch(0, text.index("\n"), heading="Intro")
    spans = split(text, [first, Stretch(second, len(text), heading="A Heading", page=3)])
    assert [(span.offset, span.heading, span.page) for span in spans] == [(0, "Intro", None), (second, "A Heading", 3)]
    assert [text[span.offset : span.offset + span.length] for span in spans] == [
        "First part. One.",
        "Second part. Two.",
    ]


def test_an_endless_sentence_is_cut() -> None:
    assert max(map(len, texts("word " * 5_000))) < 2_500
    assert max(map(len, texts("語" * 20_000))) < 2_500


def test_abbreviations_do_not_end_a_sentence() -> None:
    text = " ".join(f"Dr. Smith saw no. {number} of the U.S. sites, e.g. in 1999." for number in range(60))
    assert all(passage.endswith("in 1999.") for passage in texts(text))


@given(st.text(alphabet=st.sampled_from("ab éß語😀.!?:•\n\t ")) | st.text(), st.integers(0, 20))
def test_passages_are_verbatim_in_order_and_leave_nothing_out(text: str, start: int) -> None:
    stretch = Stretch(min(start, len(text)), len(text))
    position, left = stretch.start, []
    for span in split(text, [stretch]):
        assert span.offset >= position
        left.append(text[position : span.offset])
        position = span.offset + span.length
        passage = text[span.offset : position]
        assert passage == passage.strip()
        assert passage
        assert position <= stretch.end
    left.append(text[position : stretch.end])
    assert "".join(left).strip() == ""
