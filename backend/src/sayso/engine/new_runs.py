"""Runs as they begin: a question that is asked, or another try of a run that has failed."""

import uuid
from collections.abc import Mapping

from pydantic import JsonValue

from sayso.engine import entries, refusals
from sayso.engine.clock import now
from sayso.engine.hosting import HostedWorkflow
from sayso.protocol.commands import Retry, Start
from sayso.protocol.decisions import NO_NAME
from sayso.protocol.frames import Status
from sayso.storage.records import NewRun, Run
from sayso.storage.store import Store


class NewRuns:
    """Stores them; whoever asks for one has it worked on.

    Args:
        workflows: by name.
    """

    def __init__(self, store: Store, workflows: Mapping[str, HostedWorkflow]) -> None:
        self._store = store
        self._workflows = workflows

    async def started(self, command: Start) -> tuple[Run, bool]:
        """The run that `command` starts, and whether it is new.

        Raises:
            ProtocolError: `unknown_workflow`, options that the workflow refuses, or `request_id_reused`.
        """
        hosted = self._hosted(command.workflow)
        await hosted.check(command.question, command.options)
        new = _new_run(hosted, command, command.question, command.options)
        run, created = await self._store.create(new)
        if not created and (run.question, run.workflow, run.options) != (new.question, new.workflow, new.options):
            raise refusals.request_id_reused(run)
        return run, created

    async def retried(self, failed: Run, command: Retry) -> tuple[Run, bool]:
        """The run that goes on from where `failed` did not, and whether it is new.

        Raises:
            ProtocolError: `not_failed`, `workflow_changed`, `unknown_workflow` or `request_id_reused`.
        """
        if failed.status is not Status.FAILED:
            raise refusals.not_failed(failed)
        hosted = self._hosted(failed.workflow)
        if hosted.fingerprint != failed.fingerprint:
            raise refusals.workflow_changed()
        new = _new_run(hosted, command, failed.question, failed.options, retry_of=failed.id)
        notice = entries.notice(new.id, "Trying again from where the run failed", "retry")
        run, created = await self._store.retry(new, entries.to_new_event(notice))
        if not created and run.retry_of != failed.id:
            raise refusals.request_id_reused(run)
        return run, created

    def _hosted(self, name: str) -> HostedWorkflow:
        hosted = self._workflows.get(name)
        if hosted is None:
            raise refusals.unknown_workflow(self._workflows)
        return hosted


def _new_run(
    hosted: HostedWorkflow,
    command: Start | Retry,
    question: str,
    options: dict[str, JsonValue],
    retry_of: str | None = None,
) -> NewRun:
    return NewRun(
        id=uuid.uuid4().hex,
        question=question,
        workflow=hosted.name,
        fingerprint=hosted.fingerprint,
        options=options,
        by=command.by or NO_NAME,
        request_id=command.request_id,
        at=now(),
        retry_of=retry_of,
    )
