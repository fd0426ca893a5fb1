"""From candidates to findings: quotes are verbatim, stand where they say, and never share text."""

from hypothesis import given
from hypothesis import strategies as st

from sayso.protocol.evidence import Place, Quote
from sayso.report.evidence import QUOTE_WORDS, Ledger, add_findings
from sayso.report.state import ReportState
from sayso.research.source import Passage
from sayso.writing.sentences import contains, readable, split
from sayso.writing.writer import Candidate

SENTENCES = [f"Sentence number {n} tells of the {word} in the cellar." for n, word in enumerate(
    ("barrel", "lantern", "ladder", "bottle", "window", "spider", "staircase", "cheese"), start=1
)]  # fmt: skip
PREFACE = "A preface that is quoted by nobody.\n\n"


def candidate(uri: str, sentences: list[str], marked: int, offset: int = len(PREFACE)) -> Candidate:
    text = " ".join(sentences)
    start = text.index(sentences[marked])
    passage = Passage(kind="library", uri=uri, title=uri, text=text, place=Place(offset=offset))
    return Candidate(claim=sentences[marked], passage=passage, marked=(start, start + len(sentences[marked])))


def found(*candidates: Candidate, state: ReportState | None = None) -> list[Quote]:
    state = state or ReportState(question="?", round=1)
    add_findings(state, list(candidates))
    return [finding.quotes[0] for finding in state.findings if finding.round == state.round]


def test_a_quote_is_its_sentence_with_its_neighbours_and_says_where_it_stands() -> None:
    [quote] = found(candidate("a.md", SENTENCES * 3, 3))
    document = PREFACE + " ".join(SENTENCES * 3)
    assert quote.marked is not None
    assert quote.place.offset is not None
    assert quote.text[slice(*quote.marked)] == SENTENCES[3]
    assert document[quote.place.offset : quote.place.offset + len(quote.text)] == quote.text
    assert SENTENCES[2] in quote.text
    assert SENTENCES[4] in quote.text
    assert len(quote.text.split()) <= QUOTE_WORDS


def test_a_sentence_that_stands_in_a_quote_already_is_not_a_finding_of_its_own() -> None:
    assert len(found(candidate("a.md", SENTENCES[:4], 1), candidate("a.md", SENTENCES[:4], 2))) == 1


def test_the_same_sentence_in_another_document_is_not_new() -> None:
    assert len(found(candidate("a.md", SENTENCES[:3], 1), candidate("b.md", SENTENCES[1:2], 0))) == 1


def test_a_quote_ends_before_what_another_one_shows() -> None:
    far = [*SENTENCES, *(sentence.replace("cellar", "attic") for sentence in SENTENCES)]
    quotes = found(candidate("a.md", far, 2), candidate("a.md", far, 9))
    assert len(quotes) == 2
    shown = [readable(sentence.text) for quote in quotes for sentence in split(quote.text)]
    assert len(shown) == len(set(shown))


def test_what_was_shown_in_an_earlier_round_stays_out_of_new_quotes() -> None:
    state = ReportState(question="?", round=1)
    [old] = found(candidate("a.md", SENTENCES[:1], 0), state=state)
    state.round = 2
    [new] = found(candidate("b.md", SENTENCES[:3], 1), state=state)
    assert not contains(new.text, old.text)
    assert SENTENCES[2] in new.text
    assert [finding.id for finding in state.findings] == ["f1", "f2"]
    assert [source.id for source in state.sources] == ["s1", "s2"]


def test_adding_again_changes_nothing() -> None:
    state = ReportState(question="?", round=1)
    candidates = [candidate("a.md", SENTENCES[:2], 0), candidate("b.md", SENTENCES[4:], 2)]
    add_findings(state, candidates)
    once = state.model_dump_json()
    add_findings(state, candidates)
    assert state.model_dump_json() == once


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a.md", "b.md"]),
            st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8, unique=True),
            st.integers(0, 7),
            st.integers(0, 400),
        ),
        max_size=8,
    )
)
def test_no_two_quotes_share_what_they_mark_or_where_they_stand(
    given_: list[tuple[str, list[str], int, int]],
) -> None:
    state = ReportState(question="?", round=1)
    quotes = found(*(candidate(uri, texts, at % len(texts), offset) for uri, texts, at, offset in given_), state=state)
    spans = []
    for quote in quotes:
        assert quote.marked is not None
        assert quote.place.offset is not None
        start, end = quote.marked
        assert 0 <= start < end <= len(quote.text)
        spans.append((quote.source, quote.place.offset, quote.place.offset + len(quote.text)))
    for at, quote in enumerate(quotes):
        marked = quote.text[slice(*(quote.marked or (0, 0)))]
        for other_at, other in enumerate(quotes):
            if other_at == at:
                continue
            assert not contains(other.text, marked)
            same = spans[at][0] == spans[other_at][0]
            assert not (same and spans[at][1] < spans[other_at][2] and spans[other_at][1] < spans[at][2])


def test_a_ledger_refuses_marks_outside_the_passage() -> None:
    good = candidate("a.md", SENTENCES[:2], 0)
    for span in ((-1, 5), (5, 5), (9, 3), (0, 10_000)):
        assert Ledger().quote(good.model_copy(update={"marked": span}), "s1") is None
