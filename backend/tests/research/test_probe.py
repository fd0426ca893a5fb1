"""Whether a source is there, asked now and then."""

import asyncio

import pytest

from sayso.research import probe
from sayso.research.probe import Probe
from sayso.research.source import Readiness, SourceError

THERE = Readiness(True, "it is there")


async def test_a_first_look_that_takes_its_time_is_work_to_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "WAIT", 0.01)
    goes_on = asyncio.Event()

    async def look() -> Readiness:
        await goes_on.wait()
        return THERE

    probed = Probe(look, "wiki.test")
    first = await probed.readiness()
    assert (first.ready, first.working) == (False, True)
    assert "wiki.test" in first.why
    goes_on.set()
    assert probed._task
    await probed._task
    assert await probed.readiness() == THERE
    await probed.close()


async def test_that_nothing_is_there_is_believed_for_less_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "AGE_OF_FAILURE", 0.0)
    looks = 0

    async def look() -> Readiness:
        nonlocal looks
        looks += 1
        if looks == 1:
            raise SourceError("it did not answer")
        return THERE

    probed = Probe(look, "wiki.test")
    assert await probed.readiness() == Readiness(False, "it did not answer")
    await probed.readiness()
    assert probed._task
    await probed._task
    assert (await probed.readiness(), looks) == (THERE, 2)
    await probed.close()
