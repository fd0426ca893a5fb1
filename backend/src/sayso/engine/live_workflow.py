"""A hosted workflow while it works: its events and cuts come out, answers go in, and it can be stopped."""

import asyncio
from collections.abc import Callable
from typing import Any

from workflows.events import Event, StopEvent
from workflows.handler import WorkflowHandler

from sayso.engine.cuts import Cuts
from sayso.engine.deliveries import Deliveries
from sayso.storage.records import Delivery

STOP_SECONDS = 2.0
"""For a step to take note that it was cancelled; one that does not is left behind."""


class LiveWorkflow:
    """Begins at once to call back.

    Args:
        context: gives the context of its handler.
        on_event: with each event that it publishes.
        on_cut: whenever all events so far were taken, so that `context()` agrees with them.
        on_taken: with each review whose answer it has taken.
        on_failure: with what one of these raised.
    """

    def __init__(
        self,
        handler: WorkflowHandler,
        context: Callable[[WorkflowHandler], dict[str, Any]],
        *,
        on_event: Callable[[Event], None],
        on_cut: Callable[[], None],
        on_taken: Callable[[int], None],
        on_failure: Callable[[BaseException], None],
    ) -> None:
        self._handler = handler
        self._context = context
        self._on_failure = on_failure
        self._cuts = Cuts(handler.stream_events(expose_internal=True), on_event, on_cut)
        self._deliveries = Deliveries(handler, on_taken)
        self._tasks = [asyncio.create_task(self._cuts.run()), asyncio.create_task(self._deliveries.follow())]
        for task in self._tasks:
            task.add_done_callback(self._on_done)
        # Never cancelled: the handler's own task would be, and leave its steps running where nobody can reach them.
        self._result = asyncio.create_task(self._handler.stop_event_result())
        self._result.add_done_callback(_retrieve)

    @property
    def drained(self) -> bool:
        """Whether everything published so far was taken: this moment is a cut."""
        return self._cuts.drained

    def context(self) -> dict[str, Any]:
        """Its context as JSON, which costs more the longer the workflow has been at work.

        Raises:
            Unkept: it holds what cannot be stored.
        """
        return self._context(self._handler)

    def send(self, delivery: Delivery) -> None:
        """Hand it an answer."""
        self._deliveries.send(delivery)

    async def ended(self) -> None:
        """Until the workflow is over, whatever came of it."""
        await asyncio.wait([self._result])

    async def stop(self) -> None:
        """End it, and what its steps wait for, if it is not over."""
        for task in self._tasks:
            task.cancel()
        # In a task of its own: `cancel_run` does not come back from a step that refuses to be cancelled.
        stopping = asyncio.create_task(self._handler.cancel_run(timeout=STOP_SECONDS))
        await asyncio.wait([stopping], timeout=STOP_SECONDS)
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _on_done(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            self._on_failure(error)


def _retrieve(task: asyncio.Task[StopEvent]) -> None:
    """What went wrong was published, so it need not be said again."""
    if not task.cancelled():
        task.exception()
