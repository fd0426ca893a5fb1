"""What a decision says beside its word binds: what it drops, sets aside, searches for, leaves out, limits and adds."""

import json
from typing import Any

import pytest
from pydantic import JsonValue

from report.archive import Archive
from report.driving import Run, evidence, gaps
from report.shelf import QUESTION, ShelfSource
from sayso.language.mention import Mention
from sayso.protocol.commands import Answer, ProtocolError
from sayso.protocol.decisions import settle
from sayso.protocol.evidence import FeedbackUse
from sayso.protocol.reading import Reading
from sayso.protocol.report import Report
from sayso.protocol.review import ReviewData
from sayso.report.passages import source_passages
from sayso.report.reading import read_decision
from sayso.report.workflow import ReportWorkflow
from sayso.writers.extractive.writer import ExtractiveWriter


@pytest.fixture
def source() -> ShelfSource:
    return ShelfSource()


@pytest.fixture
def run(source: ShelfSource) -> Run:
    return Run(lambda: ReportWorkflow([source], {"extractive": ExtractiveWriter()}))


async def sent(run: Run, review: ReviewData, **said: Any) -> dict[str, Any]:
    """A decision as the service hands it on: settled, and read."""
    answer = settle(Answer.model_validate({"response": "reject", **said}), review)
    read = await read_decision(answer, review, run.attachments, ["shelf"])
    fields: dict[str, JsonValue] = json.loads(
        answer.model_dump_json(exclude={"response", "by", "review", "response_id"})
    )
    return {**fields, "read": json.loads(read.model_dump_json())}


async def rejected(run: Run, review: ReviewData, **said: Any) -> ReviewData:
    return await run.reject(**await sent(run, review, **said))


def named(report: Report | ReviewData, what: str) -> list[str]:
    """What of a review or a report names something: its claims, marked sentences, topics, gaps, units and headings."""
    if isinstance(report, ReviewData):
        texts = [text for each in report.findings for text in (each.claim, each.topic)]
        texts += [quote.text[slice(*(quote.marked or (0, 0)))] for each in report.findings for quote in each.quotes]
        texts += [part.topic for part in report.parts]
    else:
        units = [*report.summary, *(unit for section in report.sections for unit in section.sentences)]
        texts = [unit.text for unit in units] + [section.heading for section in report.sections] + report.not_found
    return [text for text in texts if Mention.of(what).named_in(text)]


def use_of(review: ReviewData, field: str) -> FeedbackUse:
    (found,) = [use for use in review.feedback_used if use.field == field and use.round == review.round - 1]
    return found


async def test_with_drop_the_client_sorts(run: Run) -> None:
    first = await run.ask(QUESTION)
    ids = [finding.id for finding in evidence(first)]
    second = await rejected(run, first, keep=[ids[0]], drop={ids[1]: "not about locks"}, search=["pantry daemon"])
    assert [each.id for each in evidence(second) if each.state == "kept"] == [ids[0]]
    assert {each.id: (each.why, each.reason) for each in second.gone if each.id == ids[1]} == {
        ids[1]: ("dropped", "not about locks")
    }
    assert [each.id for each in second.aside] == ids[2:]
    assert {quote.source for each in second.aside for quote in each.quotes} <= {each.id for each in second.sources}
    third = await rejected(run, second, keep=[ids[2]], drop={})
    assert ids[2] in [each.id for each in evidence(third)], "one that was set aside comes back"
    assert ids[0] in [each.id for each in third.aside]
    assert ids[1] not in [each.id for each in [*evidence(third), *third.aside]]


async def test_an_empty_drop_sets_all_aside(run: Run) -> None:
    first = await run.ask(QUESTION)
    second = await rejected(run, first, drop={}, feedback="More on the pantry daemon")
    assert [each.id for each in second.aside] == [each.id for each in evidence(first)]
    assert all(each.state == "new" for each in evidence(second))
    assert "set aside" in use_of(second, "keep").what_was_done


