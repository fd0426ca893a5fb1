"""What a round came to, in the words of the review: what is new, kept and gone, and what is missing."""

from collections.abc import Collection

from sayso.gate.conflicts import conflicts
from sayso.language.tongue import NAMES, ranked
from sayso.protocol.decisions import DECISION_SCHEMA
from sayso.protocol.evidence import Finding, Gone, QuestionPart
from sayso.protocol.report import Report
from sayso.protocol.review import ReviewData
from sayso.protocol.usage import Usage
from sayso.report.feedback import Honours, feedback_used
from sayso.report.gaps import covered, searched_topics, settle_gaps
from sayso.report.listing import listed
from sayso.report.state import Hits, Outcome, ReportState
from sayso.report.text import changes
from sayso.report.text_account import text_used

SURE = 0.9
"""Probability from which the language of a question is known well enough to say that nothing is in it."""


def settle_round(state: ReportState, hits: list[Hits], honours: Honours, languages: Collection[str] = ()) -> None:
    """Write down what this round came to, and bring back what was set aside when nothing new was found.

    Args:
        honours: whether the writer can do what a note asks of it.
        languages: those of what was searched, as far as it is known.
    """
    fresh = [finding for finding in state.findings if finding.round == state.round]
    latest = state.latest()
    found = any(each.passages for each in hits)
    settle_gaps(state, searched=found or not state.failed_sources)
    if latest is not None and not fresh and not latest.says_something and not latest.sorts:
        back = {finding.id for finding in state.aside()}
        state.verdicts = {id: "kept" if id in back else verdict for id, verdict in state.verdicts.items()}
    used = feedback_used(state, latest, honours) if latest else []
    outcome = Outcome(round=state.round, feedback_used=used, not_found=_missing(state, languages))
    state.outcomes = [each for each in state.outcomes if each.round < state.round] + [outcome]


def research_review(state: ReportState, usage: Usage | None) -> ReviewData:
    """The review of this round's findings, those that are new first."""
    findings = [_named(each, state) for each in sorted(state.shown(), key=lambda each: each.state != "new")]
    aside = [_named(each, state) for each in state.aside() if each.id not in {other.id for other in findings}]
    sources = state.quoted([*findings, *aside])
    return ReviewData(
        kind="research_review",
        round=state.round,
        question=state.question,
        findings=[*findings, *state.open_gaps()],
        sources=sources,
        gone=gone(state),
        aside=aside,
        parts=parts(state, findings),
        left_out=state.left_out(),
        limits=state.limits(),
        conflicts=conflicts(findings, sources),
        feedback_used=[use for outcome in state.outcomes for use in outcome.feedback_used],
        not_found=state.outcome().not_found,
        usage=usage,
        parent=state.parent,
        response_schema=DECISION_SCHEMA,
    )


def report_review(state: ReportState, report: Report, usage: Usage | None, honours: Honours) -> ReviewData:
    """The review of the finished text, with what is other than in the version before."""
    latest = list(state.edits.values())[-1] if state.edits else None
    changed = changes(state.rejected, report) if state.rejected else []
    return ReviewData(
        kind="report_review",
        round=state.round,
        question=state.question,
        report=report,
        version=len(state.rewrites) + 1,
        changes=changed,
        feedback_used=text_used(state, latest, changed, honours) if latest else [],
        left_out=state.left_out(),
        usage=usage,
        parent=state.parent,
        response_schema=DECISION_SCHEMA,
    )


def parts(state: ReportState, shown: list[Finding]) -> list[QuestionPart]:
    """What is asked for part by part, with the `shown` findings on each, or its gap."""
    rounds = {search.query.topic: search.round for search in reversed(state.searches)}
    topics = list(dict.fromkeys([*searched_topics(state), *(each.topic for each in shown if each.topic)]))
    gaps = {gap.topic: gap.id for gap in state.open_gaps()}
    found: list[QuestionPart] = []
    for topic in topics:
        own = [each for each in shown if each.topic == topic] or [
            each for each in shown if covered(topic, [each], state)
        ]
        best = sorted(own, key=lambda each: -(each.match or 0.0))
        ids = [finding.id for finding in best]
        found.append(QuestionPart(topic=topic, round=rounds.get(topic, 1), findings=ids, gap=gaps.get(topic)))
    return found


def _named(finding: Finding, state: ReportState) -> Finding:
    """The finding under its heading, unless that names what was left out."""
    return finding if state.may_say(finding.topic) else finding.model_copy(update={"topic": ""})


def gone(state: ReportState) -> list[Gone]:
    """The evidence of earlier rounds that is not shown any more."""
    shown = {finding.id for finding in state.shown()}
    return [
        Gone(
            id=finding.id,
            claim=finding.claim,
            round=finding.round,
            why="dropped" if state.verdicts.get(finding.id) == "dropped" else "aside",
            reason=state.reasons.get(finding.id, ""),
        )
        for finding in state.findings
        if finding.id not in shown
    ]


def not_found(state: ReportState, kept: list[str]) -> list[str]:
    """What a report on the `kept` findings has to say about what it lacks, one sentence each."""
    evidence = [finding for finding in state.findings if finding.id in kept]
    dropped = {gap.topic for gap in state.gaps if state.verdicts.get(gap.id) == "dropped"}
    told = {gap.topic for gap in state.open_gaps()}
    searched = [topic for topic in searched_topics(state) if topic not in told]
    lacking = [topic for topic in searched if not covered(topic, evidence, state)]
    found = set(state.topics.values())
    lines = [gap.claim for gap in state.open_gaps()]
    unsearched = _unsearched(state)
    lines += [line for line in state.outcome().not_found if line not in unsearched]
    # What the operator could do about it is for the review, not for the readers of the report.
    lines += [f"{title} could not be searched." for title in state.failed_sources]
    lines += [f"None of the approved evidence is on “{topic}”." for topic in lacking if topic in found - dropped]
    for topic in searched:
        own = [each for each in evidence if state.topics.get(each.id) == topic]
        if own and all(each.near and each.reworded is None for each in own):
            lines.append(f"Nothing that was approved surely answers “{topic}”; what is told comes nearest to it.")
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
