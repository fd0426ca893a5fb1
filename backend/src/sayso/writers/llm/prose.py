"""What a human said of findings, read by a model into the fields of a decision."""

from pydantic import BaseModel

from sayso.wishes.checking import Item, Said
from sayso.writers.llm.model import ChatModel
from sayso.writers.llm.prompts import DATA, Turn, block, size
from sayso.writers.llm.structured import ask, prompt_budget
from sayso.writers.meter import Meter
from sayso.writers.port import Told

READ = f"""\
You sort what a reviewer said about the findings of a research desk. {DATA}

For instance, for
<finding id="f1">Moss kites are grown in Brumble.</finding>
<finding id="f2">In fog a moss kite is steered by its tail bell.</finding>
<point n="1">Drop the one on Brumble, and nothing about strings.</point>
<point n="2">How heavy is a kite? Keep it short.</point>
a good answer is:
{{"items": [{{"point": 1, "field": "drop", "words": "the one on Brumble", "finding": "f1"}},
{{"point": 1, "field": "leave_out", "words": "strings", "finding": ""}},
{{"point": 2, "field": "search", "words": "How heavy is a kite?", "finding": ""}},
{{"point": 2, "field": "note", "words": "Keep it short", "finding": ""}}]}}
Never use words of this example."""

READ_TASK = """\
Now say what each <point> asks for, in JSON only: {"items": [...]}. A point can have several items.
- "point": its number.
- "field": "search" for what is to be searched for; "leave_out" for what nothing may speak of any more; "drop" for a
  finding that is not wanted, "keep" for one that is to stay; "limits" for limits in years; "note" for how the report
  should read (length, tone, form, language, readers); "unsure" where you cannot tell.
- "words": copied from the point, letter by letter: of "leave_out" the thing alone, without the words that deny it.
- "finding": with "drop" and "keep" the id of a <finding>, else "".
- What is not wanted is never "search". When in doubt whether something is wanted, say "unsure"."""

_CLAIM = 300
"""Characters of a finding that is shown."""
_LEAST = 200
"""Characters of a prompt below which nothing is told of findings and documents."""


class SortedItem(BaseModel):
    point: int
    field: Said
    words: str
    finding: str = ""


class Sorted(BaseModel):
    """What a model answers when reading prose."""

    items: list[SortedItem]


async def sorted_prose(model: ChatModel, told: Told, meter: Meter) -> list[Item]:
    """What the model reads in the points of `told`; nothing of it is checked.

    Raises:
        WriterError: no answer, or none that can be used.
    """
    turns = read_turns(told, budget=prompt_budget(model, READ + READ_TASK, meter))
    allowed = {"point": range(1, len(told.points) + 1)}

    def complaint(answer: Sorted) -> str | None:
        stray = any(not 1 <= each.point <= len(told.points) for each in answer.items)
        if stray or not answer.items:
            return f'each item needs a "point" from 1 to {len(told.points)}, and there is at least one item.'
        return None

    answer = await ask(model, turns, Sorted, complaint=complaint, meter=meter, allowed=allowed)
    return [Item(each.point, each.field, each.words, each.finding) for each in answer.items]


def read_turns(told: Told, *, budget: int) -> list[Turn]:
    """What the model is told: the points whole, then as many findings and documents as fit."""
    points = [block("point", text, n=number) for number, text in enumerate(told.points, start=1)]
    left = budget - size(points)
    shown = []
    for each in [
        *(block("finding", finding.claim[:_CLAIM], id=finding.id) for finding in told.shown.findings),
        *(block("title", source.title) for source in told.shown.sources),
    ]:
        left -= len(each) + 1
        if left < _LEAST:
            break
        shown.append(each)
    return [("system", READ), ("user", "\n".join([*shown, *points, READ_TASK]))]
