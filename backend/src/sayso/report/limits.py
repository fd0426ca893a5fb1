"""What the search is limited to, and what is left out of what it finds."""

from collections.abc import Sequence

from sayso.language.abbreviations import defined
from sayso.language.tokens import folded
from sayso.protocol.items import SearchLimits
from sayso.report.state import Hits, ReportState
from sayso.research.source import Narrowing, Passage, SearchSource
from sayso.writers.port import Candidate, Carrier, Query


def within(date: str | None, limits: SearchLimits | None) -> bool:
    """Whether a document of that date ("2024", "2024-05-17") may be used; one that gives no date may."""
    if date is None or limits is None or not date[:4].isdigit():
        return True
    # "2024" is all of that year, on either side.
    begins = not limits.since or date[: len(limits.since)] >= limits.since[: len(date)]
    ends = not limits.until or date[: len(limits.until)] <= limits.until[: len(date)]
    return begins and ends


def allowed_queries(queries: Sequence[Query], state: ReportState) -> list[Query]:
    """The queries that name nothing that was left out; their topics do not either."""
    said = [query for query in queries if state.may_say(query.text)]
    return [query if state.may_say(query.topic) else query.model_copy(update={"topic": ""}) for query in said]


def allowed_hits(hits: Sequence[Hits], state: ReportState) -> list[Hits]:
    """The passages of documents that the search is limited to and that were not left out; what they abbreviate is
    noted."""
    texts = [passage.text for each in hits for passage in each.passages]
    state.abbreviations |= {short: full for text in texts for full, short in defined(text)}
    limits, left_out = state.limits(), {folded(each) for each in state.left_out()}
    documents = {source.id: (source.kind, source.uri) for source in state.sources}
    named = limits.sources if limits else None
    wanted = {documents[each] for each in named or [] if each in documents}

    def allowed(passage: Passage) -> bool:
        if left_out & {folded(passage.title), folded(passage.uri)}:
            return False
        here = named is None or passage.kind in named or (passage.kind, passage.uri) in wanted
        return here and within(passage.date, limits)

    return [each.model_copy(update={"passages": list(filter(allowed, each.passages))}) for each in hits]


def allowed_candidates(candidates: Sequence[Candidate], state: ReportState) -> list[Candidate]:
    """The candidates whose claim and marked sentence are about nothing that was left out; nor is their topic."""
    found = []
    for each in candidates:
        if state.may_say(each.claim) and _may_carry(each, state):
            topic = each.topic if state.may_say(each.topic) else ""
            also = [other for other in each.also if _may_carry(other, state)]
            found.append(each.model_copy(update={"topic": topic, "also": also}))
    return found


def _may_carry(carrier: Carrier, state: ReportState) -> bool:
    passage = carrier.passage
    return state.may_say(passage.text[slice(*carrier.marked)]) and state.may_stand_below(passage.place.heading)


def searched_sources(sources: Sequence[SearchSource], state: ReportState) -> list[SearchSource]:
    """Those of `sources` that the run asked for and the search is limited to; of a run that is asked of some documents
    only, the part that holds them, and nothing else."""
    if state.options.documents is not None:
        return [each.only(state.options.documents) for each in sources if isinstance(each, Narrowing)]
    limits = state.limits()
    kinds = {source.id: source.kind for source in state.sources}
    named = {kinds.get(each, each) for each in limits.sources} if limits and limits.sources is not None else None
    return [
        each
        for each in sources
        if (state.options.sources is None or each.name in state.options.sources)
        and (named is None or each.name in named)
    ]
