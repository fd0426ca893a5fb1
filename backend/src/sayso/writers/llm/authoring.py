"""The report of a model: in one answer, or by an outline, sections side by side, and a summary."""

import re

from sayso.language.terms import stems, words
from sayso.protocol.blocks import blocks_of
from sayso.protocol.evidence import Finding
from sayso.protocol.report import Section, Sentence
from sayso.writers.drafted import MAIN_HEADING
from sayso.writers.llm.citing import cite
from sayso.writers.llm.failures import OutOfBudget
from sayso.writers.llm.labels import sound
from sayso.writers.llm.model import ChatModel
from sayso.writers.llm.outline import PlannedSection, by_topic, outlined, topic_of
from sayso.writers.llm.report_prompts import (
    SECTION,
    SECTION_TASK,
    SUMMARY,
    SUMMARY_TASK,
    WRITE,
    WRITE_TASK,
    numbers_of,
    section_turns,
    summary_turns,
    write_turns,
)
from sayso.writers.llm.sectioning import Job, Written, failure_of, side_by_side, written
from sayso.writers.llm.structured import prompt_budget, schema_of
from sayso.writers.llm.units import AnswerParser, WrittenSection
from sayso.writers.meter import Meter
from sayso.writers.port import DraftReport, DraftSink, WriterError, WritingBrief

FEW = 4
"""Findings that one answer has room for."""
SMALL_CONTEXT = 8_192
"""Tokens. A model with no more writes the whole report at once if the findings fit."""
PART = 10
"""Findings of one request for a section; a longer section is written in parts."""
LONG = 6
"""Sentences of a body that is worth a summary."""
SPENT = "This run's budget is used up."
_SUMMARY = 4
"""Sentences of a summary, at the most."""
_TOLD = 0.3
"""Share of a claim's stems that a sentence about it has, at the least."""


async def authored(
    model: ChatModel, brief: WritingBrief, draft: DraftSink, meter: Meter, *, parallel: int
) -> DraftReport:
    """The report from `brief`, streamed to `draft`.

    Raises:
        WriterError: nothing was written that cites its evidence.
    """
    turns, left_out = write_turns(brief, budget=prompt_budget(model, WRITE + WRITE_TASK, meter))
    readable = model.pace.readable(meter.seconds_left)
    slow = readable is not None and readable <= SMALL_CONTEXT
    told = [finding for finding in brief.findings if finding not in left_out]
    if told and (slow or (not left_out and (len(told) <= FEW or model.context_window <= SMALL_CONTEXT))):
        title = brief.question
        parts = [await written(model, Job(turns, told, cites=_numbers(brief, told)), draft, meter)]
        if parts[0].error:
            raise parts[0].error
    else:
        title, planned = await _outlined(model, brief, meter)
        jobs, left_out = _jobs(model, brief, planned, meter)
        parts = await side_by_side(model, jobs, draft, meter, parallel)
    await cite(model, parts, brief, meter)
    sections = _joined(parts, brief)
    if not any(sentence.citations for section in sections for sentence in section.sentences):
        if any(part.finish == "budget" for part in parts):
            raise OutOfBudget(meter.exhausted or SPENT)
        raise failure_of(parts) or WriterError(f"The model {model.name} wrote no sentence that cites its evidence.")
    untold = _untold(parts, brief)
    summary: list[Sentence] = []
    if not slow and sum(len(section.sentences) for section in sections) >= LONG:
        told = [finding for part in parts for finding in part.job.findings if finding not in untold]
        summary = await _summary(model, brief, told, meter)
    note = _note(model, parts, left_out, meter, slow=slow)
    return DraftReport(title=title, summary=summary, sections=sections, note=note, untold=_untold_note(untold))


async def _outlined(model: ChatModel, brief: WritingBrief, meter: Meter) -> tuple[str, list[PlannedSection]]:
    if model.context_window <= SMALL_CONTEXT:
        return brief.question, by_topic(brief)
    return await outlined(model, brief, meter)


def _jobs(
    model: ChatModel, brief: WritingBrief, planned: list[PlannedSection], meter: Meter
) -> tuple[list[Job], list[Finding]]:
    """A request for each section, or more if its findings do not fit into one, and the findings that fit into none."""
    budget = prompt_budget(model, SECTION + SECTION_TASK, meter)
    jobs: list[Job] = []
    left_out: list[Finding] = []
    for section in planned:
        others = [other.heading for other in planned if other is not section]
        left = [finding for finding in section.findings if numbers_of(brief, finding)]
        while left:
            part = left[:PART]
            turns, too_many = section_turns(brief, section.heading, others, part, budget=budget)
            if len(too_many) == len(part):
                left_out.append(left.pop(0))
                continue
            fitting = part[: len(part) - len(too_many)]
            jobs.append(Job(turns, fitting, section.heading, _numbers(brief, fitting)))
            left = left[len(fitting) :]
    return jobs, left_out


