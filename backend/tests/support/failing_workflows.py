"""Workflows that fail until somebody puts right what they need."""

from typing import ClassVar

from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent


class Approved(Event):
    by: str


class Publishes(Workflow):
    """Asks, and fails behind the answer for as long as it is `broken`."""

    broken: ClassVar[bool] = True
    asked: ClassVar[int] = 0

    @step
    async def draft(self, ctx: Context, ev: StartEvent) -> InputRequiredEvent:
        type(self).asked += 1
        await ctx.store.set("draft", f"{ev.question}!")
        return InputRequiredEvent(prefix="Publish?")

    @step
    async def decide(self, ev: HumanResponseEvent) -> Approved:
        return Approved(by=ev.by)

    @step
    async def publish(self, ctx: Context, ev: Approved) -> StopEvent:
        if self.broken:
            raise ConnectionError("the printer is away")
        return StopEvent(result=[await ctx.store.get("draft"), ev.by])


class FailsAtOnce(Workflow):
    """Fails before it has asked anybody, for as long as it is `broken`."""

    broken: ClassVar[bool] = True

    @step
    async def work(self, ev: StartEvent) -> StopEvent:
        if self.broken:
            raise ConnectionError("nobody there")
        return StopEvent(result="there")
