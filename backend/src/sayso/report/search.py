"""Asks all sources side by side; one that fails or dawdles is named and left behind."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sayso.report.listing import listed
from sayso.report.progress import Tell
from sayso.report.state import Hits
from sayso.research.source import (
    QUESTION,
    UNBOUNDED,
    Bounded,
    Bounds,
    Multilingual,
    Passage,
    Readiness,
    Reopening,
    SearchSource,
    SourceError,
    Titled,
)
from sayso.writers.port import Query

logger = logging.getLogger(__name__)

PATIENCE, LOOK_AGAIN = 60.0, 0.5
"""Seconds to wait for a source that is still reading its documents, and between two looks at how far it is."""
MAX_QUERIES = 20
"""Searches of one round, whatever a writer plans."""
MAX_TITLES = 40
"""Documents of a source whose titles are told to who plans; of more, none says what there is."""
MAX_QUERY = 300
"""Characters of one query."""


@dataclass(frozen=True)
class Searching:
    """How a run searches."""

    seconds: float = 20.0
    """That one search of one source may take."""
    rounds: int = 2
    """How often parts of a question on which little was found are searched again."""


SEARCHING = Searching()


PASSAGES, PASSAGES_WIDER = 50, 80
"""Passages a query asks of each source: in a first round or for feedback, and when a bare "no" asks for more."""


@dataclass
class Searched:
    """What came back: passages a query, in the order of the queries, and who failed."""

    hits: list[Hits]
    failed: dict[str, str] = field(default_factory=dict)
    """Title of a source to why it could not be searched."""


@dataclass(frozen=True)
class Reach:
    """The sources that one round of a run searches."""

    sources: Sequence[SearchSource]
    searching: Searching
    question: str
    round: int
    named: bool
    """Whether the run names them; then one that is not ready has failed."""
    tell: Tell

    async def search(self, queries: Sequence[Query]) -> Searched:
        """Search all that are ready, side by side."""
        wider = self.round > 1 and all(query.feedback is None for query in queries)
        limit, seconds = PASSAGES_WIDER if wider else PASSAGES, self.searching.seconds
        QUESTION.set(self.question)
        return await search_ready(self.sources, queries, named=self.named, limit=limit, seconds=seconds, tell=self.tell)

    async def further(self, query: str, promising: Sequence[Passage], limit: int) -> list[Passage]:
        """The best passages for `query` in the documents that `promising` are of: up to `limit` of each source that
        has them at hand."""
        able = [each for each in self.sources if isinstance(each, Reopening)]
        asked = [(source, [each.uri for each in promising if each.kind == source.name]) for source in able]
        found = await asyncio.gather(*(source.further(query, uris, limit=limit) for source, uris in asked if uris))
        return _merged(found)


async def search_all(
    sources: Sequence[SearchSource],
    queries: Sequence[Query],
    *,
    limit: int,
    seconds: float,
    tell: Tell,
) -> Searched:
    """Search every source for every query.

    Args:
        limit: passages a query and source, where the source has no limit of its own.
        seconds: for one search, of a source without a time-out of its own; one that exceeds it is not asked again in
            this round.
        tell: called with a line to show, how many searches are done, and of how many.
    """
    found: dict[tuple[int, int], list[Passage]] = {}
    failed: dict[str, str] = {}
    bounds = [_bounds(source) for source in sources]
    waiting = [len(sources)] * len(queries)
    names = listed([spoken(source) for source in sources])

    def done() -> int:
        return sum(not left for left in waiting)

    async def one(source_at: int, query_at: int, gate: asyncio.Semaphore) -> None:
        source, own = sources[source_at], bounds[source_at]
        patience, most = own.seconds or seconds, min(limit, own.passages or limit)
        async with gate:
            if source.title not in failed and (own.queries is None or query_at < own.queries):
                why = ""
                try:
                    async with asyncio.timeout(patience):
                        found[query_at, source_at] = await source.search(queries[query_at].text, limit=most)
                except SourceError as error:
                    why = str(error)
                except TimeoutError:
                    why = f"no answer within {patience:g} seconds"
                except Exception:
                    # A source is other people's code and network; its surprises must not end a run.
                    logger.exception("the source %s failed", source.name)
                    why = "it failed in a way nobody expected; the server's log has the details"
                if why and source.title not in failed:
                    failed[source.title] = why
                    tell(
                        f"{source.title} could not be searched: {why}",
                        done(),
                        len(queries),
                        details={"failed": source.title},
                    )
        waiting[query_at] -= 1
        if not waiting[query_at]:
            tell(f"Searching {names}: {done()} of {len(queries)} queries", done(), len(queries))

    gates = [asyncio.Semaphore(own.at_once) for own in bounds]
    async with asyncio.TaskGroup() as group:
        for query_at in range(len(queries)):
            for source_at in range(len(sources)):
                group.create_task(one(source_at, query_at, gates[source_at]))
    hits = [
        Hits(query=query, passages=_merged([found.get((at, source_at), []) for source_at in range(len(sources))]))
        for at, query in enumerate(queries)
    ]
    return Searched(hits, failed)


async def search_ready(
    sources: Sequence[SearchSource],
    queries: Sequence[Query],
    *,
    named: bool,
    limit: int,
    seconds: float,
    tell: Tell,
) -> Searched:
    """Search those of `sources` that are ready; see `search_all`. One that is not counts as failed if the run `named`
    its sources, or if none is ready."""
    readiness = await when_ready(sources, tell)
    failed = {
        source.title: state.why
        for source, state in zip(sources, readiness, strict=True)
        if not state.ready and (named or not any(each.ready for each in readiness))
    }
    for title, why in failed.items():
        tell(f"{title} cannot be searched: {why}", details={"failed": title})
    able = [source for source, state in zip(sources, readiness, strict=True) if state.ready]
    searched = await search_all(able, queries, limit=limit, seconds=seconds, tell=tell)
    return Searched(searched.hits, {**failed, **searched.failed})


async def when_ready(
    sources: Sequence[SearchSource], tell: Callable[[str], None], *, patience: float = PATIENCE
) -> list[Readiness]:
    """Each source's readiness, once none is still reading what it will search, or patience has ended.

    Args:
        tell: called with a line to show when there is something to wait for, and as it goes on.
        patience: seconds.
    """
    deadline = time.monotonic() + patience
    told = ""
    while True:
        readiness = list(await asyncio.gather(*(source.readiness() for source in sources)))
        if not any(state.working for state in readiness) or time.monotonic() >= deadline:
            return readiness
        line = "; ".join(
            f"{s.title}: {state.why}" for s, state in zip(sources, readiness, strict=True) if state.working
        )
        if line != told:
            tell(line)
            told = line
        await asyncio.sleep(LOOK_AGAIN)


def usable(queries: list[Query], searched: list[str]) -> list[Query]:
    """What a writer planned, without what is empty or was searched before, on one line each and not too many."""
    seen = {" ".join(text.lower().split()) for text in searched}
    kept: list[Query] = []
    for query in queries:
        text = " ".join(query.text.split())[:MAX_QUERY]
        if text and text.lower() not in seen and len(kept) < MAX_QUERIES:
            seen.add(text.lower())
            kept.append(query.model_copy(update={"text": text, "topic": " ".join(query.topic.split())}))
    return kept


def _merged(lists: list[list[Passage]]) -> list[Passage]:
    """One list from several, in turn: scores of different sources cannot be compared, ranks can."""
    longest = max(map(len, lists), default=0)
    return [each[rank] for rank in range(longest) for each in lists if rank < len(each)]


def _bounds(source: SearchSource) -> Bounds:
    return source.bounds if isinstance(source, Bounded) else UNBOUNDED


def spoken(source: SearchSource) -> str:
    """A source's name within a sentence."""
    return "the library" if source.name == "library" else source.title


async def languages_of(sources: Sequence[SearchSource]) -> list[str]:
    """The languages of what the sources hold, those of them that know; nothing if one does not."""
    known = [await source.languages() for source in sources if isinstance(source, Multilingual)]
    return list(dict.fromkeys(code for each in known for code in each)) if len(known) == len(sources) else []


async def titles_of(sources: Sequence[SearchSource]) -> list[str]:
    """The titles of what the sources hold, of those that can tell and hold few documents."""
    known = [await source.titles(MAX_TITLES) for source in sources if isinstance(source, Titled)]
    return list(dict.fromkeys(title for each in known for title in each))
