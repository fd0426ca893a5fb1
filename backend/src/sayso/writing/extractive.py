"""The extractive writer: an honest report from verbatim sentences, without a model."""

from sayso.protocol.evidence import Finding
from sayso.protocol.http import WriterInfo
from sayso.protocol.report import Section, Sentence
from sayso.research.source import Passage
from sayso.writing import aspects
from sayso.writing.aspects import Aspect
from sayso.writing.ranking import THRESHOLD, THRESHOLD_WIDER, Pool, Scored, ambient, choose, rank
from sayso.writing.sections import arrange
from sayso.writing.sentences import readable
from sayso.writing.terms import alike, content, stems
from sayso.writing.writer import Assignment, Candidate, DraftReport, DraftSink, Query, WritingBrief

NAME = "extractive"
MAX_FINDINGS = 8
"""New findings of one round."""
NOTE = (
    "This report is extractive: every sentence is quoted word for word from the approved sources. "
    "Set OPENAI_API_KEY to have a model write it instead."
)


class ExtractiveWriter:
    """Implements `sayso.writing.writer.Writer`. Deterministic, without state, and never raises `WriterError`."""

    @property
    def info(self) -> WriterInfo:
        return WriterInfo(name=NAME, ready=True, why="quotes verbatim, needs no model")

    async def plan(self, assignment: Assignment) -> list[Query]:
        return aspects.plan(assignment)

    async def find(self, assignment: Assignment, found: list[tuple[Query, list[Passage]]]) -> list[Candidate]:
        """Candidates by aspect, in turn, so that each aspect gets its share; nothing that was shown before."""
        known = _known_aspects(assignment)
        pool = Pool()
        told = [(query.text, [pool.add(passage) for passage in passages]) for query, passages in found]
        by_aspect: dict[Aspect, dict[int, None]] = {}
        for (query, _), (_, indexes) in zip(found, told, strict=True):
            aspect = known.get((query.feedback, query.topic)) or _aspect_of(query)
            by_aspect.setdefault(aspect, {}).update(dict.fromkeys(indexes))
        everything = dict.fromkeys(range(len(pool.passages)))
        shown = [stems(_marked(finding)) for finding in [*assignment.kept, *assignment.dropped]]
        unwanted = aspects.excluded(assignment.feedback)
        wider = any(item.round == assignment.round - 1 and not item.text for item in assignment.feedback)
        threshold = THRESHOLD_WIDER if wider else THRESHOLD
        ranked: dict[Aspect, list[Scored]] = {}
        for aspect, own in by_aspect.items():
            ranked[aspect] = [
                scored
                for scored in rank(pool, aspect, list(own | everything), ambient(pool, aspect, told), threshold)
                if not _unwanted(scored, unwanted) and not any(alike(scored.sentence.stems, each) for each in shown)
            ]
        return [_candidate(scored) for scored in _shares(ranked)]

    async def write(self, brief: WritingBrief, draft: DraftSink) -> DraftReport:
        sections: list[Section] = []
        for heading, lines in arrange(brief):
            sentences = [Sentence(text=line.text, citations=[line.number]) for line in lines]
            sections.append(Section(heading=heading, sentences=sentences))
            for sentence in sentences:
                await draft(heading, f"{sentence.text} [{sentence.citations[0]}] ")
        return DraftReport(title=title_of(brief.question), sections=sections, note=NOTE)


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


def _candidate(scored: Scored) -> Candidate:
    sentence = scored.sentence
    return Candidate(
        claim=sentence.readable,
        passage=scored.passage,
        marked=(sentence.start, sentence.end),
        topic=scored.aspect.topic,
        strength=scored.strength,
        feedback=scored.aspect.feedback,
    )


def _unwanted(scored: Scored, unwanted: list[frozenset[str]]) -> bool:
    around = stems(f"{scored.passage.title} {scored.passage.place.heading or ''} {scored.sentence.readable}")
    return any(each <= around for each in unwanted)


def _marked(finding: Finding) -> str:
    quote = finding.quotes[0]
    start, end = quote.marked or (0, len(quote.text))
    return readable(quote.text[start:end])
