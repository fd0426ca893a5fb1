"""The outline of a report: which sections it has, in which order, and which findings each is written from."""

from dataclasses import dataclass, field

from pydantic import BaseModel

from sayso.language.terms import stems
from sayso.protocol.evidence import Finding
from sayso.writers.llm.labels import sound
from sayso.writers.llm.model import ChatModel
from sayso.writers.llm.plaintext import one_line
from sayso.writers.llm.report_prompts import OUTLINE, outline_turns
from sayso.writers.llm.structured import ask, prompt_budget
from sayso.writers.meter import Meter
from sayso.writers.port import WriterError, WritingBrief

MAX_SECTIONS = 10
DEFAULT_HEADING = "Findings"
_MAX_TITLE = 120
_MAX_HEADING = 80


class OutlinedSection(BaseModel):
    heading: str
    findings: list[str]


class Outline(BaseModel):
    """What a model answers when outlining."""

    title: str = ""
    sections: list[OutlinedSection]


@dataclass
class PlannedSection:
    """A section to be written."""

    heading: str
    findings: list[Finding] = field(default_factory=list)


async def outlined(model: ChatModel, brief: WritingBrief, meter: Meter) -> tuple[str, list[PlannedSection]]:
    """Title and sections as the model outlines them, or by the topics of the findings when it cannot.

    Every finding of `brief` is in exactly one section, and findings that conflict are in the same one.
    """

    def complaint(outline: Outline) -> str | None:
        known = {finding.id for finding in brief.findings}
        used = {id for section in outline.sections for id in section.findings}
        return None if known & used else 'no section names the id of a finding, such as "f1".'

    turns = outline_turns(brief, budget=prompt_budget(model, OUTLINE, meter))
    if turns is None:
        return brief.question, by_topic(brief)
    try:
        outline = await ask(model, turns, Outline, complaint=complaint, meter=meter)
    except WriterError:
        return brief.question, by_topic(brief)
    title = one_line(outline.title, limit=_MAX_TITLE)
    return title if title and sound(title, brief) else brief.question, settled(outline, brief)


def settled(outline: Outline, brief: WritingBrief) -> list[PlannedSection]:
    """The sections of `outline` with what is wrong with it put right: findings that are named twice are taken once,
    those that are not named go where they fit best, ids of no finding are passed over, and a heading that
    is not sound gives way to the topic of its first finding."""
    left = {finding.id: finding for finding in brief.findings}
    sections: list[PlannedSection] = []
    for planned in outline.sections:
        heading = one_line(planned.heading, limit=_MAX_HEADING) or DEFAULT_HEADING
        section = next((one for one in sections if one.heading.casefold() == heading.casefold()), None)
        if section is None and len(sections) == MAX_SECTIONS:
            section = sections[-1]
        if section is None:
            section = PlannedSection(heading)
            sections.append(section)
        section.findings += [left.pop(id) for id in dict.fromkeys(planned.findings) if id in left]
    sections = [section for section in sections if section.findings] or [PlannedSection(DEFAULT_HEADING)]
    for finding in left.values():
        max(reversed(sections), key=lambda section: _fit(finding, section, brief)).findings.append(finding)
    for section in sections:
        if not sound(section.heading, brief):
            section.heading = topic_of(section.findings[0], brief)
    return _agreed(sections, brief)


def by_topic(brief: WritingBrief) -> list[PlannedSection]:
    """A section for each topic that findings were found under, in the order of the findings."""
    sections: dict[str, PlannedSection] = {}
    for finding in brief.findings:
        heading = topic_of(finding, brief)
        sections.setdefault(heading.casefold(), PlannedSection(heading)).findings.append(finding)
    return _agreed(list(sections.values()), brief)


def topic_of(finding: Finding, brief: WritingBrief) -> str:
    """The heading that `finding` was found under."""
    return brief.topics.get(finding.id) or finding.topic or DEFAULT_HEADING


def _fit(finding: Finding, section: PlannedSection, brief: WritingBrief) -> tuple[int, int]:
    """How well `finding` fits into `section`: findings of its topic there, then words that it shares with the heading
    and the claims."""
    topic = brief.topics.get(finding.id, "")
    same = sum(bool(topic) and brief.topics.get(other.id, "") == topic for other in section.findings)
    told = stems(" ".join([section.heading, *(other.claim for other in section.findings)]))
    return same, len(told & stems(finding.claim))


def _agreed(sections: list[PlannedSection], brief: WritingBrief) -> list[PlannedSection]:
    """`sections`, with findings that conflict in the section of the first of them: one text has to tell of both."""
    for conflict in brief.conflicts:
        holding = [section for section in sections if any(each.id in conflict.findings for each in section.findings)]
        for other in holding[1:]:
            moved = [each for each in other.findings if each.id in conflict.findings]
            other.findings = [each for each in other.findings if each.id not in conflict.findings]
            holding[0].findings += moved
    return [section for section in sections if section.findings]
