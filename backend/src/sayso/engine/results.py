"""What runs have come to: their reports, and the records kept beside their logs."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

from pydantic import JsonValue

from sayso.engine.clock import now
from sayso.engine.refusals import run_erased, run_not_found
from sayso.people.actor import Actor
from sayso.people.audit import Action, Entry
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.protocol.frames import FinalResult, RunState, Status
from sayso.protocol.record import RecordLink, RunRecord
from sayso.protocol.report import Report
from sayso.storage.store import Store


class Results:
    """Reads what is stored; changes nothing but records that an earlier version did not begin."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def report(self, run_id: str) -> Report:
        """The report of a completed run.

        Raises:
            ProtocolError: `run_not_found`, or `no_report` if the run is not completed or its result is not a report.
        """
        run = await self._store.run(run_id)
        if run is None:
            raise run_not_found()
        if run.status is not Status.COMPLETED:
            told = "it was not written" if run.status.over else "it is written once its evidence is approved"
            raise _no_report(f"This run has no report: {told}.", run.status)
        last = await self._store.events(run_id, after=run.last_seq - 1, limit=1)
        result = FinalResult.model_validate(json.loads(last[0].body)).data if last else None
        if not isinstance(result, Report):
            raise _no_report("The result of this run's workflow is not a report.", run.status)
        return result

    async def opened(self, run: RunState, actor: Actor) -> None:
        """Have the audit know that somebody opened a run that is completed, and so its report."""
        if run.status is Status.COMPLETED:
            await self._store.note(Entry(Action.OPENED_RUN, actor, now(), run_id=run.id))

    async def attachments(self, run_id: str) -> dict[str, JsonValue]:
        """The records kept with a run, by name.

        Raises:
            ProtocolError: `run_not_found`.
        """
        found = await self._store.attachments(run_id)
        if not found and await self._store.run(run_id) is None:
            raise run_not_found()
        return found

    async def record(self, run_id: str) -> RunRecord:
        """A run's record as it stands. That of a run of an earlier version begins when it is first asked for.

        Raises:
            ProtocolError: `run_not_found`; with what was kept of its record, if the run was erased and that was.
        """
        stored = await self._store.record(run_id)
        if stored is not None and not stored.complete:
            await self._store.catch_up(run_id, datetime.now(UTC).isoformat())
            stored = await self._store.record(run_id)
        if stored is None:
            raise run_erased(erased) if (erased := await self._store.erased(run_id)) else run_not_found()
        links = [RecordLink(**asdict(link), content=content) for link, content in stored.links]
        return RunRecord(run_id=run_id, links=links)


def _no_report(message: str, status: Status) -> ProtocolError:
    return ProtocolError(ErrorCode.NO_REPORT, message, field="run_id", details={"status": status.value})
