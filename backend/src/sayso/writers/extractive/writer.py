"""The extractive writer: an honest report from verbatim sentences, without a model."""

from sayso.language.sameness import Said, agrees, repeats
from sayso.language.sentences import Sentence, readable
from sayso.language.terms import content, likeness, stems
from sayso.protocol.evidence import Finding
from sayso.protocol.http import WriterInfo
from sayso.protocol.report import Section
from sayso.protocol.report import Sentence as ReportSentence
from sayso.research.source import Passage
from sayso.wishes.periods import latest_period, within
from sayso.writers.extractive import aspects
from sayso.writers.extractive.aspects import Aspect
from sayso.writers.extractive.pool import Pool
from sayso.writers.extractive.ranking import (
    THRESHOLD,
    THRESHOLD_WIDER,
    Scored,
    ambient,
    choose,
    divide,
    focus_of,
    nearness,
    rank,
)
from sayso.writers.extractive.sections import Line, compose
from sayso.writers.meter import Meter
from sayso.writers.port import Assignment, Candidate, Carrier, DraftReport, DraftSink, Query, WritingBrief

NAME = "extractive"
MAX_FINDINGS = 8
"""New findings of one round."""
MAX_ALSO = 6
"""Further carriers of one claim."""
ALMOST = 0.5
"""Likeness below which two sentences need not be looked at twice."""
SUMMARY = "Summary"
"""The heading under which a summary is drafted."""


class ExtractiveWriter:
    """Implements `sayso.writers.port.Writer`. Deterministic, without state, and never raises `WriterError`."""

    @property
    def info(self) -> WriterInfo:
        return WriterInfo(name=NAME, ready=True, why="quotes verbatim, needs no model")

    async def plan(self, assignment: Assignment, meter: Meter | None = None) -> list[Query]:
        return aspects.plan(assignment)

    async def find(
        self, assignment: Assignment, found: list[tuple[Query, list[Passage]]], meter: Meter | None = None
    ) -> list[Candidate]:
        """Candidates by aspect, in turn, so that each aspect gets its share; nothing that was shown before."""
        known = _known_aspects(assignment)
        period = latest_period(assignment.feedback)
        pool = Pool()
        told: list[tuple[Aspect, list[Passage], list[int]]] = []
        for query, passages in found:
            aspect = known.get((query.feedback, query.topic)) or _aspect_of(query)
            dated = [passage for passage in passages if within(passage.date, period)]
            told.append((aspect, dated, [pool.add(passage) for passage in dated]))
        queries = [(query.text, indexes) for (query, _), (_, _, indexes) in zip(found, told, strict=True)]
        shown = [Said.of(_marked(finding)) for finding in [*assignment.kept, *assignment.dropped] if finding.quotes]
        unwanted = aspects.excluded(assignment.feedback)
        wider = any(item.round == assignment.round - 1 and not item.text for item in assignment.feedback)
        threshold = THRESHOLD_WIDER if wider else THRESHOLD
        ranked: dict[Aspect, list[Scored]] = {}
        wanted = list(dict.fromkeys(aspect for aspect, _, _ in told))
        for aspect in wanted:
            names, focus = ambient(pool, aspect, queries), focus_of(aspect, wanted)
            ranked[aspect] = [
                scored
                for scored in rank(pool, aspect, nearness(told, aspect), names, threshold, focus)
                if not _unwanted(scored, unwanted) and not _shown(scored, shown)
            ]
        return [_candidate(scored, pool) for scored in _shares(divide(ranked))]

    async def write(self, brief: WritingBrief, draft: DraftSink, meter: Meter | None = None) -> DraftReport:
        """The report; it cites by the numbers of `brief`, as all writers do."""
        summary, body = compose(brief)
        for heading, lines in [(SUMMARY, summary), *body]:
            for line in lines:
                await draft(heading, f"{line.text} {''.join(f'[{number}]' for number in line.numbers)} ")
        sections = [Section(heading=heading, sentences=_sentences(lines)) for heading, lines in body]
        return DraftReport(title=title_of(brief.question), summary=_sentences(summary), sections=sections)


