"""What a model was asked is counted by stage, shown before approval, bounded by the run's budget; a model can judge."""

from report.driving import Run, evidence
from report.shelf import QUESTION, ShelfSource
from sayso.exports.formats import FORMATS
from sayso.exports.wording import figures
from sayso.protocol.evidence import Mark
from sayso.protocol.http import WriterInfo
from sayso.protocol.report import Report
from sayso.protocol.usage import Budget, Usage
from sayso.report.workflow import ReportWorkflow
from sayso.research.source import Passage
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.judgement import Claimed, Judgement, Judgements
from sayso.writers.meter import Meter, OverBudget
from sayso.writers.port import Assignment, Candidate, DraftReport, DraftSink, Query, Writer, WriterError, WritingBrief


class Counting(ExtractiveWriter):
    """Asks a model once a stage, and does what the extractive writer does; as a judge it refuses one sentence."""

    @property
    def info(self) -> WriterInfo:
        return WriterInfo(name="llm", ready=True, model="abacus-1")

    @staticmethod
    def _ask(meter: Meter | None) -> None:
        assert meter is not None
        try:
            with meter.call():
                meter.count(100, 10)
        except OverBudget as error:
            raise WriterError(str(error)) from error

    async def plan(self, assignment: Assignment, meter: Meter | None = None) -> list[Query]:
        self._ask(meter)
        return await super().plan(assignment)

    async def find(
        self, assignment: Assignment, found: list[tuple[Query, list[Passage]]], meter: Meter | None = None
    ) -> list[Candidate]:
        self._ask(meter)
        return await super().find(assignment, found)

    async def write(self, brief: WritingBrief, draft: DraftSink, meter: Meter | None = None) -> DraftReport:
        self._ask(meter)
        return await super().write(brief, draft)

    async def judge(self, claims: list[Claimed], meter: Meter) -> Judgements:
        self._ask(meter)
        assert all(claim.quotes for claim in claims)
        return Judgements([Judgement("exclusive lock" not in claim.text, "It locks.") for claim in claims])


def over(terms: Usage, *, judge: bool = False) -> Run:
    writers = {"extractive": ExtractiveWriter(), "llm": Counting()}
    return Run(lambda: ReportWorkflow([ShelfSource()], writers, "llm", terms=terms, judge=judge))


async def test_usage_is_counted_by_stage_and_round_and_shown_before_approval() -> None:
    run = over(Usage(price_in=1.0, price_out=10.0, budget=Budget(tokens=10_000)))
    await run.ask(QUESTION)
    review = await run.reject("the pantry daemon")
    assert review.usage is not None
    stages = [(each.stage, each.round, each.calls, each.prompt_tokens) for each in review.usage.stages]
    assert stages == [("plan", 1, 1, 100), ("find", 1, 1, 100), ("plan", 2, 1, 100), ("find", 2, 1, 100)]
    assert review.usage.budget.tokens == 10_000
    report = await run.approve()
    assert [each.stage for each in report.usage.stages] == ["plan", "find", "plan", "find", "write"]
    assert (report.usage.calls, report.usage.cost) == (5, (500 * 1.0 + 50 * 10.0) / 1e6)


async def test_without_prices_no_money_is_named_and_without_a_model_nothing_is_counted() -> None:
    run = over(Usage())
    review = await run.ask(QUESTION)
    assert review.usage is not None
    assert review.usage.cost is None
    plain = over(Usage(price_in=1.0, price_out=1.0))
    assert (await plain.ask(QUESTION, writer="extractive")).usage is None
    assert (await plain.approve()).usage.stages == []


async def test_a_budget_that_is_used_up_ends_the_models_part_and_not_the_run() -> None:
    run = over(Usage(budget=Budget(calls=2)))
    review = await run.ask(QUESTION)
    assert evidence(review)
    report = await run.approve()
    assert report.writer == "extractive"
    assert report.sections
    assert "budget of 2 model calls is used up" in report.note
    assert report.usage.calls == 2


async def test_what_a_judge_refuses_gives_way_to_its_quote() -> None:
    for run, options in ((over(Usage()), {"judge": True}), (over(Usage(), judge=True), {})):
        review = await run.ask(QUESTION, **options)
        locks = [each for each in evidence(review) if "exclusive lock" in each.claim]
        report = await run.approve(edits={each.id: f"In short, {each.claim}" for each in locks})
        body = [sentence for section in report.sections for sentence in section.sentences]
        body += report.summary
        told = [sentence for sentence in body if "exclusive lock" in sentence.text]
        assert {sentence.mark for sentence in told} == {Mark.QUOTED}
        refused = [changed for changed in report.changed if "asked to judge" in changed.why]
        assert refused
        assert all("exclusive lock" in changed.text for changed in refused)
        assert all("Its reason: “It locks”." in changed.why for changed in refused)
        assert report.gate.judged == len(body)
        assert (report.gate.judged_by, report.gate.judge) == ("abacus-1", None)
        assert "judged by abacus-1 too (how well it judges was not measured)" in "; ".join(figures(report))
        assert report.usage.stages[-1].stage == "judge"


async def test_a_judge_that_fails_or_says_little_is_told_of_in_the_report() -> None:
    class Asleep(Counting):
        async def judge(self, claims: list[Claimed], meter: Meter) -> Judgements:
            raise WriterError("api.example.com: the key was refused (401)", "check OPENAI_API_KEY")

    class Sparing(Counting):
        async def judge(self, claims: list[Claimed], meter: Meter) -> Judgements:
            return Judgements([Judgement(True), *[None] * (len(claims) - 1)], "api.example.com failed to answer (500)")

    told = "No model judged the sentences: api.example.com: the key was refused (401)."
    asleep = await _judged(Asleep())
    assert told in asleep.note
    assert (asleep.gate.judged, asleep.gate.removed) == (0, 0)
    for name, each in FORMATS.items():
        if name in ("md", "html", "json"):
            text = each.render(asleep).decode()
            assert told in text.replace("\\", "")
            assert "OPENAI_API_KEY" not in text
    sparing = await _judged(Sparing())
    assert (
        f"The model judged 1 of {sparing.gate.sentences} sentences: api.example.com failed to answer (500)."
        in sparing.note
    )
    assert sparing.gate.judged == 1
    plain = await _judged(ExtractiveWriter())
    assert "No model judged the sentences: the extractive writer uses none." in plain.note
    assert "judge" not in (await _judged(Counting(), judge=False)).note


async def _judged(writer: Writer, *, judge: bool = True) -> Report:
    run = Run(lambda: ReportWorkflow([ShelfSource()], {"extractive": ExtractiveWriter(), "llm": writer}, "llm"))
    await run.ask(QUESTION, judge=judge)
    return await run.approve()


async def test_a_run_can_do_without_the_servers_judge() -> None:
    run = over(Usage(), judge=True)
    await run.ask(QUESTION, judge=False)
    assert (await run.approve()).gate.judged == 0
