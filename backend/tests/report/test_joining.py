"""A writer on top of the extractive one: it chooses and adds, and what it leaves out is not lost."""

import asyncio
import re

import pytest

from report.driving import Run, evidence, quotes
from report.shelf import QUESTION, ShelfSource
from sayso.protocol.evidence import Mark
from sayso.protocol.http import WriterInfo
from sayso.protocol.report import Report, Section, Sentence
from sayso.report.joining import ADDED
from sayso.report.workflow import ReportWorkflow
from sayso.research.source import Passage
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.meter import Meter
from sayso.writers.port import Assignment, Candidate, DraftReport, DraftSink, Query, Writer, WritingBrief


class Choosy(ExtractiveWriter):
    """Chooses the `most` last statements of what it is given, under one heading of its own, and plans one query."""

    def __init__(self, most: int = 1, added: int = 0) -> None:
        super().__init__()
        self.most, self.added = most, added
        self.given: list[Candidate] = []

    @property
    def info(self) -> WriterInfo:
        return WriterInfo(name="llm", ready=True, model="choosy-1")

    async def plan(self, assignment: Assignment, meter: Meter | None = None) -> list[Query]:
        assert assignment.queries or assignment.lacking
        return [Query(text="statistics page", topic=assignment.parts[-1].topic)]

    async def find(
        self, assignment: Assignment, found: list[tuple[Query, list[Passage]]], meter: Meter | None = None
    ) -> list[Candidate]:
        self.given = assignment.candidates
        held = {each.passage.text for each in assignment.candidates}
        others = [each for _, passages in found for each in passages if each.text not in held]
        more = {each.text: Candidate(claim=each.text, passage=each, marked=(0, len(each.text))) for each in others}
        chosen = assignment.candidates[::-1][: self.most] if self.most else []
        return [*chosen, *list(more.values())[: self.added]]


def over(writer: Writer | None) -> Run:
    writers: dict[str, Writer] = {"extractive": ExtractiveWriter()}
    if writer is not None:
        writers["llm"] = writer
    return Run(lambda: ReportWorkflow([ShelfSource()], writers, "llm" if writer else "extractive"))


async def test_what_a_model_leaves_out_stays_as_found_by_words() -> None:
    alone = await over(None).ask(QUESTION)
    run = over(writer := Choosy())
    review = await run.ask(QUESTION)
    assert quotes(review) >= quotes(alone)
    (quote,) = review.findings[0].quotes
    chosen = writer.given[-1]
    assert quote.marked
    assert chosen.marked
    assert quote.text[slice(*quote.marked)] == chosen.passage.text[slice(*chosen.marked)]
    assert {part.topic for part in review.parts} == {part.topic for part in alone.parts}
    assert [finding.by_words for finding in evidence(review)] == [False, *[True] * (len(evidence(review)) - 1)]
    assert not any(finding.by_words for finding in evidence(alone))
    assert run.payload.count("Found by words; the model left it out.") == len(evidence(review)) - 1
    left = len(writer.given) - 1
    (told,) = [line for line in run.progress if "left out" in line]
    assert told.startswith(
        f"The model chose 1 statement; {left} that it left out stay as found by words, all there is on"
    )


async def test_what_a_model_adds_takes_nothing_away_and_has_an_end() -> None:
    alone = await over(None).ask(QUESTION)
    review = await over(Choosy(most=0, added=50)).ask(QUESTION)
    assert quotes(review) > quotes(alone)
    assert len(evidence(review)) <= len(evidence(alone)) + ADDED


class Flooded(ShelfSource):
    """Has much that sounds like an answer to what a model searches for."""

    async def search(self, query: str, *, limit: int) -> list[Passage]:
        if query != "statistics page":
            return await super().search(query, limit=limit)
        text = "When Larder compaction locks a shelf of the {} the alternatives are told by the {} clerk."
        trades = ["bakery", "dairy", "brewery", "cannery", "tannery", "smithy", "pottery", "foundry", "joinery", "mill"]
        return [Passage(title=each, uri=f"{each}.md", kind="library", text=text.format(each, each)) for each in trades]


async def test_what_a_models_searches_bring_does_not_take_the_place_of_what_words_found() -> None:
    alone = await over(None).ask(QUESTION)
    run = Run(lambda: ReportWorkflow([Flooded()], {"extractive": ExtractiveWriter(), "llm": Choosy(most=0)}, "llm"))
    assert quotes(await run.ask(QUESTION)) >= quotes(alone)


class Shelf(ShelfSource):
    """Tells its titles."""

    async def titles(self, most: int) -> list[str]:
        return list(dict.fromkeys(each.title for each in self.passages))[:most]


async def test_what_there_is_is_told_to_who_plans_the_first_round() -> None:
    given: list[list[str]] = []

    class Planner(Choosy):
        async def plan(self, assignment: Assignment, meter: Meter | None = None) -> list[Query]:
            given.append(assignment.titles)
            return await super().plan(assignment)

    run = Run(lambda: ReportWorkflow([Shelf()], {"extractive": ExtractiveWriter(), "llm": Planner()}, "llm"))
    await run.ask(QUESTION)
    assert "Tuning" in given[0]
    del given[:]
    await run.reject("What about statistics?")
    assert given[0] == []


