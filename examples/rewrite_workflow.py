"""A workflow of one's own: tidy a text, show it, and tidy it again until somebody approves.

Plain LlamaIndex, no model, nothing of Sayso's. From the root of the repository:

    SAYSO_WORKFLOWS=rewrite=examples.rewrite_workflow:RewriteWorkflow .venv/bin/sayso serve
"""

import re
from typing import Any

from pydantic import BaseModel, Field
from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent

DECISION = {"type": "string", "enum": ["approve", "yes", "reject", "no"]}
WISHES = ("shorter", "bullet points", "keep contractions")
LONG = 22  # words; a longer sentence is split where it has a joint

SPACES = [(r"[^\S\n]+", " "), (r" ?\n ?", "\n"), (r"\n{3,}", "\n\n")]
SIGNS = [(r"\s+([,;:!?]|\.(?!\w))", r"\1"), (r"([!?,])\1+", r"\1"), (r"([,;])(?=[A-Za-z])", r"\1 ")]
CONTRACTIONS = [
    (r"\b(c)an't\b", r"\1annot"),
    (r"\b(w)on't\b", r"\1ill not"),
    (r"\b(is|are|was|were|do|does|did|has|have|had|could|would|should)n't\b", r"\1 not"),
    (r"\b(I)'m\b", r"\1 am"),
    (r"\b(you|we|they)'re\b", r"\1 are"),
    (r"\b(I|you|we|they)'ve\b", r"\1 have"),
    (r"\b(I|you|he|she|it|we|they)'ll\b", r"\1 will"),
    (r"\b(it|that|there)'s\b(?! (?:been|got|had))", r"\1 is"),
]
FILLERS = [
    (r"\bin order to\b", "to"),
    (r",? \b(?:really|very|basically|actually|quite|simply|literally)\b,?(?= )", ""),
]
SENTENCES = re.compile(r"(?<![A-Za-z]\.[A-Za-z]\.)(?<=[.!?])\s+")  # but not after "e.g."
JOINT = re.compile(r"(?:; |, and |, (?=but |so ))(?=(?:but |so )?(?:I|you|he|she|it|we|they|this|that|there|the)\b)")


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

    Rejecting it with feedback ("shorter", "bullet points", "no bullet points", ...) tidies it again.
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


def heard(feedback: str, wishes: list[str]) -> list[str]:
    """Note what the feedback asks for in `wishes`, and say what was understood."""
    asked = [wish for wish in WISHES if wish in feedback.lower()]
    for wish in asked:
        wishes[:] = [each for each in wishes if each != wish]
        if f"no {wish}" not in feedback.lower():
            wishes.append(wish)
    if asked:
        return [f"Your wishes: {', '.join(wishes) or 'none'}."]
    return [f"The feedback was not understood. Say one of: {', '.join(WISHES)}."]


def rewritten(text: str, wishes: list[str]) -> tuple[str, list[str]]:
    """The text after all rules, and one sentence for each kind of change."""
    changes: list[str] = []
    text = text.replace("’", "'").strip()
    rules = [("Tidied spaces", SPACES), ("Tidied punctuation", SIGNS)]
    rules += [] if "keep contractions" in wishes else [("Expanded contractions", CONTRACTIONS)]
    rules += [("Took out fillers", FILLERS)] if "shorter" in wishes else []
    for what, patterns in rules:
        before = text
        for pattern, replacement in patterns:
            text = re.sub(pattern, replacement, text, flags=re.IGNORECASE)
        changes += [f"{what}."] if text != before else []
    paragraphs = [SENTENCES.split(paragraph) for paragraph in text.split("\n\n")]
    short = [[part for sentence in sentences for part in split(sentence)] for sentences in paragraphs]
    if any(len(after) > len(before) for after, before in zip(short, paragraphs, strict=True)):
        changes.append("Split long sentences.")
    if "bullet points" in wishes:
        return "\n".join(f"- {sentence}" for sentences in short for sentence in sentences), changes
    return "\n\n".join(" ".join(sentences) for sentences in short), changes


def split(sentence: str) -> list[str]:
    """The sentence with a capital, in pieces if it is long and has a joint; the one nearest its middle goes first."""
    sentence = sentence[:1].upper() + sentence[1:]
    joints = list(JOINT.finditer(sentence)) if len(sentence.split()) > LONG else []
    if not joints:
        return [sentence]
    joint = min(joints, key=lambda each: abs(each.start() - len(sentence) / 2))
    return [*split(sentence[: joint.start()] + "."), *split(sentence[joint.end() :])]
