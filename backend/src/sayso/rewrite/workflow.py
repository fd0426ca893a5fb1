"""Tidy a text, show it, and tidy it again until somebody approves: plain LlamaIndex, with nothing of Sayso's in it."""

from typing import Any

from pydantic import BaseModel, Field
from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent

from sayso.rewrite.text import heard, rewritten

DECISION = {"type": "string", "enum": ["approve", "yes", "reject", "no"]}


class Text(BaseModel):
    """The run's whole memory. It is kept in the context, so a pause or a restart loses nothing."""

    original: str = ""
    result: str = ""
    wishes: list[str] = Field(default_factory=list)


class Again(Event):
    feedback: str


class Working(Event):
    msg: str


class TextReview(InputRequiredEvent):
    """`payload` is what people see; of the responses that the schema allows the page makes buttons."""

    payload: str
    response_schema: dict[str, Any] = DECISION


class Decision(HumanResponseEvent):
    response: str
    feedback: str = ""


class RewriteWorkflow(Workflow):
    """Tidy a text

    Rejecting it with feedback ("shorter", "bullet points", "no bullet points", ...) tidies it again; without, in the
    next way that was not tried.
    """

    @step
    async def rewrite(self, ctx: Context[Text], ev: StartEvent | Again) -> TextReview:
        async with ctx.store.edit_state() as text:
            if isinstance(ev, StartEvent):
                text.original = ev.question
            notes = heard(ev.feedback, text.wishes) if isinstance(ev, Again) else []
            ctx.write_event_to_stream(Working(msg=f"Tidying {len(text.original.split())} words"))
            text.result, changes = rewritten(text.original, text.wishes)
            notes += changes or ["Nothing had to be changed."]
        return TextReview(payload="\n".join([text.result, "", "---", "", *(f"- {note}" for note in notes)]))

    @step
    async def decide(self, ctx: Context[Text], ev: Decision) -> Again | StopEvent:
        if ev.response == "reject":  # Sayso has made one word of "no" and "reject"
            return Again(feedback=ev.feedback)
        return StopEvent(result=(await ctx.store.get_state()).result)
