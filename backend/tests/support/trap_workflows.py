"""Workflows made to fall into the traps of checkpointing: each is at its worst at a moment of its own."""

import asyncio

from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent

from sayso.events import ProgressEvent


class Ask(Event):
    n: int


class Answered(Event):
    key: str
    response: str


class Survey(Workflow):
    """Asks six questions from three workers, each at another moment, and joins the answers.

    A question stands in exactly one place: still to be asked, in the queue of `ask`, or in the log.
    """

    QUESTIONS = 6

    @step
    async def split(self, ctx: Context, ev: StartEvent) -> Ask | None:
        for n in range(self.QUESTIONS):
            ctx.send_event(Ask(n=n))
        return None

    @step(num_workers=3)
    async def ask(self, ctx: Context, ev: Ask) -> InputRequiredEvent:
        await asyncio.sleep(0.002 * (ev.n % 4))
        ctx.write_event_to_stream(ProgressEvent(msg=f"asking {ev.n}"))
        await asyncio.sleep(0.001)
        return InputRequiredEvent(prefix=f"Question {ev.n}?", key=str(ev.n))

    @step
    async def heard(self, ev: HumanResponseEvent) -> Answered:
        return Answered(key=ev.key, response=ev.response)

    @step
    async def join(self, ctx: Context, ev: Answered) -> StopEvent | None:
        got = ctx.collect_events(ev, [Answered] * self.QUESTIONS)
        return StopEvent(result={each.key: each.response for each in got}) if got else None


class Note(Event):
    n: int


class Noted(Event):
    n: int


class AsksWhileSending(Workflow):
    """Asks in the middle of a step that has sent events and is going to send more: no cut there may be stored."""

    @step
    async def send(self, ctx: Context, ev: StartEvent) -> Note | None:
        for n in range(4):
            ctx.send_event(Note(n=n))
            await asyncio.sleep(0.01)
            if n == 1:
                ctx.write_event_to_stream(InputRequiredEvent(prefix="Which one?"))
                await asyncio.sleep(0.02)
        return None

    @step
    async def note(self, ev: Note) -> Noted:
        return Noted(n=ev.n)

    @step
    async def heard(self, ev: HumanResponseEvent) -> Answered:
        return Answered(key="which", response=ev.response)

    @step
    async def join(self, ctx: Context, ev: Noted | Answered) -> StopEvent | None:
        got = ctx.collect_events(ev, [Noted] * 4 + [Answered])
        if got is None:
            return None
        notes = sorted(each.n for each in got if isinstance(each, Noted))
        return StopEvent(result={"notes": notes, "response": got[-1].response})


class Next(Event):
    rounds: int


class SameQuestionEachRound(Workflow):
    """Asks the same words in every round, always in a step that is still sending."""

    ROUNDS = 3

    @step
    async def ask(self, ctx: Context, ev: StartEvent | Next) -> Note | InputRequiredEvent | None:
        ctx.send_event(Note(n=0))
        await asyncio.sleep(0.005)
        ctx.write_event_to_stream(InputRequiredEvent(prefix="Once more?"))
        await asyncio.sleep(0.03)
        return None

    @step
    async def note(self, ev: Note) -> StopEvent | None:
        return None

    @step
    async def heard(self, ctx: Context, ev: HumanResponseEvent) -> Next | StopEvent:
        answers = [*await ctx.store.get("answers", []), ev.response]
        await ctx.store.set("answers", answers)
        return Next(rounds=len(answers)) if len(answers) < self.ROUNDS else StopEvent(result=answers)


class Work(Event):
    n: int


class Worked(Event):
    n: int


class AsksWhileWorking(Workflow):
    """One step asks at once while another one works on for a while, in pieces."""

    PIECES = 10

    @step
    async def split(self, ctx: Context, ev: StartEvent) -> Work | Ask | None:
        ctx.send_event(Ask(n=0))
        ctx.send_event(Work(n=1))
        return None

    @step
    async def ask(self, ev: Ask) -> InputRequiredEvent:
        return InputRequiredEvent(prefix="Meanwhile?")

    @step
    async def work(self, ctx: Context, ev: Work) -> Work | Worked:
        await asyncio.sleep(0.015)
        ctx.write_event_to_stream(ProgressEvent(msg=f"piece {ev.n}"))
        return Work(n=ev.n + 1) if ev.n < self.PIECES else Worked(n=ev.n)

    @step
    async def heard(self, ctx: Context, ev: HumanResponseEvent) -> Answered:
        ctx.write_event_to_stream(ProgressEvent(msg=f"heard {ev.response}"))
        return Answered(key="meanwhile", response=ev.response)

    @step
    async def join(self, ctx: Context, ev: Worked | Answered) -> StopEvent | None:
        got = ctx.collect_events(ev, [Worked, Answered])
        return StopEvent(result={"pieces": got[0].n, "response": got[1].response}) if got else None


class Before(Workflow):
    """A workflow as it was when the run started."""

    @step
    async def ask(self, ctx: Context, ev: StartEvent) -> InputRequiredEvent:
        await asyncio.sleep(0.05)
        return InputRequiredEvent(prefix="Ready?")

    @step
    async def decide(self, ev: HumanResponseEvent) -> StopEvent:
        return StopEvent(result=ev.response)


class After(Workflow):
    """`Before` with a step renamed; events and their order are the same."""

    @step
    async def question(self, ctx: Context, ev: StartEvent) -> InputRequiredEvent:
        return InputRequiredEvent(prefix="Ready?")

    @step
    async def decide(self, ev: HumanResponseEvent) -> StopEvent:
        return StopEvent(result=ev.response)
