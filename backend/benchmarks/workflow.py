"""The workflows that every contestant hosts. They import the workflow library and nothing else."""

import asyncio

from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent

LINE = "x" * 80
BURSTS = 100


class Progress(Event):
    msg: str


class Trivial(Workflow):
    """Research, review, report: a step each. The question `flood:N` makes N progress events first."""

    @step
    async def research(self, ctx: Context, ev: StartEvent) -> InputRequiredEvent:
        for n in range(amount(ev.question)):
            ctx.write_event_to_stream(Progress(msg=f"event {n} {LINE}"))
            if n % 20 == 0:
                await asyncio.sleep(0)
        ctx.write_event_to_stream(Progress(msg=f"researching {ev.question}"))
        await ctx.store.set("question", ev.question)
        return InputRequiredEvent(prefix="Is this good?")

    @step
    async def report(self, ctx: Context, ev: HumanResponseEvent) -> StopEvent:
        ctx.write_event_to_stream(Progress(msg="writing"))
        return StopEvent(result=f"{await ctx.store.get('question')}: {ev.response}")


class Tick(Event):
    left: int


class Steps(Workflow):
    """The question `steps:N` makes N steps, one after the other, and then a review."""

    @step
    async def begin(self, ev: StartEvent) -> Tick:
        return Tick(left=amount(ev.question))

    @step
    async def work(self, ctx: Context, ev: Tick) -> Tick | InputRequiredEvent:
        if ev.left == 0:
            return InputRequiredEvent(prefix="Done?")
        ctx.write_event_to_stream(Progress(msg=f"{ev.left} left"))
        return Tick(left=ev.left - 1)

    @step
    async def end(self, ev: HumanResponseEvent) -> StopEvent:
        return StopEvent(result=ev.response)


class Paced(Workflow):
    """Asks first; then the question `paced:N` makes N progress events within a second, in a hundred bursts."""

    @step
    async def ask(self, ctx: Context, ev: StartEvent) -> InputRequiredEvent:
        await ctx.store.set("amount", amount(ev.question))
        return InputRequiredEvent(prefix="Begin?")

    @step
    async def work(self, ctx: Context, ev: HumanResponseEvent) -> StopEvent:
        total = await ctx.store.get("amount")
        for burst in range(BURSTS):
            for n in range(total * burst // BURSTS, total * (burst + 1) // BURSTS):
                ctx.write_event_to_stream(Progress(msg=f"event {n} {6 * LINE}"))
            await asyncio.sleep(1 / BURSTS)
        return StopEvent(result="done")


def amount(question: str) -> int:
    """The N of `kind:N`, or 0."""
    _, _, number = question.partition(":")
    return int(number) if number.isdecimal() else 0
