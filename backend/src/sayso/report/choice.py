"""Which writer a run is served by: its own first, the extractive one where that cannot go on."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sayso.exports.wording import count
from sayso.gate.check import Checked
from sayso.protocol.http import WriterInfo
from sayso.protocol.report import Sentence
from sayso.protocol.usage import StageUsage, Usage
from sayso.report.completing import copies, further, lacking
from sayso.report.joining import joined_candidates, joined_queries
from sayso.report.metering import added, signs_of_life
from sayso.report.state import ReportState
from sayso.research.source import Passage
from sayso.writers.extractive.lengths import honours
from sayso.writers.extractive.writer import NAME as EXTRACTIVE
from sayso.writers.judgement import Claimed, Judge, Judgement
from sayso.writers.meter import Meter
from sayso.writers.port import (
    Assignment,
    Candidate,
    Chosen,
    DraftReport,
    Query,
    Reviser,
    UnusableAnswer,
    Writer,
    WriterError,
    WritingBrief,
)

T = TypeVar("T")


@dataclass(frozen=True)
class Judged:
    """What a model, asked to judge sentences, said of them."""

    of: Sequence[Judgement | None] = ()
    """For each sentence; `None` where it was not judged. Empty if none was to be."""
    note: str = ""
    """That some or all were not judged though they should have been, and why, as a sentence."""
    by: WriterInfo | None = None
    """Who judged."""

    @property
    def count(self) -> int:
        """Sentences that were judged."""
        return sum(each is not None for each in self.of)


class WriterChoice:
    """The writers of a server, and which of them does what in a run.

    Args:
        writers: by name; `extractive` must be among them.
        default: name of the writer of a run that names none.
        terms: budget of a run and prices of the model; its stages are left alone.
        judge: whether the model judges each sentence in a run that does not say.
    """

    def __init__(self, writers: Mapping[str, Writer], default: str, terms: Usage, *, judge: bool = False) -> None:
        if EXTRACTIVE not in writers or default not in writers:
            raise ValueError(f"writers must hold {EXTRACTIVE!r} and the default writer")
        self.by_name = dict(writers)
        self.default = default
        self._terms = terms
        self._judge = judge

    def name(self, state: ReportState) -> str:
        """The writer that the run asked for."""
        return state.options.writer or self.default

    def own(self, state: ReportState) -> Writer | None:
        """That writer, if there is one of this name."""
        return self.by_name.get(self.name(state))

    def honours(self, state: ReportState, note: str) -> bool:
        """Whether the run's writer can do what a note asks of it; of a model anything may be asked."""
        return self.name(state) != EXTRACTIVE or honours(note)

    def wrote(self, state: ReportState) -> Writer:
        """The writer that wrote the text of this round."""
        return self.by_name[EXTRACTIVE if leg("write", state) in state.fallbacks else self.name(state)]

    def usage(self, state: ReportState) -> Usage:
        """What the run has asked of a model so far."""
        return self._terms.model_copy(update={"stages": state.usage})

    def meter(self, stage: str, round: int, spent: list[StageUsage]) -> Meter:
        """Counts what a stage asks of a model, beside what the run has `spent`."""
        return Meter(stage, round, spent=spent, budget=self._terms.budget)

    async def ask(
        self,
        state: ReportState,
        stage: str,
        call: Callable[[Writer, Meter], Awaitable[T]],
        tell: Callable[[str], None],
    ) -> T:
        """`call` with the run's writer, or with the extractive one when that cannot. A writer that failed is tried
        again after the next decision.

        Args:
            state: its `usage` and `fallbacks` are brought up to date.
            stage: `plan`, `find` or `write`.
            tell: told what the model is at, and why the run's writer cannot go on.
        """
        name = self.name(state)
        if name != EXTRACTIVE and (stage == "write" or leg(stage, state) not in state.fallbacks):
            try:
                if name not in self.by_name:
                    raise WriterError("it is not set up here any more")
                return await self._metered(state, stage, lambda meter: call(self.by_name[name], meter), tell)
            except WriterError as error:
                told = f"The {name} writer could not {stage} in round {state.round}"
                # Whoever gave no answer at all is not waited for once more before the next decision.
                stages = [stage] if isinstance(error, UnusableAnswer) or stage == "write" else ["plan", "find"]
                why = f"{told}: {error.reason.rstrip('.')}."
                state.fallbacks = {**state.fallbacks, **{leg(each, state): why for each in stages}}
                tell(f"{told}: {str(error).rstrip('.')}. The extractive writer goes on.")
        return await call(self.by_name[EXTRACTIVE], Meter(stage, state.round))

    async def plan(self, state: ReportState, assignment: Assignment, tell: Callable[[str], None]) -> list[Query]:
        """The searches of this round: those that words plan, and what the run's writer adds to them."""
        by_words = await self._words.plan(assignment, Meter("plan", state.round))
        if self.name(state) == EXTRACTIVE:
            return by_words
        given = assignment.model_copy(update={"queries": by_words})
        model = await self.ask(state, "plan", lambda writer, meter: writer.plan(given, meter), tell)
        return joined_queries(by_words, model)

    async def find(
        self,
        state: ReportState,
        assignment: Assignment,
        found: list[tuple[Query, list[Passage]]],
        tell: Callable[[str], None],
    ) -> list[Candidate]:
        """What words find, with what the run's writer chooses from it and adds to it."""
        by_words = await self._found_by_words(state, assignment, found)
        if self.name(state) == EXTRACTIVE:
            return by_words
        queries = [query for query, _ in found]
        given = assignment.model_copy(update={"queries": queries, "candidates": by_words})
        chosen = await self.ask(state, "find", lambda writer, meter: writer.find(given, found, meter), tell)
        if leg("find", state) in state.fallbacks:
            return by_words
        joined = joined_candidates(by_words, chosen, given.parts)
        if joined.told:
            tell(joined.told)
        return Chosen(joined.candidates, chosen.unanswered if isinstance(chosen, Chosen) else ())

    async def _found_by_words(
        self, state: ReportState, assignment: Assignment, found: list[tuple[Query, list[Passage]]]
    ) -> list[Candidate]:
        """What would be found without a model, so that nothing its searches bring takes the place of that; these count
        for parts that are empty otherwise."""
        own = [each for each in found if not each[0].added]
        by_words = await self._words.find(assignment, own, Meter("find", state.round))
        if len(own) == len(found):
            return by_words
        wider = await self._words.find(assignment, found, Meter("find", state.round))
        told = {each.topic for each in by_words}
        return [*by_words, *(each for each in wider if each.topic not in told)]

    async def untold(self, state: ReportState, checked: Checked, brief: WritingBrief) -> DraftReport:
        """The approved findings of whose quotes the checked text cites none, told by the extractive writer, with a
        line that says so. Nothing where that wrote the text itself: it leaves out what says the same, or what a note
        asked it to leave out. Nothing either once a human has seen the text and said what to change. With a note,
        only parts of the question that the text says nothing on: a note may want less."""
        nothing = DraftReport(title="", sections=[])
        if self.wrote(state).info.name == EXTRACTIVE or state.rewrites:
            return nothing
        left = lacking(checked, brief)
        if not left:
            return nothing
        written = await self._words.write(brief.model_copy(update={"findings": left}), _unseen, Meter())
        verb = "is" if len(left) == 1 else "are"
        note = f"{count(len(left), 'approved finding')} that it left out {verb} told in the words of the sources."
        return written.model_copy(update={"note": note})

    async def further(self, state: ReportState, checked: Checked, brief: WritingBrief) -> dict[str, list[Sentence]]:
        """What goes on from the sentences of a text that only copies, by these; a note may want less."""
        if self.wrote(state).info.name == EXTRACTIVE or state.rewrites or brief.note or not copies(checked):
            return {}
        return further(await self._words.write(brief, _unseen, Meter()), brief.findings)

    async def revise(
        self, state: ReportState, brief: WritingBrief, tell: Callable[[str], None]
    ) -> dict[int, list[Sentence]]:
        """What takes the place of units that were commented on; nothing where the run's writer cannot say."""

        async def revised(writer: Writer, meter: Meter) -> dict[int, list[Sentence]]:
            return await writer.revise(brief, meter) if isinstance(writer, Reviser) else {}

        return await self.ask(state, "write", revised, tell)

    @property
    def _words(self) -> Writer:
        return self.by_name[EXTRACTIVE]

    async def judge(
        self, state: ReportState, claims: list[Claimed], tell: Callable[[str], None] = lambda _: None
    ) -> Judged:
        """Whether the model finds each claim supported, if it is to say so."""
        writer = self.wrote(state)
        wanted = self._judge if state.options.judge is None else state.options.judge
        if not wanted or not claims:
            return Judged()
        none = [None] * len(claims)
        if not isinstance(writer, Judge):
            return Judged(none, f"No model judged the sentences: the {writer.info.name} writer uses none.")
        try:
            said = await self._metered(state, "judge", lambda meter: writer.judge(claims, meter), tell)
        except WriterError as error:
            return Judged(none, f"No model judged the sentences: {error.reason.rstrip('.')}.")
        left = sum(each is None for each in said.of)
        why = f": {said.failure.rstrip('.')}" if said.failure else ""
        note = f"The model judged {len(claims) - left} of {len(claims)} sentences{why}." if left else ""
        return Judged(said.of, note, writer.info)

    async def _metered(
        self,
        state: ReportState,
        stage: str,
        call: Callable[[Meter], Awaitable[T]],
        tell: Callable[[str], None] = lambda _: None,
    ) -> T:
        meter = self.meter(stage, state.round, state.usage)
        signs = asyncio.create_task(signs_of_life(meter, tell))
        try:
            return await call(meter)
        finally:
            signs.cancel()
            if meter.used.calls:
                state.usage = added(state.usage, meter.used)


async def _unseen(heading: str, text: str) -> None:
    """A sink for drafts that nobody watches."""


def leg(stage: str, state: ReportState) -> str:
    """Key of `ReportState.fallbacks`."""
    return f"{stage} {state.round}"
