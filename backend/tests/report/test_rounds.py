"""The report workflow through its rounds: what is shown, remembered, dropped and written."""

import json

import pytest
from pydantic import JsonValue

from report.driving import Run, evidence, gaps, quotes
from report.shelf import DOCUMENTS, QUESTION, ShelfSource
from sayso.events import ProgressEvent, ResultEvent, ReviewEvent
from sayso.language.verbatim import stands
from sayso.protocol.decisions import DECISION_SCHEMA
from sayso.protocol.evidence import Finding
from sayso.protocol.review import ReviewData
from sayso.report.workflow import ReportWorkflow
from sayso.writers.extractive.writer import ExtractiveWriter


@pytest.fixture
def source() -> ShelfSource:
    return ShelfSource()


@pytest.fixture
def run(source: ShelfSource) -> Run:
    return Run(lambda: ReportWorkflow([source], {"extractive": ExtractiveWriter()}, "extractive"))


def assert_verbatim(review: ReviewData) -> None:
    texts = {uri: "\n\n".join(text for _, text in parts) for uri, (_, parts) in DOCUMENTS.items()}
    uris = {source.id: source.uri for source in review.sources}
    for finding in evidence(review):
        for quote in finding.quotes:
            text, offset = texts[uris[quote.source]], quote.place.offset
            assert offset is not None
            assert text[offset : offset + len(quote.text)] == quote.text
            assert quote.marked is not None
            start, end = quote.marked
            assert 0 <= start < end <= len(quote.text)


async def test_the_first_review_has_findings_with_quotes_from_the_right_documents(run: Run) -> None:
    review = await run.ask(QUESTION)
    assert review.kind == "research_review"
    assert review.round == 1
    assert review.response_schema == DECISION_SCHEMA
    assert [finding.id for finding in evidence(review)] == [f"f{n}" for n in range(1, len(evidence(review)) + 1)]
    assert len(evidence(review)) >= 3
    assert any("exclusive lock" in finding.claim for finding in evidence(review))
    uris = {source.uri for source in review.sources}
    assert {"compaction.md", "tools.md"} <= uris
    assert "history.md" not in uris
    assert_verbatim(review)


async def test_nothing_is_said_between_a_question_and_its_answer(run: Run) -> None:
    await run.ask(QUESTION)
    assert isinstance(run.events[-1], ReviewEvent)
    stages = [event.stage for event in run.of(ProgressEvent)]
    assert stages == sorted(stages, key=["plan", "search", "findings"].index)
    searches = [event for event in run.of(ProgressEvent) if event.stage == "search"]
    assert searches[-1].done == searches[-1].total == len(searches)


async def test_the_review_reads_as_markdown_with_every_claim_and_quote(run: Run) -> None:
    review = await run.ask(QUESTION)
    for finding in evidence(review):
        assert f"**{finding.id}** {finding.claim}" in run.payload
    assert "Round 1" in run.payload


async def test_feedback_that_names_something_brings_a_new_quote_that_contains_it(run: Run, source: ShelfSource) -> None:
    first = await run.ask("When does compaction lock a shelf?")
    assert not any("pantry daemon" in quote for quote in quotes(first))
    second = await run.reject("What about the pantry daemon?")
    new = [finding for finding in evidence(second) if finding.state == "new"]
    assert any("pantry daemon" in finding.quotes[0].text for finding in new)
    assert any("pantry" in query for query in source.searched)
    use = second.feedback_used[-1]
    assert use.feedback == "What about the pantry daemon?"
    assert "pantry daemon" in use.what_was_done
    assert "new" in use.what_was_done


async def test_feedback_keeps_what_was_shown_and_adds_to_it(run: Run) -> None:
    first = await run.ask("When does compaction lock a shelf?")
    second = await run.reject("More about the pantry daemon")
    kept = [finding for finding in evidence(second) if finding.state == "kept"]
    assert [finding.id for finding in kept] == [finding.id for finding in evidence(first)]
    assert evidence(second)[-len(kept) :] == kept, "what is new comes first"
    assert quotes(first) <= quotes(second)
    assert len({finding.id for finding in evidence(second)}) == len(evidence(second))
    assert {(source.id, source.uri) for source in first.sources} <= {(each.id, each.uri) for each in second.sources}


