"""Writers other than the extractive one: what happens when they fail, and what a hostile one gets past."""

import pytest

from report.driving import Run
from report.shelf import QUESTION, ShelfSource
from sayso.language.verbatim import stands
from sayso.protocol.http import WriterInfo
from sayso.protocol.report import Section, Sentence
from sayso.report.workflow import ReportWorkflow
from sayso.research.source import Passage
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.meter import Meter
from sayso.writers.port import Assignment, Candidate, DraftReport, DraftSink, Query, Writer, WriterError, WritingBrief

FIGURES = {"sentences", "supported", "removed", "citations_removed"}


class FailingWriter(ExtractiveWriter):
    """Works like the extractive one but for the stages at which it fails."""

    def __init__(self, *stages: str) -> None:
        super().__init__()
        self.stages = stages
        self.asked: list[str] = []

    @property
    def info(self) -> WriterInfo:
        return WriterInfo(name="llm", ready=True, model="parrot-1")

    def _fail(self, stage: str) -> None:
        self.asked.append(stage)
        if stage in self.stages:
            raise WriterError(f"the parrot is asleep at {stage}.")

    async def plan(self, assignment: Assignment, meter: Meter | None = None) -> list[Query]:
        self._fail("plan")
        return await super().plan(assignment)

    async def find(
        self, assignment: Assignment, found: list[tuple[Query, list[Passage]]], meter: Meter | None = None
    ) -> list[Candidate]:
        self._fail("find")
        return await super().find(assignment, found)

    async def write(self, brief: WritingBrief, draft: DraftSink, meter: Meter | None = None) -> DraftReport:
        self._fail("write")
        return await super().write(brief, draft)


class HostileWriter(FailingWriter):
    """Cites what it likes, invents, repeats, and offers evidence that no source gave."""

    def __init__(self) -> None:
        super().__init__()
        self.brief: WritingBrief | None = None

    async def plan(self, assignment: Assignment, meter: Meter | None = None) -> list[Query]:
        queries = await super().plan(assignment)
        return [*queries, *queries, Query(text="  "), *(Query(text=f"noise {n} " + "x" * 5_000) for n in range(50))]

    async def find(
        self, assignment: Assignment, found: list[tuple[Query, list[Passage]]], meter: Meter | None = None
    ) -> list[Candidate]:
        real = await super().find(assignment, found)
        forged = Passage(
            kind="library", uri="compaction.md", title="Compaction", text="Compaction never locks a shelf."
        )
        claims = [Candidate(claim="Forged.", passage=forged, marked=(0, 10))]
        claims += [real[0].model_copy(update={"marked": span}) for span in ((-5, 3), (4, 4), (0, 10_000))]
        return [*claims, *real, *real]

    async def write(self, brief: WritingBrief, draft: DraftSink, meter: Meter | None = None) -> DraftReport:
        self.brief = brief
        true = brief.findings[0]
        assert true.quotes[0].marked is not None
        verbatim = " ".join(true.quotes[0].text[slice(*true.quotes[0].marked)].split())
        number = brief.numbers[true.quotes[0].source]
        lies = [
            Sentence(text=verbatim, citations=[number, 9]),
            Sentence(text=verbatim, citations=[number]),
            Sentence(text=f"{verbatim[:-1]} [7].", citations=[]),
            Sentence(text="Larder was bought by a bank in 1999.", citations=[number]),
            Sentence(text="Compaction of a shelf is quick.", citations=[]),
            Sentence(text=verbatim.replace("holds an exclusive", "does not hold an exclusive"), citations=[number]),
            Sentence(text=verbatim.replace("a", "а"), citations=[number]),
            Sentence(text="", citations=[number]),
        ]
        return DraftReport(
            title="Why the moon landing was a hoax",
            sections=[Section(heading="Aliens built <b>everything</b> [3]", sentences=lies)],
        )


def over(writer: FailingWriter) -> Run:
    return Run(lambda: ReportWorkflow([ShelfSource()], {"extractive": ExtractiveWriter(), "llm": writer}, "llm"))


