"""Shapes of workflows by how they ask: whatever the question is called, and whatever the answer is."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import BaseModel, Field
from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent


class Prefix(Workflow):
    """Asks with a prefix"""

    @step
    async def ask(self, ev: StartEvent) -> InputRequiredEvent:
        return InputRequiredEvent(prefix="Enter a number: ")

    @step
    async def end(self, ev: HumanResponseEvent) -> StopEvent:
        return StopEvent(result=ev.response)


class PromptAsked(InputRequiredEvent):
    prompt: str


class Prompt(Workflow):
    """Asks with a prompt of its own class"""

    @step
    async def ask(self, ev: StartEvent) -> PromptAsked:
        return PromptAsked(prompt=f"Shall we look for {ev.question}?")

    @step
    async def end(self, ev: HumanResponseEvent) -> StopEvent:
        return StopEvent(result=ev.response)


class Questions(Workflow):
    """Asks with the words question and msg"""

    @step
    async def ask(self, ev: StartEvent) -> InputRequiredEvent:
        return InputRequiredEvent(question="How many?")

    @step
    async def go_on(self, ctx: Context, ev: HumanResponseEvent) -> InputRequiredEvent | StopEvent:
        said = [*await ctx.store.get("said", default=[]), ev.response]
        await ctx.store.set("said", said)
        return InputRequiredEvent(msg="And of what?") if len(said) == 1 else StopEvent(result=said)


class Waits(Workflow):
    """Waits within a step, for the answer of one person"""

    @step
    async def work(self, ctx: Context, ev: StartEvent) -> StopEvent:
        said = await ctx.wait_for_event(
            HumanResponseEvent,
            waiter_id="sure",
            waiter_event=InputRequiredEvent(prefix="Are you sure?", user_name="Ada"),
            requirements={"user_name": "Ada"},
        )
        return StopEvent(result=[said.response, said.user_name])


class WaitsUnasked(Workflow):
    """Streams its question first, and then waits for the answer of one person"""

    @step
    async def work(self, ctx: Context, ev: StartEvent) -> StopEvent:
        ctx.write_event_to_stream(InputRequiredEvent(prefix="Are you sure?", user_name="Ada"))
        said = await ctx.wait_for_event(HumanResponseEvent, requirements={"user_name": "Ada"})
        return StopEvent(result=[said.response, said.user_name])


class WaitsTwice(Workflow):
    """Waits twice in a step, for what its question does not say"""

    @step
    async def work(self, ctx: Context, ev: StartEvent) -> StopEvent:
        first = await ctx.wait_for_event(
            HumanResponseEvent,
            waiter_id="first",
            waiter_event=InputRequiredEvent(prefix="First?"),
            requirements={"turn": 1},
        )
        second = await ctx.wait_for_event(
            HumanResponseEvent,
            waiter_id="second",
            waiter_event=InputRequiredEvent(prefix=f"Second, after {first.response}?"),
            requirements={"turn": 2},
        )
        return StopEvent(result=[first.response, second.response])


class WaitsPlainly(Workflow):
    """Waits for any answer, with no more than a question"""

    @step
    async def work(self, ctx: Context, ev: StartEvent) -> StopEvent:
        said = await ctx.wait_for_event(HumanResponseEvent, waiter_event=InputRequiredEvent(prefix="Yes?"))
        return StopEvent(result=said.response)


class Confirmed(HumanResponseEvent):
    confirmed: bool
    reason: str = ""


class WaitsTyped(Workflow):
    """Waits for a class that no step takes"""

    @step
    async def work(self, ctx: Context, ev: StartEvent) -> StopEvent:
        said = await ctx.wait_for_event(Confirmed, waiter_event=InputRequiredEvent(prefix="Confirm?"), timeout=None)
        return StopEvent(result=[said.confirmed, said.reason])


class Told(Event):
    word: str


class WaitsForAnother(Workflow):
    """Asks, and waits for an event that is no response event by its class"""

    @step
    async def work(self, ctx: Context, ev: StartEvent) -> StopEvent:
        told = await ctx.wait_for_event(Told, waiter_event=InputRequiredEvent(prefix="The word?"))
        return StopEvent(result=told.word)


class City(Event):
    name: str


class Visited(Event):
    name: str
    days: int


class Visits(Workflow):
    """Asks about several things at once, each known by its requirement"""

    @step
    async def start(self, ctx: Context, ev: StartEvent) -> City | None:
        for name in ("Rome", "Oslo"):
            ctx.send_event(City(name=name))
        return None

    @step(num_workers=2)
    async def ask(self, ctx: Context, ev: City) -> Visited:
        said = await ctx.wait_for_event(
            HumanResponseEvent,
            waiter_id=ev.name,
            waiter_event=InputRequiredEvent(prefix=f"How many days in {ev.name}?", city=ev.name),
            requirements={"city": ev.name},
        )
        return Visited(name=ev.name, days=int(said.response))

    @step
    async def join(self, ctx: Context, ev: Visited) -> StopEvent | None:
        found = ctx.collect_events(ev, [Visited] * 2)
        return StopEvent(result={each.name: each.days for each in found}) if found else None


class NameGiven(HumanResponseEvent):
    name: str


class OneText(Workflow):
    """Takes a text in a field of its own"""

    @step
    async def ask(self, ev: StartEvent) -> InputRequiredEvent:
        return InputRequiredEvent(prefix="Your name?")

    @step
    async def end(self, ev: NameGiven) -> StopEvent:
        return StopEvent(result=f"Hello {ev.name}")


class CountGiven(HumanResponseEvent):
    count: int = Field(ge=1, le=10)


class OneNumber(Workflow):
    """Takes a number in a field of its own"""

    @step
    async def ask(self, ev: StartEvent) -> InputRequiredEvent:
        return InputRequiredEvent(prefix="How many?")

    @step
    async def end(self, ev: CountGiven) -> StopEvent:
        return StopEvent(result=ev.count + 1)


class TypedResponse(HumanResponseEvent):
    response: str


class DeclaredResponse(Workflow):
    """Declares the response itself"""

    @step
    async def ask(self, ev: StartEvent) -> InputRequiredEvent:
        return InputRequiredEvent(prefix="Well?")

    @step
    async def end(self, ev: TypedResponse) -> StopEvent:
        return StopEvent(result=ev.response.upper())


class Stay(BaseModel):
    city: str
    nights: int = 1


class Booking(HumanResponseEvent):
    """Book it"""

    guest: str
    arrival: date
    stays: list[Stay]
    tags: list[str] = Field(default_factory=list)
    room: Literal["single", "double"] = "single"


class Books(Workflow):
    """Takes a date, lists and nested objects"""

    @step
    async def ask(self, ev: StartEvent) -> InputRequiredEvent:
        return InputRequiredEvent(prefix="Book?", offers=[{"hotel": "Sol", "price": 90}, {"hotel": "Mar", "price": 70}])

    @step
    async def end(self, ev: Booking) -> StopEvent:
        nights = sum(stay.nights for stay in ev.stays)
        return StopEvent(result=[ev.guest, ev.arrival.year, nights, ev.stays[0].city, ev.room])


class Accepted(HumanResponseEvent):
    """Accept it"""

    price: float


class Declined(HumanResponseEvent):
    """Decline it"""

    why: str


class TwoClasses(Workflow):
    """Takes one of two answers, each in a step of its own"""

    @step
    async def ask(self, ev: StartEvent) -> InputRequiredEvent:
        return InputRequiredEvent(prefix="Deal?")

    @step
    async def accepted(self, ev: Accepted) -> StopEvent:
        return StopEvent(result=f"sold for {ev.price:g}")

    @step
    async def declined(self, ev: Declined) -> StopEvent:
        return StopEvent(result=f"kept, {ev.why}")


class SizeTold(HumanResponseEvent):
    size: int


class SizeAsked(InputRequiredEvent):
    response_type: ClassVar[type[HumanResponseEvent]] = SizeTold


class ColourTold(HumanResponseEvent):
    colour: str


class ColourAsked(InputRequiredEvent):
    response_type: ClassVar[type[HumanResponseEvent]] = ColourTold


class TwoQuestions(Workflow):
    """Two questions, each with a class of answers of its own"""

    @step
    async def ask(self, ev: StartEvent) -> SizeAsked:
        return SizeAsked(prefix="Size?")

    @step
    async def sized(self, ctx: Context, ev: SizeTold) -> ColourAsked:
        await ctx.store.set("size", ev.size)
        return ColourAsked(prefix="Colour?")

    @step
    async def coloured(self, ctx: Context, ev: ColourTold) -> StopEvent:
        return StopEvent(result=[await ctx.store.get("size"), ev.colour])


class Draft(Event):
    text: str


class Rounds(Workflow):
    """Drafts until a human is content"""

    @step
    async def start(self, ev: StartEvent) -> Draft:
        return Draft(text=ev.question)

    @step
    async def show(self, ctx: Context, ev: Draft) -> InputRequiredEvent:
        await ctx.store.set("text", ev.text)
        return InputRequiredEvent(prefix=f"Content with “{ev.text}”?")

    @step
    async def heard(self, ctx: Context, ev: HumanResponseEvent) -> Draft | StopEvent:
        text = await ctx.store.get("text")
        return StopEvent(result=text) if ev.response == "yes" else Draft(text=f"{text} {ev.response}")


class Amount(InputRequiredEvent):
    amount: int
    currency: str = "EUR"


class Checks(Workflow):
    """Asks with fields and no text, takes a text, and keeps the answer's sender"""

    @step
    async def ask(self, ev: StartEvent) -> Amount:
        return Amount(amount=250)

    @step
    async def end(self, ev: HumanResponseEvent) -> StopEvent:
        return StopEvent(result=[ev.response, ev.by])