def title_of(question: str) -> str:
    """The question as a title: one line, its first sentence when it is long."""
    line = " ".join(question.split())
    if len(line) > 140:
        line = line.split("? ", 1)[0].split(". ", 1)[0]
    if len(line) > 140:
        line = line[:140].rsplit(" ", 1)[0] + " …"
    return line[:1].upper() + line[1:]


def _known_aspects(assignment: Assignment) -> dict[tuple[int | None, str], Aspect]:
    all_aspects = aspects.aspects_of(assignment.question)
    for item in assignment.feedback:
        all_aspects.extend(aspects.feedback_aspects(item, assignment.question))
    return {(aspect.feedback, aspect.topic): aspect for aspect in all_aspects}


def _aspect_of(query: Query) -> Aspect:
    own = tuple(content(query.text)) or (query.text,)
    return Aspect(query.topic or aspects.heading(query.text), own, feedback=query.feedback)


def _shares(ranked: dict[Aspect, list[Scored]]) -> list[Scored]:
    chosen: list[Scored] = []
    share = max(2, -(-MAX_FINDINGS // max(1, len(ranked))))
    for each in ranked.values():
        chosen.extend(choose(each, min(share, MAX_FINDINGS - len(chosen)), chosen))
    for each in ranked.values():
        rest = [scored for scored in each if scored not in chosen]
        chosen.extend(choose(rest, MAX_FINDINGS - len(chosen), chosen))
    return chosen


def _candidate(scored: Scored, pool: Pool) -> Candidate:
    sentence = scored.sentence
    return Candidate(
        claim=sentence.readable,
        passage=scored.passage,
        marked=(sentence.start, sentence.end),
        topic=scored.aspect.topic,
        match=scored.match,
        feedback=scored.aspect.feedback,
        also=_also(scored, pool),
    )


def _also(scored: Scored, pool: Pool) -> list[Carrier]:
    """The passage's copies in other documents, and sentences of other documents that make the same claim, the most
    alike first; one a document."""
    mark = (scored.sentence.start, scored.sentence.end)
    copies = [Carrier(passage=twin, marked=mark) for twin in pool.twins.get(scored.index, [])]
    said = Said.of(scored.sentence.readable)
    alike: list[tuple[float, int, Sentence]] = []
    for index, sentences in enumerate(pool.sentences):
        if pool.passages[index].uri == scored.passage.uri:
            continue
        for sentence in sentences:
            near = likeness(scored.sentence.stems, sentence.stems)
            able = near >= ALMOST and sentence.complete >= scored.sentence.complete - 0.2
            if able and agrees(said, Said.of(sentence.readable)):
                alike.append((near, index, sentence))
    alike.sort(key=lambda each: (-each[0], each[1], each[2].start))
    first: dict[str, Carrier] = {}
    for _, index, sentence in alike:
        passage = pool.passages[index]
        first.setdefault(passage.uri, Carrier(passage=passage, marked=(sentence.start, sentence.end)))
        for twin in pool.twins.get(index, []):
            first.setdefault(twin.uri, Carrier(passage=twin, marked=(sentence.start, sentence.end)))
    return [*copies, *first.values()][:MAX_ALSO]


def _sentences(lines: list[Line]) -> list[ReportSentence]:
    return [ReportSentence(text=line.text, citations=list(line.numbers)) for line in lines]


def _shown(scored: Scored, shown: list[Said]) -> bool:
    said = Said.of(scored.sentence.readable)
    return any(repeats(said, each) for each in shown)


def _unwanted(scored: Scored, unwanted: list[frozenset[str]]) -> bool:
    around = stems(f"{scored.passage.title} {scored.passage.place.heading or ''} {scored.sentence.readable}")
    return any(each <= around for each in unwanted)


def _marked(finding: Finding) -> str:
    quote = finding.quotes[0]
    start, end = quote.marked or (0, len(quote.text))
    return readable(quote.text[start:end])
