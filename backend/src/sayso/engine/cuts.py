"""Drives a workflow's event stream by hand, to know the exact moments at which it is drained."""

import types
from collections.abc import AsyncGenerator, Callable, Generator
from typing import Any

from workflows.events import Event


class Cuts:
    """Feeds every event of a stream to `on_event`, and calls `on_cut` whenever the stream suspends.

    When `__anext__` suspends, everything the workflow has published has been taken, so a `Context.to_dict()`
    in that same synchronous block agrees with the events seen: an exact cut. Taken at any other moment it may
    be ahead of the stream, and a question that is in the checkpoint but not in the log is lost.
    """

    def __init__(
        self, stream: AsyncGenerator[Event, None], on_event: Callable[[Event], None], on_cut: Callable[[], None]
    ) -> None:
        self._stream = stream
        self._on_event = on_event
        self._on_cut = on_cut
        self._waits_for: Any = None

    @property
    def drained(self) -> bool:
        """Whether the stream is suspended now, with nothing published since."""
        # The stream suspends on the future of its queue, which is set at once when something is published.
        return self._waits_for is not None and not self._waits_for.done()

    async def run(self) -> None:
        """Until the stream ends."""
        try:
            while True:
                try:
                    event = await self._next()
                except StopAsyncIteration:
                    return
                self._on_event(event)
        finally:
            await self._stream.aclose()

    @types.coroutine
    def _next(self) -> Generator[Any, Any, Event]:
        step = self._stream.__anext__().__await__()
        try:
            waits_for = step.send(None)
        except StopIteration as arrived:
            return arrived.value  # type: ignore[no-any-return]  # StopIteration carries Any
        self._waits_for = waits_for
        self._on_cut()
        try:
            while True:
                try:
                    sent = yield waits_for
                except BaseException as error:
                    waits_for = step.throw(error)
                    continue
                try:
                    waits_for = step.send(sent)
                except StopIteration as arrived:
                    return arrived.value  # type: ignore[no-any-return]  # StopIteration carries Any
        finally:
            self._waits_for = None