async def test_what_was_dropped_never_returns(run: Run) -> None:
    review = await run.ask(QUESTION)
    gone = evidence(review)[0]
    for search in ("full compaction exclusive lock", "renaming shelf lock", gone.claim):
        review = await rejected(run, review, keep=[], drop={gone.id: ""} if review.round == 1 else {}, search=[search])
        shown = [*evidence(review), *review.aside]
        assert gone.claim not in [each.claim for each in shown]
    report = await run.approve(**await sent(run, review, response="approve"))
    assert gone.claim not in json.dumps(report.model_dump(mode="json"), ensure_ascii=False)


async def test_what_is_named_is_searched_for_in_those_words(run: Run, source: ShelfSource) -> None:
    first = await run.ask(QUESTION)
    second = await rejected(run, first, search=["pantry daemon"], leave_out=["Ghent"])
    assert "pantry daemon" in source.searched
    use = use_of(second, "search")
    by_id = {each.id: each for each in evidence(second)}
    assert use.status == "done"
    assert all("pantry daemon" in by_id[id].quotes[0].text for id in use.findings)
    assert "Pantry daemon" in [part.topic for part in second.parts]
    third = await rejected(run, second, search=["penguins and anchovies"])
    nothing = use_of(third, "search")
    assert (nothing.status, nothing.findings) == ("found_nothing", [])
    assert any("anchovies" in gap.claim for gap in gaps(third))


@pytest.mark.parametrize("said", [{"leave_out": ["swap"]}, {"feedback": "Nothing about swap, please."}])
async def test_what_is_left_out_is_named_nowhere(run: Run, source: ShelfSource, said: dict[str, JsonValue]) -> None:
    first = await run.ask(QUESTION)
    assert named(first, "swap"), "else there is nothing to see"
    source.searched.clear()
    second = await rejected(run, first, **said)
    assert not any("swap" in query for query in source.searched)
    assert not named(second, "swap")
    assert second.left_out == ["swap"]
    assert "gone, which named what you left out" in use_of(second, "leave_out").what_was_done
    third = await rejected(run, second, search=["shelf-swap tool", "statistics"])
    assert not any("swap" in query for query in source.searched)
    assert not named(third, "swap")
    assert "not_possible" in [use.status for use in third.feedback_used]
    report = await run.approve()
    assert report.sections
    assert not named(report, "swap")
    assert report.approvals[0].left_out == ["swap"]


async def test_an_approval_can_leave_out_too(run: Run) -> None:
    first = await run.ask(QUESTION)
    report = await run.approve(**await sent(run, first, response="approve", leave_out=["swap"], note="shorter"))
    assert report.sections
    assert not named(report, "swap")
    assert (report.approvals[0].left_out, report.approvals[0].note) == (["swap"], "shorter")


async def test_prose_that_may_exclude_is_searched_in_no_case(run: Run, source: ShelfSource) -> None:
    first = await run.ask(QUESTION)
    source.searched.clear()
    second = await rejected(run, first, feedback="I am not sure that swap matters.\nDrop f2.\nshorter: three sentences")
    assert not any("swap" in query for query in source.searched)
    unsure = next(use for use in second.feedback_used if use.status == "not_understood")
    assert (unsure.feedback, unsure.field) == ("I am not sure that swap matters.", "leave_out")
    assert "f2" in [each.id for each in second.gone]
    assert {each.id for each in evidence(second) if each.state == "kept"} == {
        each.id for each in evidence(first) if each.id != "f2"
    }
    assert use_of(second, "note").status == "done"
    assert not any("sentence" in gap.claim for gap in gaps(second))


async def test_limits_hold_for_documents_and_dates(run: Run, source: ShelfSource) -> None:
    first = await run.ask(QUESTION)
    allowed = first.sources[0]
    second = await rejected(run, first, keep=[], drop={}, search=["shelf"], limits={"sources": [allowed.id]})
    sources = {each.id: each.uri for each in second.sources}
    new = [each for each in evidence(second) if each.state == "new"]
    assert {sources[quote.source] for each in new for quote in each.quotes} <= {allowed.uri}
    assert second.limits is not None
    assert second.limits.sources == [allowed.id]


