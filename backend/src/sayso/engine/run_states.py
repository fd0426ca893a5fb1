"""Runs as clients see them, one by one and as a list that changes."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.engine import refusals
from sayso.engine.changes import ChangedRuns, Changes
from sayso.people.actor import Actor
from sayso.people.policy import may_see
from sayso.protocol.frames import RunState, Status
from sayso.protocol.http import RunChanges
from sayso.storage.audience import Scope
from sayso.storage.records import Run
from sayso.storage.store import Store


@dataclass(frozen=True)
class _Read:
    """Changes as they were read, once for all."""

    runs: list[Run]
    changes: RunChanges

    def for_whom(self, scope: Scope) -> RunChanges:
        if scope.all:
            return self.changes
        seen = [state for run, state in zip(self.runs, self.changes.runs, strict=True) if scope.covers(run)]
        return RunChanges(runs=seen, gone=self.changes.gone)


class RunStates:
    """Reads them; changes nothing."""

    def __init__(self, store: Store, changed_runs: ChangedRuns) -> None:
        self._store = store
        self._changed_runs = changed_runs
        self._read: tuple[Changes, asyncio.Task[_Read]] | None = None

    async def of(self, runs: Sequence[Run]) -> list[RunState]:
        """Their states, in the same order."""
        open_reviews = await self._store.open_reviews([run.id for run in runs])
        return [self._state(run, open_reviews.get(run.id, [])) for run in runs]

    def new(self, run: Run) -> RunState:
        """Of a run that was created just now, and has asked nothing."""
        return self._state(run, [])

    async def seen(self, run_id: str, actor: Actor) -> Run:
        """A run's row, if `actor` may see it.

        Raises:
            ProtocolError: `run_not_found`.
        """
        run = await self._store.run(run_id)
        if run is None or not may_see(actor, run):
            raise refusals.run_not_found()
        return run

    async def page(
        self, statuses: Sequence[Status], search: str, before: tuple[datetime, str] | None, limit: int, scope: Scope
    ) -> list[RunState]:
        """Newest first; see `transactions.reading.runs`."""
        return await self.of(
            await self._store.runs(statuses=statuses, search=search, before=before, limit=limit, scope=scope)
        )

    async def changes(self, scope: Scope) -> AsyncIterator[RunChanges]:
        """Changes to the runs of `scope`, first none at once: from then on none is missed. Endless until it stops.

        Of runs that were erased everybody is told the id, which says nothing.
        """
        async for changes in self._changed_runs.watch():
            if not changes.changed:
                yield RunChanges(gone=sorted(changes.gone))
                continue
            if self._read is None or self._read[0] is not changes:
                # Read once, for all who get these changes.
                self._read = changes, asyncio.create_task(self._look_up(changes))
            yield (await asyncio.shield(self._read[1])).for_whom(scope)

    async def _look_up(self, changes: Changes) -> _Read:
        runs = await self._store.runs_of(sorted(changes.changed))
        gone = changes.gone | changes.changed - {run.id for run in runs}
        return _Read(runs, RunChanges(runs=await self.of(runs), gone=sorted(gone)))

    def _state(self, run: Run, open_reviews: list[int]) -> RunState:
        return RunState(
            id=run.id,
            question=run.question,
            workflow=run.workflow,
            status=run.status,
            by=run.by,
            options=run.options,
            created_at=run.created_at,
            updated_at=run.updated_at,
            last_seq=run.last_seq,
            generation=self._store.generation,
            open_reviews=[] if run.status.over else open_reviews,
            brief=run.brief,
            verified=run.verified,
            asked_of=list(run.asked_of),
            four_eyes=run.four_eyes,
            claim=run.claim if run.status is Status.WAITING else None,
            retry_of=run.retry_of,
        )