async def test_both_search() -> None:
    run = over(Choosy())
    await run.ask(QUESTION)
    source = ShelfSource()
    run = Run(lambda: ReportWorkflow([source], {"extractive": ExtractiveWriter(), "llm": Choosy()}, "llm"))
    await run.ask(QUESTION)
    assert "statistics page" in source.searched
    assert len(source.searched) > 2


class Terse(Choosy):
    """Writes a sentence from the first finding, under a heading of its own, and takes its time."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__()
        self.seconds = seconds

    async def write(self, brief: WritingBrief, draft: DraftSink, meter: Meter | None = None) -> DraftReport:
        meter = meter or Meter()
        with meter.call():
            await asyncio.sleep(self.seconds)
            meter.hear(400)
            await asyncio.sleep(self.seconds)
        first = brief.findings[0]
        unit = Sentence(text=first.claim, citations=[brief.numbers[first.quotes[0].source]])
        return DraftReport(title=brief.question, sections=[Section(heading="Shelf", sentences=[unit])])


class Copyist(Choosy):
    """Writes the claims of all findings, one behind the other."""

    async def write(self, brief: WritingBrief, draft: DraftSink, meter: Meter | None = None) -> DraftReport:
        units = [Sentence(text=each.claim, citations=[brief.numbers[each.quotes[0].source]]) for each in brief.findings]
        return DraftReport(title=brief.question, sections=[Section(heading="All", sentences=units)])


def _units(report: Report) -> list[str]:
    return [each.text for each in [*report.summary, *(unit for part in report.sections for unit in part.sentences)]]


async def test_a_text_that_only_copies_goes_on_as_its_documents_do() -> None:
    (alone := over(None)) and await alone.ask(QUESTION)
    (run := over(Copyist(most=0))) and await run.ask(QUESTION)
    by_words, copied = _units(await alone.approve()), _units(await run.approve())
    assert set(copied) >= set(by_words)
    assert len(copied) == len(set(copied))
    at = copied.index("Larder compaction holds an exclusive lock on the shelf for as long as it runs.")
    assert copied[at + 1] == "It needs as much free space as the shelf itself takes."


async def test_what_is_told_in_other_words_is_left_as_it_is() -> None:
    class Paraphrasing(Copyist):
        async def write(self, brief: WritingBrief, draft: DraftSink, meter: Meter | None = None) -> DraftReport:
            written = await super().write(brief, draft, meter)
            for unit in written.sections[0].sentences:
                if unit.text == "Larder ships shelf-swap since version 4.2.":
                    unit.text = "Since version 4.2 Larder ships shelf-swap."
            return written

    (run := over(Paraphrasing(most=0))) and await run.ask(QUESTION)
    report = await run.approve()
    units = [unit for section in report.sections for unit in section.sentences]
    assert {unit.mark for unit in units} == {Mark.QUOTED, Mark.SAME}
    assert "Larder compaction holds an exclusive lock on the shelf for as long as it runs." in _units(report)
    assert "It needs as much free space as the shelf itself takes." not in _units(report)


async def test_what_a_model_does_not_tell_is_told_in_the_words_of_the_sources() -> None:
    run = over(Terse())
    review = await run.ask(QUESTION)
    report = await run.approve()
    cited = {
        id for section in report.sections for unit in section.sentences for each in unit.cited for id in each.findings
    }
    assert {each.finding for each in report.unused} | cited == {each.id for each in evidence(review)}
    assert len(cited) > len(evidence(review)) // 2
    assert "left out are told in the words of the sources." in report.note
    assert report.writer == "llm"
    assert all(unit.mark is Mark.QUOTED for section in report.sections for unit in section.sentences)
    topics = {each.topic for each in evidence(review)}
    assert {section.heading for section in report.sections} - topics <= {"Shelf", "Further points"}


async def test_a_note_may_want_less() -> None:
    run = over(Terse())
    review = await run.ask(QUESTION)
    report = await run.approve("Only say what a shelf is.")
    told = {
        id for section in report.sections for unit in section.sentences for each in unit.cited for id in each.findings
    }
    first = evidence(review)[0]
    others = {each.id for each in evidence(review) if each.topic == first.topic} - {first.id}
    assert others
    assert others & {each.finding for each in report.unused}
    assert {each.topic for each in evidence(review) if each.id in told} == {each.topic for each in evidence(review)}


async def test_what_a_human_has_seen_is_not_filled_up_behind_their_back() -> None:
    run = over(Terse())
    review = await run.ask(QUESTION, review_report=True)
    first = (await run.approve_evidence()).report
    assert first is not None
    second = (await run.reject("Say only what a shelf is.")).report
    assert second is not None
    assert len(second.unused) > len(first.unused)
    assert len(second.unused) >= len(evidence(review)) - 2
    assert "left out" not in second.note


async def test_a_slow_model_gives_signs_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.report.metering.SIGN_EVERY", 0.05)
    run = over(Terse(seconds=0.4))
    await run.ask(QUESTION)
    await run.approve()
    assert any(line.startswith("The model reads about 0 tokens, for ") for line in run.progress)
    assert any(re.fullmatch(r"The model answers: 100 tokens so far, \d+ a second", line) for line in run.progress)
