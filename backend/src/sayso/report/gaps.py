"""Gaps: what was searched for without finding good evidence, as findings that a human can keep or drop.

A topic that was searched for and that no finding covers is a gap. It keeps its id while it stays open; evidence closes
it. A gap that a human dropped is not shown again, and the report does not mention it.
"""

from sayso.language.terms import content, stem, stems, weight
from sayso.protocol.evidence import Finding
from sayso.report.state import ReportState


def settle_gaps(state: ReportState, *, searched: bool) -> None:
    """Open and close gaps after this round's search; safe to run again.

    Args:
        searched: a source has answered. When none did, nothing is known of what it has.
    """
    gaps = [gap for gap in state.gaps if gap.round < state.round]
    known = {gap.topic for gap in gaps}
    for topic in searched_topics(state) if searched else []:
        if topic not in known and not covered(topic, state.findings, state):
            claim = f"No good evidence was found on “{topic}”."
            gaps.append(
                Finding(id=f"g{len(gaps) + 1}", kind="gap", claim=claim, topic=topic, round=state.round, quotes=[])
            )
    state.gaps = gaps
    state.closed = [gap.id for gap in gaps if covered(gap.topic, state.findings, state)]


def covered(topic: str, findings: list[Finding], state: ReportState) -> bool:
    """Whether a finding was found under `topic`, or quotes all that the topic names."""
    if any(state.topics.get(finding.id) == topic for finding in findings):
        return True
    named = frozenset(stem(word) for word in content(topic) if weight(word) >= 1)
    return bool(named) and any(named <= stems(quote.text) for finding in findings for quote in finding.quotes)


def searched_topics(state: ReportState) -> list[str]:
    """The topics of this run's searches, oldest first."""
    searches = [search for search in state.searches if search.round >= state.first_round]
    return list(dict.fromkeys(search.query.topic for search in searches if search.query.topic))
