"""The order of an extractive report: what is told in which section, under which heading, and its summary.

A part of the question is a section, under the words it was asked in. The strongest statement opens it, with those right
behind it; what else its document says follows in the document's order, then the other documents by their strongest.
Rows and items of one table or list stand together. What is beside the question stands last. Where nothing is more than
near to a part, its heading says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.language.sameness import Said
from sayso.protocol.evidence import Finding
from sayso.writers.drafted import MAIN_HEADING
from sayso.writers.extractive import lengths
from sayso.writers.extractive.standing import Disputed, adjoins, disputed_in, held_once, side_by_side, span
from sayso.writers.extractive.telling import Line, Telling, told
from sayso.writers.port import WritingBrief

REST, SUPERSEDED = "Further points", "From superseded documents"
"""Headings of what is beside the question, and of what held once."""
NEAR, NEAR_TO = "Near to the question", "Near to “{}”"
"""Headings of what comes nearest to a question, and to a part of it, of which nothing surely answers it."""
BESIDE = 0.85
"""Share of the best match of its part below which a finding is beside the question."""
SECOND = 0.6
"""The same for what another document surely says to it: where two differ, both have to be read together."""
GOES_ON = 0.95
"""Share of the best match from which a finding is told with the sentence behind it, or with all of its list."""
SUMMARY_FROM, SUMMARY = 6, 3
"""Units from which a report is long enough for a summary, and statements in it."""


@dataclass(slots=True)
class Chapter:
    """A section in the making."""

    heading: str
    blocks: list[Telling]
    answers: bool = True
    """Whether it holds what surely answers a part of the question."""

    @property
    def size(self) -> int:
        return sum(len(block.lines) for block in self.blocks)


def compose(brief: WritingBrief) -> tuple[list[Line], list[Chapter]]:
    """The summary, which may be empty, and the sections.

    A note that asks for a short text leaves the statements that carry a finding, and at most about half of them; one
    that names a number of sentences leaves as many of the strongest.
    """
    chapters = _chapters(brief)
    wanted = lengths.sentences_wanted(brief.note)
    paragraph = lengths.one_paragraph(brief.note) or wanted is not None
    if paragraph or lengths.brief(brief.note):
        _shorten(chapters, brief)
    if wanted is not None:
        chapters = _strongest(chapters, wanted)
    if paragraph:
        heading = MAIN_HEADING if any(chapter.answers for chapter in chapters) else NEAR
        chapters = [Chapter(heading, [block for chapter in chapters for block in chapter.blocks])]
    summary = [] if paragraph else _summary(chapters, disputed_in(brief))
    return summary, [replace(each, blocks=_joined(each.blocks)) for each in chapters if each.blocks]


def _chapters(brief: WritingBrief) -> list[Chapter]:
    findings = [finding for finding in brief.findings if finding.quotes]
    disputed = disputed_in(brief)
    parts: dict[str, list[Finding]] = {}
    beside: list[Finding] = []
    once: list[Finding] = []
    for topic in dict.fromkeys(brief.topics.get(finding.id, "") for finding in findings):
        own = [each for each in findings if brief.topics.get(each.id, "") == topic]
        older = held_once(own, brief)
        own = [each for each in own if each not in older]
        once += older
        best = max((each.match or 0.0 for each in own), default=0.0)
        second = _second_opinion(own, best)
        for each in own:
            on_it = each.match is None or each.match >= BESIDE * best or each.id in brief.edited or each is second
            (parts.setdefault(topic, []) if on_it else beside).append(each)
    for own in parts.values():
        beside = _drawn_in(own, beside, disputed)
    groups = [_group(topic, own, brief, alone=len(parts) == 1) for topic, own in parts.items()]
    groups += [(REST, beside, False), (SUPERSEDED, once, False)]
    said: list[Said] = []
    chapters = []
    for heading, own, answers in groups:
        ordered = side_by_side(_ordered(own), disputed)
        # What answers best is told with what its paragraph says next, which often is the point.
        best = GOES_ON * max((each.match or 0.0 for each in own), default=0.0)
        tellings = [
            told(
                each,
                brief.numbers,
                said,
                question=brief.question,
                reworded=each.id in brief.edited,
                goes_on=heading not in (REST, SUPERSEDED) and (each.match or best) >= best,
            )
            for each in ordered
        ]
        chapters.append(Chapter(heading, _led([each for each in tellings if each is not None]), answers))
    return [chapter for chapter in chapters if chapter.blocks]


def _second_opinion(own: Sequence[Finding], best: float) -> Finding | None:
    """What another document than that of the best match surely says."""
    by_match = sorted(own, key=lambda each: -(each.match or 0.0))
    others = (each for each in by_match if each.quotes[0].source != by_match[0].quotes[0].source)
    second = next(others, None)
    return second if second and not second.near and (second.match or 0.0) >= SECOND * best else None


def _group(topic: str, own: list[Finding], brief: WritingBrief, *, alone: bool) -> tuple[str, list[Finding], bool]:
    """A part's heading and findings, and whether one of them surely answers it; a human's own words do."""
    named = topic and not alone
    if any(not each.near or each.id in brief.edited for each in own):
        return topic if named else MAIN_HEADING, own, True
    return NEAR_TO.format(topic) if named else NEAR, own, False


def _led(blocks: Sequence[Telling]) -> list[Telling]:
    """The blocks, with a sentence and the list or code that it introduces as one, in the place of the first of them."""
    found: list[Telling] = []
    for block in blocks:
        said = {line.text for line in block.lines} if block.kind == "paragraph" and len(block.lines) == 1 else set()
        led = next((each for each in [*found, *blocks] if each.lead and each.lead.text in said), block)
        if led not in found:
            found.append(led)
        if led is not block:
            led.findings += block.findings
    return found


def _drawn_in(own: list[Finding], beside: Sequence[Finding], disputed: Disputed) -> list[Finding]:
    """Take into `own` what stands right behind one of it, such as the next step of what is to be done, and what one of
    it disagrees with; the rest."""
    rest = list(beside)
    while near := [
        each for each in rest if any(adjoins(other, each) or each.id in disputed.get(other.id, ()) for other in own)
    ]:
        own += near
        rest = [each for each in rest if each not in near]
    return rest


def _ordered(findings: Sequence[Finding]) -> list[Finding]:
    """The strongest first, in a run with what stands right behind it, then what its document says else, then the other
    documents in the same way."""
    by_strength = sorted(findings, key=lambda each: -(each.strength or 0.0))
    documents = dict.fromkeys(each.quotes[0].source for each in by_strength)
    ordered: list[Finding] = []
    for document in documents:
        own = [each for each in by_strength if each.quotes[0].source == document]
        runs: list[list[Finding]] = []
        for each in sorted(own, key=span):
            if runs and each is not own[0] and adjoins(runs[-1][-1], each):
                runs[-1].append(each)
            else:
                runs.append([each])
        for run in sorted(runs, key=lambda run: own[0] not in run):
            ordered += run
    return ordered


def _joined(blocks: Sequence[Telling]) -> list[Telling]:
    """The blocks, with all items of a list and all rows of a table put where the first of them stands, in the
    document's order; neighbouring paragraphs of one document are one."""
    found: list[Telling] = []
    for block in blocks:
        home = next((each for each in found if each.joins(block)), None)
        if home is None and found and _goes_on(found[-1], block):
            home = found[-1]
        if home is None:
            found.append(block)
        else:
            home.lines += block.lines
            home.findings += block.findings
            home.last = block.last
            if home.kind != "paragraph":
                home.lines.sort(key=lambda line: line.at)
    return found


