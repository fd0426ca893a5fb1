"""What was not found is a finding too: it can be kept, dropped, and closed by evidence."""

import pytest

from report.driving import Run, evidence, gaps
from report.shelf import QUESTION, ShelfSource
from sayso.protocol.evidence import Finding, Place
from sayso.report.gaps import settle_gaps
from sayso.report.markdown import ONLY_NEAR
from sayso.report.rounds import not_found
from sayso.report.state import ReportState, Search
from sayso.report.workflow import ReportWorkflow
from sayso.research.source import Passage
from sayso.writers.extractive.reach import FAINT
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.port import Query


@pytest.fixture
def source() -> ShelfSource:
    return ShelfSource()


@pytest.fixture
def run(source: ShelfSource) -> Run:
    return Run(lambda: ReportWorkflow([source], {"extractive": ExtractiveWriter()}))


async def test_a_gap_opens_keeps_its_id_and_is_in_the_report(run: Run) -> None:
    await run.ask(QUESTION)
    review = await run.reject("What about penguins?")
    assert [(gap.id, gap.state, gap.round) for gap in gaps(review)] == [("g1", "new", 2)]
    assert "Penguins" in gaps(review)[0].claim
    assert f"**g1** {gaps(review)[0].claim}" in run.payload
    later = await run.reject("What about the pantry daemon?")
    assert [(gap.id, gap.state) for gap in gaps(later)] == [("g1", "kept")]
    report = await run.approve(keep=["f1", "g1"])
    assert gaps(later)[0].claim in report.not_found
    assert report.approvals[0].kept == ["f1"]
    assert "g1" not in report.approvals[0].dropped


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_dropped_gap_is_not_mentioned_again(run: Run, at_once: bool) -> None:
    await run.ask(QUESTION)
    review = await run.reject("What about penguins?")
    kept = [finding.id for finding in evidence(review)]
    if not at_once:
        later = await run.reject("What about the pantry daemon?", keep=kept)
        assert gaps(later) == []
    report = await run.approve(keep=kept)
    assert not any("penguin" in line for line in report.not_found)


async def test_evidence_closes_a_gap(run: Run, source: ShelfSource) -> None:
    await run.ask(QUESTION)
    review = await run.reject("What about penguins?")
    assert [gap.id for gap in gaps(review)] == ["g1"]
    text = "Penguins sit on the shelf while it is locked."
    source.passages.append(Passage(kind="library", uri="birds.md", title="Birds", text=text, place=Place(offset=0)))
    later = await run.reject("Which birds sit on a shelf?")
    assert any(text in finding.quotes[0].text for finding in evidence(later))
    assert gaps(later) == []


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("When does shelf-swap 9.7 lock a shelf?", "9.7"),
        ("When did compaction lock a shelf in 2025?", "2025"),
        ("When does compaction lock a shelf in Oslo?", "Oslo"),
        ("When does SHELF_FULL lock a shelf?", "SHELF_FULL"),
    ],
)
async def test_what_the_question_names_and_nothing_found_does_is_a_gap(run: Run, question: str, missing: str) -> None:
    review = await run.ask(question)
    assert evidence(review)
    [gap] = gaps(review)
    assert gap.claim.startswith("Nothing that was found names “")
    assert missing in gap.claim
    assert any(source.title in gap.claim for source in review.sources), "it says what was found instead"
    report = await run.approve()
    assert gap.claim in report.not_found


@pytest.mark.parametrize(
    "question",
    [
        "When does Larder compaction lock a shelf?",
        "What did Larder begin as in 2009?",
        "Since which version does Larder ship shelf-swap 4.2?",
        "How long do clients with a SHELF_BUSY wait?",
        "How is a user-friendly lock held?",
        "Compare compaction in Ghent.",
        "Can I choose when compaction locks a shelf? I want to CHOOSE when compaction locks a shelf.",
    ],
)
async def test_what_is_named_in_the_evidence_is_no_gap(run: Run, question: str) -> None:
    review = await run.ask(question)
    assert evidence(review)
    assert gaps(review) == []


async def test_what_was_not_found_lists_no_words_of_the_question(run: Run) -> None:
    await run.ask("How does compaction frobnicate a shelf sideways?")
    report = await run.approve()
    assert not any("frobnicate" in line or "sideways" in line for line in report.not_found)


async def test_a_bare_no_does_not_pass_over_a_gap(run: Run) -> None:
    await run.ask(QUESTION)
    await run.reject("What about penguins?")
    review = await run.reject()
    assert [gap.id for gap in gaps(review)] == ["g1"]


async def test_whom_only_the_passage_around_names_is_named(run: Run, source: ShelfSource) -> None:
    text = "To: Mrs P. Adeyemi, The Old Forge\n\nFelling the dead ash costs 685.00 crowns."
    source.passages.append(Passage(kind="library", uri="bill.md", title="Bill", text=text, place=Place(offset=0)))
    review = await run.ask("What did Mrs Adeyemi pay for felling the dead ash?")
    assert any("685.00" in finding.claim for finding in evidence(review))
    assert gaps(review) == []


FERRY = "The ferry to the island leaves from the eastern pier at noon."


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("When does the ferry to the island leave?", False),
        ("Which boat brings me over to the island before the afternoon?", True),
    ],
)
async def test_where_much_was_read_and_nothing_surely_answers_review_and_report_say_so(
    run: Run, source: ShelfSource, question: str, near: bool
) -> None:
    texts = [FERRY, *(f"An island of reeds lies in pond {n} of the gardener." for n in range(50))]
    source.passages[:] = [
        Passage(kind="library", uri=f"{n}.md", title=f"Log {n}", text=text, place=Place(offset=0))
        for n, text in enumerate(texts)
    ]
    review = await run.ask(question)
    assert (ONLY_NEAR in run.payload) == near
    assert all(finding.near for finding in evidence(review)) == near
    report = await run.approve()
    assert ("Near to the question" in [section.heading for section in report.sections]) == near
    assert any("comes nearest to it" in line for line in report.not_found) == near


@pytest.mark.parametrize("match", [FAINT - 0.01, FAINT])
def test_what_a_part_lacks_is_said_once(match: float) -> None:
    topic = "Where does it stay"
    near = Finding(id="f1", claim="It leaves.", topic=topic, match=match, near=True, round=1, quotes=[])
    searches = [Search(round=1, query=Query(text=topic, topic=topic))]
    state = ReportState(question="?", round=1, searches=searches, findings=[near], topics={"f1": topic})
    settle_gaps(state, searched=True)
    assert [gap.topic for gap in state.open_gaps()] == ([topic] if match < FAINT else [])
    assert len([line for line in not_found(state, ["f1"]) if topic in line]) == 1