async def test_a_bare_no_searches_wider_and_repeats_nothing(run: Run, source: ShelfSource) -> None:
    first = await run.ask("When does compaction lock a shelf?")
    before = list(source.searched)
    second = await run.reject()
    assert evidence(second)
    assert not quotes(first) & quotes(second)
    assert all(finding.state == "new" for finding in evidence(second))
    assert not set(before) & set(source.searched[len(before) :])
    assert "wider" in second.feedback_used[-1].what_was_done


async def test_bare_noes_end_with_a_review_that_says_so_and_can_still_be_approved(run: Run) -> None:
    seen: set[str] = set()
    review = await run.ask(QUESTION)
    for _ in range(10):
        fresh = {text for finding in evidence(review) if finding.state == "new" for text in _marked(finding)}
        assert not fresh & seen
        seen |= fresh
        if not fresh:
            break
        review = await run.reject()
    assert "nothing new was found" in review.feedback_used[-1].what_was_done.lower()
    assert quotes(review) == seen, "what was set aside is offered again"
    report = await run.approve()
    assert report.sections


async def test_what_is_dropped_never_comes_back(run: Run) -> None:
    first = await run.ask(QUESTION)
    dropped = [finding for finding in evidence(first) if finding.id != "f1"]
    review = await run.reject("alternatives to locking, shelf-swap, scheduling", keep=["f1"])
    for _ in range(3):
        for finding in evidence(review):
            for gone in dropped:
                assert finding.id != gone.id
                for text in _marked(gone):
                    assert not stands(text, finding.quotes[0].text)
        review = await run.reject("more on locks")
    report = await run.approve()
    assert {gone.id for gone in dropped} <= set(report.approvals[0].dropped)
    for gone in dropped:
        for text in _marked(gone):
            assert text not in run.payload
            assert text not in report.model_dump_json()


async def test_a_chosen_finding_outlives_a_bare_no(run: Run) -> None:
    await run.ask(QUESTION)
    await run.reject("shelf-swap", keep=["f2"])
    review = await run.reject()
    kept = [finding.id for finding in evidence(review) if finding.state == "kept"]
    assert kept == ["f2"]


async def test_everything_dropped_and_nothing_new_gives_an_honest_report(run: Run) -> None:
    review = await run.ask("Who founded Larder in Ghent?")
    for _ in range(6):
        if not evidence(review):
            break
        review = await run.reject(keep=[])
    assert evidence(review) == []
    report = await run.approve()
    assert report.sections == []
    assert report.sources == []
    assert "No good evidence" in report.note
    assert report.gate.sentences == 0
    assert not run.drafted


async def test_a_question_without_evidence_says_so(run: Run) -> None:
    review = await run.ask("How do penguins digest anchovies?")
    assert evidence(review) == []
    assert [(gap.id, gap.quotes, gap.topic) for gap in gaps(review)] == [("g1", [], "How do penguins digest anchovies")]
    assert "No good evidence" in run.payload
    report = await run.approve()
    assert report.sections == []
    assert report.not_found == [gaps(review)[0].claim]


async def test_an_approval_writes_from_the_kept_findings_and_names_who_gave_it(run: Run) -> None:
    review = await run.ask(QUESTION)
    kept = [finding for finding in evidence(review) if finding.id in ("f1", "f3")]
    gone = [finding for finding in evidence(review) if finding.id not in ("f1", "f3")]
    report = await run.approve(keep=["f1", "f3"], by="Grace *Hopper*")
    approval = report.approvals[0]
    assert (approval.by, approval.round, approval.kept) == ("Grace *Hopper*", 1, ["f1", "f3"])
    assert approval.dropped == [finding.id for finding in gone]
    assert "Evidence approved by Grace \\*Hopper\\*" in run.payload
    texts = [sentence.text for sentence in report.summary]
    texts += [sentence.text for section in report.sections for sentence in section.sentences]
    assert len(texts) == len(set(texts)) == report.gate.sentences == report.gate.supported
    for text in texts:
        assert any(stands(text, quote.text) for finding in kept for quote in finding.quotes)
    for finding in gone:
        for text in _marked(finding):
            assert text not in report.model_dump_json()
    assert [source.n for source in report.sources] == list(range(1, len(report.sources) + 1))
    assert {quote for source in report.sources for quote in source.quotes} == {f.quotes[0].text for f in kept}


