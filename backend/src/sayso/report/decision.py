"""What a decision does to the evidence.

- **Approve**: what `keep` lists is the evidence; left out, everything shown. All else is dropped.
- **Reject with `keep`**: what is listed stays for the next round, the rest is dropped for good: neither the passage nor
  the same text elsewhere is shown again.
- **Reject with feedback and no `keep`**: everything shown stays, and the next round adds to it.
- **Reject with neither** (a bare "no"): what was shown was not good enough. It is set aside, save what a human named in
  `keep` before; the next round searches wider and shows only what is new. If there is nothing new, what was set aside
  is shown again, so that it can still be approved.

Gaps are kept and dropped in the same way, but a bare "no" leaves them: they are searched for again, not passed over.
`edits` reword claims in either case; quotes are never touched.
"""

from sayso.events import DecisionEvent
from sayso.protocol.evidence import Finding, Rewording
from sayso.protocol.report import Approval, Report
from sayso.report.state import Disposition, ReportState
from sayso.wishes.feedback import Feedback


def approve(state: ReportState, decision: DecisionEvent) -> None:
    """Fix the evidence; safe to run again."""
    _reword(state, decision)
    kept = [finding.id for finding in state.shown() if decision.keep is None or finding.id in decision.keep]
    dropped = [finding.id for finding in state.findings if finding.id not in kept]
    state.approval = Approval(
        by=decision.by,
        at=decision.at,
        round=state.round,
        kept=kept,
        dropped=dropped,
        note=decision.feedback,
        show_note=decision.show_note,
    )
    state.note = decision.feedback
    _settle_gaps(state, decision)


def reject(state: ReportState, decision: DecisionEvent) -> None:
    """Note the feedback and what stays for the next round; safe to run again."""
    _reword(state, decision)
    shown = [finding.id for finding in state.shown()]
    verdicts: dict[str, Disposition] = dict(state.verdicts)
    for id in shown:
        if decision.keep is not None:
            verdicts[id] = "kept" if id in decision.keep else "dropped"
        else:
            verdicts[id] = "kept" if decision.feedback or id in state.chosen else "aside"
    state.verdicts = verdicts
    before = {id: round for id, round in state.dropped_in.items() if round < state.round}
    now = {id: state.round for id in shown if verdicts[id] == "dropped"}
    state.dropped_in = {**before, **now}
    _settle_gaps(state, decision)
    chosen = set(state.chosen if decision.keep is None else decision.keep)
    state.chosen = [finding.id for finding in state.findings if finding.id in chosen]
    given = Feedback(round=state.round, text=decision.feedback, by=decision.by)
    state.feedback = [item for item in state.feedback if item.round < state.round] + [given]


def release(report: Report, decision: DecisionEvent) -> Report:
    """The finished text with its own approval, beside that of the evidence."""
    given = {"by": decision.by, "at": decision.at, "note": decision.feedback, "show_note": decision.show_note}
    approval = report.approvals[0].model_copy(update={"kind": "report", **given})
    return report.model_copy(update={"approvals": [*report.approvals, approval], "record": decision.record})


def rewrite(state: ReportState, decision: DecisionEvent) -> None:
    """Note what to change in the finished text; safe to run again."""
    state.rewrites = {**state.rewrites, str(decision.review): decision.feedback}


def _settle_gaps(state: ReportState, decision: DecisionEvent) -> None:
    if decision.keep is not None:
        shown: dict[str, Disposition] = {
            gap.id: "kept" if gap.id in decision.keep else "dropped" for gap in state.open_gaps()
        }
        state.verdicts = {**state.verdicts, **shown}


def _reword(state: ReportState, decision: DecisionEvent) -> None:
    """Give claims their new words and note who gave them; the first words a claim had stay on record."""
    edits = {id: " ".join(text.split()) for id, text in decision.edits.items() if text.strip()}
    shown = {finding.id for finding in state.shown()}

    def reworded(finding: Finding) -> Finding:
        text = edits.get(finding.id, finding.claim)
        if text == finding.claim or finding.id not in shown:
            return finding
        was = finding.reworded.was if finding.reworded else finding.claim
        rewording = Rewording(by=decision.by, at=decision.at, was=was)
        return finding.model_copy(update={"claim": text, "reworded": rewording if text != was else None})

    state.findings = [reworded(finding) for finding in state.findings]
    state.edited = [finding.id for finding in state.findings if finding.reworded]
