from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from sayso.engine.clock import now
from sayso.engine.deadlines import DuePolicy, PastDue
from sayso.engine.hosting import HostedWorkflow
from sayso.engine.service import Service
from sayso.protocol.commands import Answer
from sayso.protocol.frames import Status
from sayso.storage.sqlite.store import SqliteStore
from support.watching import frames_until, kinds, start
from support.workflows import Rewrite

DAY = timedelta(days=1)


@pytest.fixture
def policy() -> DuePolicy:
    return DuePolicy(after=4 * DAY)


@pytest.fixture
async def service(tmp_path: Path, policy: DuePolicy) -> AsyncIterator[Service]:
    hosted = HostedWorkflow("rewrite", Rewrite(timeout=None))
    service = Service(SqliteStore(tmp_path / "sayso.db"), [hosted], policy)
    await service.open()
    yield service
    await service.close()


async def test_a_reminder_comes_before_and_the_run_waits_on(service: Service) -> None:
    run = await start(service, "rewrite")
    asked = (await frames_until(service, run, "input_required"))[-1]
    assert asked["data"]["due_at"] is not None
    await service._deadlines.look(now() + 2 * DAY)
    assert (await service.run(run)).last_seq == asked["seq"]
    await service._deadlines.look(now() + 3 * DAY)
    await service._deadlines.look(now() + 3 * DAY)
    await service._deadlines.look(now() + 5 * DAY)
    await service._deadlines.look(now() + 6 * DAY)
    log = await frames_until(service, run, "input_expired")
    assert kinds(log)[-2:] == ["reminder", "input_expired"]
    assert log[-1]["data"]["what_happens"] == "The run goes on waiting."
    state = await service.run(run)
    assert (state.status, state.open_reviews) == (Status.WAITING, [asked["seq"]])
    await service.answer(run, Answer(response="yes", review=asked["seq"]))
    log = await frames_until(service, run, "final_result")
    assert kinds(log).count("input_received") == 1


@pytest.mark.parametrize("policy", [DuePolicy(after=DAY, remind=timedelta(hours=1), then=PastDue.CANCEL)])
async def test_past_due_may_cancel_and_is_never_a_rejection(service: Service) -> None:
    run = await start(service, "rewrite")
    await frames_until(service, run, "input_required")
    await service._deadlines.look(now() + DAY - timedelta(minutes=90))
    await service._deadlines.look(now() + DAY - timedelta(minutes=30))
    await service._deadlines.look(now() + DAY)
    log = await frames_until(service, run, "cancelled")
    assert kinds(log)[-3:] == ["reminder", "input_expired", "cancelled"]
    assert "input_received" not in kinds(log)
    assert log[-1]["data"]["by"] == "the due date"


@pytest.mark.parametrize("policy", [DuePolicy()])
async def test_without_a_policy_nothing_is_due(service: Service) -> None:
    run = await start(service, "rewrite")
    asked = (await frames_until(service, run, "input_required"))[-1]
    await service._deadlines.look(now() + 1000 * DAY)
    assert asked["data"]["due_at"] is None
    assert (await service.run(run)).last_seq == asked["seq"]
