"""What a round searches for: what a human named, and what the writer makes of the question and the prose."""

from sayso.report.state import ReportState
from sayso.writers.extractive.parts import literal
from sayso.writers.port import Query


def wished_queries(state: ReportState) -> list[Query]:
    """The searches that the latest decision names in its own words."""
    latest = state.latest()
    return literal(_named(state), latest.round, state.question) if latest else []


def asks_the_writer(state: ReportState) -> bool:
    """Whether the writer is asked what to search for: by the question, by prose that wants evidence, and by a decision
    that names nothing to search for: a bare no, one that limits the search, and one that leaves nothing. Whoever only
    wants less gets no more."""
    latest = state.latest()
    if latest is None or latest.searches():
        return True
    if _named(state) or latest.read.unsure:
        return False
    fields = {point.field for point in latest.read.points}
    return fields <= {"limits"} or (fields <= {"drop", "leave_out", "limits", "keep"} and not state.shown())


def planning_told(state: ReportState) -> str:
    """What is said of the planning."""
    latest = state.latest()
    if latest is None:
        return "Planning what to search for"
    if latest.searches() or _named(state):
        return f"Round {state.round}: planning to search with your feedback"
    if asks_the_writer(state):
        return f"Round {state.round}: planning to search more widely"
    if any(point.field == "note" for point in latest.read.points):
        return "Your wish is about how the report reads; nothing needs to be searched"
    return "Nothing needs to be searched"


def _named(state: ReportState) -> list[str]:
    latest = state.latest()
    return [point.value for point in latest.read.points if point.field == "search" and point.sent] if latest else []
