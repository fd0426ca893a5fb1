"""The writer that uses a language model: OpenAI's, or any behind an OpenAI-compatible endpoint."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sayso.language.terms import likeness, stems
from sayso.protocol.http import WriterInfo
from sayso.protocol.judging import JudgeScore
from sayso.protocol.report import Sentence
from sayso.research.source import Passage
from sayso.wishes.checking import Item
from sayso.writers.judgement import Claimed, Judgements
from sayso.writers.llm.authoring import authored
from sayso.writers.llm.failures import PromptCut
from sayso.writers.llm.hearing import PATIENCE, Patience
from sayso.writers.llm.judge_prompts import JUDGE, JUDGE_TASK
from sayso.writers.llm.judging import judged
from sayso.writers.llm.model import ChatModel
from sayso.writers.llm.planning import Plan, fresh
from sayso.writers.llm.prompts import FIND, FIND_TASK, PLAN, PLAN_TASK, find_head, find_turns, plan_turns, size
from sayso.writers.llm.prose import sorted_prose
from sayso.writers.llm.reading import MAX_PASSAGE, Findings, candidates_of, in_turn, shown
from sayso.writers.llm.revising import revised
from sayso.writers.llm.structured import ask, prompt_budget
from sayso.writers.meter import Meter
from sayso.writers.port import (
    Assignment,
    Candidate,
    Chosen,
    DraftReport,
    DraftSink,
    Query,
    Told,
    WriterError,
    WritingBrief,
)

T = TypeVar("T")
MAX_PASSAGES = 48
MAX_FINDINGS = 12
LEAST = 3
"""Findings that a slow model is asked for."""
_A_FINDING = 60
"""Tokens of a finding in an answer."""
PARALLEL = 4
READING_SECONDS = 10.0
_SAME_CLAIM = 0.75
"""Likeness from which a claim is one that was dropped or kept before."""


class LLMWriter:
    """Plans, words findings and writes with `model`; made by hand for tests, or by `llm_writer`.

    Every call raises `WriterError` with a message fit to show when the model cannot be used, so that the caller can
    go on with another writer and say why. That the budget of the `meter` is used up is such a reason; without a meter
    there is no budget.

    Args:
        parallel: sections of one report that are written at once.
        reading_seconds: how long it may take to read what a human said, who waits for it.
    """

    def __init__(self, model: ChatModel, *, parallel: int = PARALLEL, reading_seconds: float = READING_SECONDS) -> None:
        self.model = model
        self.reading_seconds = reading_seconds
        self.parallel = parallel
        self.score: JudgeScore | None = None
        """How the model judges, where that was measured."""
        self._ready = True
        self._why = f"not asked yet: {model.name or 'a model'} at {model.host}"

    @property
    def info(self) -> WriterInfo:
        """What the last `check` found; before it, the hope that all is well."""
        why, cut = self._why, self.model.cut_at
        if cut is not None:
            why += f"; its server cuts prompts, so it is sent no more than {cut:,} tokens: set SAYSO_CONTEXT_WINDOW"
        leaves = f"the question, passages that were found and what is approved go to the model at {self.model.host}"
        return WriterInfo(
            name="llm", ready=self._ready, why=why, model=self.model.name, leaves=leaves, judge=self.score
        )

    async def check(self) -> WriterInfo:
        """Ask the endpoint once whether key and model are good, within seconds. Never raises."""
        try:
            name = await self.model.check()
        except WriterError as error:
            self._ready, self._why = False, str(error)
        else:
            self._ready, self._why = True, f"ready: {name} at {self.model.host}"
        return self.info

    async def aclose(self) -> None:
        """Close the connections to the endpoint."""
        await self.model.aclose()

    async def plan(self, assignment: Assignment, meter: Meter | None = None) -> list[Query]:
        """Queries beside those of `assignment.queries`, each under one of the parts that these are about."""
        return await self._uncut(lambda: self._planned(assignment, meter))

    async def _planned(self, assignment: Assignment, meter: Meter | None) -> list[Query]:

        def complaint(plan: Plan) -> str | None:
            return None if fresh(plan, assignment) else "every query was empty or had been asked before."

        turns = plan_turns(assignment, budget=prompt_budget(self.model, PLAN + PLAN_TASK, meter))
        allowed = {"part": range(1, len(assignment.parts) + 1)}
        plan = await ask(self.model, turns, Plan, complaint=complaint, meter=meter, allowed=allowed)
        return fresh(plan, assignment)

    async def find(
        self, assignment: Assignment, found: list[tuple[Query, list[Passage]]], meter: Meter | None = None
    ) -> list[Candidate]:
        """What the model chooses among the numbered statements of the passages: claims, each resting on a statement.

        The model sees the passages that words chose from first, then the best others, as many as fit its context;
        none that holds a sentence a human has dropped.
        """
        return await self._uncut(lambda: self._found(assignment, found, meter))

    async def _found(
        self, assignment: Assignment, found: list[tuple[Query, list[Passage]]], meter: Meter | None
    ) -> list[Candidate]:
        budget = prompt_budget(self.model, FIND + FIND_TASK, meter, sparing=True)
        head = find_head(assignment, budget=budget // 3)
        passages = in_turn(found, assignment, limit=min(MAX_PASSAGE, budget // 4))
        told = shown(passages, assignment, budget=budget - size(head), most=MAX_PASSAGES)
        if not told.numbered:
            return []

        def complaint(answer: Findings) -> str | None:
            if answer.findings and not candidates_of(answer, told, assignment):
                return f'no "statement" is the number of a statement: they go from 1 to {len(told.numbered)}.'
            return None

        writable = self.model.pace.writable(meter.seconds_left) if meter is not None else None
        limit = MAX_FINDINGS if writable is None else max(LEAST, min(MAX_FINDINGS, writable // _A_FINDING))
        turns = find_turns(head, told.blocks, limit=limit)
        numbers = range(1, len(assignment.parts) + 1)
        allowed = {"part": numbers, "unanswered": numbers}
        answer = await ask(self.model, turns, Findings, complaint=complaint, meter=meter, allowed=allowed)
        known = [stems(finding.claim) for finding in [*assignment.dropped, *assignment.kept]]
        candidates: list[Candidate] = []
        for one in candidates_of(answer, told, assignment):
            terms = stems(one.claim)
            if all(likeness(terms, other) < _SAME_CLAIM for other in known):
                known.append(terms)
                candidates.append(one)
        answered = {each.part for each in candidates}
        parts = [part for number, part in zip(numbers, assignment.parts, strict=True) if number in answer.unanswered]
        return Chosen(candidates[:MAX_FINDINGS], [part for part in parts if part not in answered])

    async def write(self, brief: WritingBrief, draft: DraftSink, meter: Meter | None = None) -> DraftReport:
        """The report, streamed: in one answer from few findings, else by an outline and section by section."""
        return await authored(self.model, brief, draft, meter or Meter(), parallel=self.parallel)

    async def revise(self, brief: WritingBrief, meter: Meter | None = None) -> dict[int, list[Sentence]]:
        """What takes the place of the units of `brief.earlier` that have a comment; see `revised`."""
        return await self._uncut(lambda: revised(self.model, brief, meter or Meter()))

    async def judge(self, claims: list[Claimed], meter: Meter | None = None) -> Judgements:
        """For each claim, whether the model finds it supported by its quotes, if it says so; see `judged`."""
        meter = meter or Meter("judge")
        return await judged(self.model, claims, meter, budget=prompt_budget(self.model, JUDGE + JUDGE_TASK, meter))

    async def read(self, told: Told, meter: Meter | None = None) -> list[Item]:
        """What a human's prose asks for, point by point; see `sorted_prose`. Too slow is no answer."""
        try:
            async with asyncio.timeout(self.reading_seconds):
                return await self._uncut(lambda: sorted_prose(self.model, told, meter or Meter("read")))
        except TimeoutError:
            raise WriterError(f"it took longer than {self.reading_seconds:g} s") from None

    async def _uncut(self, call: Callable[[], Awaitable[T]]) -> T:
        """`call`, and once more with a smaller prompt if the endpoint read only a part of the first."""
        try:
            return await call()
        except PromptCut:
            return await call()


def llm_writer(
    *,
    api_key: str | None,
    base_url: str | None = None,
    model: str | None = None,
    patience: Patience = PATIENCE,
    max_output_tokens: int | None = None,
    context_window: int | None = None,
    parallel: int = PARALLEL,
) -> LLMWriter:
    """A writer for the model at `base_url` (OpenAI's own API if `None`); the arguments are those of `ChatModel` and
    `LLMWriter`."""
    return LLMWriter(
        ChatModel(
            api_key=api_key,
            base_url=base_url,
            model=model,
            patience=patience,
            max_output_tokens=max_output_tokens,
            context_window=context_window,
        ),
        parallel=parallel,
    )
