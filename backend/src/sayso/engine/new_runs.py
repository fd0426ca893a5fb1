"""Runs as they begin: a question that is asked, or another try of a run that has failed."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from pydantic import JsonValue

from sayso.engine import entries, refusals
from sayso.engine.clock import now
from sayso.engine.hosting import HostedWorkflow
from sayso.engine.limits import too_many
from sayso.engine.reviewing import OPTION, ReviewPolicy, without_reviewers
from sayso.people.actor import Actor, name_of
from sayso.people.policy import may_see
from sayso.protocol.commands import Retry, Start
from sayso.protocol.frames import Status
from sayso.storage.limits import RunLimits, TooManyRuns
from sayso.storage.records import NewRun, Run
from sayso.storage.store import Store


class NewRuns:
    """Stores them; whoever asks for one has it worked on.

    Args:
        workflows: by name.
        reviewing: who is asked to decide.
        limits: how many runs may count for one asker.
    """

    def __init__(
        self, store: Store, workflows: Mapping[str, HostedWorkflow], reviewing: ReviewPolicy, limits: RunLimits
    ) -> None:
        self._store = store
        self._workflows = workflows
        self._reviewing = reviewing
        self._limits = limits

    async def started(self, command: Start, actor: Actor) -> tuple[Run, bool]:
        """The run that `command` starts, and whether it is new.

        Raises:
            ProtocolError: `unknown_workflow`, options that the workflow refuses, `too_many` or `request_id_reused`.
        """
        hosted = self._hosted(command.workflow)
        people = await self._store.everybody() if command.options.get(OPTION) else []
        asked_of = self._reviewing.asked_of(hosted.name, command.options, people)
        await hosted.check(command.question, without_reviewers(command.options))
        new = replace(
            _new_run(hosted, command, command.question, command.options, actor),
            asked_of=asked_of,
            four_eyes=self._reviewing.wants_four_eyes(hosted.name),
        )
        with _counted():
            run, created = await self._store.create(new, self._limits, actor)
        if not created and not may_see(actor, run):
            raise refusals.request_id_reused(None)
        if not created and (run.question, run.workflow, run.options) != (new.question, new.workflow, new.options):
            raise refusals.request_id_reused(run)
        return run, created

    async def retried(self, failed: Run, command: Retry, actor: Actor) -> tuple[Run, bool]:
        """The run that goes on from where `failed` did not, and whether it is new.

        Raises:
            ProtocolError: `not_failed`, `workflow_changed`, `unknown_workflow`, `too_many` or `request_id_reused`.
        """
        if failed.status is not Status.FAILED:
            raise refusals.not_failed(failed)
        hosted = self._hosted(failed.workflow)
        if hosted.fingerprint != failed.fingerprint:
            raise refusals.workflow_changed()
        new = replace(
            _new_run(hosted, command, failed.question, failed.options, actor),
            retry_of=failed.id,
            # Who is asked stays asked, whoever tries again.
            asked_of=failed.asked_of,
            four_eyes=failed.four_eyes,
        )
        notice = entries.notice(new.id, "Trying again from where the run failed", "retry")
        with _counted():
            run, created = await self._store.retry(new, entries.to_new_event(notice), self._limits, actor)
        if not created and run.retry_of != failed.id:
            raise refusals.request_id_reused(run if may_see(actor, run) else None)
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
    actor: Actor,
) -> NewRun:
    return NewRun(
        id=uuid.uuid4().hex,
        question=question,
        workflow=hosted.name,
        fingerprint=hosted.fingerprint,
        options=options,
        by=name_of(actor, command.by),
        request_id=command.request_id,
        at=now(),
        asker=actor.counted_as,
    )


@contextmanager
def _counted() -> Iterator[None]:
    """What is too much for one asker is said."""
    try:
        yield
    except TooManyRuns as error:
        raise too_many(error.what, error.retry_after) from error
