"""The fourth promise as properties: whatever a human decides and whatever a writer tries, the report stands on what was
approved."""

import asyncio
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from report.driving import OPEN, Run, evidence
from report.shelf import QUESTION, ShelfSource
from sayso.exports.markdown import report_markdown
from sayso.language.sentences import readable
from sayso.language.verbatim import stands
from sayso.protocol.evidence import Finding
from sayso.protocol.http import WriterInfo
from sayso.protocol.report import Report, Section, Sentence
from sayso.protocol.review import ReviewData
from sayso.report.passages import from_attachments
from sayso.report.workflow import ReportWorkflow
from sayso.research.source import Passage
from sayso.writers.extractive.writer import ExtractiveWriter
from sayso.writers.meter import Meter
from sayso.writers.port import Assignment, Candidate, DraftReport, DraftSink, Query, WritingBrief


class Remembering(ExtractiveWriter):
    """Remembers every passage it ever saw, and writes about all of them, whatever was approved."""

    def __init__(self, numbers: list[int]) -> None:
        super().__init__()
        self.numbers = numbers
        self.seen: list[Candidate] = []
        self.briefs: list[WritingBrief] = []

    @property
    def info(self) -> WriterInfo:
        return WriterInfo(name="llm", ready=True, model="elephant-1")

    async def find(
        self, assignment: Assignment, found: list[tuple[Query, list[Passage]]], meter: Meter | None = None
    ) -> list[Candidate]:
        candidates = await super().find(assignment, found)
        self.seen += candidates
        return candidates

    async def write(self, brief: WritingBrief, draft: DraftSink, meter: Meter | None = None) -> DraftReport:
        self.briefs.append(brief)
        sections = []
        for at, one in enumerate(self.seen):
            carrying = one.passage.text[slice(*one.marked)]
            said = [
                carrying,
                f"{one.passage.title} ({one.passage.uri}) says that {carrying[:1].lower()}{carrying[1:]}",
                one.claim.replace("a", "the ", 1),
                f"{one.claim.rstrip('.')}, according to {one.passage.title}.",
            ]
            cited = [self.numbers[at % len(self.numbers)], *brief.numbers.values()] if at % 2 else self.numbers
            sentences = [Sentence(text=text, citations=cited) for text in said]
            sections.append(Section(heading=f"{one.passage.title}: {one.claim}", sentences=sentences))
        summary = [Sentence(text=one.claim, citations=list(brief.numbers.values())) for one in self.seen]
        title = self.seen[-1].passage.title if self.seen else "?"
        return DraftReport(title=title, summary=summary, sections=sections)


Decision = st.fixed_dictionaries(
    {"reject": st.sampled_from(["", "shelf-swap", "more on the pantry daemon; statistics", "gentle compaction"])},
    optional={"keep": st.lists(st.integers(0, 9), max_size=6)},
)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(
    rounds=st.lists(Decision, max_size=3),
    keep=st.lists(st.integers(0, 9), min_size=1, max_size=4),
    numbers=st.lists(st.integers(-1, 12), min_size=1, max_size=6),
)
def test_the_report_stands_on_what_was_approved(
    rounds: list[dict[str, object]], keep: list[int], numbers: list[int]
) -> None:
    asyncio.run(_whole_run(rounds, keep, numbers))


async def _whole_run(rounds: list[dict[str, object]], keep: list[int], numbers: list[int]) -> None:
    writer = Remembering(numbers)
    run = Run(lambda: ReportWorkflow([ShelfSource()], {"extractive": ExtractiveWriter(), "llm": writer}, "llm"))
    try:
        review = await run.ask(QUESTION)
        shown = {finding.id: finding for finding in evidence(review)}
        for each in rounds:
            more = {"keep": _some(review, each["keep"])} if "keep" in each else {}
            review = await run.reject(str(each["reject"]), **more)
            shown |= {finding.id: finding for finding in evidence(review)}
        kept = _some(review, keep)
        if not kept:
            return
        report = await run.approve(keep=kept)
    finally:
        while OPEN:
            await OPEN.pop().close()
    _cites_what_was_approved(report, kept)
    _quotes_stand_in_their_passages(run, report)
    gone = [finding for id, finding in shown.items() if id not in kept]
    _says_nothing_that_was_dropped(run, report, writer, gone, [shown[id] for id in kept if id in shown])


def _some(review: ReviewData, indexes: object) -> list[str]:
    assert isinstance(indexes, list)
    return list(dict.fromkeys(review.findings[at].id for at in indexes if at < len(review.findings)))


def _cites_what_was_approved(report: Report, kept: list[str]) -> None:
    by_number = {source.n: source for source in report.sources}
    assert list(by_number) == list(range(1, len(by_number) + 1))
    body = [*report.summary, *(sentence for section in report.sections for sentence in section.sentences)]
    assert len(body) == report.gate.sentences == report.gate.supported
    assert {number for sentence in body for number in sentence.citations} <= set(by_number)
    seen = dict.fromkeys(quote.source for finding in report.findings for quote in finding.quotes)
    assert [source.id for source in report.sources] == list(seen)
    for sentence in body:
        assert sentence.citations
        assert [each.n for each in sentence.cited] == sentence.citations
        for each in sentence.cited:
            assert each.quotes
            assert set(each.findings) <= set(kept)
            assert all(at < len(by_number[each.n].quotes) for at in each.quotes)


def _quotes_stand_in_their_passages(run: Run, report: Report) -> None:
    stored = {id: [passage.text for passage in each.passages] for id, each in from_attachments(run.attachments).items()}
    for source in report.sources:
        for quote in source.quotes:
            assert any(quote in text for text in stored[source.id])


def _says_nothing_that_was_dropped(
    run: Run, report: Report, writer: Remembering, gone: list[Finding], kept: list[Finding]
) -> None:
    approved = json.dumps([QUESTION, *(finding.model_dump(mode="json") for finding in kept)], ensure_ascii=False)
    titles = {source.id: (source.title, source.uri) for source in report.sources}
    told = writer.briefs[-1].model_dump_json() if writer.briefs else ""
    everything = [told, report.model_dump_json(), run.payload, report_markdown(report)]
    for finding in gone:
        for quote in finding.quotes:
            assert quote.marked is not None
            marked = readable(quote.text[slice(*quote.marked)])
            for text in everything:
                assert quote.text not in text
                if not stands(marked, approved):
                    assert marked not in text
            if quote.source not in titles:
                passage = next(each for each in ShelfSource().passages if quote.text in each.text)
                if passage.uri not in approved:
                    assert all(passage.uri not in text for text in everything)
                if passage.title.lower() not in approved.lower():
                    assert all(passage.title not in text for text in everything), passage.title
