"""Asking now and then whether a source is there."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable

from sayso.research.source import Readiness, SourceError

AGE, AGE_OF_FAILURE = 60.0, 10.0
"""Seconds for which an answer is good, and for which it is that there is nothing."""
WAIT = 3.0
"""Seconds that the first to ask may have to wait."""


class Probe:
    """The answer of a look that is at most `age` old; an older one while the next look is under way. While the first
    one takes its time, the source is at work, so that a question waits for it instead of leaving it out.

    Args:
        look: says what is there, or raises `SourceError`.
        host: who is asked.
    """

    def __init__(self, look: Callable[[], Awaitable[Readiness]], host: str, *, age: float = AGE) -> None:
        self._look = look
        self._last = Readiness(False, f"{host} was not asked yet", working=True)
        self._age = age
        self._looked_at: float | None = None
        self._task: asyncio.Task[None] | None = None

    async def readiness(self) -> Readiness:
        """Never raises."""
        age = self._age if self._last.ready else min(self._age, AGE_OF_FAILURE)
        if self._task is None and (self._looked_at is None or time.monotonic() - self._looked_at > age):
            self._task = asyncio.create_task(self._run())
        if self._looked_at is None and self._task is not None:
            await asyncio.wait([self._task], timeout=WAIT)
        return self._last

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        try:
            self._last = await self._look()
        except SourceError as error:
            self._last = Readiness(False, str(error))
        finally:
            self._looked_at = time.monotonic()
            self._task = None