def _goes_on(one: Telling, other: Telling) -> bool:
    plain = one.kind == other.kind == "paragraph" and not one.lead and not other.lead
    return plain and one.source == other.source and one.heading == other.heading and other.offset >= one.last


def _summary(chapters: list[Chapter], disputed: Disputed) -> list[Line]:
    """The strongest statement of each of the first parts, taken out of the body; none if the body is brief, nothing is
    left of a part without it, or another statement disagrees."""
    if sum(chapter.size for chapter in chapters) < SUMMARY_FROM:
        return []
    lines: list[Line] = []
    for chapter in [each for each in chapters if each.answers][:SUMMARY]:
        first = chapter.blocks[0]
        plain = first.kind == "paragraph" and not first.lead and len(first.lines) <= SUMMARY
        if len(chapter.blocks) > 1 and plain and disputed.keys().isdisjoint(first.findings):
            lines += first.lines
            del chapter.blocks[0]
        elif not lines:
            # A report opens with its strongest statement: a summary that lacks it would hide it.
            return []
    return lines


def _strongest(chapters: list[Chapter], most: int) -> list[Chapter]:
    """The chapters with `most` of their blocks, the strongest first; one of each chapter before a second of any."""
    turns = [
        (at, -block.strength, number, block)
        for number, chapter in enumerate(chapters)
        for at, block in enumerate(sorted(chapter.blocks, key=lambda each: -each.strength))
    ]
    taken = [block for *_, block in sorted(turns, key=lambda each: each[:3])[:most]]
    return [replace(each, blocks=[block for block in each.blocks if block in taken]) for each in chapters]


def _shorten(chapters: list[Chapter], brief: WritingBrief) -> None:
    """Leave the statements that carry findings, of the strongest findings where they are too many; a reworded claim and
    one finding of each part stay in any case."""
    disputed = disputed_in(brief)
    most = max(1, -(-sum(chapter.size for chapter in chapters) // 2))
    for chapter in chapters:
        for block in chapter.blocks:
            block.lines = block.lines[block.asks :][:1]
    weakest = sorted(
        ((block.strength, chapter, block) for chapter in chapters for block in chapter.blocks), key=lambda each: each[0]
    )
    for _, chapter, block in weakest:
        if sum(each.size for each in chapters) <= most:
            return
        kept = any(id in brief.edited or id in disputed for id in block.findings)
        if len(chapter.blocks) > 1 and not kept:
            chapter.blocks.remove(block)
