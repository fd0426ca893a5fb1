"""A finished text is changed unit by unit: struck, replaced, confirmed; the rest of it stays as it is."""

from typing import Any

import pytest

from report.driving import Run
from report.shelf import QUESTION, ShelfSource
from sayso.protocol.commands import Answer, ProtocolError
from sayso.protocol.decisions import settle
from sayso.protocol.evidence import Mark
from sayso.protocol.report import Block, ChangedUnit, Report, Section, Sentence
from sayso.protocol.review import ReviewData
from sayso.report.reading import read_decision
from sayso.report.text import applied, changes, units_of
from sayso.report.text_decision import Replaced, TextDecision
from sayso.report.workflow import ReportWorkflow
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.meter import Meter
from sayso.writers.port import DraftReport, DraftSink, WritingBrief


@pytest.fixture
def run() -> Run:
    return Run(lambda: ReportWorkflow([ShelfSource()], {"extractive": ExtractiveWriter()}))


async def said(review: ReviewData, response: str = "reject", **fields: Any) -> dict[str, Any]:
    answer = settle(Answer.model_validate({"response": response, **fields}), review)
    read = await read_decision(answer, review, {}, ["shelf"])
    own = answer.model_dump(mode="json", include={"text", "feedback", "note", "leave_out"})
    return {**own, "read": read.model_dump(mode="json")}


async def text_of(run: Run) -> tuple[ReviewData, Report]:
    await run.ask(QUESTION, review_report=True)
    review = await run.approve_evidence(by="Ada")
    assert review.report is not None
    assert (review.version, review.changes) == (1, [])
    return review, review.report


async def test_a_unit_that_is_struck_goes_and_the_rest_stays(run: Run) -> None:
    review, before = await text_of(run)
    gone = units_of(before)[1]
    after = await run.reject(**await said(review, text=[{"unit": gone.id, "strike": True}]))
    assert after.report is not None
    assert units_of(after.report) == [unit for unit in units_of(before) if unit.id != gone.id]
    assert [(each.was, each.text) for each in after.changes] == [(gone.text, "")]
    assert after.version == 2
    assert [(use.status, use.field) for use in after.feedback_used] == [("done", "text")]
    assert after.report.gate.sentences == before.gate.sentences - 1
    report = await run.approve(by="Grace")
    assert units_of(report) == units_of(after.report)


async def test_a_unit_is_replaced_by_an_approved_quote(run: Run) -> None:
    review, before = await text_of(run)
    unit, finding = units_of(before)[0], before.findings[-1]
    after = await run.reject(**await said(review, text=[{"unit": unit.id, "replace": finding.id}]))
    assert after.report is not None
    new = next(each for each in units_of(after.report) if each.id == unit.id)
    assert new.text in finding.quotes[0].text
    assert new.mark is Mark.QUOTED
    source = next(each for each in after.report.sources if each.id == finding.quotes[0].source)
    assert new.citations == [source.n]
    assert source.quotes[new.cited[0].quotes[0]] == finding.quotes[0].text


async def test_what_the_writer_cannot_do_is_said_and_nothing_changes(run: Run) -> None:
    review, before = await text_of(run)
    unit = units_of(before)[0]
    comment = [{"unit": unit.id, "comment": "More lively"}]
    after = await run.reject(
        **await said(review, text=comment, feedback="As a sonnet. Write it in German. Not so sure.")
    )
    assert after.report is not None
    assert units_of(after.report) == units_of(before)
    assert after.changes == []
    statuses = [use.status for use in after.feedback_used]
    assert statuses.count("not_possible") >= 3
    assert "not_understood" in statuses
    assert "same as before" in after.feedback_used[-1].what_was_done


async def test_a_text_of_so_many_sentences(run: Run) -> None:
    review, before = await text_of(run)
    assert len(units_of(before)) > 3
    struck = units_of(before)[0]
    first = await run.reject(**await said(review, text=[{"unit": struck.id, "strike": True}]))
    after = await run.reject(**await said(first, feedback="shorter: three sentences for a board"))
    assert after.report is not None
    assert 1 <= len(units_of(after.report)) <= 3
    assert struck.text not in [unit.text for unit in units_of(after.report)], "what was struck stays out"
    assert after.changes
    assert after.version == 3


async def test_what_is_left_out_of_a_text(run: Run) -> None:
    review, before = await text_of(run)
    assert any("swap" in unit.text for unit in units_of(before))
    after = await run.reject(**await said(review, feedback="Remove anything about swap."))
    assert after.report is not None
    assert after.report.sections
    assert not any("swap" in unit.text for unit in units_of(after.report))


