"""What a round came to, in the words of the review: what is new, kept and gone, and what is missing."""

from sayso.gate.conflicts import conflicts
from sayso.language.terms import content, stem, stems, weight
from sayso.protocol.decisions import DECISION_SCHEMA
from sayso.protocol.evidence import Gone
from sayso.protocol.report import Report
from sayso.protocol.review import ReviewData
from sayso.protocol.usage import Usage
from sayso.report.feedback import feedback_used
from sayso.report.gaps import covered, searched_topics, settle_gaps
from sayso.report.state import Hits, Outcome, ReportState


def settle_round(state: ReportState, hits: list[Hits]) -> None:
    """Write down what this round came to, and bring back what was set aside when nothing new was found."""
    fresh = [finding for finding in state.findings if finding.round == state.round]
    latest = next((item for item in state.feedback if item.round == state.round - 1), None)
    found = any(each.passages for each in hits)
    settle_gaps(state, searched=found or not state.failed_sources)
    if latest is not None and not fresh and not latest.text:
        state.verdicts = {id: "kept" if verdict == "aside" else verdict for id, verdict in state.verdicts.items()}
    used = feedback_used(state, latest) if latest else []
    outcome = Outcome(round=state.round, feedback_used=used, not_found=_missing(state, hits))
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


def _missing(state: ReportState, hits: list[Hits]) -> list[str]:
    lines = _unsearched(state)
    passages = {id(passage): passage for each in hits for passage in each.passages}.values()
    read = stems(" ".join(f"{passage.title} {passage.place.heading or ''} {passage.text}" for passage in passages))
    known = stems(" ".join(quote.text for finding in state.findings for quote in finding.quotes))
    if read and state.round == 1 and state.findings:
        for word in content(state.question):
            if weight(word) >= 1 and stem(word) not in read | known:
                lines.append(f"No passage that was read mentions “{word}”.")
    return lines
