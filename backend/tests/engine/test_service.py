import asyncio
import gc
from collections.abc import Callable

import pytest
from workflows.handler import WorkflowHandler

from sayso.engine.service import Service
from sayso.protocol.commands import Answer, ProtocolError, Start
from sayso.protocol.frames import Status
from sayso.protocol.http import RunChanges
from sayso.storage.records import Run
from support.watching import frames_until, kinds, start


def code(error: pytest.ExceptionInfo[ProtocolError]) -> str:
    return error.value.code.value


async def test_a_rejection_and_an_approval(service: Service) -> None:
    run = await start(service, "rewrite")
    first = await frames_until(service, run, "input_required")
    assert kinds(first) == ["progress", "input_required"]
    await service.answer(run, Answer(response="no", review=2, by="Ada"))
    second = await frames_until(service, run, "input_required", after=2)
    assert kinds(second) == ["input_received", "progress", "progress", "input_required"]
    assert second[0]["payload"] == "Answered by Ada"
    await service.answer(run, Answer(response="yes", review=6))
    last = await frames_until(service, run, "final_result", after=6)
    assert last[-1]["data"] == {"result": {"question": "why?", "rounds": 2}}
    everything = await frames_until(service, run, "final_result")
    assert [frame["seq"] for frame in everything] == list(range(1, len(everything) + 1))
    assert (await service.run(run)).status is Status.COMPLETED


async def test_a_waiting_run_holds_nothing_in_memory(service: Service) -> None:
    runs = [await start(service, "rewrite", f"q{n}") for n in range(5)]
    for run in runs:
        await frames_until(service, run, "input_required")
    async with asyncio.timeout(10):
        while any(isinstance(thing, WorkflowHandler) for thing in gc.get_objects()):
            gc.collect()
            await asyncio.sleep(0.02)
    assert not service._dispatcher._tasks
    assert not service._dispatcher._segments
    assert not service._feed._channels
    names = {task.get_name() for task in asyncio.all_tasks()}
    assert not [name for name in names if name.startswith("run ")]


