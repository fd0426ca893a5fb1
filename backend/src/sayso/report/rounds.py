"""What a round came to, in the words of the review: what is new, kept and gone, and what is missing."""

from collections.abc import Collection

from sayso.gate.conflicts import conflicts
from sayso.language.tongue import NAMES, ranked
from sayso.protocol.decisions import DECISION_SCHEMA
from sayso.protocol.evidence import Gone
from sayso.protocol.report import Report
from sayso.protocol.review import ReviewData
from sayso.protocol.usage import Usage
from sayso.report.feedback import feedback_used, listed
from sayso.report.gaps import covered, searched_topics, settle_gaps
from sayso.report.state import Hits, Outcome, ReportState

SURE = 0.9
"""Probability from which the language of a question is known well enough to say that nothing is in it."""


def settle_round(state: ReportState, hits: list[Hits], languages: Collection[str] = ()) -> None:
    """Write down what this round came to, and bring back what was set aside when nothing new was found.

    Args:
        languages: those of what was searched, as far as it is known.
    """
    fresh = [finding for finding in state.findings if finding.round == state.round]
    latest = next((item for item in state.feedback if item.round == state.round - 1), None)
    found = any(each.passages for each in hits)
    settle_gaps(state, searched=found or not state.failed_sources)
    if latest is not None and not fresh and not latest.text:
        state.verdicts = {id: "kept" if verdict == "aside" else verdict for id, verdict in state.verdicts.items()}
    used = feedback_used(state, latest) if latest else []
    outcome = Outcome(round=state.round, feedback_used=used, not_found=_missing(state, languages))
    state.outcomes = [each for each in state.outcomes if each.round < state.round] + [outcome]


def research_review(state: ReportState, usage: Usage | None) -> ReviewData:
    """The review of this round's findings."""
    findings = state.shown()
    sources = state.quoted(findings)
    return ReviewData(
        kind="research_review",
        round=state.round,
        question=state.question,
        findings=[*findings, *state.open_gaps()],
        sources=sources,
        gone=gone(state),
        conflicts=conflicts(findings, sources),
        feedback_used=[use for outcome in state.outcomes for use in outcome.feedback_used],
        not_found=state.outcome().not_found,
        usage=usage,
        parent=state.parent,
        response_schema=DECISION_SCHEMA,
    )


def report_review(state: ReportState, report: Report, usage: Usage | None) -> ReviewData:
    """The review of the finished text."""
    return ReviewData(
        kind="report_review",
        round=state.round,
        question=state.question,
        report=report,
        usage=usage,
        parent=state.parent,
        response_schema=DECISION_SCHEMA,
    )


def gone(state: ReportState) -> list[Gone]:
    """The evidence of earlier rounds that is not shown any more."""
    shown = {finding.id for finding in state.shown()}
    return [
        Gone(
            id=finding.id,
            claim=finding.claim,
            round=finding.round,
            why="dropped" if state.verdicts.get(finding.id) == "dropped" else "aside",
        )
        for finding in state.findings
        if finding.id not in shown
    ]


def not_found(state: ReportState, kept: list[str]) -> list[str]:
    """What a report on the `kept` findings has to say about what it lacks, one sentence each."""
    evidence = [finding for finding in state.findings if finding.id in kept]
    dropped = {gap.topic for gap in state.gaps if state.verdicts.get(gap.id) == "dropped"}
    lacking = [topic for topic in searched_topics(state) if not covered(topic, evidence, state)]
    found = set(state.topics.values())
    lines = [gap.claim for gap in state.open_gaps()]
    unsearched = _unsearched(state)
    lines += [line for line in state.outcome().not_found if line not in unsearched]
    # What the operator could do about it is for the review, not for the readers of the report.
    lines += [f"{title} could not be searched." for title in state.failed_sources]
    lines += [f"None of the approved evidence is on “{topic}”." for topic in lacking if topic in found - dropped]
    return list(dict.fromkeys(lines))


def _unsearched(state: ReportState) -> list[str]:
    return [f"{title} could not be searched: {why.rstrip('.')}." for title, why in state.failed_sources.items()]


def _missing(state: ReportState, languages: Collection[str]) -> list[str]:
    lines = [f"{title} could not be searched: {why.rstrip('.')}." for title, why in state.failed_sources.items()]
    code, sure = ranked(state.question)[0]
    if languages and code not in languages and sure >= SURE:
        held = listed([NAMES.get(each, each) for each in languages], most=4)
        lines.append(f"The question is in {NAMES[code]}; what was searched is in another language: {held}.")
    return lines
