"""Changes single units of a text as a human's comments ask; the others are not the model's to touch."""

from pydantic import BaseModel

from sayso.protocol.report import Sentence
from sayso.writers.llm.model import ChatModel
from sayso.writers.llm.prompts import DATA, Turn, question_block, size
from sayso.writers.llm.report_prompts import earlier_blocks, finding_blocks, numbers_of
from sayso.writers.llm.structured import ask, prompt_budget
from sayso.writers.llm.units import WrittenUnit, read_unit
from sayso.writers.meter import Meter
from sayso.writers.port import WritingBrief

REVISE = f"""\
You change single units of a report as a human has asked, from approved findings and from nothing else. {DATA}

For instance, for
<unit n="2">In fog a moss kite is steered by its tail bell, and by nothing else that is known of.</unit>
<comment unit="2">Shorter.</comment>
a good answer is:
{{"units": [{{"unit": 2, "cites": [4], "text": "In fog a moss kite is steered by its tail bell."}}]}}
Never use words of this example."""

REVISE_TASK = """\
Now write anew each <unit> that a <comment> is on, and no other, in JSON only: {"units": [...]}.
- "unit": its number (n). Where a comment asks for more, give several, in their order.
- "cites": the numbers (n) of the quotes that it rests on. Only numbers that are given.
- Keep to the words of claims and quotes. Keep numbers, names, conditions, doubts and negations as they are; copy rows
  and code sign for sign. No knowledge of your own. Use the language of the question."""
_AROUND = 6
"""Units before and behind one with a comment that are told."""


class RevisedUnit(BaseModel):
    unit: int
    cites: list[int]
    text: str


class RevisedUnits(BaseModel):
    """What a model answers when changing a text."""

    units: list[RevisedUnit]


async def revised(model: ChatModel, brief: WritingBrief, meter: Meter) -> dict[int, list[Sentence]]:
    """What takes the place of units with a comment, by their index in `brief.earlier`.

    Raises:
        WriterError: no answer.
    """
    asked = [at for at, unit in enumerate(brief.earlier) if unit.comment]
    if not asked:
        return {}
    turns = _turns(brief, asked, prompt_budget(model, REVISE + REVISE_TASK, meter))
    numbers = sorted({number for finding in brief.findings for number in numbers_of(brief, finding)})
    allowed = {"unit": [at + 1 for at in asked], "cites": numbers}
    answer = await ask(model, turns, RevisedUnits, meter=meter, allowed=allowed)
    found: dict[int, list[Sentence]] = {}
    for said in answer.units:
        if said.unit - 1 in asked:
            kind = {"list": "item", "table": "row", "code": "code"}.get(brief.earlier[said.unit - 1].kind, "sentence")
            read = read_unit(WrittenUnit.model_validate({"kind": kind, "cites": said.cites, "text": said.text}))
            found.setdefault(said.unit - 1, []).extend(read)
    return {at: units for at, units in found.items() if units}


def _turns(brief: WritingBrief, asked: list[int], budget: int) -> list[Turn]:
    told = [question_block(brief.question, budget // 4)]
    near = [at for at in range(len(brief.earlier)) if any(abs(at - each) <= _AROUND for each in asked)]
    for at in near:
        told += earlier_blocks(brief.earlier[at], at + 1, budget // 2 - size(told))
    findings, _ = finding_blocks(brief, brief.findings, budget - size(told))
    return [("system", REVISE), ("user", "\n".join([*findings, *told, REVISE_TASK]))]
