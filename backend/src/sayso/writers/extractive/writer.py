"""The extractive writer: an honest report from verbatim sentences, without a model."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from sayso.language.meaning import LANGUAGE
from sayso.language.mention import Mention
from sayso.language.sameness import Said, agrees, repeats
from sayso.language.sentences import readable
from sayso.language.structure import CLOSED, FENCE, cells, unfinished
from sayso.language.terms import likeness
from sayso.language.tongue import language_of
from sayso.protocol.evidence import Finding
from sayso.protocol.http import WriterInfo
from sayso.protocol.report import Section
from sayso.research.formats import HEADING_SEPARATOR
from sayso.research.source import Passage
from sayso.writers import port
from sayso.writers.drafted import pieces
from sayso.writers.extractive import parts
from sayso.writers.extractive.again import again
from sayso.writers.extractive.choice import Scored, scored
from sayso.writers.extractive.composing import compose
from sayso.writers.extractive.parts import Part, heading, parts_of, parts_of_feedback
from sayso.writers.extractive.pool import Pool, Read
from sayso.writers.extractive.reach import answering, only_near
from sayso.writers.extractive.reranking import Reranker, reranked
from sayso.writers.extractive.sections import section_of, units
from sayso.writers.extractive.shares import best_first, covered, shared_out
from sayso.writers.extractive.title import title_of
from sayso.writers.meter import Meter
from sayso.writers.port import Assignment, Candidate, Carrier, DraftReport, DraftSink, Query, WritingBrief

NAME = "extractive"
MAX_ALSO = 6
"""Further carriers of one claim."""
ELSEWHERE = 0.6
"""What a passage's place counts for a part that another part's search found it for."""
ALMOST = 0.4
"""Likeness below which two statements need not be looked at twice."""
NEAR = 30
"""Statements, the nearest in meaning, that are held against a claim."""
SUMMARY = "Summary"
"""The heading under which a summary is drafted."""


class ExtractiveWriter:
    """Implements `sayso.writers.port.Writer`. Deterministic, without state, and never raises `WriterError`."""

    def __init__(self, reranker: Reranker | None = None) -> None:
        self._reranker = reranker

    @property
    def info(self) -> WriterInfo:
        if self._reranker is None:
            return WriterInfo(name=NAME, ready=True, why="quotes verbatim, needs no model")
        return WriterInfo(name=NAME, ready=True, why=f"quotes verbatim, what {self._reranker.name} ranks first")

    async def plan(self, assignment: Assignment, meter: Meter | None = None) -> list[Query]:
        if not assignment.lacking:
            return parts.plan(assignment)
        return parts.unsearched([each for part in assignment.lacking for each in _again(part, assignment)], assignment)

    async def find(
        self, assignment: Assignment, found: list[tuple[Query, list[Passage]]], meter: Meter | None = None
    ) -> list[Candidate]:
        """Candidates by part, in turn, so that each part gets its share; nothing that was shown before."""
        passages = [passage for _, each in found for passage in each]
        pool = Pool(passages, language_of(assignment.question))
        shown = [Said.of(_marked(finding)) for finding in [*assignment.kept, *assignment.dropped] if finding.quotes]
        unwanted = [Mention.of(each) for each in assignment.leave_out]
        wanted = _wanted(assignment, [query for query, _ in found])
        ranked: dict[Part, list[Scored]] = {}
        for part in wanted:
            held = _held(pool, part, _places(part, found))
            if part.wish:
                own = {each.index for each in scored(pool, part.wish, _places(part, found)) if each.match}
                held = [each for each in held if each.index in own]
            if self._reranker is not None:
                held = await asyncio.to_thread(reranked, held, part.text, self._reranker)
            new = [each for each in held if not _unwanted(each, unwanted) and not _shown(each, shown)]
            # Who says no to all that was shown wants the best of what is left.
            rivals = new if part.feedback is None else held
            ranked[part] = answering(new, rivals, pool, part.text)
        shares = shared_out(pool, ranked)
        if self._reranker is None:
            shares = best_first(shares)
        covers = covered(shares, ranked)
        return [_candidate(part, each, pool, covers.get(each.index, [])) for part, each in shares]

    async def write(self, brief: WritingBrief, draft: DraftSink, meter: Meter | None = None) -> DraftReport:
        """The report; it cites by the numbers of `brief`, as all writers do."""
        summary, chapters = compose(brief)
        sections = [section_of(chapter) for chapter in chapters]
        for section in [Section(heading=SUMMARY, sentences=units(summary)), *sections]:
            for piece in pieces(section.sentences, section.blocks):
                await draft(section.heading, piece)
        return DraftReport(title=title_of(brief.question), summary=units(summary), sections=sections)


def _held(pool: Pool, part: Part, place: Callable[[Passage], float]) -> list[Scored]:
    """The statements held against a part, and against the story around it as far as it does not say all by itself."""
    if not part.story:
        return scored(pool, part.text, place)
    own = {each.index: each for each in scored(pool, part.text, place)} if part.alone else {}
    found = []
    for each in scored(pool, f"{part.story} {part.text}", place):
        if alone := own.get(each.index):
            score, match = (
                (1 - part.alone) * of_story + part.alone * of_itself
                for of_story, of_itself in ((each.score, alone.score), (each.match, alone.match))
            )
            each = replace(each, score=score, match=match)
        found.append(each)
    return sorted(found, key=lambda each: -each.score)


def _again(part: port.Part, assignment: Assignment) -> list[Query]:
    text = next((each.text for each in parts_of(assignment.question) if each.topic == part.topic), part.topic)
    return again(part, text, assignment.read)


def _wanted(assignment: Assignment, queries: list[Query]) -> list[Part]:
    """The parts that this round searched for, in the order of the queries."""
    known = {(part.feedback, part.topic): part for part in parts_of(assignment.question)}
    for item in assignment.feedback:
        for part in parts_of_feedback(item.text, item.round, assignment.question):
            known.setdefault((part.feedback, part.topic), part)
    keys = dict.fromkeys((query.feedback, query.topic) for query in queries)
    texts = {(query.feedback, query.topic): query.text for query in reversed(queries)}
    return [known.get(key) or Part(key[1] or heading(texts[key]), texts[key], key[0]) for key in keys]


def _places(part: Part, found: list[tuple[Query, list[Passage]]]) -> Callable[[Passage], float]:
    """How well each passage was found for a part: its score against the best of its search; less in another part's."""
    places: dict[tuple[str, str], float] = {}
    for query, passages in found:
        own = (query.feedback, query.topic) == (part.feedback, part.topic)
        best = max((passage.score for passage in passages), default=0.0) or 1.0
        for passage in passages:
            key = passage.uri, passage.text
            places[key] = max(places.get(key, 0.0), (1.0 if own else ELSEWHERE) * passage.score / best)
    return lambda passage: places.get((passage.uri, passage.text), 0.0)


