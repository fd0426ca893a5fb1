"""Shapes of workflows by how their steps go: branches, loops, fan-out, state, retries, workflows within workflows."""

import asyncio
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel
from workflows import Context, Workflow, step
from workflows.decorators import catch_error
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StepFailedEvent, StopEvent
from workflows.retry_policy import retry_policy, stop_after_attempt, wait_fixed


class Left(Event):
    at: int


class Right(Event):
    at: int


class Branches(Workflow):
    """Takes one of two ways"""

    @step
    async def start(self, ev: StartEvent) -> Left | Right:
        return Left(at=1) if ev.question.startswith("left") else Right(at=1)

    @step
    async def left(self, ev: Left) -> StopEvent:
        return StopEvent(result=f"left {ev.at}")

    @step
    async def right(self, ev: Right) -> StopEvent:
        return StopEvent(result=f"right {ev.at}")


class Again(Event):
    left: int


class Loops(Workflow):
    """Counts down in a loop"""

    @step
    async def count(self, ctx: Context, ev: StartEvent | Again) -> Again | StopEvent:
        left = ev.left if isinstance(ev, Again) else 4
        ctx.write_event_to_stream(Event(msg=f"{left} left"))
        return Again(left=left - 1) if left else StopEvent(result="lift off")


class Task(Event):
    n: int


class Done(Event):
    n: int


class FanOut(Workflow):
    """Many workers, joined"""

    @step
    async def start(self, ctx: Context, ev: StartEvent) -> Task | None:
        await ctx.store.set("many", 6)
        for n in range(6):
            ctx.send_event(Task(n=n))
        return None

    @step(num_workers=3)
    async def work(self, ev: Task) -> Done:
        await asyncio.sleep(0.01)
        return Done(n=ev.n * ev.n)

    @step
    async def join(self, ctx: Context, ev: Done) -> StopEvent | None:
        done = ctx.collect_events(ev, [Done] * await ctx.store.get("many"))
        return StopEvent(result=sum(each.n for each in done)) if done else None


class Lists(Workflow):
    """Emits a list of events, and takes a list of them"""

    @step
    async def start(self, ev: StartEvent) -> list[Task]:
        return [Task(n=n) for n in range(4)]

    @step(num_workers=4)
    async def work(self, ev: Task) -> Done:
        return Done(n=ev.n + 1)

    @step
    async def join(self, ev: list[Done]) -> StopEvent:
        return StopEvent(result=sorted(each.n for each in ev))


class Kinds(Workflow):
    """Collects events of different classes"""

    @step
    async def start(self, ctx: Context, ev: StartEvent) -> Left | Right | None:
        ctx.send_event(Left(at=1))
        ctx.send_event(Right(at=2))
        return None

    @step
    async def join(self, ctx: Context, ev: Left | Right) -> StopEvent | None:
        found = ctx.collect_events(ev, [Right, Left])
        return StopEvent(result=[type(each).__name__ for each in found]) if found else None


class Asks(Event):
    pass


class Counting(BaseModel):
    count: int = 0
    names: list[str] = []
    since: date = date(2026, 1, 1)


class TypedState(Workflow):
    """Keeps a typed state through a question"""

    @step
    async def ask(self, ctx: Context[Counting], ev: StartEvent) -> InputRequiredEvent:
        async with ctx.store.edit_state() as state:
            state.count += 2
            state.names.append(ev.question)
            state.since = date(2026, 2, 3)
        return InputRequiredEvent(prefix="Which name?")

    @step
    async def end(self, ctx: Context[Counting], ev: HumanResponseEvent) -> StopEvent:
        async with ctx.store.edit_state() as state:
            state.names.append(ev.response)
        kept = await ctx.store.get_state()
        return StopEvent(result=[kept.count, kept.names, kept.since.isoformat()])


class Note(BaseModel):
    text: str
    at: datetime


