from hypothesis import given
from hypothesis import strategies as st

from sayso.language.statements import statements
from sayso.research.passages import LIMIT, MAX_LEAD, Stretch, split, word_count

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


def test_rows_of_a_later_passage_keep_their_header() -> None:
    rows = [f"Plan number {n} of them all | {n} EUR | {n} GB of storage for pictures" for n in range(60)]
    text = "\n".join(
        ["The plans are these.", "Plan | Price | Storage", "--- | --- | ---", *rows, "", "That is all of it."]
    )
    first, *later = split(text, [Stretch(0, len(text))])
    assert first.lead is None
    assert len(later) >= 2
    assert {span.lead for span in later} == {"Plan | Price | Storage"}
    found = []
    for span in (first, *later):
        passage = text[span.offset : span.offset + span.length]
        found += [each for each in statements(passage, lead=span.lead or "") if each.kind == "row"]
    assert [each.text for each in found] == rows


def test_items_of_a_later_passage_keep_the_line_that_leads_in() -> None:
    items = [f"- item number {n} of the list, with all that has to be said of it here" for n in range(40)]
    text = "\n".join(["It is old. The shop sells:", *items, "", "Prose again. " + SENTENCE * 12])
    spans = split(text, [Stretch(0, len(text))])
    begins = [span for span in spans if text[span.offset :].startswith("- item")]
    assert len(begins) >= 2
    assert {span.lead for span in begins} == {"The shop sells:"}
    assert [span.lead for span in spans if not text[span.offset :].startswith("- item")] == [None] * (
        len(spans) - len(begins)
    )


def test_what_leads_into_an_inner_list_leads_into_nothing_behind_it() -> None:
    inner = [f"{sign}) item {sign} of the list, with all that has to be said of it here" for sign in "abcdefghijklmnop"]
    outer = [f"{n}) {SENTENCE * 3}".strip() for n in range(4, 12)]
    text = "\n".join(["3) Do at least one of these:", *inner, *outer])
    leads = {text[span.offset :].split()[0]: span.lead for span in split(text, [Stretch(0, len(text))])}
    assert {lead for mark, lead in leads.items() if mark[0].isalpha()} == {"Do at least one of these:"}
    assert {lead for mark, lead in leads.items() if mark[0].isdigit()} == {None}


def test_code_is_cut_between_its_lines_and_goes_on_as_code() -> None:
    lines = [f"    value_{n} = compute the thing with number {n} and nothing else" for n in range(60)]
    text = "\n".join(["Run this:", "", "```python", *lines, "```", "", "Then it is done."])
    spans = split(text, [Stretch(0, len(text))])
    assert len(spans) > 2
    assert {span.lead for span in spans[1:-1]} == {"```python"}
    whole = {"Run this:", "```python", "```", "Then it is done.", *map(str.strip, lines)}
    code = []
    for span in spans:
        passage = text[span.offset : span.offset + span.length]
        assert {line.strip() for line in passage.split("\n")} <= {*whole, ""}, "no line is torn"
        code += [each for each in statements(passage, lead=span.lead or "") if each.kind == "code"]
    told = [line.strip() for each in code for line in each.text.split("\n") if not line.startswith("```")]
    assert told == [line.strip() for line in lines]


def test_a_lead_is_a_whole_sentence_or_none() -> None:
    long = f"{'A very long introduction ' * 40}:"
    assert len(long) > MAX_LEAD
    text = "\n".join([long, *(f"- {SENTENCE}" for _ in range(30))])
    assert {span.lead for span in split(text, [Stretch(0, len(text))])} == {None}


def test_a_lead_ends_with_its_stretch() -> None:
    rows = "\n".join(["Plan | Price", "--- | ---", "Basic | 4 EUR"])
    text = f"{rows}\n\nHeading\n\nOther | thing"
    spans = split(text, [Stretch(0, len(rows)), Stretch(text.index("Other"), len(text))])
    assert [span.lead for span in spans] == [None, None]


def test_a_question_stays_with_its_answer() -> None:
    text = (SENTENCE * 6).strip() + "\n\nHow long does it last?\n\nAbout eleven hours."
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
