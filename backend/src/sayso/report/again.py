"""Looking again: parts of the question on which little was found are searched once more, in other words, and the
documents that promise most are read further."""

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.report.choice import WriterChoice
from sayso.report.limits import allowed_hits, allowed_queries
from sayso.report.listing import quoted
from sayso.report.progress import Tell
from sayso.report.search import Reach, usable
from sayso.report.state import Hits, ReportState, Search
from sayso.research.source import Passage
from sayso.writers.port import Candidate, Chosen, Part, Query

THIN, THIN_ALONE = 0.35, 0.65
"""Match of the best statement below which a part is thin: it says something of the matter and hardly answers. A single
statement has to match better."""
MOST = 4
"""Queries for one part each time."""
READ = 20
"""Passages whose words are looked at for other ways to say it."""
PROMISING, FURTHER = 3, 12
"""Documents that are read further for one part, and passages of each source that are read in them."""


@dataclass
class Found:
    """What was found so far in a round."""

    hits: list[Hits]
    candidates: Sequence[Candidate] = ()

    @property
    def unanswered(self) -> Sequence[Part]:
        """Parts that are not answered in the eyes of a model, whatever matches."""
        return self.candidates.unanswered if isinstance(self.candidates, Chosen) else ()

    @property
    def pairs(self) -> list[tuple[Query, list[Passage]]]:
        return [(each.query, each.passages) for each in self.hits]

    @property
    def passages(self) -> list[Passage]:
        """Each once."""
        return list({passage.key: passage for each in self.hits for passage in each.passages}.values())

    def promising(self, part: Part) -> list[Passage]:
        """The best passages of the few documents that promise most for it: those that it was answered from, then
        those that were found first."""
        own = sorted((each for each in self.candidates if each.part == part), key=lambda each: -each.match)
        best = [each.passage for each in own]
        best += [passage for each in self.hits if each.query.part == part for passage in each.passages]
        return list({(each.kind, each.uri): each for each in reversed(best)}.values())[::-1][:PROMISING]

    def lacking(self) -> list[Part]:
        """The parts that were searched for and are empty, thin, or not answered in the eyes of a model."""
        parts = dict.fromkeys(each.query.part for each in self.hits if each.query.topic)
        found = {
            part: [each.match for each in self.candidates if each.part == part or part.topic in each.covers]
            for part in parts
        }
        least = {part: THIN if len(own) > 1 else THIN_ALONE for part, own in found.items()}
        return [part for part, own in found.items() if part in self.unanswered or max(own, default=0.0) < least[part]]


async def look_again(
    found: Found,
    state: ReportState,
    choice: WriterChoice,
    reach: Reach,
    tell: Tell,
    *,
    rounds: int,
) -> Found:
    """`found` with what further searches bring, at most `rounds` times; what was searched is noted in `state`. A
    source that failed is not asked twice in a round."""
    read: set[Part] = set()
    for _ in range(0 if state.failed_sources else rounds):
        lacking = found.lacking()
        if not lacking:
            break
        queries = _few(
            usable(allowed_queries(await _planned(found, lacking, state, choice, tell), state), _asked(state))
        )
        unread = [part for part in lacking if part not in read]
        read.update(unread)
        if not queries and not unread:
            break
        hits: list[Hits] = []
        if queries:
            topics = quoted(part.topic for part in lacking)
            tell(f"Little was found on {topics}: searching again in other words", details={"queries": len(queries)})
            hits += (await reach.search(queries)).hits
            state.searches = [*state.searches, *(Search(round=state.round, query=query) for query in queries)]
        hits += [await _read_on(found, part, reach, tell) for part in unread]
        hits = allowed_hits(hits, state)
        known = {passage.key for passage in found.passages}
        new = [(each.query, [passage for passage in each.passages if passage.key not in known]) for each in hits]
        found = Found([*found.hits, *hits], found.candidates)
        if any(passages for _, passages in new):
            assignment = state.assignment().model_copy(update={"lacking": lacking})
            more = await choice.find(state, assignment, new, tell)
            # In other words much is found; what hardly matches the part's own would hide that it is not answered,
            # unless a model chose it.
            model = more if isinstance(more, Chosen) else None
            better = [
                each
                for each in more
                if each.part in lacking and (each.match >= THIN or (model is not None and not each.by_words))
            ]
            still = model.unanswered if model is not None else ()
            found.candidates = Chosen([*found.candidates, *better], set(found.unanswered) & set(still))
    return found


async def _read_on(found: Found, part: Part, reach: Reach, tell: Tell) -> Hits:
    """More of the documents that promise most for `part`."""
    promising = found.promising(part)
    query = next((each.query for each in found.hits if each.query.part == part), Query(text=part.topic))
    if promising:
        tell(f"Reading on in {quoted(each.title for each in promising)}")
    return Hits(query=query, passages=await reach.further(query.text, promising, FURTHER) if promising else [])


async def _planned(
    found: Found, lacking: list[Part], state: ReportState, choice: WriterChoice, tell: Tell
) -> list[Query]:
    read = {
        passage.key: passage for each in found.hits if each.query.part in lacking for passage in each.passages[:READ]
    }
    given = {"lacking": lacking, "read": list(read.values())[:READ], "searched": _asked(state)}
    return await choice.plan(state, state.assignment().model_copy(update=given), tell)


def _asked(state: ReportState) -> list[str]:
    return [search.query.text for search in state.searches]


def _few(queries: list[Query]) -> list[Query]:
    by_part: dict[Part, list[Query]] = {}
    for query in queries:
        by_part.setdefault(query.part, []).append(query)
    return [query for own in by_part.values() for query in own[:MOST]]
