"""A workflow that is at work for a while, so that it can be caught at it."""

import asyncio

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent

from benchmarks.workflow import Progress, amount

TICK = 0.25
"""Seconds that one step takes."""


class Next(Event):
    left: int


class Lasting(Workflow):
    """The question `lasting:N` makes N steps of a quarter of a second each, and ends with what it counted."""

    @step
    async def begin(self, ctx: Context, ev: StartEvent) -> Next:
        await ctx.store.set("done", 0)
        return Next(left=amount(ev.question))

    @step
    async def work(self, ctx: Context, ev: Next) -> Next | StopEvent:
        done = await ctx.store.get("done")
        if ev.left == 0:
            return StopEvent(result=f"{done} steps")
        ctx.write_event_to_stream(Progress(msg=f"step {done + 1}"))
        await asyncio.sleep(TICK)
        await ctx.store.set("done", done + 1)
        return Next(left=ev.left - 1)
