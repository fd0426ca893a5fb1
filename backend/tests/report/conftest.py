from collections.abc import AsyncIterator

import pytest

from report.driving import OPEN


@pytest.fixture(autouse=True)
async def no_run_left_waiting() -> AsyncIterator[None]:
    """A handler that is not stopped outlives its event loop."""
    yield
    while OPEN:
        await OPEN.pop().close()
