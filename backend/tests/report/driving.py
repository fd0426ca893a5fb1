"""Drives the real workflow from question to review to report, through JSON and a fresh instance where asked."""

import json
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime
from typing import Any

from pydantic import JsonValue
from workflows import Context
from workflows.events import Event
from workflows.handler import WorkflowHandler

from sayso.events import DecisionEvent, DraftEvent, ProgressEvent, ResultEvent, ReviewEvent
from sayso.protocol.evidence import Finding
from sayso.protocol.report import Report
from sayso.protocol.review import ReviewData
from sayso.report.workflow import ReportWorkflow

OPEN: list["Run"] = []


def evidence(review: ReviewData) -> list[Finding]:
    """The findings of a review that have quotes."""
    return [finding for finding in review.findings if finding.kind == "evidence"]


def gaps(review: ReviewData) -> list[Finding]:
    """What a review says was not found."""
    return [finding for finding in review.findings if finding.kind == "gap"]


class Run:
    """One run; `events` is all that it streamed, in order."""

    def __init__(self, make: Callable[[], ReportWorkflow]) -> None:
        self._make = make
        self.events: list[Event] = []
        self.attachments: dict[str, JsonValue] = {}
        self._asked = 0
        self._handler: WorkflowHandler
        self._stream: AsyncGenerator[Event, None]

    async def ask(self, question: str, **options: Any) -> ReviewData:
        self._handler = self._make().run(question=question, options=options, by="Ada")
        OPEN.append(self)
        self._stream = self._handler.stream_events()
        return await self._until_review()

    async def decide(self, response: str, feedback: str = "", **decision: Any) -> ReviewData:
        """A decision after which something is asked again; gives that."""
        self._send(response, feedback, **decision)
        return await self._until_review()

    async def reject(self, feedback: str = "", **decision: Any) -> ReviewData:
        return await self.decide("reject", feedback, **decision)

    async def approve_evidence(self, feedback: str = "", **decision: Any) -> ReviewData:
        """Approve the evidence of a run whose text is asked about too; gives the review of that text."""
        return await self.decide("approve", feedback, **decision)

    async def approve(self, feedback: str = "", **decision: Any) -> Report:
        self._send("approve", feedback, **decision)
        return await self._until_report()

    async def answer(self, response: JsonValue) -> Report:
        """Answer with any word; gives the report if that was an approval."""
        self._send(response, "")
        return await self._until_report()

    async def _until_report(self) -> Report:
        async for event in self._stream:
            self.events.append(event)
        result: object = await self._handler
        assert isinstance(result, ResultEvent)
        self.payload = result.payload
        self.attachments |= result.attachments
        return Report.model_validate(result.data)

    async def restart(self) -> None:
        """What a restart does: the context becomes JSON, everything goes, a fresh instance restores it."""
        assert self._handler.ctx is not None
        stored = json.dumps(self._handler.ctx.to_dict())
        await self._handler.cancel_run()
        workflow = self._make()
        self._handler = workflow.run(ctx=Context.from_dict(workflow, json.loads(stored)))
        self._stream = self._handler.stream_events()

    async def close(self) -> None:
        """Stop the run where it is."""
        if not self._handler.is_done():
            await self._handler.cancel_run()

    def of(self, kind: type[Event]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def progress(self) -> list[str]:
        return [event.msg for event in self.of(ProgressEvent)]

    @property
    def drafted(self) -> str:
        return "".join(event.text for event in self.of(DraftEvent))

    async def _until_review(self) -> ReviewData:
        async for event in self._stream:
            self.events.append(event)
            if isinstance(event, ReviewEvent):
                self._asked += 1
                self.payload = event.payload
                self.attachments |= event.attachments
                return event.review
        raise AssertionError("the run ended without a review")

    def _send(self, response: JsonValue, feedback: str, **decision: Any) -> None:
        assert self._handler.ctx is not None
        self._handler.ctx.send_event(
            DecisionEvent(
                review=self._asked,
                response=response,
                feedback=feedback,
                by=decision.pop("by", "Grace"),
                at=datetime(2026, 11, 22, 14, 6, tzinfo=UTC),
                **decision,
            )
        )


def quotes(review: ReviewData) -> set[str]:
    """The marked sentences of a review."""
    found = set()
    for finding in review.findings:
        for quote in finding.quotes:
            assert quote.marked is not None
            found.add(quote.text[slice(*quote.marked)])
    return found