async def test_an_approval_can_strike(run: Run) -> None:
    review, before = await text_of(run)
    gone = units_of(before)[1]
    report = await run.approve(**await said(review, "approve", text=[{"unit": gone.id, "strike": True}]))
    assert units_of(report) == [unit for unit in units_of(before) if unit.id != gone.id]


@pytest.mark.parametrize(
    "text",
    [
        [{"unit": "u99", "strike": True}],
        [{"unit": "u1", "confirm": True}],
        [{"unit": "u1", "replace": "f99"}],
        [{"unit": "u1", "strike": True}, {"unit": "u1", "comment": "again"}],
    ],
)
async def test_what_cannot_be_done_to_a_text_is_refused(run: Run, text: list[dict[str, Any]]) -> None:
    review, _ = await text_of(run)
    with pytest.raises(ProtocolError) as refused:
        await said(review, text=text)
    assert (refused.value.code, refused.value.field) == ("invalid_response", "text")


def worded() -> Report:
    units = [
        Sentence(id="u1", text="The lock is held for the whole time.", citations=[1], mark=Mark.QUOTED),
        Sentence(id="u2", text="These are the locks:", citations=[1], mark=Mark.QUOTED),
        Sentence(id="u3", text="SHARE", citations=[1], mark=Mark.QUOTED),
    ]
    blocks = [Block(units=[0]), Block(kind="list", units=[2], lead=1)]
    changed = [ChangedUnit(unit="u1", text="It locks throughout.", why="The quote does not say so.")]
    section = Section(heading="Locks", sentences=units, blocks=blocks)
    return Report(title="t", question="q", writer="llm", sections=[section], sources=[], changed=changed)


def test_a_wording_that_is_taken_stands_under_a_name() -> None:
    taken = Replaced(was="The lock is held for the whole time.", quote="It locks throughout.")
    decision = TextDecision(confirmed=[taken], by="Grace")
    after = applied(worded(), [decision])
    unit = units_of(after)[0]
    assert (unit.text, unit.mark, unit.confirmed_by, unit.supported) == (
        "It locks throughout.",
        Mark.CONFIRMED,
        "Grace",
        False,
    )
    assert after.changed == []
    assert after.gate.confirmed == 1
    assert applied(after, [decision]) == after, "once is enough"
    assert [(each.unit, each.was, each.text) for each in changes(worded(), after)] == [
        ("u1", "The lock is held for the whole time.", "It locks throughout.")
    ]


def test_a_wording_that_names_what_is_left_out_is_not_taken() -> None:
    taken = Replaced(was="The lock is held for the whole time.", quote="It locks throughout.")
    after = applied(worded(), [TextDecision(confirmed=[taken], left_out=["throughout"], by="Grace")])
    assert units_of(after) == units_of(worded())
    assert after.changed == worded().changed


class FreelyWorded(ExtractiveWriter):
    """Words one sentence as no quote does."""

    WORDING = "A shelf cannot be touched by anybody else meanwhile."

    async def write(self, brief: WritingBrief, draft: DraftSink, meter: Meter | None = None) -> DraftReport:
        report = await super().write(brief, draft, meter)
        first = report.sections[0].sentences[0]
        report.sections[0].sentences[0] = first.model_copy(update={"text": self.WORDING})
        return report


async def test_a_wording_that_gave_way_is_taken_by_name_and_stands_so_in_the_report() -> None:
    run = Run(lambda: ReportWorkflow([ShelfSource()], {"extractive": FreelyWorded()}))
    review, before = await text_of(run)
    [changed] = before.changed
    quoted = next(unit for unit in units_of(before) if unit.id == changed.unit)
    assert (changed.text, quoted.mark) == (FreelyWorded.WORDING, Mark.QUOTED)
    assert not any(unit.text == FreelyWorded.WORDING for unit in units_of(before))
    edits = [{"unit": changed.unit, "confirm": True}]
    after = await run.reject(**await said(review, text=edits), by="Grace")
    assert after.report is not None
    assert [(each.was, each.text) for each in after.changes] == [(quoted.text, FreelyWorded.WORDING)]
    report = await run.approve(by="Grace")
    [unit] = [each for each in units_of(report) if each.text == FreelyWorded.WORDING]
    assert (unit.mark, unit.confirmed_by, unit.supported) == (Mark.CONFIRMED, "Grace", False)
    assert report.gate.confirmed == 1
    assert "(confirmed by Grace (name not verified))" in run.payload


def test_a_line_that_leads_into_nothing_goes() -> None:
    after = applied(worded(), [TextDecision(struck=["SHARE"])])
    assert [unit.id for unit in units_of(after)] == ["u1"]
    assert after.sections[0].blocks == [Block(units=[0])]
