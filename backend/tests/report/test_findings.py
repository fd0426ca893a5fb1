"""From candidates to findings: quotes are verbatim, stand where they say, and never share text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.gate.conflicts import conflicts
from sayso.language.sentences import readable, split
from sayso.language.verbatim import stands
from sayso.protocol.evidence import Finding, Mark, Place, Quote
from sayso.report.findings import MAX_QUOTES, add_findings
from sayso.report.quoting import QUOTE_WORDS, ShownQuotes
from sayso.report.state import ReportState
from sayso.report.strength import strength
from sayso.research.library.source import Library, Root
from sayso.research.source import Passage
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.port import Candidate, Carrier

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


def test_no_candidate_is_lost_in_the_quote_of_another() -> None:
    quotes = found(*(candidate("a.md", SENTENCES[:4], at) for at in (1, 2, 3)))
    assert [quote.text[slice(*(quote.marked or (0, 0)))] for quote in quotes] == SENTENCES[1:4]
    assert [quote.text for quote in quotes] == [" ".join(SENTENCES[:2]), SENTENCES[2], SENTENCES[3]]


def test_a_statement_is_one_finding() -> None:
    assert len(found(candidate("a.md", SENTENCES[:4], 1), candidate("a.md", SENTENCES[:4], 1))) == 1


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
    assert not stands(old.text, new.text)
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
            assert not stands(marked, other.text)
            same = spans[at][0] == spans[other_at][0]
            assert not (same and spans[at][1] < spans[other_at][2] and spans[other_at][1] < spans[at][2])


def test_a_ledger_refuses_marks_outside_the_passage() -> None:
    good = candidate("a.md", SENTENCES[:2], 0)
    for span in ((-1, 5), (5, 5), (9, 3), (0, 10_000)):
        assert ShownQuotes().quote(good.model_copy(update={"marked": span}), "s1") is None


CLAIMS = [
    "Full compaction holds an exclusive lock on the shelf until it has finished.",
    "Full compaction holds an exclusive lock on the shelf until it has finished, and each keeper knows it.",
    "An exclusive lock on the shelf is held by full compaction until it has finished.",
    "Full compaction holds exclusive locks on the shelf until it has finished.",
    "A full compaction holds the exclusive lock on a shelf until it has finished.",
]
AROUND = [
    "Operators ring a bell before they begin.",
    "The bakery in Ghent learned this in a hard winter.",
    "Clients see the error SHELF_BUSY in the meantime.",
    "Nobody has measured that with more than two keepers.",
    "The red line on the dashboard shows when.",
]


def said(at: int, *, uri: str = "", date: str | None = None, around: int | None = None) -> Candidate:
    """A candidate that makes the same claim as all others, in words and surroundings of its own."""
    beside = AROUND[at if around is None else around]
    made = candidate(uri or f"{at}.md", [CLAIMS[at], beside], 0)
    made.passage.date = date
    return made.model_copy(update={"match": 0.5, "topic": "Locks"})


def test_what_other_documents_say_too_are_further_quotes() -> None:
    state = ReportState(question="?", round=1)
    first = said(0, date="2024-05")
    first.also = [said(1), said(2), said(1, uri="1.md")]
    add_findings(state, [first])
    [finding] = state.findings
    assert [quote.source for quote in finding.quotes] == ["s1", "s2", "s3"]
    assert (finding.agreeing, finding.match, finding.topic) == (3, 0.5, "Locks")
    assert finding.strength == strength(3, 0.5)
    assert [(source.uri, source.date) for source in state.sources] == [
        ("0.md", "2024-05"),
        ("1.md", None),
        ("2.md", None),
    ]
    for quote, carrier in zip(finding.quotes, [first, *first.also], strict=False):
        assert quote.text in carrier.passage.text
        assert quote.marked is not None
        assert quote.text[slice(*quote.marked)] == carrier.passage.text[slice(*carrier.marked)]
    assert state.topics == {"f1": "Locks"}


def test_a_finding_has_so_many_quotes_and_no_more() -> None:
    state = ReportState(question="?", round=1)
    first = said(0)
    first.also = [said(n) for n in range(1, 5)]
    add_findings(state, [first])
    assert len(state.findings[0].quotes) == MAX_QUOTES == state.findings[0].agreeing


def test_a_candidate_that_says_the_same_is_a_further_quote_rather_than_lost() -> None:
    state = ReportState(question="?", round=1)
    add_findings(state, [said(0), candidate("other.md", SENTENCES[:2], 0), said(1)])
    assert [len(finding.quotes) for finding in state.findings] == [2, 1]
    assert [quote.source for quote in state.findings[0].quotes] == ["s1", "s3"]


@pytest.mark.parametrize(
    "text",
    [
        "Full compaction opens an exclusive lock on the shelf until it has finished.",
        "Full compaction holds an exclusive lock on the shelf before it has finished.",
        "Full compaction may hold an exclusive lock on the shelf until it has finished.",
    ],
)
def test_sources_agree_only_where_the_statement_is_in_both(text: str) -> None:
    first = said(0)
    first.also = [candidate("other.md", [text, AROUND[1]], 0)]
    state = ReportState(question="?", round=1)
    add_findings(state, [first])
    finding = state.findings[0]
    assert (finding.agreeing, len(finding.quotes)) == (1, 1)


def test_a_claim_has_a_mark_and_gives_way_to_the_statement_that_does_not_carry_it() -> None:
    words = {
        CLAIMS[0]: (CLAIMS[0], Mark.QUOTED),
        CLAIMS[2]: (CLAIMS[2], Mark.SAME),
        "Full compaction never holds a lock.": (CLAIMS[0], Mark.QUOTED),
    }
    for claim, told in words.items():
        state = ReportState(question="?", round=1)
        add_findings(state, [said(0).model_copy(update={"claim": claim})])
        [finding] = state.findings
        assert (finding.claim, finding.mark) == told


def test_another_number_is_another_finding() -> None:
    texts = ["A client of the shelf gives up after 30 seconds.", "A client of the shelf gives up after 60 seconds."]
    assert len(found(*(candidate(f"{n}.md", [text], 0) for n, text in enumerate(texts)))) == 2


def test_the_same_text_in_two_files_is_one_source() -> None:
    for twin in (said(0, uri="copy.md"), said(0, uri="copy.md", around=3)):
        twin.passage.text += " It was copied."
        for how in ("also", "candidate", "both"):
            state = ReportState(question="?", round=1)
            first = said(0)
            first.also = [twin] if how != "candidate" else []
            add_findings(state, [first, twin] if how != "also" else [first])
            [finding] = state.findings
            assert finding.agreeing == len(finding.quotes) == 1
            [source] = state.sources
            same = twin.passage.text.startswith(first.passage.text)
            assert (source.uri, source.copies) == ("0.md", ["copy.md"] if same else []), "a sentence makes no copy"


def test_the_same_passage_of_two_files_is_quoted_from_the_better_one_throughout() -> None:
    state = ReportState(question="?", round=1)
    far = [*SENTENCES, *(sentence.replace("cellar", "attic") for sentence in SENTENCES)]
    add_findings(state, [candidate("b.md", far, 2), candidate("a.md", far, 9)])
    assert [finding.quotes[0].source for finding in state.findings] == ["s1", "s1"]
    assert [(source.uri, source.copies) for source in state.sources] == [("b.md", ["a.md"])]


def test_a_copy_is_no_further_source_of_anything() -> None:
    state = ReportState(question="?", round=1)
    copied = candidate("0.md", SENTENCES[:5], 1, offset=500)
    copied.also = [Carrier(**candidate("copy.md", SENTENCES[:4], 1).model_dump(include={"passage", "marked"}))]
    first = said(0)
    first.also = [said(1, uri="copy.md")]
    add_findings(state, [first, copied])
    assert state.findings[0].agreeing == 1
    assert [source.copies for source in state.sources] == [["copy.md"]]


def test_a_finding_of_an_earlier_round_stays_as_it_was_shown() -> None:
    state = ReportState(question="?", round=1)
    add_findings(state, [said(0)])
    shown = state.findings[0].model_dump_json()
    state.round = 2
    again = candidate("new.md", SENTENCES[:2], 0)
    again.also = [said(2)]
    add_findings(state, [said(1), again])
    assert state.findings[0].model_dump_json() == shown
    assert [finding.id for finding in state.findings] == ["f1", "f2"]
    assert len(state.findings[1].quotes) == 1, "what was shown of another finding is not shown again"


def test_a_gap_takes_no_number_of_a_finding() -> None:
    state = ReportState(question="?", round=1)
    add_findings(state, [said(0)])
    state.findings.append(Finding(id="g1", kind="gap", claim="Nothing was found.", quotes=[]))
    state.round = 2
    add_findings(state, [candidate("new.md", SENTENCES[:2], 0)])
    assert [finding.id for finding in state.findings] == ["f1", "g1", "f2"]


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 4), st.lists(st.integers(0, 4), max_size=4)), min_size=1, max_size=6
    )
)
def test_whatever_agrees_adding_again_changes_nothing_and_every_quote_is_of_another_source(
    given_: list[tuple[int, int, list[int]]],
) -> None:
    state = ReportState(question="?", round=1)
    candidates = []
    for at, around, also in given_:
        made = said(at, uri=f"{at}-{around}.md", around=around)
        candidates.append(made.model_copy(update={"also": [said(other, uri=f"also-{other}.md") for other in also]}))
    add_findings(state, candidates)
    once = state.model_dump_json()
    add_findings(state, candidates)
    assert state.model_dump_json() == once
    own = {source.uri for source in state.sources}
    for source in state.sources:
        assert not own & set(source.copies)
    for finding in state.findings:
        sources = [quote.source for quote in finding.quotes]
        assert len(set(sources)) == len(sources) == finding.agreeing <= MAX_QUOTES
    texts = [quote.text for finding in state.findings for quote in finding.quotes]
    marks = [quote.text[slice(*(quote.marked or (0, 0)))] for finding in state.findings for quote in finding.quotes]
    for at, mark in enumerate(marks):
        assert not any(stands(mark, text) for other, text in enumerate(texts) if other != at)


POLICY = (
    "# Policy\n\nClients of the shelf give up waiting for its lock after 30 seconds. Operators may not change it. "
    "The keeper of the shelf signs for every exception.\n"
)
SHELF = {
    "policy.md": f"---\ndate: 2024-05-17\n---\n{POLICY}",
    "copy/policy.md": POLICY,
    "manual.md": "# Manual\n\nAfter 30 seconds clients of the shelf give up waiting for its lock. A red lamp is lit, "
    "and a bell rings in the bakery until somebody comes.\n",
    "wiki.md": "---\nupdated: 2019\n---\n# Wiki\n\nClients of the shelf give up waiting for its lock after 60 seconds. "
    "This was measured by the night watch of the harbour.\n",
    "other.md": "# Bread\n\nThe bread of the bakery rises for two hours before it is baked in the old oven.\n",
}


async def test_from_files_to_findings_that_agree_that_are_copies_and_that_contradict(tmp_path: Path) -> None:
    for name, text in SHELF.items():
        path = tmp_path / "documents" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    library = Library(tmp_path / "data", [Root(tmp_path / "documents")], isolated=False)
    try:
        await library.refresh()
        state = ReportState(question="When do clients give up waiting for the lock of a shelf?", round=1)
        writer, assignment = ExtractiveWriter(), state.assignment()
        hits = [(query, await library.search(query.text, limit=15)) for query in await writer.plan(assignment)]
        add_findings(state, await writer.find(assignment, hits))
    finally:
        await library.close()
    by_id = {source.id: source for source in state.sources}
    told = {
        quote.text[slice(*(quote.marked or (0, 0)))]: finding for finding in state.findings for quote in finding.quotes
    }
    thirty = next(finding for text, finding in told.items() if "30 seconds" in text)
    sixty = next(finding for text, finding in told.items() if "60 seconds" in text)
    assert thirty.agreeing == 2
    assert sixty.agreeing == 1
    assert thirty.strength is not None
    assert sixty.strength is not None
    assert thirty.strength > sixty.strength
    sources = {by_id[quote.source].uri: by_id[quote.source] for quote in thirty.quotes}
    [policy] = sources.keys() - {"manual.md"}
    assert {policy, *sources[policy].copies} == {"policy.md", "copy/policy.md"}
    assert by_id[sixty.quotes[0].source].date == "2019"
    [conflict] = conflicts(state.findings, state.sources)
    assert set(conflict.findings) == {thirty.id, sixty.id}
    assert "30 seconds" in conflict.why
    assert "60 seconds" in conflict.why


def test_a_source_that_holds_no_more_says_so_in_this_round_and_the_next() -> None:
    state = ReportState(question="?", round=1)
    add_findings(
        state, [candidate("old.md", SENTENCES[:2], 0), candidate("new.md", SENTENCES[3:5], 1)], frozenset({"old.md"})
    )
    assert {source.uri: source.superseded for source in state.sources} == {"old.md": True, "new.md": False}
    state.round = 2
    add_findings(state, [candidate("last.md", SENTENCES[6:], 0)], frozenset({"new.md"}))
    assert {source.uri: source.superseded for source in state.sources} == {
        "old.md": True,
        "new.md": True,
        "last.md": False,
    }