def passage_to_add(run: Run) -> tuple[list[dict[str, JsonValue]], str]:
    """A passage that was read, as a decision adds it, and its text."""
    passage: Any = next(iter(run.attachments.values()))
    stored = passage["passages"][0]
    offset, text = stored["place"]["offset"], stored["text"]
    return [{"source": passage["source"]["id"], "start": offset, "end": offset + len(text)}], text


@pytest.mark.parametrize("reviewed", [False, True])
async def test_a_passage_that_was_added_with_an_approval_is_kept_like_any_other(run: Run, reviewed: bool) -> None:
    first = await run.ask("When does compaction lock a shelf?", review_report=reviewed)
    add, text = passage_to_add(run)
    said = await sent(run, first, response="approve", add=add)
    if reviewed:
        await run.approve_evidence(**said)
        report = await run.approve()
    else:
        report = await run.approve(**said)
    added = report.findings[-1]
    assert added.id == report.approvals[0].kept[-1] not in [each.id for each in first.findings]
    assert [quote.text for quote in added.quotes] == [text]
    kept = source_passages(run.attachments, added.quotes[0].source)
    (own,) = [each for each in kept.passages if each.finding == added.id]
    assert own.text[slice(*own.quote)] == text
    assert own.place.offset == add[0]["start"]
    (source,) = [each for each in report.sources if each.id == added.quotes[0].source]
    assert text in source.quotes or added.id in [each.finding for each in report.unused]
    archive = Archive()
    archive.kept["parent"] = report, run.attachments
    child = Run(lambda: ReportWorkflow([ShelfSource()], {"extractive": ExtractiveWriter()}, results=archive))
    inherited = await child.ask("Shorter", revises="parent")
    assert text in [quote.text for each in evidence(inherited) for quote in each.quotes]


async def test_a_passage_that_was_read_becomes_a_finding(run: Run) -> None:
    first = await run.ask("When does compaction lock a shelf?")
    add, text = passage_to_add(run)
    second = await rejected(run, first, add=add)
    use = use_of(second, "add")
    added = next(each for each in evidence(second) if each.id in use.findings)
    assert added.quotes[0].text == text
    assert added.state == "kept"
    report = await run.approve()
    assert added.id in report.approvals[0].kept
    assert added.id in [each.id for each in report.findings]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"drop": {"f99": ""}}, "drop"),
        ({"keep": ["f1"], "drop": {"f1": ""}}, "drop"),
        ({"response": "approve", "drop": {"f1": "", "f2": ""}}, "drop"),
        ({"response": "approve", "feedback": "a", "note": "b"}, "note"),
        ({"response": "approve", "search": ["locks"]}, "search"),
        ({"response": "approve", "limits": {"from": "2024"}}, "limits"),
        ({"limits": {"sources": ["nowhere"]}}, "limits.sources"),
        ({"limits": {"from": "2024", "to": "2023-05"}}, "limits"),
        ({"add": [{"source": "s99", "start": 0, "end": 9}]}, "add"),
        ({"add": [{"source": "s1", "start": 10**8, "end": 10**8 + 9}]}, "add"),
        ({"text": [{"unit": "u1", "strike": True}]}, "text"),
    ],
)
async def test_what_cannot_be_is_refused_and_named(run: Run, said: dict[str, JsonValue], field: str) -> None:
    review = await run.ask("When does compaction lock a shelf?")
    two = review.model_copy(update={"findings": evidence(review)[:2]})
    with pytest.raises(ProtocolError) as refused:
        await sent(run, two, **said)
    assert (refused.value.code, refused.value.field) == ("invalid_response", field)


async def test_a_decision_is_judged_as_it_is_read(run: Run) -> None:
    review = await run.ask("When does compaction lock a shelf?")
    first = evidence(review)[0]
    answer = Answer(response="reject", edits={first.id: "Compaction locks a shelf for 77 seconds."})
    (verdict,) = (await read_decision(answer, review, {}, [])).edits
    assert (verdict.id, verdict.supported) == (first.id, False)
    assert verdict.why
    unedited = Answer(response="reject", edits={first.id: first.claim})
    (same,) = (await read_decision(unedited, review, {}, [])).edits
    assert same.supported


