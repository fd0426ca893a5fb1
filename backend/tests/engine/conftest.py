from collections.abc import AsyncIterator, Callable

import pytest

from sayso.engine.hosting import HostedWorkflow
from sayso.engine.service import Service
from sayso.storage.store import Store
from support.held_workflows import Held, HeldByMany, HeldByServer, Stubborn
from support.workflows import AsksNothing, FanOut, Raises, Rewrite, Slow, Stalls, TwoWaits

HOSTED = {
    "rewrite": Rewrite,
    "fan": FanOut,
    "waits": TwoWaits,
    "nothing": AsksNothing,
    "raises": Raises,
    "stalls": Stalls,
    "slow": Slow,
    "held": Held,
    "held by many": HeldByMany,
    "held by server": HeldByServer,
    "stubborn": Stubborn,
}


@pytest.fixture
def make_service(new_store: Callable[[], Store]) -> Callable[[], Service]:
    """Services on one database: a new one is what a restart is."""

    def make() -> Service:
        hosted = [HostedWorkflow(name, kind(timeout=None)) for name, kind in HOSTED.items()]
        return Service(new_store(), hosted)

    return make


@pytest.fixture
async def service(make_service: Callable[[], Service]) -> AsyncIterator[Service]:
    service = make_service()
    await service.open()
    yield service
    await service.close()