class DictState(Workflow):
    """Keeps models, lists and paths in a plain state through a question"""

    @step
    async def ask(self, ctx: Context, ev: StartEvent) -> InputRequiredEvent:
        await ctx.store.set("note", Note(text=ev.question, at=datetime(2026, 5, 6, tzinfo=UTC)))
        await ctx.store.set("deep", {"er": [1, 2, {"est": 3}]})
        return InputRequiredEvent(prefix="Go on?")

    @step
    async def end(self, ctx: Context, ev: HumanResponseEvent) -> StopEvent:
        note = await ctx.store.get("note")
        return StopEvent(result=[note.text, note.at.year, await ctx.store.get("deep.er.2.est"), ev.response])


class Flaky(Workflow):
    """A step that is tried again"""

    @step(retry_policy=retry_policy(wait=wait_fixed(0.01), stop=stop_after_attempt(3)))
    async def work(self, ctx: Context, ev: StartEvent) -> StopEvent:
        tried = ctx.retry_info().retry_number
        if tried < 2:
            raise ConnectionError("not yet")
        return StopEvent(result=tried)


class Caught(Workflow):
    """A failure that a handler takes"""

    @step
    async def work(self, ev: StartEvent) -> StopEvent:
        raise ValueError("as expected")

    @catch_error
    async def handle(self, ctx: Context, ev: StepFailedEvent) -> StopEvent:
        return StopEvent(result=f"{ev.step_name} failed")


class Inner(Workflow):
    """Runs within another"""

    @step
    async def work(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result=ev.text[::-1])


class Outer(Workflow):
    """Runs another workflow in a step"""

    @step
    async def work(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result=await Inner().run(text=ev.question))


class Base(Workflow):
    """Steps to inherit"""

    @step
    async def start(self, ev: StartEvent) -> Left:
        return Left(at=len(ev.question))

    @step
    async def end(self, ev: Left) -> StopEvent:
        return StopEvent(result=f"base {ev.at}")


class Derived(Base):
    """Overrides an inherited step"""

    @step
    async def end(self, ev: Left) -> StopEvent:  # type: ignore[override]  # a step knows the class that it is of
        return StopEvent(result=f"derived {ev.at}")


class Mood(StrEnum):
    GOOD = "good"


class Report(BaseModel):
    mood: Mood
    at: date
    notes: list[Note]


class ModelResult(Workflow):
    """Ends with a model"""

    @step
    async def work(self, ev: StartEvent) -> StopEvent:
        note = Note(text="n", at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC))
        return StopEvent(result=Report(mood=Mood.GOOD, at=date(2026, 1, 2), notes=[note]))


class Typing(Event):
    delta: str
    response: str


class Streams(Workflow):
    """Streams a text piece by piece, and events of its own"""

    @step
    async def work(self, ctx: Context, ev: StartEvent) -> StopEvent:
        said = ""
        for word in ev.question.split():
            said += word + " "
            ctx.write_event_to_stream(Typing(delta=word + " ", response=said))
        return StopEvent(result=said.strip())


class Unkept(Workflow):
    """Holds something open while it works, and asks nobody"""

    @step
    async def work(self, ctx: Context, ev: StartEvent) -> Left:
        await ctx.store.set("lock", asyncio.Lock())
        return Left(at=1)

    @step
    async def end(self, ctx: Context, ev: Left) -> StopEvent:
        lock: Any = await ctx.store.get("lock")
        async with lock:
            await asyncio.sleep(0.2)
        return StopEvent(result="held")


class Tool:
    """No JSON, and no model."""

    def __init__(self, name: str) -> None:
        self.name = name


class Equipped(Event):
    tool: Tool


class Carries(Workflow):
    """Hands what is no JSON from step to step, and asks when it is gone"""

    @step
    async def start(self, ev: StartEvent) -> Equipped:
        return Equipped(tool=Tool(ev.question))

    @step
    async def use(self, ev: Equipped) -> InputRequiredEvent:
        await asyncio.sleep(0.1)
        return InputRequiredEvent(prefix=f"Used {ev.tool.name}?")

    @step
    async def end(self, ev: HumanResponseEvent) -> StopEvent:
        return StopEvent(result=ev.response)
