"""Shapes of workflows by how they begin: keywords, typed start events, arguments, time-outs, plain functions."""

import time
from typing import Annotated, Any

from pydantic import BaseModel, Field
from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent
from workflows.resource import Resource


class Keywords(Workflow):
    """Adds two keywords of a plain start event"""

    @step
    async def add(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result=ev.a + ev.b)


class Gets(Workflow):
    """Reads keywords as a mapping, with defaults"""

    @step
    async def read(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result=[ev.get("first"), ev.get("second", "none"), "third" in ev])


class Conditional(Workflow):
    """Reads a keyword only if it is there"""

    @step
    async def read(self, ev: StartEvent) -> StopEvent:
        if hasattr(ev, "extra"):
            return StopEvent(result=ev.extra)
        return StopEvent(result=f"no extra for {ev.question}")


class JokeEvent(Event):
    joke: str


class Joke(Workflow):
    """Tell a joke about a topic and judge it"""

    @step
    async def tell(self, ev: StartEvent) -> JokeEvent:
        topic = ev.topic
        return JokeEvent(joke=f"Why do {topic} never sleep?")

    @step
    async def judge(self, ev: JokeEvent) -> StopEvent:
        return StopEvent(result=f"{ev.joke} Weak.")


class Retrieved(Event):
    nodes: list[str]


class Retrieval(Workflow):
    """Retrieve for a query, then answer from what was found"""

    @step
    async def retrieve(self, ctx: Context, ev: StartEvent) -> Retrieved | None:
        query = ev.get("query")
        if not query:
            return None
        await ctx.store.set("query", query)
        return Retrieved(nodes=[word for word in ("cats", "cattle", "dogs") if word.startswith(query[:3])])

    @step
    async def answer(self, ctx: Context, ev: Retrieved) -> StopEvent:
        return StopEvent(result=f"{await ctx.store.get('query')}: {', '.join(ev.nodes)}")


class Brief(BaseModel):
    audience: str
    words: int = Field(default=100, ge=1)


class BriefStart(StartEvent):
    topic: str
    brief: Brief
    tags: list[str] = Field(default_factory=list)


class BriefStop(StopEvent):
    title: str
    words: int
    tags: list[str]


class TypedStart(Workflow):
    """Typed at both ends"""

    @step
    async def write(self, ev: BriefStart) -> BriefStop:
        return BriefStop(title=f"{ev.topic} for {ev.brief.audience}", words=ev.brief.words, tags=ev.tags)


class OnlyTopic(StartEvent):
    topic: str


class OneField(Workflow):
    """A start event with one field, and a keyword beside it"""

    @step
    async def write(self, ev: OnlyTopic) -> StopEvent:
        return StopEvent(result={"topic": ev.topic, "mood": ev.get("mood", "plain")})


class PositionalStart(StartEvent):
    topic: str

    def __init__(self, topic: str) -> None:
        super().__init__(topic=topic)


class OwnInit(Workflow):
    """A start event whose constructor takes its field and nothing else"""

    @step
    async def write(self, ev: PositionalStart) -> StopEvent:
        return StopEvent(result=ev.topic.upper())


class OwnTimeout(Workflow):
    """Sets its own time-out, and takes no argument"""

    def __init__(self) -> None:
        super().__init__(timeout=15)

    @step
    async def ask(self, ev: StartEvent) -> InputRequiredEvent:
        return InputRequiredEvent(prefix="In time?")

    @step
    async def end(self, ev: HumanResponseEvent) -> StopEvent:
        return StopEvent(result=ev.response)


class Defaults(Workflow):
    """Takes arguments of its own, all with defaults"""

    def __init__(self, *args: Any, greeting: str = "Hello", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.greeting = greeting

    @step
    async def greet(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result=f"{self.greeting}, {ev.question}")


greeter = Defaults(timeout=10, greeting="Welcome")
"""An instance, made by whoever needs arguments."""


class Plain(Workflow):
    """A step that is no coroutine"""

    @step
    def work(self, ev: StartEvent) -> StopEvent:
        time.sleep(0.05)
        return StopEvent(result=len(ev.question))


class Free(Workflow):
    """Steps that are functions"""


class Half(Event):
    text: str


@step(workflow=Free)
async def first_half(ev: StartEvent) -> Half:
    return Half(text=ev.question[: len(ev.question) // 2])


@step(workflow=Free)
async def second_half(ctx: Context, ev: Half) -> StopEvent:
    return StopEvent(result=f"{ev.text}...")


class Memory:
    """What a resource gives."""

    def __init__(self) -> None:
        self.words: list[str] = []


def a_memory(*_: Any) -> Memory:
    return Memory()


class Resourceful(Workflow):
    """Steps that share a resource"""

    @step
    async def keep(self, ev: StartEvent, memory: Annotated[Memory, Resource(a_memory)]) -> Half:
        memory.words += ev.question.split()
        return Half(text="kept")

    @step
    async def tell(self, ev: Half, memory: Annotated[Memory, Resource(a_memory)]) -> StopEvent:
        return StopEvent(result=[ev.text, *memory.words])


class Unvalidated(Workflow):
    """Hosted without the graph's validation, with an event that nobody takes"""

    def __init__(self, timeout: float | None = None) -> None:
        super().__init__(timeout=timeout, disable_validation=True)

    @step
    async def work(self, ctx: Context, ev: StartEvent) -> StopEvent | Half:
        ctx.send_event(Half(text="nobody takes this"))
        return StopEvent(result="done")