def _candidate(part: Part, each: Scored, pool: Pool, covers: list[str]) -> Candidate:
    statement = each.read.statement
    return Candidate(
        claim=claim_of(each.read),
        passage=each.read.passage,
        marked=(statement.start, statement.end),
        topic=part.topic,
        match=each.match,
        near=only_near(each, pool),
        feedback=part.feedback,
        also=_also(each, pool),
        covers=covers,
    )


def claim_of(read: Read) -> str:
    """A statement as a claim: a row with its header, an item with what leads into it, in their own words; of code, the
    line that leads into it, or where it stands."""
    statement, lead = read.statement, read.lead
    if statement.kind == "code":
        place = (read.passage.place.heading or read.passage.title).rsplit(HEADING_SEPARATOR, 1)[-1]
        return readable(lead) if lead and not lead.startswith(FENCE) else f"Code under “{place}”"
    text = readable(statement.text)
    if statement.kind == "row":
        header, row = cells(lead) if lead else [], cells(statement.text)
        if len(header) == len(row):
            return "; ".join(
                f"{name}: {cell}" if name else cell for name, cell in zip(header, row, strict=True) if cell
            )
        return "; ".join(cell for cell in row if cell).replace(":; ", ": ")
    if lead and statement.kind in ("item", "answer", "definition"):
        finishes = CLOSED.search(lead) or unfinished(lead, LANGUAGE, only_marked=False)
        if statement.kind == "item" and not finishes:
            # It stands within another item, and both below a heading, which may say "Not allowed".
            heading = (read.passage.place.heading or "").rsplit(HEADING_SEPARATOR, 1)[-1]
            return f"{HEADING_SEPARATOR.join(filter(None, (heading, readable(lead))))}: {text}"
        return f"{readable(lead)} {text}"
    return text


def _also(each: Scored, pool: Pool) -> list[Carrier]:
    """Statements of other documents that make the same claim, the most alike first; one a document."""
    own = each.read
    said = Said.of(readable(own.text))
    nearest = np.argsort(-(pool.vectors @ pool.vectors[each.index]))[:NEAR]
    found: dict[str, Carrier] = {}
    for other in (pool.read[at] for at in nearest):
        if other.passage.uri == own.passage.uri or other.statement.leans > own.statement.leans:
            continue
        if other.stems != own.stems and likeness(own.stems, other.stems) < ALMOST:
            continue
        if other.stems == own.stems or agrees(said, Said.of(readable(other.text))):
            carrier = Carrier(passage=other.passage, marked=(other.statement.start, other.statement.end))
            found.setdefault(other.passage.uri, carrier)
    return list(found.values())[:MAX_ALSO]


def _shown(each: Scored, shown: list[Said]) -> bool:
    if not shown:
        return False
    said = Said.of(readable(each.read.text))
    return any(repeats(said, other) for other in shown)


def _unwanted(each: Scored, unwanted: list[Mention]) -> bool:
    heading = (each.read.passage.place.heading or "").rsplit(HEADING_SEPARATOR, 1)[-1]
    return any(other.named_in(claim_of(each.read)) or other.is_all_of(heading) for other in unwanted)


def _marked(finding: Finding) -> str:
    quote = finding.quotes[0]
    start, end = quote.marked or (0, len(quote.text))
    return readable(quote.text[start:end])
