"""The order of an extractive report: which sentences, in which section, under which heading, and its summary.

A finding is told in a block: its marked sentence, with the sentences after it in the quote that lean on it, and then
those that go on about the question. Within a section, blocks of one document stand in that document's order, and the
documents in the order of their strongest finding. No sentence is said twice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.language.sameness import Said, repeats
from sayso.language.sentences import Sentence, split
from sayso.language.terms import content, is_technical, root, stem, weight
from sayso.language.vocabulary import GENERIC_HEADINGS
from sayso.protocol.evidence import Finding, Quote
from sayso.writers.port import WritingBrief

_FOLLOWING = 2
"""Sentences of a quote that may follow its marked one."""
_SPLIT_FROM = 9
"""Findings under one of several topics from which it is divided by what the sources call their parts."""
_SUMMARY_FROM, _SUMMARY = 6, 3
"""Sentences from which a report is long enough for a summary, and statements in it."""
_ANNOUNCES = re.compile(r"\bfollowing\b(?!.{0,20}\bsections?\b)", re.I)
"""A sentence that says little without the list after it."""
_NUMBERING = re.compile(r"^(?:(?:chapter|section|part|appendix)\s+)?[A-Z]?\.?\d*(?:\.\d+)*[.:)]\s+", re.I)
_CODE = re.compile(r"[()\[\]{}*=<>|\\/]|::|--|,\s*\*|^-")
"""What a heading that is a name in a program has: `typedef int (*inquiry)(PyObject *self)`."""
_REST, _ALL, _AGAINST = "Further points", "What the sources say", "Where the sources disagree"
"""Headings for sentences that stand alone in their part, beside other sections and when there are no others, and for
statements that cannot both be right."""
_BRIEF = re.compile(
    r"\b(?:short(?:er|en|ly)?|brief(?:er|ly)?|concise(?:ly)?|tighten|trim|condense[d]?|terse|half\s+(?:as\s+long|the\s+length)"
    r"|(?:for|to)\s+(?:a|the|our|my)\s+(?:board|executives?|management|directors?|ceo|cto)|executive\s+summary|tl;?dr)\b",
    re.I,
)
_ONE_PARAGRAPH = re.compile(r"\b(?:one|a\s+single|1)\s+paragraph\b", re.I)


@dataclass(frozen=True)
class Line:
    """A sentence of the report and the numbers of the sources that say it."""

    text: str
    numbers: tuple[int, ...]


@dataclass
class _Block:
    """What a report takes from one finding. Its first lines, `carrying`, are the marked ones, and with those that lean
    on them they are `head`."""

    finding: Finding
    lines: list[Line]
    carrying: int
    head: int
    place: tuple[str, int]
    """Document and offset."""

    @property
    def strength(self) -> float:
        return self.finding.strength or 0.0


@dataclass
class _Part:
    heading: str
    is_topic: bool
    blocks: list[_Block]

    @property
    def size(self) -> int:
        return sum(len(block.lines) for block in self.blocks)


def compose(brief: WritingBrief) -> tuple[list[Line], list[tuple[str, list[Line]]]]:
    """The summary, which may be empty, and the sections in the order of their first finding.

    A note that asks for a short text leaves the sentences that carry a finding, and at most about half as many as
    there would be without it.
    """
    parts = _parts(brief)
    full = sum(part.size for part in parts)
    paragraph = bool(_ONE_PARAGRAPH.search(brief.note))
    if paragraph or _BRIEF.search(brief.note):
        _shorten(parts, max(1, -(-full // 2)), brief)
        if paragraph:
            parts = [_Part(_ALL, False, [block for part in parts for block in part.blocks])]
    summary = [] if paragraph else _summary(parts, brief)
    parts = _with_rest([part for part in parts if part.blocks])
    return summary, [(part.heading, [line for block in part.blocks for line in block.lines]) for part in parts]


def _parts(brief: WritingBrief) -> list[_Part]:
    wanted = _wanted(brief)
    against = {id for conflict in brief.conflicts for id in conflict.findings}
    said: list[Said] = []
    parts: list[_Part] = []
    for heading, is_topic, findings in _grouped(brief, against):
        blocks = []
        for finding in findings:
            block = _block(finding, brief, wanted, said)
            if block.lines:
                blocks.append(block)
        parts.append(_Part(heading, is_topic, _ordered(blocks) if heading != _AGAINST else blocks))
    return [part for part in parts if part.blocks]


def _block(finding: Finding, brief: WritingBrief, wanted: frozenset[str], said: list[Said]) -> _Block:
    """The finding's sentences that were not said before; notes them in `said`."""
    quote = finding.quotes[0]
    numbers = tuple(dict.fromkeys(brief.numbers[each.source] for each in finding.quotes))
    start, end = quote.marked or (0, len(quote.text))
    told = [(finding.claim, True)] if finding.id in brief.edited else list(_told(quote, start, end, wanted))
    carrying = 1 if finding.id in brief.edited else max(1, len(_carrying(split(quote.text), start, end)))
    block = _Block(finding, [], carrying, 0, (quote.source, quote.place.offset or 0))
    leads = True
    for text, belongs in told:
        own = Said.of(text)
        # What leans on a sentence that was said elsewhere would stand there without it.
        if any(repeats(own, other) for other in said) or (belongs and not leads):
            leads = leads and not belongs
            continue
        said.append(own)
        # Only the marked sentence is what the further quotes say too.
        first = not block.lines
        block.lines.append(Line(text, numbers if first else numbers[:1]))
        block.head += belongs and block.head == len(block.lines) - 1
        leads = True
    return block


