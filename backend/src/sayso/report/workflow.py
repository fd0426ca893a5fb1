"""The report workflow: plan -> search -> findings -> (human) -> write, and back to plan on a rejection.

With `options.review_report` the finished text is asked about too: write -> (human) -> the end, or write again.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import assert_never

from pydantic import JsonValue
from workflows import Context, Workflow, step

from sayso.events import DecisionEvent, ResultEvent, ReviewEvent
from sayso.exports.wording import count
from sayso.protocol.commands import Answer, ReportOptions
from sayso.protocol.decisions import Decision
from sayso.protocol.reading import Reading
from sayso.protocol.review import ReviewData
from sayso.protocol.usage import Usage
from sayso.report.again import Found, look_again
from sayso.report.approved import approved_evidence
from sayso.report.choice import WriterChoice
from sayso.report.decision import approve, reject, release, rewrite
from sayso.report.documents import tell_read
from sayso.report.drafts import drafted
from sayso.report.findings import add_findings, backed
from sayso.report.leaving import leaving, leaving_told
from sayso.report.limits import allowed_candidates, allowed_hits, allowed_queries, searched_sources
from sayso.report.markdown import review_markdown
from sayso.report.options import check_documents, check_options, parsed_options
from sayso.report.passages import stored_passages, text_of, to_attachments
from sayso.report.planning import asks_the_writer, planning_told, wished_queries
from sayso.report.progress import teller
from sayso.report.prose import Readings
from sayso.report.publishing import blank_report, checked_report, commented_report, edited_report, result_of
from sayso.report.reading import read_decision
from sayso.report.revision import Results, earlier_report, inherited_state
from sayso.report.rewriting import only_comments
from sayso.report.rounds import report_review, research_review, settle_round
from sayso.report.search import SEARCHING, Reach, Searching, languages_of, titles_of, usable
from sayso.report.state import (
    ApprovedEvent,
    AskEvent,
    PlannedEvent,
    ReportState,
    RoundEvent,
    Search,
    SearchedEvent,
)
from sayso.report.text import applied
from sayso.research.source import SearchSource
from sayso.research.versions import superseded
from sayso.writers.extractive.writer import NAME as EXTRACTIVE
from sayso.writers.port import Writer

Ctx = Context[ReportState]
_Given = Mapping[str, JsonValue]


class ReportWorkflow(Workflow):
    """Research report

    Researches a question, has the findings approved by a human, and writes a report from what was approved.

    Args:
        sources: where to search. A run may name some of them.
        writers: by name; `extractive` must be among them, it goes on when another one cannot.
        default_writer: name of the writer of a run that names none.
        timeout: seconds for a whole run, without limit by default: people take their time.
        searching: how long one search of one source may take, and how often is searched again.
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
        searching: Searching = SEARCHING,
        terms: Usage | None = None,
        judge: bool = False,
        results: Results | None = None,
    ) -> None:
        super().__init__(timeout=timeout)
        self._sources = list(sources)
        self._names = [source.name for source in self._sources]
        self._choice = WriterChoice(writers, default_writer, terms or Usage(), judge=judge)
        self._searching = searching
        self._results = results
        self._readings = Readings(self._choice)

    async def check_options(self, options: _Given) -> ReportOptions:
        """The options of a run, checked before it starts.

        Raises:
            ProtocolError: `invalid_frame`, naming the field below `options`.
        """
        checked = check_options(options, self._names, self._choice.by_name, self._choice.default)
        if checked.documents is not None:
            await check_documents(checked.documents, self._sources)
        if checked.revises is not None:
            await earlier_report(self._results, checked.revises)
        return checked

    async def read_decision(self, answer: Answer, review: ReviewData, options: _Given, attachments: _Given) -> Reading:
        """How a decision is read when it comes in; see `report.reading`. May raise `ProtocolError`."""
        read = partial(self._readings.read, parsed_options(options), round=review.round, usage=review.usage)
        return await read_decision(answer, review, attachments, self._names, read)

    @step
    async def plan(self, ctx: Ctx, ev: AskEvent | RoundEvent) -> PlannedEvent:
        """Turn the question, and all feedback so far, into queries that were not searched before."""
        if isinstance(ev, AskEvent):
            await self._begin(ctx, ev)
        async with ctx.store.edit_state() as state:
            if isinstance(ev, RoundEvent):
                state.round = ev.round
        state = await ctx.store.get_state()
        tell, assignment = teller(ctx, "plan", state.round), state.assignment()
        if state.round == state.first_round:  # later, what was dropped is not named to anybody
            assignment.titles = await titles_of(self._wanted(state))
            leaves = leaving(self._wanted(state), self._choice.own(state))
            tell(leaving_told(leaves), details={"leaves": [*leaves]})
        tell(planning_told(state))
        planned = await self._choice.plan(state, assignment, tell) if asks_the_writer(state) else []
        queries = usable(allowed_queries([*wished_queries(state), *planned], state), assignment.searched)
        async with ctx.store.edit_state() as stored:
            stored.usage, stored.fallbacks = state.usage, state.fallbacks
            earlier = (search for search in stored.searches if search.round < stored.round)
            stored.searches = [*earlier, *(Search(round=stored.round, query=query) for query in queries)]
        return PlannedEvent(queries=queries)

    @step
    async def search(self, ctx: Ctx, ev: PlannedEvent) -> SearchedEvent:
        """Ask all sources side by side. One that fails is named; the others go on."""
        state = await ctx.store.get_state()
        if not ev.queries:
            return SearchedEvent(hits=[])
        searched = await self._reach(ctx, state).search(ev.queries)
        async with ctx.store.edit_state() as state:
            state.failed_sources = searched.failed
        return SearchedEvent(hits=searched.hits)

    @step
    async def findings(self, ctx: Ctx, ev: SearchedEvent) -> ReviewEvent:
        """Choose and number the findings of this round, and ask a human about them."""
        state = await ctx.store.get_state()
        tell, retell = (teller(ctx, stage, state.round) for stage in ("findings", "search"))
        found = Found(allowed_hits(ev.hits, state))
        if ev.hits:
            tell_read(tell, first := found.passages)
            found.candidates = await self._choice.find(state, state.assignment(), found.pairs, tell)
            reach = self._reach(ctx, state)
            found = await look_again(found, state, self._choice, reach, retell, rounds=self._searching.rounds)
            tell_read(tell, found.passages, first)
        candidates = allowed_candidates(backed(found.candidates, found.passages), state)
        add_findings(state, candidates, superseded(found.passages))
        fresh = [finding for finding in state.findings if finding.round == state.round]
        stored = await stored_passages(fresh, state.sources, found.passages, self._wanted(state))
        state.passages |= {id: list(map(text_of, each)) for id, each in stored.items()}
        languages = await languages_of(self._wanted(state))
        settle_round(state, found.hits, partial(self._choice.honours, state), languages)
        async with ctx.store.edit_state() as current:
            for name in ReportState.model_fields:
                setattr(current, name, getattr(state, name))
        review = research_review(state, self._choice.usage(state) if state.usage else None)
        attachments = {**state.inherited, **to_attachments(fresh, state.sources, stored)}
        return ReviewEvent(payload=review_markdown(review), review=review, attachments=attachments)

    @step
    async def decide(self, ctx: Ctx, ev: DecisionEvent) -> RoundEvent | ApprovedEvent | ResultEvent:
        """Apply the human's decision; see `report.decision` for what it does to the evidence, or to the text."""
        async with ctx.store.edit_state() as state:
            state.record = ev.record
            match Decision(str(ev.response)):
                case Decision.APPROVE if state.report is not None:
                    return result_of(state, release(state, state.report, ev))
                case Decision.APPROVE:
                    approve(state, ev)
                    return ApprovedEvent()
                case Decision.REJECT if state.report is not None:
                    rewrite(state, state.report, ev)
                    return ApprovedEvent()
                case Decision.REJECT:
                    reject(state, ev)
                    return RoundEvent(round=state.round + 1)
                case unknown:
                    assert_never(unknown)

    @step
    async def write(self, ctx: Ctx, ev: ApprovedEvent) -> ReviewEvent | ResultEvent:
        """Write from the approved findings and nothing else, check every sentence, and publish or ask about it."""
        state = await ctx.store.get_state()
        tell = teller(ctx, "write", state.round)
        report = blank_report(state, self._choice, evidence := approved_evidence(state))
        if (edited := edited_report(state, self._choice)) is not None:
            tell("Changing what you said; the rest stays as it is")
            report = edited
        elif evidence.brief.findings and only_comments(state, self._choice.own(state)):
            report = await commented_report(report, state, self._choice, evidence, tell)
        elif evidence.brief.findings:
            findings = count(len(evidence.brief.findings), "approved finding")
            tell(f"Writing {'again ' if state.rewrites else ''}from {findings}")
            emit, own = ctx.write_event_to_stream, self._choice.own(state)
            draft = await self._choice.ask(
                state, "write", lambda writer, meter: drafted(emit, writer, evidence.brief, meter, own), tell
            )
            checking = teller(ctx, "check", state.round)
            checking("Checking every sentence against its quotes")
            report = await checked_report(report, draft, state, self._choice, evidence, checking)
            report = applied(report, state.edits.values())
            told, gone = report.gate.sentences, report.gate.removed
            stand = count(told, "sentence") if told else "no sentence"
            checking(f"{stand} supported, {gone} removed", told, told + gone)
        async with ctx.store.edit_state() as stored:
            stored.usage, stored.fallbacks = state.usage, state.fallbacks
            stored.report = report if state.options.review_report else None
        if stored.report is None:
            return result_of(state, report)
        usage = self._choice.usage(state) if state.usage else None
        asked = report_review(state, report, usage, partial(self._choice.honours, state))
        return ReviewEvent(payload=review_markdown(asked), review=asked, attachments=state.inherited)

    def _reach(self, ctx: Ctx, state: ReportState) -> Reach:
        tell = teller(ctx, "search", state.round)
        return Reach(
            self._wanted(state), self._searching, state.question, state.round, state.options.sources is not None, tell
        )

    async def _begin(self, ctx: Ctx, ev: AskEvent) -> None:
        options = parsed_options(ev.options)  # `check_options` has looked at them before the run began
        state = ReportState(question=ev.question.strip(), round=1)
        if options.revises is not None:
            read = partial(self._readings.read, options, round=0, usage=None)
            state = await inherited_state(self._results, options.revises, state.question, ev.by, read)
        state.options = options
        await ctx.store.set_state(state)

    def _wanted(self, state: ReportState) -> list[SearchSource]:
        return searched_sources(self._sources, state)
