"""What a decision does to the evidence.

- **Approve**: what `keep` lists is the evidence; left out, everything shown. All else is dropped.
- **Reject with `keep`**: what is listed stays for the next round, the rest is dropped for good: neither the passage nor
  the same text elsewhere is shown again.
- **Reject with feedback and no `keep`**: everything shown stays, and the next round adds to it.
- **Reject with neither** (a bare "no"): what was shown was not good enough. It is set aside, save what a human named in
  `keep` before; the next round searches wider and shows only what is new. If there is nothing new, what was set aside
  is shown again, so that it can still be approved.

`edits` reword claims in either case; quotes are never touched.
"""

from sayso.events import DecisionEvent
from sayso.protocol.report import Approval
from sayso.report.state import ReportState, Verdict
from sayso.writing.writer import Feedback


def approve(state: ReportState, decision: DecisionEvent) -> None:
    """Fix the evidence; safe to run again."""
    _reword(state, decision)
    kept = [finding.id for finding in state.shown() if decision.keep is None or finding.id in decision.keep]
    dropped = [finding.id for finding in state.findings if finding.id not in kept]
    state.approval = Approval(by=decision.by, at=decision.at, round=state.round, kept=kept, dropped=dropped)
    state.note = decision.feedback


def reject(state: ReportState, decision: DecisionEvent) -> None:
    """Note the feedback and what stays for the next round; safe to run again."""
    _reword(state, decision)
    shown = [finding.id for finding in state.shown()]
    verdicts: dict[str, Verdict] = dict(state.verdicts)
    for id in shown:
        if decision.keep is not None:
            verdicts[id] = "kept" if id in decision.keep else "dropped"
        else:
            verdicts[id] = "kept" if decision.feedback or id in state.chosen else "aside"
    state.verdicts = verdicts
    chosen = set(state.chosen if decision.keep is None else decision.keep)
    state.chosen = [finding.id for finding in state.findings if finding.id in chosen]
    given = Feedback(round=state.round, text=decision.feedback, by=decision.by)
    state.feedback = [item for item in state.feedback if item.round < state.round] + [given]


def _reword(state: ReportState, decision: DecisionEvent) -> None:
    edits = {id: " ".join(text.split()) for id, text in decision.edits.items() if text.strip()}
    shown = {finding.id for finding in state.shown()}
    state.findings = [
        finding.model_copy(update={"claim": edits[finding.id]})
        if finding.id in edits and finding.id in shown
        else finding
        for finding in state.findings
    ]
    reworded = {*state.edited, *(edits.keys() & shown)}
    state.edited = [finding.id for finding in state.findings if finding.id in reworded]
