"""Several open reviews answered in one transaction."""

import pytest

from sayso.engine.service import Service
from sayso.protocol.commands import Answer, ProtocolError
from support.watching import frames_until, kinds, start


async def asked(service: Service) -> tuple[str, list[int]]:
    run = await start(service, "waits")
    await frames_until(service, run, "input_required", count=2)
    return run, (await service.run(run)).open_reviews


async def test_all_of_them_are_recorded(service: Service) -> None:
    run, reviews = await asked(service)
    done = await service.answer_all(run, [Answer(response=f"to {seq}", review=seq, by="Ada") for seq in reviews])
    assert [answered.repeated for answered in done] == [False] * len(reviews)
    log = await frames_until(service, run, "final_result")
    assert kinds(log).count("input_received") == len(reviews) == 2


async def test_none_is_recorded_if_one_cannot_be(service: Service) -> None:
    run, (first, second) = await asked(service)
    await service.answer(run, Answer(response="taken", review=second, by="Bo"))
    with pytest.raises(ProtocolError) as raised:
        await service.answer_all(run, [Answer(response="x", review=seq, by="Ada") for seq in (first, second)])
    assert (raised.value.code, raised.value.details["by"]) == ("already_answered", "Bo")
    assert (await service.run(run)).open_reviews == [first]
    log = await frames_until(service, run, "input_received")
    assert [entry["data"]["review"] for entry in log if entry["type"] == "input_received"] == [second]
    await service.answer(run, Answer(response="x", review=first, by="Ada"))
    assert kinds(await frames_until(service, run, "final_result")).count("input_received") == 2


async def test_the_same_ids_again_are_the_same_answers(service: Service) -> None:
    run, reviews = await asked(service)
    answers = [Answer(response="yes", review=seq, by="Ada", response_id=f"id-{seq}") for seq in reviews]
    first = await service.answer_all(run, answers)
    again = await service.answer_all(run, answers)
    assert [each.event for each in again] == [each.event for each in first]
    assert all(each.repeated for each in again)
