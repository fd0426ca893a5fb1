"""What a hosted workflow raises fails its run, and neither the process nor the runs beside it."""

import asyncio
import inspect
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sayso.engine.containment import Escaped
from sayso.engine.hosting import HostedWorkflow
from sayso.engine.service import Service
from sayso.protocol.frames import Status
from sayso.storage.sqlite.store import SqliteStore
from support.escaping_workflows import InCheck, InFunction, InResource, InStep, InTask, InThread
from support.watching import frames_until, start
from support.workflows import Rewrite

KINDS = [InStep, InThread, InTask, InFunction, InResource, InCheck, Rewrite]


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    hosted = [HostedWorkflow(kind.__name__, kind(timeout=None)) for kind in KINDS]
    service = Service(SqliteStore(tmp_path / "sayso.db"), hosted)
    await service.open()
    yield service
    await service.close()


CASES = [
    *[(InStep, what) for what in ("exit", "interrupt", "memory", "own", "cancelled")],
    *[(InThread, what) for what in ("exit", "interrupt", "memory", "own")],
    *[(InTask, what) for what in ("exit", "interrupt", "memory")],
    *[(InFunction, what) for what in ("exit", "interrupt", "memory")],
    (InResource, "exit"),
]


@pytest.mark.parametrize(("kind", "what"), CASES, ids=[f"{kind.__name__}-{what}" for kind, what in CASES])
async def test_the_run_fails_and_names_its_step(
    service: Service, kind: type, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    beside = await start(service, "Rewrite")
    with caplog.at_level(logging.ERROR):
        run = await start(service, kind.__name__, what)
        error = (await frames_until(service, run, "error"))[-1]
    assert error["data"] == {"code": "run_failed", "field": None, "details": {"step": "explode"}}
    assert "The step “explode” failed" in error["payload"]
    assert (await service.run(run)).status is Status.FAILED
    said = [record for record in caplog.records if record.name == "sayso.engine" and run in record.getMessage()]
    assert said, "the log does not say why"
    assert all(record.exc_info for record in said)
    assert (await frames_until(service, beside, "input_required"))[-1]["payload"] == "Is this good?"


async def test_options_that_end_the_process_are_an_error(service: Service) -> None:
    with pytest.raises(Escaped, match="SystemExit: 3"):
        await start(service, "InCheck")
    assert await service.runs() == []


async def test_a_generator_that_is_left_is_no_failure(service: Service) -> None:
    """`GeneratorExit` belongs to Python, which raises it where a coroutine is given up."""
    run = await start(service, "InStep", "generator")
    assert (await frames_until(service, run, "error"))[-1]["data"]["code"] == "run_failed"


async def test_only_tasks_of_hosted_workflows_are_wrapped(service: Service) -> None:
    """Whoever runs the loop may end it."""
    task = asyncio.create_task(asyncio.sleep(0))
    assert inspect.iscoroutine(task.get_coro())
    await task