def _numbers(brief: WritingBrief, findings: list[Finding]) -> list[int]:
    return sorted({number for finding in findings for number in numbers_of(brief, finding)})


def _joined(parts: list[Written], brief: WritingBrief) -> list[Section]:
    """The sections of all parts, in order; those of one heading together, a sentence said twice once. A heading of the
    model's that is not sound gives way to a topic."""
    sections: dict[str, Section] = {}
    said: set[str] = set()
    for part in parts:
        for section in part.sections:
            heading = section.heading
            if heading != part.job.heading and not sound(heading, brief):
                heading = topic_of(part.job.findings[0], brief)
            if words(heading.casefold()) == words(brief.question.casefold()):
                # The title says it.
                heading = MAIN_HEADING
            own = sections.setdefault(heading, Section(heading=heading, sentences=[]))
            places: dict[int, int] = {}
            for at, sentence in enumerate(section.sentences):
                key = re.sub(r"\W+", " ", sentence.text).casefold()
                if key not in said:
                    said.add(key)
                    places[at] = len(own.sentences)
                    own.sentences.append(sentence)
            for block in blocks_of(section.sentences, section.blocks):
                units = [places[at] for at in block.units if at in places]
                lead = None if block.lead is None else places.get(block.lead)
                own.blocks.append(block.model_copy(update={"units": units, "lead": lead, "rows": []}))
    return [section for section in sections.values() if section.sentences]


def _untold(parts: list[Written], brief: WritingBrief) -> list[Finding]:
    """The findings whose sources their part does not cite; of one that failed or was cut, also those that none of its
    sentences resembles."""
    untold = []
    for part in parts:
        sentences = [sentence for section in part.sections for sentence in section.sentences]
        likeness = 0.0 if part.whole else _TOLD
        untold += [finding for finding in part.job.findings if not _told(finding, sentences, brief, likeness)]
    return untold


def _told(finding: Finding, sentences: list[Sentence], brief: WritingBrief, likeness: float) -> bool:
    numbers, own = set(numbers_of(brief, finding)), stems(finding.claim)
    return any(
        numbers & set(sentence.citations) and len(own & stems(sentence.text)) >= likeness * len(own)
        for sentence in sentences
    )


async def _summary(model: ChatModel, brief: WritingBrief, told: list[Finding], meter: Meter) -> list[Sentence]:
    """The answer in brief, or nothing if the model does not give it."""
    turns = summary_turns(brief, told, budget=prompt_budget(model, SUMMARY + SUMMARY_TASK, meter))
    parser = AnswerParser("Summary")
    schema = schema_of(WrittenSection, {"cites": _numbers(brief, told)})
    try:
        parser.feed(await model.complete(turns, schema=schema, meter=meter))
    except WriterError:
        return []
    parser.finish()
    cited = [each for section in parser.sections for each in section.sentences if each.citations]
    return cited[:_SUMMARY]


def _note(model: ChatModel, parts: list[Written], left_out: list[Finding], meter: Meter, *, slow: bool) -> str:
    notes = [f"Written by {model.name} from the approved findings."]
    answer = "The model's answer" if len(parts) == 1 else "The model's answer to a section"
    for finish, reason in (
        ("length", "grew too long"),
        ("time", "took too long"),
        ("loop", "began to repeat itself"),
    ):
        if any(part.finish == finish for part in parts):
            notes.append(f"{answer} {reason} and was cut.")
    spent = [part for part in parts if part.finish == "budget" or isinstance(part.error, OutOfBudget)]
    notes += dict.fromkeys(f"{part.error.reason.rstrip('.')}." for part in parts if part.error and part not in spent)
    if spent:
        why = next((part.error.reason for part in spent if part.error), meter.exhausted) or SPENT
        notes.append(f"{why.rstrip('.')}.")
    if left_out:
        count = f"{len(left_out)} approved {'finding' if len(left_out) == 1 else 'findings'}"
        why = "it reads slowly" if slow else "they did not fit into its context"
        notes.append(f"{count} the model was not given, since {why}.")
    return " ".join(notes)


def _untold_note(untold: list[Finding]) -> str:
    if not untold:
        return ""
    return f"{len(untold)} approved {'finding was' if len(untold) == 1 else 'findings were'} not written about."
