"""Workflows whose steps block their loop, or say more than can be kept."""

import time

from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent


class Sleeps(Workflow):
    """Blocks its loop for as many seconds as the question says"""

    @step
    async def sleep(self, ev: StartEvent) -> StopEvent:
        time.sleep(float(ev.question))  # noqa: ASYNC251 - as somebody does who does not know better
        return StopEvent(result="awake")


class Ready(Workflow):
    """Asks at once"""

    @step
    async def ask(self, ev: StartEvent) -> InputRequiredEvent:
        return InputRequiredEvent(prefix="Ready?")

    @step
    async def end(self, ev: HumanResponseEvent) -> StopEvent:
        return StopEvent(result=ev.response)


class Note(Event):
    text: str


class Large(Workflow):
    """Is large in the place that the question names"""

    @step
    async def work(self, ctx: Context, ev: StartEvent) -> InputRequiredEvent | StopEvent:
        much = "x" * int(ev.size)
        match ev.question:
            case "state":
                await ctx.store.set("much", much)
                return InputRequiredEvent(prefix="Go on?")
            case "question":
                return InputRequiredEvent(prefix=much)
            case "result":
                return StopEvent(result=much)
            case _:
                ctx.write_event_to_stream(Note(text=much))
                return StopEvent(result="noted")

    @step
    async def end(self, ev: HumanResponseEvent) -> StopEvent:
        return StopEvent(result=ev.response)
