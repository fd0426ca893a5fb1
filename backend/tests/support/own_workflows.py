"""Workflows as somebody else would bring them, for the tests of hosting and of the page's forms."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field
from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent


class Grade(BaseModel):
    """How good is it?"""

    verdict: Literal["good", "fair", "poor"]
    points: int = Field(ge=0, le=10, description="0 is useless, 10 is perfect.")
    comment: str = Field(default="", max_length=40)
    public: bool = Field(default=True, title="Others may see this")
    tags: list[Annotated[str, Field(pattern="^[a-z ]*$")]] = []


class GradeAsked(InputRequiredEvent):
    message: str
    response_schema: dict[str, Any] = Field(default_factory=Grade.model_json_schema)


class Graded(HumanResponseEvent):
    verdict: str
    points: int
    comment: str = ""
    public: bool = True
    tags: list[str] = Field(default_factory=list)


class GradeIt(Workflow):
    """Grade a text"""

    @step
    async def ask(self, ev: StartEvent) -> GradeAsked:
        return GradeAsked(message=f"How good is “{ev.question}”?")

    @step
    async def grade(self, ev: Graded) -> StopEvent:
        return StopEvent(result={**Grade(**ev.model_dump()).model_dump(), "by": ev.by})


class AnyJson(Workflow):
    @step
    async def work(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result=ev.options["result"])


class Told(HumanResponseEvent):
    key: str


class Asked(InputRequiredEvent):
    response_type: ClassVar[type[HumanResponseEvent]] = Told
    key: str
    text: str
    response_schema: dict[str, Any]


class Question(Event):
    key: str
    text: str
    answer: dict[str, Any]


class Heard(Event):
    key: str
    response: Any


QUESTIONS = [
    Question(key="name", text="What is it called?", answer={"type": "string", "maxLength": 20}),
    Question(key="many", text="How many?", answer={"type": "integer", "minimum": 1}),
    Question(key="sure", text="Sure?", answer={"type": "boolean", "title": "I am sure"}),
]


class Form(Workflow):
    """Three questions at once"""

    @step
    async def start(self, ctx: Context, ev: StartEvent) -> Question | None:
        for question in QUESTIONS:
            ctx.send_event(question)
        return None

    @step(num_workers=3)
    async def ask(self, ctx: Context, ev: Question) -> Heard:
        told = await ctx.wait_for_event(
            Told,
            waiter_event=Asked(key=ev.key, text=ev.text, response_schema=ev.answer),
            waiter_id=f"ask-{ev.key}",
            requirements={"key": ev.key},
            timeout=None,
        )
        return Heard(key=ev.key, response=told.response)

    @step
    async def join(self, ctx: Context, ev: Heard) -> StopEvent | None:
        heard = ctx.collect_events(ev, [Heard] * len(QUESTIONS))
        return StopEvent(result={each.key: each.response for each in heard}) if heard else None


class FreeAsked(InputRequiredEvent):
    prefix: str


class Strict(HumanResponseEvent):
    number: int


class NoSchema(Workflow):
    """Ask without a schema"""

    @step
    async def ask(self, ev: StartEvent) -> FreeAsked:
        return FreeAsked(prefix="What is the number?")

    @step
    async def end(self, ev: Strict) -> StopEvent:
        return StopEvent(result=ev.number)
