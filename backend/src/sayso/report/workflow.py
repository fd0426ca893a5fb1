"""The report workflow: plan -> search -> findings -> (human) -> write, and back to plan on a rejection."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from pydantic import JsonValue
from workflows import Context, Workflow, step

from sayso.events import DecisionEvent, DraftEvent, ProgressEvent, ResultEvent, ReviewEvent
from sayso.protocol.commands import ReportOptions
from sayso.protocol.decisions import APPROVE
from sayso.protocol.report import Gate, Report
from sayso.report import decision
from sayso.report.drafts import Drafts
from sayso.report.evidence import add_findings
from sayso.report.markdown import report_markdown, review_markdown
from sayso.report.options import check_options
from sayso.report.review import not_approved, review_data, settle_round
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
from sayso.research.source import Passage, SearchSource
from sayso.writing.citations import check
from sayso.writing.extractive import NAME as EXTRACTIVE
from sayso.writing.extractive import title_of
from sayso.writing.writer import DraftReport, Writer, WriterError, WritingBrief

PASSAGES, PASSAGES_WIDER = 15, 25
"""Passages a query asks of each source: in a first round or for feedback, and when a bare "no" asks for more."""
NO_EVIDENCE = "No good evidence was found and approved, so nothing was written."

T = TypeVar("T")
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
    """

    def __init__(
        self,
        sources: Sequence[SearchSource],
        writers: Mapping[str, Writer],
        default_writer: str = EXTRACTIVE,
        timeout: float | None = None,
        *,
        source_timeout: float = SOURCE_TIMEOUT,
    ) -> None:
        super().__init__(timeout=timeout)
        if EXTRACTIVE not in writers or default_writer not in writers:
            raise ValueError(f"writers must hold {EXTRACTIVE!r} and the default writer")
        self._sources = list(sources)
        self._writers = dict(writers)
        self._default_writer = default_writer
        self._source_timeout = source_timeout

    def check_options(self, options: Mapping[str, JsonValue]) -> ReportOptions:
        """The options of a run, checked before it starts.

        Raises:
            ProtocolError: `invalid_frame`, naming the field below `options`.
        """
        return check_options(options, [source.name for source in self._sources], self._writers)

    @step
    async def plan(self, ctx: Ctx, ev: AskEvent | RoundEvent) -> PlannedEvent:
        """Turn the question, and all feedback so far, into queries that were not searched before."""
        async with ctx.store.edit_state() as state:
            if isinstance(ev, AskEvent):
                state.question = ev.question.strip()
                state.options = self.check_options(ev.options)
                state.round = 1
            else:
                state.round = ev.round
        state = await ctx.store.get_state()
        assignment = state.assignment()
        if state.round == 1:
            self._tell(ctx, state, "plan", "Planning what to search for")
        else:
            words = "with your feedback" if assignment.feedback[-1].text else "more widely"
            self._tell(ctx, state, "plan", f"Round {state.round}: planning to search {words}")
        planned = await self._ask(ctx, state, "plan", lambda writer: writer.plan(assignment))
        queries = usable(planned, assignment.searched)
        async with ctx.store.edit_state() as state:
            earlier = [search for search in state.searches if search.round < state.round]
            state.searches = earlier + [Search(round=state.round, query=query) for query in queries]
        return PlannedEvent(queries=queries)

    @step
    async def search(self, ctx: Ctx, ev: PlannedEvent) -> SearchedEvent:
        """Ask all sources side by side. One that fails is named; the others go on."""
        state = await ctx.store.get_state()
        wanted = [each for each in self._sources if state.options.sources is None or each.name in state.options.sources]
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
        read = f"Read {_count(len(passages), 'passage')} from {_count(len(documents), 'document')}"
        self._tell(ctx, state, "findings", read, details={"passages": len(passages), "documents": len(documents)})
        assignment = state.assignment()
        found = [(hits.query, hits.passages) for hits in ev.hits]
        candidates = await self._ask(ctx, state, "find", lambda writer: writer.find(assignment, found))
        # Only what a source gave is evidence, whatever the writer hands back.
        real = [
            each.model_copy(update={"passage": passages[_key(each.passage)]})
            for each in candidates
            if _key(each.passage) in passages
        ]
        async with ctx.store.edit_state() as state:
            add_findings(state, real)
            settle_round(state, ev.hits)
        review = review_data(await ctx.store.get_state())
        return ReviewEvent(payload=review_markdown(review), review=review)

    @step
    async def decide(self, ctx: Ctx, ev: DecisionEvent) -> RoundEvent | ApprovedEvent:
        """Apply the human's decision; see `report.decision` for what it does to the evidence."""
        async with ctx.store.edit_state() as state:
            if ev.response == APPROVE:
                decision.approve(state, ev)
                return ApprovedEvent()
            decision.reject(state, ev)
            return RoundEvent(round=state.round + 1)

    @step
    async def write(self, ctx: Ctx, ev: ApprovedEvent) -> ResultEvent:
        """Write from the approved findings and nothing else, check every sentence, and publish."""
        state = await ctx.store.get_state()
        approval = state.approval
        assert approval is not None
        brief = state.brief()
        report = Report(
            title=title_of(state.question),
            question=state.question,
            writer=self._name(state),
            note=NO_EVIDENCE,
            sections=[],
            sources=[],
            not_found=not_approved(state, approval.kept),
            approvals=[approval],
            gate=Gate(),
        )
        if brief.findings:
            self._tell(ctx, state, "write", f"Writing from {_count(len(brief.findings), 'approved finding')}")
            draft = await self._ask(ctx, state, "write", lambda writer: self._write(ctx, state, writer, brief))
            state = await ctx.store.get_state()
            report = self._checked(ctx, state, report, draft, brief)
        return ResultEvent(
            payload=report_markdown(report, rounds=state.round),
            data=report.model_dump(mode="json"),
        )

    async def _write(self, ctx: Ctx, state: ReportState, writer: Writer, brief: WritingBrief) -> DraftReport:
        def emit(event: DraftEvent) -> None:
            ctx.write_event_to_stream(event)

        # The writer that takes over from one that broke off begins anew.
        drafts = Drafts(emit, attempt=int(writer is not self._writers[self._name(state)]))
        draft = await writer.write(brief, drafts)
        drafts.finish()
        return draft

    def _checked(self, ctx: Ctx, state: ReportState, report: Report, draft: DraftReport, brief: WritingBrief) -> Report:
        self._tell(ctx, state, "check", "Checking every sentence against its quotes")
        checked = check(draft, brief)
        gate = checked.gate
        told = f"{_count(gate.sentences, 'sentence')} supported, {gate.removed} removed"
        self._tell(ctx, state, "check", told, gate.sentences, gate.sentences + gate.removed)
        writer = self._writers[EXTRACTIVE if state.fallbacks.get(_leg("write", state)) else self._name(state)].info
        notes = [draft.note, *dict.fromkeys(state.fallbacks.values())]
        if not checked.sections:
            notes.append(
                "The check left no sentence standing; the approved quotes were not enough for what was written."
            )
        return report.model_copy(
            update={
                "title": checked.title,
                "writer": writer.name,
                "model": writer.model,
                "note": " ".join(note for note in notes if note),
                "sections": checked.sections,
                "sources": checked.sources,
                "removed": checked.removed,
                "gate": gate,
            }
        )

    async def _ask(self, ctx: Ctx, state: ReportState, stage: str, call: Callable[[Writer], Awaitable[T]]) -> T:
        """`call` with the run's writer, or with the extractive one when that cannot; the run says so. A writer that
        failed is tried again after the next decision."""
        name = self._name(state)
        if name != EXTRACTIVE and not (stage == "find" and _leg("plan", state) in state.fallbacks):
            try:
                if name not in self._writers:
                    raise WriterError("it is not set up here any more")
                return await call(self._writers[name])
            except WriterError as error:
                why = f"The {name} writer could not {stage} in round {state.round}: {str(error).rstrip('.')}."
                self._tell(ctx, state, _STAGES[stage], f"{why} The extractive writer goes on.")
                async with ctx.store.edit_state() as stored:
                    stored.fallbacks = {**stored.fallbacks, _leg(stage, state): why}
        return await call(self._writers[EXTRACTIVE])

    def _name(self, state: ReportState) -> str:
        return state.options.writer or self._default_writer

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


_STAGES = {"plan": "plan", "find": "findings", "write": "write"}


def _leg(stage: str, state: ReportState) -> str:
    return f"{stage} {state.round}"


def _key(passage: Passage) -> tuple[str, str, str, int | None]:
    return passage.kind, passage.uri, passage.text, passage.place.offset


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
