"""Workflows that the engine's tests host, in process and in a real server."""

import asyncio
import os
from pathlib import Path

from pydantic import BaseModel, Field
from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent

from sayso.events import ProgressEvent


class Again(Event):
    question: str


class Accepted(Event):
    pass


class Rewrite(Workflow):
    """Research, ask, and write or research again."""

    @step
    async def research(self, ctx: Context, ev: StartEvent | Again) -> InputRequiredEvent:
        ctx.write_event_to_stream(ProgressEvent(msg=f"researching {ev.question}", stage="search"))
        await ctx.store.set("question", ev.question)
        await ctx.store.set("rounds", await ctx.store.get("rounds", 0) + 1)
        return InputRequiredEvent(prefix="Is this good?")

    @step
    async def decide(self, ctx: Context, ev: HumanResponseEvent) -> Again | Accepted:
        ctx.write_event_to_stream(ProgressEvent(msg=f"heard {ev.response}"))
        if ev.response == "yes":
            return Accepted()
        return Again(question=await ctx.store.get("question"))

    @step
    async def write(self, ctx: Context, ev: Accepted) -> StopEvent:
        question, rounds = await ctx.store.get("question"), await ctx.store.get("rounds")
        return StopEvent(result={"question": question, "rounds": rounds})


class Tick(Event):
    n: int


class Slow(Workflow):
    """Twenty short steps before the question and twenty after it, to be killed in.

    `SLOW_STEP` is the seconds of one step. In a process with `SLOW_HELD`, the number of a step, that step is not done
    before the file `SLOW_GATE` is there.
    """

    STEPS = 20

    @step
    async def start(self, ctx: Context, ev: StartEvent) -> Tick:
        await ctx.store.set("question", ev.question)
        return Tick(n=1)

    @step
    async def work(self, ctx: Context, ev: Tick) -> Tick | InputRequiredEvent | StopEvent:
        await asyncio.sleep(float(os.environ.get("SLOW_STEP", "0.05")))
        while self._held(ev.n):  # noqa: ASYNC110 - another process opens the gate
            await asyncio.sleep(0.05)
        ctx.write_event_to_stream(ProgressEvent(msg=f"step {ev.n}", done=ev.n, total=2 * self.STEPS))
        if ev.n == self.STEPS:
            return InputRequiredEvent(prefix="Go on?")
        if ev.n == 2 * self.STEPS:
            return StopEvent(result=f"{await ctx.store.get('question')}: {await ctx.store.get('answer')}")
        return Tick(n=ev.n + 1)

    @step
    async def answered(self, ctx: Context, ev: HumanResponseEvent) -> Tick:
        await ctx.store.set("answer", ev.response)
        return Tick(n=self.STEPS + 1)

    @staticmethod
    def _held(n: int) -> bool:
        return str(n) == os.environ.get("SLOW_HELD") and not Path(os.environ["SLOW_GATE"]).exists()


class Part(Event):
    n: int


class PartDone(Event):
    n: int


class Joined(Event):
    parts: list[int]


class Tally(BaseModel):
    """Typed state."""

    parts: list[int] = Field(default_factory=list)


class FanOut(Workflow):
    """Sends four parts to two workers, joins them, asks."""

    @step
    async def split(self, ctx: Context[Tally], ev: StartEvent) -> Part | None:
        for n in range(4):
            ctx.send_event(Part(n=n))
            await asyncio.sleep(0.01)
        return None

    @step(num_workers=2)
    async def part(self, ctx: Context[Tally], ev: Part) -> PartDone:
        await asyncio.sleep(0.01 * (ev.n % 3))
        ctx.write_event_to_stream(ProgressEvent(msg=f"part {ev.n}"))
        return PartDone(n=ev.n)

    @step
    async def join(self, ctx: Context[Tally], ev: PartDone) -> Joined | None:
        parts = ctx.collect_events(ev, [PartDone] * 4)
        return Joined(parts=sorted(part.n for part in parts)) if parts else None

    @step
    async def ask(self, ctx: Context[Tally], ev: Joined) -> InputRequiredEvent:
        async with ctx.store.edit_state() as state:
            state.parts = ev.parts
        return InputRequiredEvent(prefix="Release?")

    @step
    async def release(self, ctx: Context[Tally], ev: HumanResponseEvent) -> StopEvent:
        state = await ctx.store.get_state()
        return StopEvent(result={"parts": state.parts, "response": ev.response})


class Confirm(InputRequiredEvent):
    key: str


class Confirmed(HumanResponseEvent):
    key: str


Confirm.response_type = Confirmed  # type: ignore[attr-defined]


class Asked(Event):
    key: str


class Got(Event):
    key: str
    response: str


class TwoWaits(Workflow):
    """Two `ctx.wait_for_event` at once on the same event type, told apart by their key."""

    @step
    async def start(self, ctx: Context, ev: StartEvent) -> Asked | None:
        for key in ("a", "b"):
            ctx.send_event(Asked(key=key))
        return None

    @step(num_workers=2)
    async def wait(self, ctx: Context, ev: Asked) -> Got:
        await asyncio.sleep(0.01)
        answer = await ctx.wait_for_event(
            Confirmed,
            waiter_event=Confirm(key=ev.key),
            waiter_id=f"wait-{ev.key}",
            requirements={"key": ev.key},
            timeout=None,
        )
        return Got(key=ev.key, response=answer.response)

    @step
    async def join(self, ctx: Context, ev: Got) -> StopEvent | None:
        got = ctx.collect_events(ev, [Got] * 2)
        return StopEvent(result={each.key: each.response for each in got}) if got else None


class AsksNothing(Workflow):
    """Needs no human."""

    @step
    async def work(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result=[1, {"two": None}])


class Raises(Workflow):
    """Fails in a step."""

    @step
    async def work(self, ev: StartEvent) -> StopEvent:
        raise ValueError("secret detail")


class Stalls(Workflow):
    """Ends up with nothing to do, nothing asked and no result."""

    @step
    async def work(self, ctx: Context, ev: StartEvent) -> Accepted | None:
        return None

    @step
    async def never(self, ev: Accepted) -> StopEvent:
        return StopEvent(result=None)


class Dies(Workflow):
    """Takes the process down whenever it runs."""

    @step
    async def work(self, ev: StartEvent) -> StopEvent:
        await asyncio.sleep(0.05)
        os._exit(137)