def _told(quote: Quote, start: int, end: int, wanted: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Sentences of a quote, and whether each belongs to the one before it."""
    sentences = split(quote.text)
    marked = _carrying(sentences, start, end)
    if not marked:
        yield " ".join(quote.text[start:end].split()), True
        return
    for sentence in marked:
        yield sentence.readable, True
    own = frozenset[str]().union(*(each.roots for each in marked))
    after = marked[-1].index + 1
    leaning = True
    announced = bool(_ANNOUNCES.search(marked[-1].readable))
    for sentence in sentences[after : after + _FOLLOWING + announced]:
        if announced and sentence.stands:
            yield sentence.readable, True
            continue
        leaning = leaning and sentence.dangling
        if not _goes_on(sentence, own, wanted, leaning):
            break
        yield sentence.readable, leaning


def _carrying(sentences: list[Sentence], start: int, end: int) -> list[Sentence]:
    return [sentence for sentence in sentences if sentence.start < end and sentence.end > start]


def _goes_on(sentence: Sentence, own: frozenset[str], wanted: frozenset[str], leaning: bool) -> bool:
    if not sentence.stands:
        return False
    if leaning:
        # What leans on more than the sentence before it ("in the example above") would hang in the air.
        return sentence.complete >= 0.6 and (bool(sentence.roots & wanted) or len(sentence.roots & own) >= 2)
    return not sentence.dangling and sentence.complete >= 0.8 and len(sentence.roots & wanted) >= 2


def _ordered(blocks: list[_Block]) -> list[_Block]:
    best: dict[str, float] = {}
    for block in blocks:
        document = block.place[0]
        best[document] = max(best.get(document, 0.0), block.strength)
    at = {id(block): index for index, block in enumerate(blocks)}
    return sorted(blocks, key=lambda each: (-best[each.place[0]], each.place, at[id(each)]))


def _summary(parts: list[_Part], brief: WritingBrief) -> list[Line]:
    """The strongest statement of each of the first topics, taken out of the body; none if the body is brief or nothing
    is left of a topic without it."""
    if sum(part.size for part in parts) < _SUMMARY_FROM:
        return []
    topics: dict[str, list[tuple[_Part, _Block]]] = {}
    for part in parts:
        for block in part.blocks:
            if part.heading != _AGAINST and block.head:
                topics.setdefault(brief.topics.get(block.finding.id, ""), []).append((part, block))
    able = [[pair for pair in each if pair[0].size > pair[1].head and _tells(pair[1])] for each in topics.values()]
    strongest = [max(each, key=lambda pair: pair[1].strength) for each in able if each]
    lines: list[Line] = []
    # Topics come in the order in which they were asked for: the question's before those of feedback.
    for part, block in strongest[:_SUMMARY]:
        lines += block.lines[: block.head]
        block.lines = block.lines[block.head :]
        block.head = 0
        part.blocks = [each for each in part.blocks if each.lines]
    return lines


def _tells(block: _Block) -> bool:
    """Whether a block begins with what a summary can: a statement or two that need nothing around them."""
    first = split(block.lines[0].text)
    return block.head <= 2 and all(each.complete > 0.9 for each in first[:1])


def _shorten(parts: list[_Part], most: int, brief: WritingBrief) -> None:
    """Leave the sentences that carry findings, of the strongest findings where they are too many; a reworded claim and
    one finding of each part stay in any case."""
    for part in parts:
        for block in part.blocks:
            block.lines = block.lines[: block.carrying]
            block.head = min(block.head, len(block.lines))
    weakest = sorted(
        ((block.strength, part, block) for part in parts for block in part.blocks), key=lambda each: each[0]
    )
    for _, part, block in weakest:
        if sum(each.size for each in parts) <= most:
            return
        if len(part.blocks) > 1 and block.finding.id not in brief.edited and part.heading != _AGAINST:
            part.blocks.remove(block)


def _with_rest(parts: list[_Part]) -> list[_Part]:
    """The parts, with those of a single sentence that are not a topic put together at the end."""
    kept = [part for part in parts if part.size > 1 or part.is_topic]
    single = [block for part in parts if part not in kept for block in part.blocks]
    return [*kept, _Part(_REST if kept else _ALL, False, single)] if single else kept


def _wanted(brief: WritingBrief) -> frozenset[str]:
    text = " ".join([brief.question, *brief.topics.values(), brief.note])
    return frozenset(root(word) for word in content(text) if weight(word) >= 1)


def _grouped(brief: WritingBrief, against: set[str]) -> list[tuple[str, bool, list[Finding]]]:
    """Findings by heading, and whether the heading is a topic that was asked about; disagreements last."""
    topics: dict[str, list[Finding]] = {}
    findings = [finding for finding in brief.findings if finding.quotes]
    for finding in findings:
        if finding.id not in against:
            topics.setdefault(brief.topics.get(finding.id, ""), []).append(finding)
    sections: dict[tuple[str, bool], list[Finding]] = {}
    for topic, own in topics.items():
        if topic and len(topics) > 1 and len(own) < _SPLIT_FROM:
            sections.setdefault((topic, True), []).extend(own)
            continue
        for finding in own:
            sections.setdefault((_part(finding, brief), False), []).append(finding)
    by_id = {finding.id: finding for finding in findings}
    disagreeing = dict.fromkeys(id for conflict in brief.conflicts for id in conflict.findings if id in by_id)
    if disagreeing:
        sections[_AGAINST, True] = [by_id[id] for id in disagreeing]
    return [(heading, is_topic, own) for (heading, is_topic), own in sections.items()]


def _part(finding: Finding, brief: WritingBrief) -> str:
    """What the source itself calls the part that the quote stands in: its heading, or its title for a heading that
    every document has ("Parameters", "Overview") or that is code."""
    quote = finding.quotes[0]
    title = next((source.title for source in brief.sources if source.id == quote.source), "")
    for name in reversed((quote.place.heading or "").split(" › ")):
        name = _NUMBERING.sub("", name)
        told = [word for word in content(name) if word.lower() not in GENERIC_HEADINGS]
        odd = _CODE.search(name) or (len(told) == 1 and is_technical(told[0]) and stem(told[0]) == told[0])
        if told and not odd and len(name) <= 70 and not name.rstrip().endswith(":"):
            return " ".join(name.split())
    return " ".join(_NUMBERING.sub("", title).split()) or "Findings"