@pytest.mark.parametrize(
    ("stage", "asked"),
    [("plan", ["plan", "write"]), ("find", ["plan", "find", "write"]), ("write", ["plan", "find", "write"])],
)
async def test_when_a_writer_cannot_go_on_the_extractive_one_does_and_the_run_says_so(
    stage: str, asked: list[str]
) -> None:
    writer = FailingWriter(stage)
    run = over(writer)
    review = await run.ask(QUESTION)
    assert review.findings
    report = await run.approve()
    assert report.sections
    assert writer.asked == asked
    assert sum(f"the parrot is asleep at {stage}" in line for line in run.progress) == 1
    assert f"the parrot is asleep at {stage}" in report.note
    assert (report.writer, report.model) == (("extractive", None) if stage == "write" else ("llm", "parrot-1"))


async def test_a_writer_is_tried_again_after_the_next_decision() -> None:
    writer = FailingWriter("plan")
    run = over(writer)
    await run.ask(QUESTION)
    writer.stages = ()
    await run.reject("What does a client get that meets a locked shelf?")
    assert writer.asked == ["plan", "plan", "find"]


async def test_readers_of_the_report_are_not_told_what_the_operator_can_do() -> None:
    class Refused(FailingWriter):
        def _fail(self, stage: str) -> None:
            raise WriterError("api.example.com: the key was refused (401)", "check OPENAI_API_KEY")

    run = over(Refused())
    await run.ask(QUESTION)
    report = await run.approve()
    assert any("check OPENAI_API_KEY. The extractive writer goes on." in line for line in run.progress)
    assert "The llm writer could not write in round 1: api.example.com: the key was refused (401)." in report.note
    assert "OPENAI_API_KEY" not in report.model_dump_json() + run.payload


async def test_a_writer_that_is_gone_since_the_run_began_is_replaced() -> None:
    writers: dict[str, Writer] = {"extractive": ExtractiveWriter(), "llm": FailingWriter()}
    run = Run(lambda: ReportWorkflow([ShelfSource()], dict(writers)))
    await run.ask(QUESTION, writer="llm")
    del writers["llm"]
    await run.restart()
    report = await run.approve()
    assert report.sections
    assert "it is not set up here any more" in report.note


async def test_a_report_says_word_for_word_only_of_what_is() -> None:
    run = over(FailingWriter())
    review = await run.ask(QUESTION, writer="extractive")
    said = f"In short, {review.findings[0].claim}"
    report = await run.approve(edits={"f1": said}, by="Grace")
    texts = [sentence.text for section in report.sections for sentence in section.sentences]
    texts += [sentence.text for sentence in report.summary]
    assert texts.count(said) == 1
    quoted = f"{len(texts) - 1} of {len(texts)} sentences are quoted word for word from the approved sources"
    assert report.note == f"This report is extractive: {quoted}; 1 reworded before approval."
    assert "every sentence" not in run.payload


async def test_a_run_can_choose_its_writer() -> None:
    writer = FailingWriter("plan", "find", "write")
    run = over(writer)
    await run.ask(QUESTION, writer="extractive")
    report = await run.approve()
    assert writer.asked == []
    assert report.writer == "extractive"
    assert "extractive" in report.note


async def test_a_hostile_writer_gets_nothing_past_the_check() -> None:
    writer = HostileWriter()
    run = over(writer)
    review = await run.ask(QUESTION)
    assert not any("Forged" in finding.claim for finding in review.findings)
    assert len({finding.quotes[0].text for finding in review.findings}) == len(review.findings)
    dropped = review.findings[1:]
    report = await run.approve(keep=["f1"])
    kept = review.findings[0].quotes[0]
    body = [sentence for section in report.sections for sentence in section.sentences]
    assert [sentence.citations for sentence in body] == [[1]]
    assert stands(body[0].text, kept.text)
    assert report.gate.model_dump(include=FIGURES) == {
        "sentences": 1,
        "supported": 1,
        "removed": 2,
        "citations_removed": 2,
    }
    whys = " ".join([*(each.why for each in report.removed), *(each.why for each in report.changed)])
    for why in ("said before", "says “not”", "does not say 1999", "several scripts"):
        assert why in whys
    assert {each.unit for each in report.changed} == {body[0].id}
    assert [source.quotes for source in report.sources] == [[kept.text]]
    assert report.title == QUESTION
    assert "Aliens" not in run.payload
    assert writer.brief is not None
    seen = writer.brief.model_dump_json() + report.model_dump_json() + run.payload
    for finding in dropped:
        assert finding.quotes[0].text not in seen
        assert finding.claim not in seen
    gone = {source.title for source in review.sources} - {source.title for source in writer.brief.sources}
    assert gone
    assert not any(f"**{title}**" in run.payload for title in gone)
