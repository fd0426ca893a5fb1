"""Workflows that raise what asyncio lets through, each at a place of its own. The question says what."""

import asyncio
import sys
from typing import Annotated, Any

from workflows import Workflow, step
from workflows.events import Event, StartEvent, StopEvent
from workflows.resource import Resource


class OwnEscape(BaseException):
    """As some libraries have it."""


def escape(what: str) -> None:
    """Raise it. `exit` is what many programs do on an error."""
    if what == "exit":
        sys.exit(3)
    raise {
        "interrupt": KeyboardInterrupt,
        "memory": MemoryError,
        "own": OwnEscape,
        "cancelled": asyncio.CancelledError,
        "generator": GeneratorExit,
    }[what]


class InStep(Workflow):
    """In a step."""

    @step
    async def explode(self, ev: StartEvent) -> StopEvent:
        await asyncio.sleep(0)
        escape(ev.question)
        return StopEvent(result=None)


class InThread(Workflow):
    """In a step that is no coroutine, which runs in a thread."""

    @step
    def explode(self, ev: StartEvent) -> StopEvent:
        escape(ev.question)
        return StopEvent(result=None)


class InTask(Workflow):
    """In a task that a step waits for, and in one that it does not wait for."""

    @step
    async def explode(self, ev: StartEvent) -> StopEvent:
        await asyncio.gather(asyncio.sleep(3600), self._later(ev.question))
        return StopEvent(result=None)

    async def _later(self, what: str) -> None:
        await asyncio.sleep(0)
        escape(what)


class Exploding(Event):
    what: str


class InFunction(Workflow):
    """In a step that is no method."""

    @step
    async def first(self, ev: StartEvent) -> Exploding:
        return Exploding(what=ev.question)


@step(workflow=InFunction)
async def explode(ev: Exploding) -> StopEvent:
    escape(ev.what)
    return StopEvent(result=None)


async def made() -> Any:
    sys.exit(3)


class InResource(Workflow):
    """In what makes a step's resource."""

    @step
    async def explode(self, ev: StartEvent, resource: Annotated[Any, Resource(made)]) -> StopEvent:
        return StopEvent(result=None)


class InCheck(Workflow):
    """While its options are checked."""

    async def check_options(self, options: dict[str, Any]) -> None:
        sys.exit(3)

    @step
    async def explode(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result=None)


class InLoop(Workflow):
    """Out of the event loop, where nothing can catch it."""

    @step
    async def explode(self, ev: StartEvent) -> StopEvent:
        await asyncio.sleep(0.05)
        asyncio.get_running_loop().call_soon(sys.exit, 3)
        await asyncio.sleep(3600)
        return StopEvent(result=None)
