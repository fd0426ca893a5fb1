"""Another try of a run that failed, with the answers that were acknowledged."""

from collections.abc import Callable

import pytest

from sayso.engine.hosting import HostedWorkflow
from sayso.engine.service import Service
from sayso.protocol.commands import Answer, ProtocolError, Retry
from sayso.protocol.frames import Status
from sayso.record.check import check
from sayso.storage.store import Store
from support.failing_workflows import FailsAtOnce, Publishes
from support.watching import frames_until, kinds, start


@pytest.fixture(autouse=True)
def _broken() -> None:
    Publishes.broken, Publishes.asked, FailsAtOnce.broken = True, 0, True


@pytest.fixture
def make(new_store: Callable[[], Store]) -> Callable[[], Service]:
    return lambda: Service(
        new_store(), [HostedWorkflow("publish", Publishes(timeout=None)), HostedWorkflow("fails", FailsAtOnce())]
    )


async def failed(service: Service) -> str:
    """A run that failed behind its answer."""
    run = await start(service, "publish", "news")
    review = (await frames_until(service, run, "input_required"))[-1]["seq"]
    await service.answer(run, Answer(response="yes", review=review, by="Ada", response_id="once"))
    await frames_until(service, run, "error")
    return run


async def test_it_goes_on_with_the_answer_that_was_acknowledged(make: Callable[[], Service]) -> None:
    service = make()
    await service.open()
    run = await failed(service)
    ended = await frames_until(service, run, "error")
    Publishes.broken = False
    again = await service.retry(run, Retry(by="Bo", request_id="r"))
    assert (again.retry_of, again.question, again.by, again.id == run) == (run, "news", "Bo", False)
    log = await frames_until(service, again.id, "final_result")
    assert log[-1]["data"]["result"] == ["news!", "Ada"]
    assert Publishes.asked == 1, "what was done before the checkpoint is not done again"
    assert (kinds(log).count("input_required"), kinds(log).count("input_received")) == (1, 1)
    assert [entry["seq"] for entry in log] == list(range(1, len(log) + 1))
    assert {entry["run_id"] for entry in log} == {again.id}
    assert (await service.run(run)).status is Status.FAILED
    assert await frames_until(service, run, "error") == ended, "the failed run's log stays as it is"
    assert (await service.retry(run, Retry(by="Bo", request_id="r"))).id == again.id
    await service.close()


async def test_it_survives_a_restart_and_may_fail_again(make: Callable[[], Service]) -> None:
    service = make()
    await service.open()
    run = await failed(service)
    second = (await service.retry(run, Retry())).id
    assert "error" in kinds(await frames_until(service, second, "error"))
    await service.close()
    Publishes.broken = False
    service = make()
    await service.open()
    third = await service.retry(second, Retry())
    log = await frames_until(service, third.id, "final_result")
    assert log[-1]["data"]["result"] == ["news!", "Ada"]
    assert third.retry_of == second
    await service.close()


async def test_its_record_can_be_checked(make: Callable[[], Service]) -> None:
    service = make()
    await service.open()
    run = await failed(service)
    Publishes.broken = False
    again = (await service.retry(run, Retry())).id
    await frames_until(service, again, "final_result")
    record = await service.results.record(again)
    assert [link.kind for link in record.links] == ["start", "shown", "decided", "written"]
    assert isinstance(record.links[0].content, dict)
    assert record.links[0].content["retry_of"] == run
    assert check(record).holds
    await service.close()


async def test_a_run_that_failed_before_any_checkpoint_begins_anew(make: Callable[[], Service]) -> None:
    service = make()
    await service.open()
    run = await start(service, "fails")
    await frames_until(service, run, "error")
    FailsAtOnce.broken = False
    again = (await service.retry(run, Retry())).id
    assert (await frames_until(service, again, "final_result"))[-1]["data"] == {"result": "there"}
    await service.close()


async def test_only_what_failed_can_be_tried_again(make: Callable[[], Service]) -> None:
    service = make()
    await service.open()
    run = await start(service, "publish")
    await frames_until(service, run, "input_required")
    with pytest.raises(ProtocolError) as raised:
        await service.retry(run, Retry())
    assert raised.value.code == "not_failed"
    with pytest.raises(ProtocolError) as raised:
        await service.retry("nothing", Retry())
    assert raised.value.code == "run_not_found"
    await service.close()