async def test_a_live_segment_survives_garbage_collection(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLOW_STEP", "0.005")
    run = await start(service, "slow")
    for _ in range(20):
        gc.collect()
        await asyncio.sleep(0.005)
    assert kinds(await frames_until(service, run, "input_required"))[-1] == "input_required"


async def test_many_answers_at_once_are_one_decision(service: Service) -> None:
    run = await start(service, "rewrite")
    await frames_until(service, run, "input_required")
    results = await asyncio.gather(
        *(service.answer(run, Answer(response="yes", review=2, by=f"person {n}")) for n in range(20)),
        return_exceptions=True,
    )
    won = [result for result in results if not isinstance(result, BaseException)]
    lost = [result for result in results if isinstance(result, ProtocolError)]
    assert (len(won), len(lost)) == (1, 19)
    winner = results.index(won[0])
    for error in lost:
        assert error.code == "already_answered"
        assert error.details["by"] == f"person {winner}"
        assert error.details["response"] == "yes"
        assert error.details["at"]
    log = await frames_until(service, run, "final_result")
    assert kinds(log).count("input_received") == 1
    assert kinds(log).count("final_result") == 1


async def test_a_response_id_makes_a_retry_harmless(service: Service) -> None:
    run = await start(service, "rewrite")
    await frames_until(service, run, "input_required")
    answer = Answer(response="yes", review=2, response_id="r1")
    first = await service.answer(run, answer)
    again = await service.answer(run, answer)
    assert (first.repeated, again.repeated) == (False, True)
    assert first.event == again.event
    await frames_until(service, run, "final_result")
    assert (await service.answer(run, answer)).event == first.event
    with pytest.raises(ProtocolError) as raised:
        await service.answer(run, answer.model_copy(update={"response": "no"}))
    assert code(raised) == "response_id_reused"


async def test_the_same_request_id_is_the_same_run(service: Service) -> None:
    command = Start(question="why?", workflow="rewrite", request_id="q1")
    runs = await asyncio.gather(*(service.start(command) for _ in range(10)))
    assert len({run.id for run in runs}) == 1
    log = await frames_until(service, runs[0].id, "input_required")
    assert kinds(log) == ["progress", "input_required"]
    with pytest.raises(ProtocolError) as raised:
        await service.start(command.model_copy(update={"question": "why not?"}))
    assert code(raised) == "request_id_reused"


async def test_answers_that_come_to_nothing_say_why(service: Service) -> None:
    run = await start(service, "rewrite")
    await frames_until(service, run, "input_required")
    with pytest.raises(ProtocolError) as raised:
        await service.answer("nobody", Answer(response="yes", review=2))
    assert code(raised) == "run_not_found"
    with pytest.raises(ProtocolError) as raised:
        await service.answer(run, Answer(response="yes", review=1))
    assert code(raised) == "review_not_found"
    with pytest.raises(ProtocolError) as raised:
        await service.answer(run, Answer(response="yes"))
    assert (code(raised), raised.value.field) == ("invalid_frame", "review")
    await service.cancel(run, "Ada")
    with pytest.raises(ProtocolError) as raised:
        await service.answer(run, Answer(response="yes", review=2))
    assert code(raised) == "run_over"
    with pytest.raises(ProtocolError) as raised:
        await service.cancel(run, "Ada")
    assert code(raised) == "run_over"
    log = await frames_until(service, run, "cancelled")
    assert log[-1]["payload"] == "Cancelled by Ada"


async def test_cancelling_stops_a_working_step(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLOW_STEP", "30")
    run = await start(service, "slow")
    await asyncio.sleep(0.05)
    await service.cancel(run, "")
    assert kinds(await frames_until(service, run, "cancelled")) == ["cancelled"]
    assert not service._dispatcher._tasks


@pytest.mark.parametrize("workflow", ["raises", "stalls"])
async def test_a_run_that_cannot_end_well_fails_with_a_safe_message(service: Service, workflow: str) -> None:
    run = await start(service, workflow)
    log = await frames_until(service, run, "error")
    assert log[-1]["data"]["code"] == "run_failed"
    assert "secret" not in str(log)
    assert (await service.run(run)).status is Status.FAILED


async def test_a_workflow_that_asks_nothing(service: Service) -> None:
    log = await frames_until(service, await start(service, "nothing"), "final_result")
    assert log[-1]["data"]["result"] == [1, {"two": None}]


async def test_several_open_reviews_are_answered_by_their_seq(service: Service) -> None:
    run = await start(service, "waits")
    log = await frames_until(service, run, "input_required", count=2)
    keys = {frame["data"]["details"]["key"]: frame["seq"] for frame in log if frame["type"] == "input_required"}
    assert sorted((await service.run(run)).open_reviews) == sorted(keys.values())
    await service.answer(run, Answer(response="for b", review=keys["b"]))
    await service.answer(run, Answer(response="for a", review=keys["a"]))
    log = await frames_until(service, run, "final_result")
    assert log[-1]["data"]["result"] == {"a": "for a", "b": "for b"}


async def test_a_waiting_run_goes_on_after_a_restart(make_service: Callable[[], Service]) -> None:
    before = make_service()
    await before.open()
    run = await start(before, "rewrite")
    await frames_until(before, run, "input_required")
    await before.answer(run, Answer(response="no", review=2))
    await frames_until(before, run, "input_required", count=2)
    await before.close()
    after = make_service()
    assert await after.open() == 0
    state = await after.run(run)
    assert (state.status, state.open_reviews, state.generation) == (Status.WAITING, [6], 1)
    await after.answer(run, Answer(response="yes", review=6))
    log = await frames_until(after, run, "final_result")
    assert log[-1]["data"]["result"]["rounds"] == 2
    assert "Resumed after an interruption" not in [frame["payload"] for frame in log]
    await after.close()


async def test_a_changed_workflow_is_not_restored_wrongly(make_service: Callable[[], Service]) -> None:
    before = make_service()
    await before.open()
    run = await start(before, "rewrite")
    await frames_until(before, run, "input_required")
    await before.close()
    after = make_service()
    after.workflows["rewrite"].fingerprint = "another"
    await after.open()
    await after.answer(run, Answer(response="yes", review=2))
    log = await frames_until(after, run, "error")
    assert log[-1]["data"]["code"] == "workflow_changed"
    await after.close()


@pytest.mark.parametrize("new_store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("watchers", [1, 20])
async def test_changes_are_read_once_for_all_who_watch_the_list(
    service: Service, watchers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[list[str]] = []
    read = service._store.runs_of

    async def counted(run_ids: list[str]) -> list[Run]:
        reads.append(list(run_ids))
        return await read(run_ids)

    monkeypatch.setattr(service._store, "runs_of", counted)
    watches = [service.changes() for _ in range(watchers)]
    for watch in watches:
        assert await anext(watch) == RunChanges()
    run = await start(service, "rewrite")
    seen: list[RunChanges] = []
    async with asyncio.timeout(20):
        while not seen or seen[0].runs[0].status is not Status.WAITING:
            seen = await asyncio.gather(*(anext(watch) for watch in watches))
            assert all(each is seen[0] for each in seen)
    assert {tuple(ids) for ids in reads} == {(run,)}
    assert len(reads) < 10
    assert seen[0].runs[0] == await service.run(run)


async def test_who_gives_no_name_is_said_to_have_given_none(service: Service) -> None:
    run = await start(service, "rewrite")
    await frames_until(service, run, "input_required")
    assert (await service.run(run)).by == "no name given"
    answered = await service.answer(run, Answer(response="no", review=2))
    assert '"by":"no name given"' in answered.event.body
    await service.cancel(run, "")
    log = await frames_until(service, run, "cancelled")
    assert log[-1]["data"]["by"] == "no name given"
    assert "someone" not in str(log)
