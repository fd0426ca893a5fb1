"""The report workflow: plan -> search -> findings -> (human) -> write, and back to plan on a rejection.

With `options.review_report` the finished text is asked about too: write -> (human) -> the end, or write again.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import assert_never

from pydantic import JsonValue
from workflows import Context, Workflow, step

from sayso.events import DecisionEvent, ProgressEvent, ResultEvent, ReviewEvent
from sayso.exports.markdown import report_markdown
from sayso.protocol.commands import ReportOptions
from sayso.protocol.decisions import Decision
from sayso.protocol.report import Report
from sayso.protocol.usage import Usage
from sayso.report import decision
from sayso.report.approved import Approved, approved
from sayso.report.drafts import Drafts
from sayso.report.findings import add_findings
from sayso.report.markdown import review_markdown
from sayso.report.options import check_options
from sayso.report.passages import stored_passages, to_attachments
from sayso.report.publishing import blank_report, checked_report
from sayso.report.review import report_review, research_review, settle_round
from sayso.report.revision import Results, earlier_report, inherit
from sayso.report.search import SOURCE_TIMEOUT, search_all, usable, when_ready
from sayso.report.state import (
    ApprovedEvent,
    AskEvent,
    PlannedEvent,
    ReportState,
    RoundEvent,
    Search,
    SearchedEvent,
)
from sayso.report.writers import Writers
from sayso.research.source import Passage, SearchSource
from sayso.wishes.editorial import to_search
from sayso.writers.extractive.writer import NAME as EXTRACTIVE
from sayso.writers.meter import Meter
from sayso.writers.port import DraftReport, Writer

PASSAGES, PASSAGES_WIDER = 15, 25
"""Passages a query asks of each source: in a first round or for feedback, and when a bare "no" asks for more."""

Ctx = Context[ReportState]


class ReportWorkflow(Workflow):
    """Research report

    Researches a question, has the findings approved by a human, and writes a report from what was approved.

    Args:
        sources: where to search. A run may name some of them.
        writers: by name; `extractive` must be among them, it goes on when another one cannot.
        default_writer: name of the writer of a run that names none.
        timeout: seconds for a whole run, without limit by default: people take their time.
        source_timeout: seconds for one search of one source.
        terms: budget of a run and prices of the model.
        judge: whether the model judges each sentence in a run that does not say.
        results: where the reports of earlier runs are, for revisions.
    """

    def __init__(
        self,
        sources: Sequence[SearchSource],
        writers: Mapping[str, Writer],
        default_writer: str = EXTRACTIVE,
        timeout: float | None = None,
        *,
        source_timeout: float = SOURCE_TIMEOUT,
        terms: Usage | None = None,
        judge: bool = False,
        results: Results | None = None,
    ) -> None:
        super().__init__(timeout=timeout)
        self._sources = list(sources)
        self._writers = Writers(writers, default_writer, terms or Usage(), judge=judge)
        self._source_timeout = source_timeout
        self._results = results

    async def check_options(self, options: Mapping[str, JsonValue]) -> ReportOptions:
        """The options of a run, checked before it starts.

        Raises:
            ProtocolError: `invalid_frame`, naming the field below `options`.
        """
        checked = check_options(options, [source.name for source in self._sources], self._writers.by_name)
        if checked.revises is not None:
            await earlier_report(self._results, checked.revises)
        return checked

    @step
    async def plan(self, ctx: Ctx, ev: AskEvent | RoundEvent) -> PlannedEvent:
        """Turn the question, and all feedback so far, into queries that were not searched before."""
        if isinstance(ev, AskEvent):
            await self._begin(ctx, ev)
        async with ctx.store.edit_state() as state:
            if isinstance(ev, RoundEvent):
                state.round = ev.round
        state = await ctx.store.get_state()
        assignment = state.assignment()
        latest = next((given.text for given in state.feedback if given.round == state.round - 1), "")
        queries = []
        if latest and not to_search(latest):
            self._tell(ctx, state, "plan", "Your wish is about how the report reads; nothing needs to be searched")
        else:
            words = "with your feedback" if latest else "more widely"
            told = f"Round {state.round}: planning to search {words}" if assignment.feedback else ""
            self._tell(ctx, state, "plan", told or "Planning what to search for")
            planned = await self._writers.ask(
                state, "plan", lambda writer, meter: writer.plan(assignment, meter), self._failed(ctx, state, "plan")
            )
            queries = usable(planned, assignment.searched)
        async with ctx.store.edit_state() as stored:
            stored.usage, stored.fallbacks = state.usage, state.fallbacks
            earlier = [search for search in stored.searches if search.round < stored.round]
            stored.searches = earlier + [Search(round=stored.round, query=query) for query in queries]
        return PlannedEvent(queries=queries)

    @step
    async def search(self, ctx: Ctx, ev: PlannedEvent) -> SearchedEvent:
        """Ask all sources side by side. One that fails is named; the others go on."""
        state = await ctx.store.get_state()
        if not ev.queries:
            return SearchedEvent(hits=[])
        wanted = self._wanted(state)
        readiness = await when_ready(wanted, lambda line: self._tell(ctx, state, "search", line))
        failed = {
            source.title: ready.why
            for source, ready in zip(wanted, readiness, strict=True)
            if not ready.ready and (state.options.sources is not None or not any(each.ready for each in readiness))
        }
        for title, why in failed.items():
            self._tell(ctx, state, "search", f"{title} cannot be searched: {why}")
        able = [source for source, ready in zip(wanted, readiness, strict=True) if ready.ready]
        wider = state.round > 1 and all(query.feedback is None for query in ev.queries)
        searched = await search_all(
            able,
            ev.queries,
            limit=PASSAGES_WIDER if wider else PASSAGES,
            seconds=self._source_timeout,
            tell=lambda line, done, total: self._tell(ctx, state, "search", line, done, total),
        )
        async with ctx.store.edit_state() as state:
            state.failed_sources = {**failed, **searched.failed}
        return SearchedEvent(hits=searched.hits)

    @step
    async def findings(self, ctx: Ctx, ev: SearchedEvent) -> ReviewEvent:
        """Choose and number the findings of this round, and ask a human about them."""
        state = await ctx.store.get_state()
        passages = {_key(passage): passage for hits in ev.hits for passage in hits.passages}
        documents = {(passage.kind, passage.uri) for passage in passages.values()}
        if ev.hits:
            read = f"Read {_count(len(passages), 'passage')} from {_count(len(documents), 'document')}"
            self._tell(ctx, state, "findings", read, details={"passages": len(passages), "documents": len(documents)})
        assignment = state.assignment()
        found = [(hits.query, hits.passages) for hits in ev.hits]
        candidates = []
        if found:
            candidates = await self._writers.ask(
                state,
                "find",
                lambda writer, meter: writer.find(assignment, found, meter),
                self._failed(ctx, state, "findings"),
            )
        # Only what a source gave is evidence, whatever the writer hands back.
        real = [
            each.model_copy(
                update={
                    "passage": passages[_key(each.passage)],
                    "also": [other for other in each.also if _key(other.passage) in passages],
                }
            )
            for each in candidates
            if _key(each.passage) in passages
        ]
        add_findings(state, real)
        settle_round(state, ev.hits)
        fresh = [finding for finding in state.findings if finding.round == state.round]
        stored = await stored_passages(fresh, state.sources, list(passages.values()), self._wanted(state))
        state.passages |= {id: [passage.text for passage in each] for id, each in stored.items()}
        async with ctx.store.edit_state() as current:
            for name in ReportState.model_fields:
                setattr(current, name, getattr(state, name))
        review = research_review(state, self._writers.usage(state) if state.usage else None)
        return ReviewEvent(
            payload=review_markdown(review),
            review=review,
            attachments={**state.inherited, **to_attachments(fresh, state.sources, stored)},
        )

    @step
    async def decide(self, ctx: Ctx, ev: DecisionEvent) -> RoundEvent | ApprovedEvent | ResultEvent:
        """Apply the human's decision; see `report.decision` for what it does to the evidence, or to the text."""
        async with ctx.store.edit_state() as state:
            if state.report is not None:
                released = decision.about_report(state, ev)
                return self._result(released) if released else ApprovedEvent()
            match Decision(str(ev.response)):
                case Decision.APPROVE:
                    decision.approve(state, ev)
                    return ApprovedEvent()
                case Decision.REJECT:
                    decision.reject(state, ev)
                    return RoundEvent(round=state.round + 1)
                case never:
                    assert_never(never)

    @step
    async def write(self, ctx: Ctx, ev: ApprovedEvent) -> ReviewEvent | ResultEvent:
        """Write from the approved findings and nothing else, check every sentence, and publish or ask about it."""
        state = await ctx.store.get_state()
        evidence = approved(state)
        report = blank_report(state, self._writers, evidence)
        if evidence.brief.findings:
            again = "again " if state.rewrites else ""
            count = _count(len(evidence.brief.findings), "approved finding")
            self._tell(ctx, state, "write", f"Writing {again}from {count}")
            draft = await self._writers.ask(
                state,
                "write",
                lambda writer, meter: self._write(ctx, state, writer, evidence, meter),
                self._failed(ctx, state, "write"),
            )
            self._tell(ctx, state, "check", "Checking every sentence against its quotes")
            report = await checked_report(report, draft, state, self._writers, evidence)
            gate = report.gate
            told = f"{_count(gate.sentences, 'sentence')} supported, {gate.removed} removed"
            self._tell(ctx, state, "check", told, gate.sentences, gate.sentences + gate.removed)
        async with ctx.store.edit_state() as stored:
            stored.usage, stored.fallbacks = state.usage, state.fallbacks
            stored.report = report if state.options.review_report else None
        if not state.options.review_report:
            return self._result(report)
        review = report_review(state, report, self._writers.usage(state) if state.usage else None)
        return ReviewEvent(payload=review_markdown(review), review=review)

    async def _begin(self, ctx: Ctx, ev: AskEvent) -> None:
        # Checked before there was a run.
        options = ReportOptions.model_validate(ev.options)
        state = ReportState(question=ev.question.strip(), round=1)
        if options.revises is not None and self._results is not None:
            report = await self._results.report(options.revises)
            attachments = await self._results.attachments(options.revises)
            state = inherit(report, attachments, options.revises, ev.question.strip(), ev.by)
        state.options = options
        await ctx.store.set_state(state)

    async def _write(
        self, ctx: Ctx, state: ReportState, writer: Writer, evidence: Approved, meter: Meter
    ) -> DraftReport:
        # The writer that takes over from one that broke off begins anew.
        takes_over = writer is not self._writers.by_name[self._writers.name(state)]
        drafts = Drafts(ctx.write_event_to_stream, attempt=int(takes_over))
        draft = await writer.write(evidence.brief, drafts, meter)
        drafts.finish()
        return draft

    def _wanted(self, state: ReportState) -> list[SearchSource]:
        return [each for each in self._sources if state.options.sources is None or each.name in state.options.sources]

    @staticmethod
    def _result(report: Report) -> ResultEvent:
        return ResultEvent(payload=report_markdown(report), data=report.model_dump(mode="json"))

    def _failed(self, ctx: Ctx, state: ReportState, stage: str) -> Callable[[str], None]:
        return lambda line: self._tell(ctx, state, stage, line)

    @staticmethod
    def _tell(
        ctx: Ctx,
        state: ReportState,
        stage: str,
        line: str,
        done: int | None = None,
        total: int | None = None,
        details: dict[str, JsonValue] | None = None,
    ) -> None:
        ctx.write_event_to_stream(
            ProgressEvent(msg=line, stage=stage, done=done, total=total, round=state.round, details=details or {})
        )


def _key(passage: Passage) -> tuple[str, str, str, int | None]:
    return passage.kind, passage.uri, passage.text, passage.place.offset


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
