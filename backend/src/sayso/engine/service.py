"""What can be done with runs: start, look, watch, answer, cancel. Sockets, HTTP and scripts all come through here."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from sayso.engine import entries, refusals
from sayso.engine.claims import Claims
from sayso.engine.clock import now
from sayso.engine.cluster import ClusterMember
from sayso.engine.companions import Companions
from sayso.engine.containment import contain_tasks
from sayso.engine.deadlines import Deadlines, DuePolicy
from sayso.engine.decisions import Decisions
from sayso.engine.dispatch import CONCURRENCY, Dispatcher
from sayso.engine.fairness import FairSlots
from sayso.engine.feed import Feed
from sayso.engine.hosting import HostedWorkflow
from sayso.engine.housekeeping import Housekeeping
from sayso.engine.limits import Limits
from sayso.engine.new_runs import NewRuns
from sayso.engine.results import Results
from sayso.engine.reviewing import ReviewPolicy
from sayso.engine.reviews import Reviews
from sayso.engine.run_states import RunStates
from sayso.engine.sealing import Sealer
from sayso.people.actor import ANYBODY, Actor, Via, name_of
from sayso.people.audit import Action, Entry
from sayso.protocol.commands import Answer, Retry, Start
from sayso.protocol.decisions import with_name
from sayso.protocol.frames import Cancelled, CancelledData, RunState, Status
from sayso.protocol.http import RunChanges
from sayso.storage.audience import Scope
from sayso.storage.errors import NotAnswered
from sayso.storage.outbox import Channel
from sayso.storage.records import Answered, Run, StoredEvent
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
        due, self._limits = due or DuePolicy(), limits or Limits()
        self.companions = Companions()
        self._cluster = store.cluster
        self.results = Results(store)
        self.reviews = Reviews(store)
        self.decisions = Decisions(store, self.workflows)
        self._new_runs = NewRuns(store, self.workflows, reviewing or ReviewPolicy(), self._limits.runs)
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
        await self.companions.open()
        return len(left)

    async def ping(self) -> None:
        """Raises `StorageError` while the database cannot be reached."""
        await self._store.ping()

    async def channels(self) -> list[Channel]:
        """What is told of runs elsewhere, and how that goes."""
        return await self._store.channels()

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
        await self.companions.close()
        await self._store.close()

    async def start(self, command: Start, actor: Actor = ANYBODY) -> RunState:
        """Start a run. The same `request_id` again is the same run.

        Raises:
            ProtocolError: `unknown_workflow`, or options that the workflow refuses.
        """
        run, created = await self._new_runs.started(command, actor)
        return await self._begun(run, created)

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
        (answered,) = await self.answer_all(run_id, [command], actor)
        return answered

    async def answer_all(self, run_id: str, commands: Sequence[Answer], actor: Actor = ANYBODY) -> list[Answered]:
        """Record the answers to several open reviews of a run in one transaction: all of them, or none.

        Raises:
            ProtocolError: as for `answer`, of the first that cannot be recorded.
        """
        at = now()
        decisions = [await self.decisions.taken(run_id, command, at, actor) for command in commands]
        try:
            done = await self._store.answer_all(run_id, decisions, at=at, actor=actor)
        except NotAnswered as error:
            done = [error.answered]
            decisions = decisions[error.index : error.index + 1]
        for (received, _), answered in zip(decisions, done, strict=True):
            await self.decisions.check_recorded(run_id, received.review, answered, actor)
        if new := [answered.event for answered in done if not answered.repeated]:
            self._feed.publish(run_id, new)
            self._needs_segment(run_id, done[-1].asker)
        return done

    async def retry(self, run_id: str, command: Retry, actor: Actor = ANYBODY) -> RunState:
        """Try a failed run again: a new run goes on from its last checkpoint, with the answers that were acknowledged.
        The same `request_id` again is the same run.

        Raises:
            ProtocolError: `run_not_found`, `not_failed`, `workflow_changed`, `unknown_workflow`, `too_many` or
                `request_id_reused`.
        """
        run, created = await self._new_runs.retried(await self._row(run_id), command, actor)
        return await self._begun(run, created)

    async def cancel(self, run_id: str, by: str, actor: Actor = ANYBODY) -> None:
        """Stop a run; its log is kept.

        Raises:
            ProtocolError: `run_not_found` or `run_over`.
        """
        run = await self._row(run_id)
        by = name_of(actor, by)
        data = CancelledData(by=by, verified=None if actor.via is Via.SERVER else actor.verified)
        frame = Cancelled(payload=with_name("Cancelled", by, actor.vouched), run_id=run_id, at=now(), data=data)
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

    async def _begun(self, run: Run, created: bool) -> RunState:
        if created:
            self._feed.publish(run.id, [])
            self._needs_segment(run.id, run.asker)
        if created and run.last_seq == 0:
            return self.states.new(run)
        (state,) = await self.states.of([run])
        return state

    def _needs_segment(self, run_id: str, asker: str | None) -> None:
        """A run was created or answered. In a cluster its job is in the queue already, and a segment that is alive
        only needs to know."""
        if self._cluster:
            self._dispatcher.notify(run_id)
        else:
            self._dispatcher.dispatch(run_id, asker=asker)

    async def _row(self, run_id: str) -> Run:
        run = await self._store.run(run_id)
        if run is None:
            raise refusals.run_not_found()
        return run
