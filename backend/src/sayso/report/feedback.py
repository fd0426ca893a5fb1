"""What was done about feedback, point by point."""

from sayso.language.terms import content, stem, stems, weight
from sayso.protocol.evidence import FeedbackUse, Finding
from sayso.report.state import ReportState
from sayso.wishes.editorial import for_the_writer, to_search
from sayso.wishes.exclusions import excluded
from sayso.wishes.feedback import Feedback
from sayso.wishes.periods import Period, period, within
from sayso.wishes.points import points
from sayso.writers.extractive.parts import topics_of
from sayso.writers.port import Query

BARE_NO = "No"
"""How a rejection without words is listed."""


def feedback_used(state: ReportState, latest: Feedback) -> list[FeedbackUse]:
    """What this round did about `latest`, the feedback on the round before: one entry for each of its points, and one
    for what was dropped with it."""
    fresh = [finding for finding in state.findings if finding.round == state.round]
    queries = [search.query for search in state.searches if search.round == state.round]
    wishes = points(latest.text) or ([latest.text] if latest.text else [])
    by_point = _by_point(wishes, [query for query in queries if query.feedback == latest.round], state.question)
    uses = [_about(point, by_point[at], fresh, state, latest) for at, point in enumerate(wishes)]
    if not wishes:
        uses.append(FeedbackUse(feedback=BARE_NO, what_was_done=_widened(state, queries, fresh), round=latest.round))
    dropped = [id for id, round in state.dropped_in.items() if round == latest.round]
    if dropped:
        claims = {finding.id: finding.claim for finding in state.findings}
        told = f"You dropped {listed([f'“{claims[id]}”' for id in dropped], most=3)}"
        done = "What you dropped stays out, here and where other documents say it in the same words."
        uses.append(FeedbackUse(feedback=told, what_was_done=done, round=latest.round))
    return uses


def _about(point: str, queries: list[Query], fresh: list[Finding], state: ReportState, latest: Feedback) -> FeedbackUse:
    topics = {query.topic for query in queries}
    found = [finding.id for finding in fresh if state.topics.get(finding.id) in topics]
    known = [] if found else _known(point, state)
    limit, unwanted, for_writing = period(point), excluded([point]), for_the_writer(point)
    said: list[str] = []
    if queries:
        texts = listed([f"“{query.text}”" for query in queries], most=4)
        said.append(f"Searched for {texts}; {_new(len(found))}.")
    elif not (unwanted or limit or for_writing):
        said.append(f"There was nothing left to search for that had not been searched before; {_new(len(found))}.")
    if known:
        said.append(f"{listed(known)} {'speaks' if len(known) == 1 else 'speak'} of it.")
    if unwanted:
        said.append("What you did not want was left out.")
    if limit:
        said += _limited(limit, state)
    if for_writing:
        nothing = "" if to_search(point) else " Nothing was searched for it."
        said.append(f"The writer is told when you approve: “{listed(for_writing)}”.{nothing}")
    return FeedbackUse(feedback=point, what_was_done=" ".join(said), round=latest.round, findings=found or known)


def _limited(limit: Period, state: ReportState) -> list[str]:
    first, last = limit
    years = " or ".join([*([f"before {first}"] if first else []), *([f"after {last}"] if last else [])])
    dates = {source.id: source.date for source in state.sources}
    outside = [
        f"{finding.id} ({dates[finding.quotes[0].source]})"
        for finding in state.shown()
        if not within(dates.get(finding.quotes[0].source), limit)
    ]
    said = [f"New findings from sources dated {years} are left out; sources that give no date are not."]
    if outside:
        said.append(
            f"From before your wish {listed(outside)} {'stays' if len(outside) == 1 else 'stay'}, for you to drop."
        )
    return said


def _known(point: str, state: ReportState) -> list[str]:
    """Findings that are shown and quote all that the point names."""
    named = frozenset(stem(word) for word in content(point) if weight(word) >= 1)
    return [
        finding.id for finding in state.shown() if named and any(named <= stems(quote.text) for quote in finding.quotes)
    ]


def _widened(state: ReportState, queries: list[Query], fresh: list[Finding]) -> str:
    if queries:
        texts = listed([f"“{query.text}”" for query in queries], most=4)
        said = [f"Searched wider, for {texts}; {_new(len(fresh))}."]
    else:
        said = [f"There was nothing left to search for that had not been searched before; {_new(len(fresh))}."]
    if fresh and "aside" in state.verdicts.values():
        said.append("What was shown before is set aside.")
    elif not fresh:
        said.append("What was shown before is shown again, for you to approve or drop.")
    return " ".join(said)


def _by_point(wishes: list[str], queries: list[Query], question: str) -> list[list[Query]]:
    """The queries that follow each point: those of its topics, and of the rest each where it shares most words."""
    told = [stems(point) for point in wishes]
    topics = [set(topics_of(point, question)) for point in wishes]
    found: list[list[Query]] = [[] for _ in wishes]
    for query in queries:
        own = stems(f"{query.text} {query.topic}")
        near = [(query.topic in topics[at], len(own & told[at])) for at in range(len(wishes))]
        if near:
            found[near.index(max(near))].append(query)
    return found


def _new(count: int) -> str:
    return {0: "nothing new was found", 1: "one finding is new"}.get(count, f"{count} findings are new")


def listed(items: list[str], most: int = 20) -> str:
    """Items as people list them: "a, b and c"; beyond `most`, "and 3 more"."""
    items = list(dict.fromkeys(items))
    if len(items) > most:
        items = [*items[: most - 1], f"{len(items) - most + 1} more"]
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
