"""Writes the sections of a report side by side, and hands out their drafts one after another."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from sayso.protocol.evidence import Finding
from sayso.protocol.report import Section
from sayso.writers.llm.failures import Busy, OutOfBudget
from sayso.writers.llm.model import ChatModel
from sayso.writers.llm.prompts import Turn
from sayso.writers.llm.structured import schema_of
from sayso.writers.llm.units import AnswerParser, WrittenReport, WrittenSection
from sayso.writers.meter import Meter, estimated_tokens
from sayso.writers.port import DraftSink, WriterError

CUT = ("length", "time", "loop", "budget")
"""Why an answer ends before the model is done."""
_EXPECTED = 240.0
"""Seconds that a section may take before it is slow."""


@dataclass
class Job:
    """One request for a part of the report."""

    turns: list[Turn]
    findings: list[Finding]
    """What it is written from."""
    heading: str | None = None
    """Of the one section that is asked for; `None` leaves the headings to the model."""
    cites: Sequence[int] = ()
    """The numbers that it may cite."""

    @property
    def schema(self) -> dict[str, Any]:
        """Of the answer, as an endpoint is told."""
        return schema_of(WrittenReport if self.heading is None else WrittenSection, {"cites": self.cites})


@dataclass
class Written:
    """What came of a job."""

    job: Job
    sections: list[Section] = field(default_factory=list)
    finish: str = ""
    """One of `CUT`, if the answer was cut."""
    error: WriterError | None = None

    @property
    def whole(self) -> bool:
        return self.error is None and self.finish not in CUT


async def written(model: ChatModel, job: Job, draft: DraftSink, meter: Meter, *, patient: bool = True) -> Written:
    """The answer to `job`, streamed. One that is too long, takes too long or goes round in circles is cut there; of
    one that breaks off, what was complete before is kept.

    Raises:
        Busy: unless `patient`, when the endpoint has too many requests to answer, or lets this one wait too long.
    """
    parser, finish, error, received = AnswerParser(job.heading), "", None, False
    try:
        async with aclosing(model.stream(job.turns, schema=job.schema, meter=meter, patient=patient)) as pieces:
            async for piece in pieces:
                received = True
                for heading, text in parser.feed(piece.text):
                    await draft(heading, text)
                finish = piece.finish or finish
                if parser.looping:
                    finish = "loop"
                if finish:
                    break
    except WriterError as failure:
        if isinstance(failure, Busy) and not patient and not received:
            raise
        error = failure
    complete = error is None and finish not in ("length", "time", "budget")
    for heading, text in parser.finish(complete=complete):
        await draft(heading, text)
    return Written(job, parser.sections, finish, error)


async def side_by_side(
    model: ChatModel, jobs: list[Job], draft: DraftSink, meter: Meter, parallel: int
) -> list[Written]:
    """What came of `jobs`, in their order, as many at once as `parallel`, the endpoint and the budget allow.

    Drafts come in the order of the jobs: those of the first that is not finished as they are written, those of later
    ones when it is their turn.
    """
    lanes = Lanes(lambda: 1 if model.one_at_a_time or _tight(model, jobs, meter, parallel) else parallel)
    drafts = DraftOrder(draft, len(jobs))

    async def one(at: int) -> Written:
        while True:
            async with lanes:
                alone = lanes.taken == 1
                try:
                    done = await written(model, jobs[at], drafts.of(at), meter, patient=alone)
                except Busy:
                    model.one_at_a_time = True  # and once more, when the others are done
                    continue
            await drafts.done(at)
            return done

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(at)) for at in range(len(jobs))]
    return [task.result() for task in tasks]


class Lanes:
    """Lets in as many at once as `limit` says at that moment, first come first served."""

    def __init__(self, limit: Callable[[], int]) -> None:
        self.taken = 0
        self._limit = limit
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: self.taken < self._limit())
            self.taken += 1

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.taken -= 1
        async with self._changed:
            self._changed.notify_all()


class DraftOrder:
    """Gives out the drafts of several jobs in order: of the first unfinished job live, of the others when they are."""

    def __init__(self, draft: DraftSink, count: int) -> None:
        self._draft = draft
        self._held: list[list[tuple[str, str]]] = [[] for _ in range(count)]
        self._finished = [False] * count
        self._turn = 0
        self._lock = asyncio.Lock()

    def of(self, at: int) -> DraftSink:
        """The sink of job `at`."""

        async def take(heading: str, text: str) -> None:
            async with self._lock:
                if at == self._turn:
                    await self._draft(heading, text)
                else:
                    self._held[at].append((heading, text))

        return take

    async def done(self, at: int) -> None:
        """Job `at` has nothing more to say."""
        async with self._lock:
            self._finished[at] = True
            while self._turn < len(self._finished) and self._finished[self._turn]:
                self._turn += 1
                for heading, text in self._held[self._turn] if self._turn < len(self._held) else []:
                    await self._draft(heading, text)


def _tight(model: ChatModel, jobs: list[Job], meter: Meter, parallel: int) -> bool:
    """Whether the budget could end amid jobs side by side: then one after another, so that it ends as few as can be."""
    tokens, seconds = meter.tokens_left, meter.budget_seconds_left
    prompts = sum(estimated_tokens(sum(len(text) for _, text in job.turns)) for job in jobs)
    if tokens is not None and tokens < prompts + len(jobs) * model.max_output_tokens:
        return True
    return seconds is not None and seconds < parallel * min(_EXPECTED, model.patience.whole)


def failure_of(parts: list[Written]) -> WriterError | None:
    """What kept the parts from being written; that the budget is used up comes before all else."""
    errors = [part.error for part in parts if part.error]
    return next((error for error in errors if isinstance(error, OutOfBudget)), errors[0] if errors else None)
