"""Workflows that cannot be hosted, or not go on waiting, each for a reason of its own."""

from typing import Any

from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent


class Webhook(Event):
    body: str


class TakesFromOutside(Workflow):
    """A step takes an event that no step gives"""

    @step
    async def ask(self, ev: StartEvent) -> InputRequiredEvent:
        return InputRequiredEvent(prefix="?")

    @step
    async def hook(self, ev: Webhook | HumanResponseEvent) -> StopEvent:
        return StopEvent(result="called")


class WaitsForOutside(Workflow):
    """A step waits for an event that no step gives, and asks nobody"""

    @step
    async def wait(self, ctx: Context, ev: StartEvent) -> StopEvent:
        got = await ctx.wait_for_event(Webhook)
        return StopEvent(result=got.body)


class Handle:
    pass


class Opened(HumanResponseEvent):
    handle: Handle


class TakesNoJson(Workflow):
    """An answer that nobody can give"""

    @step
    async def ask(self, ev: StartEvent) -> InputRequiredEvent:
        return InputRequiredEvent(prefix="?")

    @step
    async def end(self, ev: Opened) -> StopEvent:
        return StopEvent(result="open")


def _named_told() -> type[HumanResponseEvent]:
    class Told(HumanResponseEvent):
        word: str

    return Told


class Inner:
    class Told(HumanResponseEvent):
        word: str


class Told(HumanResponseEvent):
    number: int


class TakesTwoOfOneName(Workflow):
    """Two classes of answers, called the same"""

    @step
    async def ask(self, ev: StartEvent) -> InputRequiredEvent:
        return InputRequiredEvent(prefix="?")

    @step
    async def one(self, ev: Told) -> StopEvent:
        return StopEvent(result=ev.number)

    @step
    async def other(self, ev: Inner.Told) -> StopEvent:
        return StopEvent(result=ev.word)


Local: Any = _named_told()


class TakesLocal(Workflow):
    """An answer of a class that a restarted server does not find"""

    @step
    async def ask(self, ev: StartEvent) -> InputRequiredEvent:
        return InputRequiredEvent(prefix="?")

    @step
    async def end(self, ev: Local) -> StopEvent:
        return StopEvent(result=ev.word)


class HandleStart(StartEvent):
    handle: Handle


class StartsWithNoJson(Workflow):
    """Cannot be started by anybody"""

    @step
    async def end(self, ev: HandleStart) -> StopEvent:
        return StopEvent(result="never")


class NeedsArgument(Workflow):
    """Needs an argument"""

    def __init__(self, model: str) -> None:
        super().__init__()
        self.model = model

    @step
    async def end(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result=self.model)


class Unkept(Workflow):
    """Asks while its state holds what cannot be stored"""

    @step
    async def ask(self, ctx: Context, ev: StartEvent) -> InputRequiredEvent:
        await ctx.store.set("handle", Handle())
        return InputRequiredEvent(prefix="?")

    @step
    async def end(self, ev: HumanResponseEvent) -> StopEvent:
        return StopEvent(result=ev.response)


class Forgets(Workflow):
    """Asks while its memory holds what LlamaIndex leaves out"""

    @step
    async def ask(self, ctx: Context, ev: StartEvent) -> InputRequiredEvent:
        await ctx.store.set("memory", Handle())
        return InputRequiredEvent(prefix="?")

    @step
    async def end(self, ev: HumanResponseEvent) -> StopEvent:
        return StopEvent(result=ev.response)
