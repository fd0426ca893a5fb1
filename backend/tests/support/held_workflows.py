"""Workflows whose steps wait for what never comes, and tell when they are made to stop."""

import asyncio
from time import monotonic
from typing import ClassVar

import httpx
from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent

from sayso.events import ProgressEvent


class Held(Workflow):
    """Waits for an event that nobody sets."""

    begun: ClassVar[list[str]] = []
    ended: ClassVar[dict[str, float]] = {}
    """When a step's wait was over, by the run's question."""

    @step
    async def hold(self, ctx: Context, ev: StartEvent) -> StopEvent:
        ctx.write_event_to_stream(ProgressEvent(msg="holding"))
        self.begun.append(ev.question)
        try:
            await asyncio.Event().wait()
        finally:
            self.ended[ev.question] = monotonic()
        return StopEvent(result=None)


class Branch(Event):
    n: int


class HeldByMany(Workflow):
    """Three steps at once wait, each for a task of its own."""

    ended: ClassVar[list[str]] = []

    @step
    async def split(self, ctx: Context, ev: StartEvent) -> Branch | None:
        for n in range(3):
            ctx.send_event(Branch(n=n))
        return None

    @step(num_workers=3)
    async def hold(self, ctx: Context, ev: Branch) -> StopEvent:
        ctx.write_event_to_stream(ProgressEvent(msg=f"holding {ev.n}"))
        await asyncio.gather(self._wait(f"{ev.n}a"), self._wait(f"{ev.n}b"))
        return StopEvent(result=None)

    async def _wait(self, name: str) -> None:
        try:
            await asyncio.sleep(3600)
        finally:
            self.ended.append(name)


class HeldByServer(Workflow):
    """Waits for a server's reply, as a model's writer does. The question is the address."""

    @step
    async def call(self, ctx: Context, ev: StartEvent) -> StopEvent:
        async with httpx.AsyncClient(timeout=None) as client:
            await client.get(ev.question)
        return StopEvent(result=None)


class Stubborn(Workflow):
    """Refuses to be cancelled for three seconds."""

    @step
    async def hold(self, ctx: Context, ev: StartEvent) -> StopEvent:
        ctx.write_event_to_stream(ProgressEvent(msg="holding"))
        until = monotonic() + 3
        while monotonic() < until:
            try:
                await asyncio.sleep(until - monotonic())
            except asyncio.CancelledError:
                continue
        return StopEvent(result=None)
