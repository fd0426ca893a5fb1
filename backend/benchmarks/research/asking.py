"""Asks the real workflow a question without a model, approves all that it finds, and keeps what it showed and wrote."""

from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from time import process_time

from sayso.events import DecisionEvent, ResultEvent, ReviewEvent
from sayso.protocol.report import Report
from sayso.protocol.review import ReviewData
from sayso.report.workflow import ReportWorkflow
from sayso.research.source import SearchSource
from sayso.writers.extractive.reranking import Reranker
from sayso.writers.extractive.writer import ExtractiveWriter


@dataclass(frozen=True)
class Asked:
    """What came of a question."""

    review: ReviewData
    report: Report
    seconds: float
    """Processor time from the question to the review."""

    def page_found(self, pages: Sequence[str]) -> bool:
        """Whether a finding is from one of the right pages."""
        right = {source.id for source in self.review.sources if source.uri in pages}
        return any(quote.source in right for finding in self.review.findings for quote in finding.quotes[:1])

    def answer_found(self, answers: Sequence[str]) -> bool:
        """Whether a quote, with what leads into it, has one of the right answers."""
        quotes = [quote for finding in self.review.findings for quote in finding.quotes]
        return any(_has(f"{quote.place.lead or ''} {quote.text}", answers) for quote in quotes)

    def answer_written(self, answers: Sequence[str]) -> bool:
        """Whether the report's text has one of them."""
        return _has(text_of(self.report), answers)

    @property
    def gaps(self) -> list[str]:
        """What the review says was not found."""
        missing = [finding.claim for finding in self.review.findings if finding.kind == "gap"]
        return [*missing, *self.review.not_found]


def text_of(report: Report) -> str:
    """All units of a report, in reading order."""
    units = [*report.summary, *(unit for section in report.sections for unit in section.sentences)]
    return "\n".join(unit.text for unit in units)


reranker: ContextVar[Reranker | None] = ContextVar("reranker", default=None)
"""What reranks, for all questions of a run."""


async def ask(sources: Sequence[SearchSource], question: str) -> Asked:
    workflow = ReportWorkflow(sources, {"extractive": ExtractiveWriter(reranker.get())})
    began = process_time()
    handler = workflow.run(question=question, options={}, by="bench")
    review = None
    seconds = 0.0
    async for event in handler.stream_events():
        if isinstance(event, ReviewEvent):
            seconds = process_time() - began
            review = event.review
            decision = DecisionEvent(review=1, response="approve", by="bench", at=datetime.now(UTC))
            assert handler.ctx is not None
            handler.ctx.send_event(decision)
    assert review is not None
    result: object = await handler
    assert isinstance(result, ResultEvent)
    return Asked(review, Report.model_validate(result.data), seconds)


def _has(text: str, answers: Sequence[str]) -> bool:
    text = " ".join(text.split())
    return any(answer in text for answer in answers)
