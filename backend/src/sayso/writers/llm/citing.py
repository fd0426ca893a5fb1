"""Puts numbers behind what a model wrote without any: what stands in a quote cites that, and of the rest the model is
asked once."""

from pydantic import BaseModel

from sayso.language.verbatim import stands
from sayso.protocol.evidence import Finding
from sayso.protocol.report import Sentence
from sayso.writers.llm.model import ChatModel
from sayso.writers.llm.report_prompts import CITE, cite_turns, numbers_of
from sayso.writers.llm.sectioning import Written
from sayso.writers.llm.structured import ask, prompt_budget
from sayso.writers.meter import Meter
from sayso.writers.port import WriterError, WritingBrief

_MOST = 30
"""Units that the model is asked about."""


class CitedUnit(BaseModel):
    sentence: int
    cites: list[int]


class Citations(BaseModel):
    """What a model answers when asked what its sentences rest on."""

    units: list[CitedUnit]


async def cite(model: ChatModel, parts: list[Written], brief: WritingBrief, meter: Meter) -> None:
    """Give each unit of `parts` that cites nothing its numbers, as far as they can be told; lines that lead into blocks
    need none."""
    bare: list[Sentence] = []
    findings: list[Finding] = []
    for part in parts:
        own = [unit for unit in _uncited(part) if not _quoted(unit, brief)]
        bare += own
        findings += [each for each in part.job.findings if own and each not in findings]
    bare = bare[:_MOST]
    if not bare or meter.exhausted:
        return
    numbers = sorted({number for finding in findings for number in numbers_of(brief, finding)})
    turns = cite_turns(brief, [unit.text for unit in bare], findings, budget=prompt_budget(model, CITE, meter))
    allowed = {"cites": numbers, "sentence": range(1, len(bare) + 1)}
    try:
        answer = await ask(model, turns, Citations, meter=meter, allowed=allowed)
    except WriterError:
        return  # the check looks for a quote of its own, and removes what has none
    for said in answer.units:
        if 0 < said.sentence <= len(bare):
            bare[said.sentence - 1].citations = [number for number in dict.fromkeys(said.cites) if number in numbers]


def _uncited(part: Written) -> list[Sentence]:
    return [
        unit
        for section in part.sections
        for at, unit in enumerate(section.sentences)
        if not unit.citations and all(block.lead != at for block in section.blocks)
    ]


def _quoted(unit: Sentence, brief: WritingBrief) -> bool:
    """Whether the unit stands word for word in quotes; it cites them then."""
    quotes = [quote for finding in brief.findings for quote in finding.quotes]
    carry = [
        brief.numbers[each.source] for each in quotes if each.source in brief.numbers and stands(unit.text, each.text)
    ]
    unit.citations = list(dict.fromkeys(carry))
    return bool(carry)