async def test_drafts_hold_the_whole_text_of_every_section(run: Run) -> None:
    await run.ask(QUESTION)
    report = await run.approve()
    for section in report.sections:
        for sentence in section.sentences:
            assert sentence.text in run.drafted


async def test_an_edit_rewords_a_claim_and_never_a_quote(run: Run) -> None:
    first = await run.ask(QUESTION)
    before = {finding.id: finding.quotes for finding in evidence(first)}
    worded = "Larder compaction keeps an exclusive lock on the shelf."
    second = await run.reject("shelf-swap", edits={"f1": worded})
    assert evidence(second)[0].claim == worded
    assert evidence(second)[0].quotes == before["f1"]
    report = await run.approve(keep=["f1"])
    assert [sentence.text for section in report.sections for sentence in section.sentences] == [worded]


async def test_an_edit_that_its_quote_does_not_support_is_taken_out_with_the_reason(run: Run) -> None:
    await run.ask(QUESTION)
    report = await run.approve(keep=["f1"], edits={"f1": "Larder compaction holds an exclusive lock for 90 seconds."})
    assert report.sections == []
    assert report.removed[0].text == "Larder compaction holds an exclusive lock for 90 seconds."
    assert "90" in report.removed[0].why


async def test_ten_rounds_work_and_ids_stay(run: Run) -> None:
    review = await run.ask(QUESTION)
    sources = {source.uri: source.id for source in review.sources}
    for text in ("shelf-swap", "", "pantry daemon", "crate lock", "", "history in Ghent", "", "version 4.2", ""):
        review = await run.reject(text)
        for source in review.sources:
            assert sources.setdefault(source.uri, source.id) == source.id
    assert review.round == 10
    assert len(review.feedback_used) == 9
    assert len(set(sources.values())) == len(sources)


async def test_a_run_goes_on_in_a_fresh_instance_at_every_pause(source: ShelfSource) -> None:
    async def tale(restart: bool) -> tuple[list[str], str]:
        run = Run(lambda: ReportWorkflow([source], {"extractive": ExtractiveWriter()}, "extractive"))
        reviews = [await run.ask(QUESTION)]
        for feedback in ("What about the pantry daemon?", ""):
            if restart:
                await run.restart()
            reviews.append(await run.reject(feedback))
        if restart:
            await run.restart()
        await run.approve()
        return [review.model_dump_json() for review in reviews], run.payload

    assert await tale(restart=True) == await tale(restart=False)


async def test_the_same_run_twice_is_the_same_to_the_letter(source: ShelfSource) -> None:
    async def tale() -> str:
        run = Run(lambda: ReportWorkflow([source], {"extractive": ExtractiveWriter()}, "extractive"))
        first = await run.ask(QUESTION)
        second = await run.reject("gentle compaction")
        report = await run.approve()
        return json.dumps([each.model_dump(mode="json") for each in (first, second, report)])

    assert await tale() == await tale()


def _marked(finding: Finding) -> list[str]:
    return [quote.text[slice(*(quote.marked or (0, 0)))] for quote in finding.quotes]


@pytest.mark.parametrize("said", ["maybe", "", "APPROVE", "no", True, None, {"approve": True}])
async def test_a_word_that_is_no_decision_decides_nothing(said: JsonValue) -> None:
    run = Run(lambda: ReportWorkflow([ShelfSource()], {"extractive": ExtractiveWriter()}))
    await run.ask(QUESTION)
    before = len(run.of(ReviewEvent))
    with pytest.raises(ValueError, match="is not a valid Decision"):
        await run.answer(said)
    assert len(run.of(ReviewEvent)) == before
    assert not run.of(ResultEvent)
