"""A writer on top of the extractive one: it chooses and adds, and what it leaves out is not lost."""

from report.driving import Run, evidence, quotes
from report.shelf import QUESTION, ShelfSource
from sayso.protocol.http import WriterInfo
from sayso.report.joining import ADDED
from sayso.report.workflow import ReportWorkflow
from sayso.research.source import Passage
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.meter import Meter
from sayso.writers.port import Assignment, Candidate, Query, Writer


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
        assert assignment.queries
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
    assert review.findings[0].quotes == evidence(alone)[len(writer.given) - 1].quotes
    assert {part.topic for part in review.parts} == {part.topic for part in alone.parts}
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


async def test_both_search() -> None:
    run = over(Choosy())
    await run.ask(QUESTION)
    source = ShelfSource()
    run = Run(lambda: ReportWorkflow([source], {"extractive": ExtractiveWriter(), "llm": Choosy()}, "llm"))
    await run.ask(QUESTION)
    assert "statistics page" in source.searched
    assert len(source.searched) > 2
