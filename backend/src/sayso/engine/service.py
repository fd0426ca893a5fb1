"""What can be done with runs: start, look, watch, answer, cancel. Sockets, HTTP and scripts all come through here."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from sayso.engine import entries, refusals
from sayso.engine.claims import Claims
from sayso.engine.clock import now
from sayso.engine.cluster import ClusterMember
from sayso.engine.containment import contain_tasks
from sayso.engine.deadlines import Deadlines, DuePolicy
from sayso.engine.decisions import Decisions
from sayso.engine.deliveries import check_fits
from sayso.engine.dispatch import CONCURRENCY, Dispatcher
from sayso.engine.fairness import FairSlots
from sayso.engine.feed import Feed
from sayso.engine.hosting import HostedWorkflow
from sayso.engine.housekeeping import Housekeeping
from sayso.engine.limits import Limits, too_many
from sayso.engine.results import Results
from sayso.engine.reviewing import OPTION, ReviewPolicy, without_reviewers
from sayso.engine.reviews import Reviews
from sayso.engine.run_states import RunStates
from sayso.engine.sealing import Sealer
from sayso.people.actor import ANYBODY, Actor, name_of
from sayso.people.audit import Action, Entry
from sayso.people.policy import may_see
from sayso.protocol.commands import Answer, Start
from sayso.protocol.decisions import in_words, with_name
from sayso.protocol.frames import Cancelled, CancelledData, InputReceived, RunState, Status
from sayso.protocol.http import RunChanges
from sayso.storage.audience import Scope
from sayso.storage.limits import TooManyRuns
from sayso.storage.records import Answered, AnswerOutcome, NewRun, Run, StoredEvent
from sayso.storage.store import Store


class Service:
    """The engine's one way in."""

    def __init__(
        self,
        store: Store,
        workflows: Sequence[HostedWorkflow],
        due: DuePolicy | None = None,
        *,
        concurrency: int = CONCURRENCY,
        works: bool = True,
        keep_records: bool = False,
        reviewing: ReviewPolicy | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.workflows = {hosted.name: hosted for hosted in workflows}
        self._store = store
        self._keep_records = keep_records
        self._reviewing = reviewing or ReviewPolicy()
        due, self._limits = due or DuePolicy(), limits or Limits()
        self._cluster = store.cluster
        self.results = Results(store)
        self.reviews = Reviews(store)
        self.decisions = Decisions(store, self.workflows)
        self._feed = Feed(store, self._cluster.announce) if self._cluster else Feed(store)
        self.claims = Claims(store, self._feed)
        self.states = RunStates(store, self._feed.changed_runs)
        slots = FairSlots(concurrency, self._limits.segments)
        self._dispatcher = Dispatcher(store, self._feed, self.workflows, due, slots)
        self._member = ClusterMember(self._cluster, self._dispatcher, self._feed, concurrency if works else 0)
        self._deadlines = Deadlines(store, self._feed, due, self.cancel)
        self._housekeeping = Housekeeping(self._deadlines, Sealer(store))

    async def open(self) -> int:
        """Open the store and take up what an earlier process left running. Returns how many runs that is."""
        contain_tasks(asyncio.get_running_loop())
        await self._store.open()
        # What another process may be working on is none of our business: its jobs are handed out if it is lost.
        left = {} if self._cluster else await self._store.running()
        for run_id, (attempts, asker) in left.items():
            self._dispatcher.dispatch(run_id, asker=asker, interrupted=True, attempts=attempts)
        self._member.start()
        self._housekeeping.start()
        return len(left)

    async def ping(self) -> None:
        """Raises `StorageError` while the database cannot be reached."""
        await self._store.ping()

    def end_watches(self) -> None:
        """End all watches, because the server stops; runs go on until `close`."""
        self._feed.close()

    async def close(self) -> None:
        """Let segments come to a stop, then close the store.

        Called by a task that is being cancelled, it counts what it cuts short as attempts: nobody asked the process to
        stop, so it goes down by an error, and a run may be why.
        """
        task = asyncio.current_task()
        in_good_order = task is None or not task.cancelling()
        self.end_watches()
        await self._housekeeping.close()
        await self._member.close(in_good_order=in_good_order)
        await self._housekeeping.finish()
        await self._store.close()

    async def start(self, command: Start, actor: Actor = ANYBODY) -> RunState:
        """Start a run. The same `request_id` again is the same run.

        Raises:
            ProtocolError: `unknown_workflow`, or options that the workflow refuses.
        """
        hosted = self.workflows.get(command.workflow)
        if hosted is None:
            raise refusals.unknown_workflow(self.workflows)
        people = await self._store.everybody() if command.options.get(OPTION) else []
        asked_of = self._reviewing.asked_of(hosted.name, command.options, people)
        await hosted.check(without_reviewers(command.options))
        new = NewRun(
            id=uuid.uuid4().hex,
            question=command.question,
            workflow=hosted.name,
            fingerprint=hosted.fingerprint,
            options=command.options,
            by=name_of(actor, command.by),
            request_id=command.request_id,
            at=now(),
            asker=actor.counted_as,
            asked_of=asked_of,
            four_eyes=self._reviewing.wants_four_eyes(hosted.name),
        )
        try:
            run, created = await self._store.create(new, self._limits.runs, actor)
        except TooManyRuns as error:
            raise too_many(error.what, error.retry_after) from error
        if not created and not may_see(actor, run):
            raise refusals.request_id_reused(None)
        if not created and (run.question, run.workflow, run.options) != (new.question, new.workflow, new.options):
            raise refusals.request_id_reused(run)
        if created:
            self._feed.publish(run.id, [])
            self._needs_segment(run.id, run.asker)
            return self.states.new(run)
        return await self.run(run.id)

    async def run(self, run_id: str) -> RunState:
        """A run as it is now.

        Raises:
            ProtocolError: `run_not_found`.
        """
        (state,) = await self.states.of([await self._row(run_id)])
        return state

    async def runs(
        self,
        *,
        statuses: Sequence[Status] = (),
        search: str = "",
        before: tuple[datetime, str] | None = None,
        limit: int = 20,
        scope: Scope | None = None,
    ) -> list[RunState]:
        """Newest first; see `transactions.reading.runs`."""
        return await self.states.page(statuses, search, before, limit, scope or Scope())

    def changes(self, scope: Scope | None = None) -> AsyncIterator[RunChanges]:
        """Changes to the list of runs, first none at once: from then on none is missed. Endless until it stops."""
        return self.states.changes(scope or Scope())

    def watch(self, run_id: str, after: int) -> AsyncIterator[list[StoredEvent]]:
        """Batches of the run's events behind `after`, then live; endless until the server stops.

        Raises:
            RunDeleted: somebody erased the run.
        """
        return self._feed.watch(run_id, after)

    async def answer(self, run_id: str, command: Answer, actor: Actor = ANYBODY) -> Answered:
        """Record a decision, once; durable before it returns.

        Raises:
            ProtocolError: `run_not_found`, `review_not_found`, `no_open_review`, `run_over`, `invalid_response`,
                `response_id_reused`, `forbidden`, or `already_answered` with who, what and when.
        """
        command = command.model_copy(update={"by": name_of(actor, command.by)})
        review, received = await self.decisions.taken(run_id, command)
        received = received.model_copy(update={"verified": actor.verified})
        at = now()
        check_fits(review.response_type, received, at)
        frame = InputReceived(payload=in_words(received.response, received.by), run_id=run_id, at=at, data=received)
        answered = await self._store.answer(run_id, received, entries.to_new_event(frame), at=at, actor=actor)
        await self._check_recorded(run_id, review.seq, answered)
        if not answered.repeated:
            self._feed.publish(run_id, [answered.event])
            self._needs_segment(run_id, answered.asker)
        return answered

    async def cancel(self, run_id: str, by: str, actor: Actor = ANYBODY) -> None:
        """Stop a run; its log is kept.

        Raises:
            ProtocolError: `run_not_found` or `run_over`.
        """
        run = await self._row(run_id)
        by = name_of(actor, by)
        data = CancelledData(by=by, verified=actor.verified)
        frame = Cancelled(payload=with_name("Cancelled", by), run_id=run_id, at=now(), data=data)
        entry = Entry(Action.CANCELLED, actor, frame.at, by, run_id)
        event = await self._store.cancel(run_id, entries.to_new_event(frame), at=frame.at, entry=entry)
        if event is None:
            raise refusals.run_over(await self._row(run.id))
        self._feed.publish(run_id, [event])
        await self._dispatcher.stop(run_id)

    async def delete(self, run_id: str, actor: Actor = ANYBODY) -> None:
        """Stop a run and erase it with all its rows; who watches it is told.

        Raises:
            ProtocolError: `run_not_found`.
        """
        entry = Entry(Action.DELETED, actor, now(), run_id=run_id)
        if not await self._store.delete(run_id, keep_head=self._keep_records, entry=entry):
            await self._row(run_id)
        self._feed.delete(run_id)
        await self._dispatcher.stop(run_id)

    def _needs_segment(self, run_id: str, asker: str | None) -> None:
        """A run was created or answered. In a cluster its job is in the queue already, and a segment that is alive
        only needs to know."""
        if self._cluster:
            self._dispatcher.notify(run_id)
        else:
            self._dispatcher.dispatch(run_id, asker=asker)

    async def _check_recorded(self, run_id: str, review: int, answered: Answered) -> None:
        if (refused := refusals.of_answer(review, answered)) is not None:
            raise refused
        if answered.outcome is AnswerOutcome.RUN_OVER:
            raise refusals.run_over(await self._row(run_id))
        if answered.outcome is AnswerOutcome.NOT_FOUND:
            # It was there a moment ago: the run was deleted meanwhile.
            await self._row(run_id)
            raise refusals.no_such_review(review)

    async def _row(self, run_id: str) -> Run:
        run = await self._store.run(run_id)
        if run is None:
            raise refusals.run_not_found()
        return run
