"""Any sequence of what workers, people and crashes do to runs, held against a model after every step."""

import asyncio
import json
import shutil
import tempfile
from collections.abc import Awaitable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from sayso.protocol.frames import RecordedDecision
from sayso.protocol.record import RecordLink, RunRecord
from sayso.record.check import check
from sayso.record.run import KINDS, START
from sayso.storage.errors import Superseded
from sayso.storage.records import AnswerOutcome, Ending, NewRun, SegmentCommit
from sayso.storage.sqlite.store import SqliteStore
from storage.run_model import QUESTIONS, ModelRun, Worker, new_event, once_each, pick

T = TypeVar("T")
AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RESPONSES = st.sampled_from(["yes", "no"])
RESPONSE_IDS = st.sampled_from([None, None, "x", "y"])
ENDINGS = st.sampled_from([None, None, None, Ending.PAUSE, Ending.PAUSE, Ending.COMPLETE, Ending.FAIL])


class Runs(RuleBasedStateMachine):
    """A store in a folder, and the model of every run in it."""

    runs: Bundle[ModelRun] = Bundle("runs")
    workers: Bundle[Worker] = Bundle("workers")

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.Runner()
        self._folder = Path(tempfile.mkdtemp())
        self._lives = 0
        self._store = SqliteStore(self._folder / "0" / "sayso.db")
        self._known: list[ModelRun] = []
        self._created = 0
        self._latest: dict[str, Worker] = {}
        self._by_request: dict[str, ModelRun] = {}

    def _do(self, work: Awaitable[T]) -> T:
        async def wrapped() -> T:
            return await work

        return self._loop.run(wrapped())

    @initialize()
    def open(self) -> None:
        self._do(self._store.open())

    def teardown(self) -> None:
        self._do(self._store.close())
        self._loop.close()
        shutil.rmtree(self._folder)

    # What people do.

    @rule(target=runs, request=st.sampled_from([None, None, "a", "b"]))
    def create(self, request: str | None) -> Any:
        id, self._created = f"r{self._created}", self._created + 1
        run, created = self._do(self._store.create(NewRun(id, "why?", "w", "f", {}, "Ada", request, AT)))
        earlier = self._by_request.get(request or "")
        if earlier:
            assert (run.id, created) == (earlier.id, False)
            return multiple()
        assert (run.id, created) == (id, True)
        model = ModelRun(id)
        self._known.append(model)
        if request:
            self._by_request[request] = model
        return model

    @rule(run=runs, which=st.integers(0, 5), response=RESPONSES, response_id=RESPONSE_IDS)
    def answer(self, run: ModelRun, which: int, response: str, response_id: str | None) -> None:
        review = pick(run, which)
        expected = run.answer(review, response, response_id)
        answered = self._do(self._answer(run, review, response, response_id))
        assert answered is expected

    @rule(run=runs, which=st.integers(0, 5), people=st.integers(2, 5))
    def answer_all_at_once(self, run: ModelRun, which: int, people: int) -> None:
        review = pick(run, which)
        expected = [run.answer(review, "yes", None) for _ in range(people)]

        async def together() -> list[AnswerOutcome]:
            return await asyncio.gather(*(self._answer(run, review, "yes", None) for _ in range(people)))

        assert self._do(together()) == expected

    @rule(run=runs)
    def answer_all_the_newest_first(self, run: ModelRun) -> None:
        for review in reversed(run.open):
            expected = run.answer(review, "yes", None)
            assert self._do(self._answer(run, review, "yes", None)) is expected

    async def _answer(self, run: ModelRun, review: int, response: str, response_id: str | None) -> AnswerOutcome:
        received = RecordedDecision(review=review, response=response, by="Ada", response_id=response_id)
        answered = await self._store.answer(run.id, received, new_event("input_received"), at=AT)
        if answered.outcome is AnswerOutcome.REPEATED:
            assert answered.event is not None
            assert answered.event.seq == run.reviews[review].answer_seq
        if answered.outcome is AnswerOutcome.ALREADY_ANSWERED:
            assert answered.earlier is not None
            assert answered.earlier.answer is not None
            assert answered.earlier.answer.response == run.reviews[review].response
        return answered.outcome

    @rule(run=runs)
    def cancel(self, run: ModelRun) -> None:
        expected = run.cancel()
        event = self._do(self._store.cancel(run.id, new_event("cancelled"), at=AT))
        assert (event.seq if event else None) == (len(run.log) if expected else None)

    @rule(run=consumes(runs))
    def delete(self, run: ModelRun) -> None:
        assert self._do(self._store.delete(run.id))
        assert self._do(self._store.events(run.id, after=0, limit=9)) == []
        self._known.remove(run)
        self._by_request = {key: other for key, other in self._by_request.items() if other is not run}
        run.epoch = -1

    # What workers do.

    @rule(target=workers, run=runs)
    def claim(self, run: ModelRun) -> Any:
        claim = self._do(self._store.claim(run.id))
        if not run.claim():
            assert claim is None
            return multiple()
        assert claim is not None
        assert (claim.run.epoch, claim.run.attempts) == (run.epoch, run.attempts)
        assert ((claim.checkpoint, claim.checkpoint_seq) if claim.checkpoint else None) == run.checkpoint
        assert [each.review for each in claim.deliveries] == run.undelivered
        assert [each.answer.response for each in claim.deliveries] == [
            run.reviews[seq].response for seq in run.undelivered
        ]
        self._latest[run.id] = Worker(run, run.epoch, claim.run.last_seq)
        return self._latest[run.id]

    @rule(
        worker=workers,
        entries=st.lists(st.sampled_from(["progress", *QUESTIONS]), max_size=5),
        covers=st.none() | st.integers(0, 4),
        deliver=st.integers(0, 3),
        progressed=st.booleans(),
        ending=ENDINGS,
        stale=st.sampled_from([False, False, False, True]),
    )
    def commit(
        self,
        worker: Worker,
        entries: list[str],
        covers: int | None,
        deliver: int,
        progressed: bool,
        ending: Ending | None,
        stale: bool,
    ) -> None:
        # Most of those who ever claimed a run have lost it; what the others do matters more.
        worker = worker if stale else self._latest[worker.run.id]
        run = worker.run
        entries = once_each(worker, entries)
        if ending in (Ending.COMPLETE, Ending.FAIL):
            entries.append("final_result" if ending is Ending.COMPLETE else "error")
        # A pause comes with a checkpoint of everything, as the engine does it.
        covers = len(entries) if ending is Ending.PAUSE else min(covers, len(entries)) if covers is not None else None
        state = f'{{"n":{len(run.log)}}}' if covers is not None else None
        commit = SegmentCommit(run.id, worker.epoch, worker.claimed_at, [new_event(entry) for entry in entries])
        commit.checkpoint, commit.covers = state, covers or 0
        commit.progressed, commit.ending = progressed, ending
        commit.delivered = run.undelivered[:deliver] if covers is not None or ending else []
        if run.epoch != worker.epoch or run.status != "running":
            self._superseded(commit)
            return
        worker.asked |= set(entries) & set(QUESTIONS)
        for review in commit.delivered:
            run.reviews[review].delivered = True
        appended, covered = [], len(run.log)
        for index, entry in enumerate(entries):
            seq = run.ask(entry, worker.claimed_at) if entry in QUESTIONS else run.append(entry)
            appended += [seq] if seq else []
            covered = len(run.log) if index < commit.covers else covered
        if state is not None:
            run.checkpoint = state, covered
        run.attempts = 0 if progressed else run.attempts
        pausing = ending is Ending.PAUSE
        undelivered = run.undelivered if pausing else []
        if ending:
            run.end(ending)
        committed = self._do(self._store.commit(commit))
        assert [event.seq for event in committed.events] == appended
        assert committed.paused == (run.status == "waiting")
        assert [each.review for each in committed.undelivered] == undelivered
        assert committed.stalled == (pausing and not undelivered and not run.open)

    def _superseded(self, commit: SegmentCommit) -> None:
        try:
            self._do(self._store.commit(commit))
        except Superseded:
            return
        raise AssertionError("whoever lost a run must not write to it")

    @rule(worker=workers)
    def release(self, worker: Worker) -> None:
        self._do(self._store.release(worker.run.id, worker.epoch))
        worker.run.release(worker.epoch)

    @rule(run=runs)
    def read_record(self, run: ModelRun) -> None:
        self._do(self._compare_record(run))

    # What machines do.

    @rule(clean=st.booleans())
    def stop_and_reopen(self, clean: bool) -> None:
        """An unclean stop leaves the files as they are at that moment, write-ahead log and all."""
        before, self._lives = self._store, self._lives + 1
        old, new = self._folder / str(self._lives - 1), self._folder / str(self._lives)
        generation = before.generation + (not clean)
        if clean:
            self._do(before.close())
        shutil.copytree(old, new, ignore=shutil.ignore_patterns("*-shm"))
        if not clean:
            self._do(before.close())
        self._store = SqliteStore(new / "sayso.db")
        self._do(self._store.open())
        assert self._store.generation == generation

    @invariant()
    def the_store_is_as_the_model(self) -> None:
        if self._store._writer is None:
            return
        self._do(self._compare())

    async def _compare(self) -> None:
        running = {run.id: (run.attempts, None) for run in self._known if run.status == "running"}
        assert await self._store.running() == running
        open_reviews = {run.id: run.open for run in self._known if run.open}
        assert await self._store.open_reviews([run.id for run in self._known]) == open_reviews
        for run in self._known:
            row = await self._store.run(run.id)
            assert row is not None
            assert (row.status, row.epoch, row.attempts) == (run.status, run.epoch, run.attempts)
            assert row.last_seq == len(run.log)
            log = await self._store.events(run.id, after=0, limit=10_000)
            assert [event.seq for event in log] == list(range(1, len(run.log) + 1))
            assert [json.loads(event.body)["type"] for event in log] == run.log
            assert all(event.type == kind for event, kind in zip(log, run.log, strict=True))
            assert [each.review for each in await self._store.undelivered(run.id)] == run.undelivered
            for seq, review in run.reviews.items():
                stored = await self._store.review(run.id, seq)
                assert stored is not None
                assert (stored.answer.response if stored.answer else None) == review.response

    async def _compare_record(self, run: ModelRun) -> None:
        """A link for each entry that counts, in the order of the log, and all of them hold."""
        record = await self._store.record(run.id)
        assert record is not None
        assert record.complete
        wanted = [(KINDS[kind], seq) for seq, kind in enumerate(run.log, start=1) if kind in KINDS]
        assert [(link.kind, link.seq) for link, _ in record.links] == [(START, 0), *wanted]
        links = [RecordLink(**asdict(link), content=content) for link, content in record.links]
        assert check(RunRecord(run_id=run.id, links=links)).links == [[]] * len(links)


TestRuns = Runs.TestCase
TestRuns.settings = settings(
    max_examples=100, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_a_run_that_is_over_keeps_its_attempts() -> None:
    """The worker lets go of the run that it has just ended."""
    machine = Runs()
    try:
        machine.open()
        run = machine.create(request=None)
        assert isinstance(run, ModelRun)
        worker = machine.claim(run=run)
        machine.commit(
            worker=worker, entries=[], covers=None, deliver=0, progressed=False, ending=Ending.COMPLETE, stale=False
        )
        machine.release(worker=worker)
        assert (run.status, run.attempts) == ("completed", 1)
        machine.the_store_is_as_the_model()
    finally:
        machine.teardown()