async def test_a_decision_is_not_read_again(run: Run, source: ShelfSource) -> None:
    """What was recorded holds, whatever a later version would read."""
    first = await run.ask(QUESTION)
    said = await sent(run, first, feedback="More on the pantry daemon")
    read = Reading.model_validate(said["read"])
    said["read"] = read.model_copy(update={"search": [], "points": [], "leave_out": ["swap"]}).model_dump(mode="json")
    source.searched.clear()
    second = await run.reject(**said)
    assert not any("pantry" in query for query in source.searched)
    assert second.left_out == ["swap"]


async def test_a_decision_that_was_recorded_unread_is_read_by_the_same_rules(run: Run, source: ShelfSource) -> None:
    first = await run.ask(QUESTION)
    assert named(first, "swap")
    second = await run.reject("Nothing about swap. More on statistics.")
    assert not any("swap" in query for query in source.searched if "locks" not in query)
    assert not named(second, "swap")
    assert any("statistics" in query for query in source.searched)


async def test_the_markdown_of_a_review_shows_the_account_and_says_how_to_decide(run: Run) -> None:
    first = await run.ask(QUESTION)
    for word in ("drop f2", "nothing about X", "`leave_out`", "`search`", "`drop`"):
        assert word in run.payload
    await rejected(run, first, search=["penguins and anchovies"], feedback="Nothing about swap. Not so sure.")
    assert "(found nothing)" in run.payload
    assert "(not understood)" in run.payload
    assert "Left out: swap" in run.payload
    assert run.payload.index("No claim, heading or gap names") < run.payload.index("f1")


async def test_each_part_of_the_question_has_its_findings_or_its_gap(run: Run) -> None:
    review = await run.ask("When does compaction lock a shelf? How do penguins digest anchovies?")
    first, second = review.parts
    assert first.findings
    assert first.gap is None
    assert second.findings == []
    assert second.gap in [gap.id for gap in gaps(review)]


async def test_a_report_can_be_asked_for_in_so_many_sentences(run: Run) -> None:
    await run.ask(QUESTION, length=2)
    report = await run.approve()
    assert len([*report.summary, *(unit for section in report.sections for unit in section.sentences)]) == 2


@pytest.mark.parametrize("field", ["language", "audience"])
async def test_what_the_writer_cannot_do_is_no_option(field: str) -> None:
    workflow = ReportWorkflow([ShelfSource()], {"extractive": ExtractiveWriter()})
    with pytest.raises(ProtocolError, match="quotes") as refused:
        await workflow.check_options({field: "German"})
    assert refused.value.field == f"options.{field}"


async def test_a_rewording_is_marked_by_what_the_check_says_of_it(run: Run) -> None:
    first = await run.ask("When does compaction lock a shelf?")
    finding = evidence(first)[0]
    second = await rejected(
        run, first, edits={finding.id: "Compaction locks a shelf for 77 seconds."}, search=["errors"]
    )
    assert next(each for each in evidence(second) if each.id == finding.id).mark is None
    assert use_of(second, "edits").status == "not_possible"


@pytest.mark.parametrize(("said", "other"), [("key rotation policy", "KRP"), ("KRP", "key rotation policies")])
async def test_what_is_left_out_stays_out_under_its_other_name(said: str, other: str) -> None:
    texts = {
        "keys.md": "The key rotation policy (KRP) says how locks are changed.",
        "more.md": "A KRP changes the locks of a shelf each year.",
        "full.md": "Key rotation policies say that the locks of a shelf are changed by two people.",
        "plain.md": "The locks of a shelf are changed by its owner.",
    }
    shelf = ShelfSource(documents={uri: (uri, [("Locks", text)]) for uri, text in texts.items()})
    run = Run(lambda: ReportWorkflow([shelf], {"extractive": ExtractiveWriter()}))
    first = await run.ask("How are the locks of a shelf changed?")
    assert named(first, other)
    second = await rejected(run, first, leave_out=[said], search=["locks changed"])
    assert not named(second, other)
    assert not named(second, said)
    assert second.left_out == [said], "what a human said is told as it was said"
    report = await run.approve()
    assert report.sections
    assert not named(report, other)
