"""What a decision does to the evidence.

- **Approve**: what `keep` lists is the evidence; left out, everything shown that is not dropped. All else is gone.
- **Reject with `drop`**, which may be empty: the client sorts. What is in `keep` stays, what is in `drop` never
  returns, neither the passage nor the same text elsewhere, and the rest is set aside: a later `keep` brings it back.
- **Reject with `keep` alone**: what is listed stays for the next round, the rest is dropped.
- **Reject with feedback, or another wish, and neither**: everything shown stays, and the next round adds to it.
- **Reject with nothing** (a bare "no"): what was shown was not good enough. It is set aside, save what a human named in
  `keep` before; the next round searches wider and shows only what is new. If there is nothing new, what was set aside
  is shown again, so that it can still be approved.

What prose drops ("drop f3") is dropped in any case, and so is what names something that was left out. Gaps are kept
and dropped in the same way, but a bare "no", and a decision that does not name them, leaves them open. `edits` reword
claims in either case; quotes are never touched. A passage that was added is a finding like those that were kept.
"""

from typing import Any

from sayso.events import DecisionEvent
from sayso.protocol.evidence import Finding, Mark, Rewording, StoredPassage
from sayso.protocol.reading import AddedPassage, Reading
from sayso.protocol.report import Approval, Report
from sayso.report.about import why_about
from sayso.report.metering import added
from sayso.report.passages import to_attachments
from sayso.report.reading import claim_of
from sayso.report.state import Disposition, ReportState
from sayso.report.text import applied, decided
from sayso.wishes.feedback import Feedback
from sayso.wishes.ordering import is_order
from sayso.wishes.reading import read
from sayso.wishes.shown import Shown


def approve(state: ReportState, decision: DecisionEvent) -> None:
    """Fix the evidence; safe to run again."""
    reading = _reading(state, decision)
    note = reading.note or decision.feedback
    left_out = list(dict.fromkeys([*state.left_out(), *reading.leave_out]))
    state.approval = Approval(
        by=decision.by,
        verified=decision.verified,
        at=decision.at,
        round=state.round,
        kept=[],
        dropped=[],
        left_out=left_out,
        limits=state.limits(),
    )
    _reword(state, decision, reading)
    added = _add(state, reading)
    wanted = {finding.id for finding in state.shown()} if decision.keep is None else set(decision.keep)
    wanted = (wanted | set(added)) - reading.drop.keys()
    kept = [each.id for each in state.findings if each.id in wanted and state.may_show(each)]
    dropped = [finding.id for finding in state.findings if finding.id not in kept]
    sorts = decision.drop is not None
    passed = {finding.id for finding in state.shown()} if sorts else set()
    aside = [
        id
        for id in dropped
        if id not in reading.drop and id not in wanted and (id in passed or state.verdicts.get(id) == "aside")
    ]
    state.reasons = {**state.reasons, **reading.drop}
    state.approval = state.approval.model_copy(
        update={"kept": kept, "dropped": dropped, "aside": aside, "note": note, "show_note": decision.show_note}
    )
    state.note = note
    _settle_gaps(state, decision, reading)


def reject(state: ReportState, decision: DecisionEvent) -> None:
    """Note the feedback and what stays for the next round; safe to run again."""
    reading = _reading(state, decision)
    sorts = decision.drop is not None
    given = Feedback(round=state.round, text=decision.feedback, by=decision.by, sorts=sorts, reading=reading)
    shown = [finding.id for finding in state.shown()]
    _reword(state, decision, reading)
    state.feedback = [item for item in state.feedback if item.round < state.round] + [given]
    added = _add(state, reading)
    keep = set(decision.keep or [])
    verdicts: dict[str, Disposition] = dict(state.verdicts)
    for id in shown:
        if sorts:
            verdicts[id] = "kept" if id in keep else "aside"
        elif decision.keep is not None:
            verdicts[id] = "kept" if id in keep else "dropped"
        else:
            verdicts[id] = "kept" if given.says_something or added or id in state.chosen else "aside"
    for id in [finding.id for finding in state.findings]:
        if id in reading.drop:
            verdicts[id] = "dropped"
        elif id in reading.keep or id in added:
            verdicts[id] = "kept"
    state.verdicts = verdicts
    leave_out(state)
    before = {id: round for id, round in state.dropped_in.items() if round < state.round}
    now = {id: state.round for id in shown if state.verdicts[id] == "dropped"}
    state.dropped_in = {**before, **now}
    state.reasons = {**state.reasons, **reading.drop}
    _settle_gaps(state, decision, reading)
    chosen = set(state.chosen if decision.keep is None else decision.keep) | set(reading.keep) | set(added)
    state.chosen = [finding.id for finding in state.findings if finding.id in chosen - reading.drop.keys()]


def release(state: ReportState, report: Report, decision: DecisionEvent) -> Report:
    """The finished text, with what was done to its units, and with its own approval beside that of the evidence."""
    reading = _reading(state, decision)
    by: dict[str, Any] = {"by": decision.by, "verified": decision.verified}
    text = decided(report, decision.text, reading.leave_out).model_copy(update=by)
    report = applied(report, [text])
    note = decision.note or decision.feedback
    given = {**by, "at": decision.at, "note": note, "show_note": decision.show_note}
    approval = report.approvals[0].model_copy(update={"kind": "report", **given})
    return report.model_copy(update={"approvals": [*report.approvals, approval], "record": decision.record})


def rewrite(state: ReportState, report: Report, decision: DecisionEvent) -> None:
    """Note what to change in the finished text; safe to run again."""
    reading = _reading(state, decision)
    said = {field: [point.value for point in reading.points if point.field == field] for field in ("note", "search")}
    sent = {each.unit for each in decision.text}
    edits = [*decision.text, *(each for each in reading.text if each.unit not in sent)]
    given = decided(report, edits, reading.leave_out).model_copy(
        update={
            "by": decision.by,
            "verified": decision.verified,
            "notes": [each for each in said["note"] if not is_order(each)],
            "misplaced": [each for each in said["note"] if is_order(each)],
            "wishes": said["search"],
            "unsure": [each.said for each in reading.unsure],
        }
    )
    review = str(decision.review)
    told = [*given.notes, *given.wishes, *given.comments]
    state.rewrites = {**state.rewrites, review: "\n".join(told)}
    state.edits = {**state.edits, review: given}
    state.rejected = report


def _reading(state: ReportState, decision: DecisionEvent) -> Reading:
    """How the decision was read when it came in. What 0.1.0 recorded was not: it is read now, by the same rules."""
    if decision.read is not None:
        if decision.read.used is not None:
            state.usage = added(state.usage, decision.read.used)
        return decision.read
    if decision.response == "approve":
        return Reading(note=decision.feedback, keep=decision.keep or [])
    shown = Shown([*state.shown(), *state.open_gaps()], state.sources)
    reading = read(decision.feedback, shown).reading()
    return reading.model_copy(update={"keep": [*(decision.keep or []), *reading.keep]})


def leave_out(state: ReportState) -> None:
    """Drop what is about something that was left out."""
    for finding in state.findings:
        if state.verdicts.get(finding.id) != "dropped" and not state.may_show(finding):
            state.verdicts[finding.id] = "dropped"
            why = next(filter(None, (why_about(each, finding) for each in state.unsayable())))
            state.reasons = {**state.reasons, finding.id: why}


def _add(state: ReportState, reading: Reading) -> list[str]:
    """Make findings of the passages that were added; gives their ids."""
    first = 1 + len(state.findings)
    added: list[str] = []
    for at, passage in enumerate(reading.added):
        id = f"f{first + at}"
        near = _beside(state, passage)
        finding = Finding(
            id=id,
            claim=claim_of(passage),
            topic=state.topics.get(near.id, "") if near else "",
            round=state.round,
            agreeing=1,
            mark=Mark.QUOTED,
            quotes=[passage.quote],
        )
        state.findings = [*state.findings, finding]
        state.topics = {**state.topics, id: finding.topic}
        state.passages = {**state.passages, id: [passage.passage]}
        start = (passage.quote.place.offset or 0) - passage.starts
        stored = StoredPassage(
            finding=id,
            text=passage.passage,
            quote=(start, start + len(passage.quote.text)),
            marked=(start, start + len(passage.quote.text)),
            place=passage.quote.place.model_copy(update={"offset": passage.starts}),
        )
        state.inherited = {**state.inherited, **to_attachments([finding], state.sources, {id: [stored]})}
        added.append(id)
    return added


def _beside(state: ReportState, passage: AddedPassage) -> Finding | None:
    """The finding of the same document whose quote stands nearest."""
    offset = passage.quote.place.offset or 0
    own = [each for each in state.findings if each.quotes and each.quotes[0].source == passage.source]
    return min(own, key=lambda each: abs((each.quotes[0].place.offset or 0) - offset), default=None)


def _settle_gaps(state: ReportState, decision: DecisionEvent, reading: Reading) -> None:
    settled: dict[str, Disposition] = {}
    for gap in state.open_gaps():
        if gap.id in reading.drop:
            settled[gap.id] = "dropped"
        elif decision.keep is not None and decision.drop is None:
            settled[gap.id] = "kept" if gap.id in reading.keep else "dropped"
        elif gap.id in reading.keep:
            settled[gap.id] = "kept"
    state.verdicts = {**state.verdicts, **settled}


def _reword(state: ReportState, decision: DecisionEvent, reading: Reading) -> None:
    """Give claims their new words and note who gave them; the first words a claim had stay on record."""
    edits = {id: " ".join(text.split()) for id, text in decision.edits.items() if text.strip()}
    shown = {finding.id for finding in state.shown()}
    marks = {each.id: each.mark for each in reading.edits}

    def reworded(finding: Finding) -> Finding:
        text = edits.get(finding.id, finding.claim)
        if text == finding.claim or finding.id not in shown:
            return finding
        was = finding.reworded.was if finding.reworded else finding.claim
        rewording = Rewording(by=decision.by, verified=decision.verified, at=decision.at, was=was)
        update = {"claim": text, "reworded": rewording if text != was else None, "mark": marks.get(finding.id)}
        return finding.model_copy(update=update)

    state.findings = [reworded(finding) for finding in state.findings]
    state.edited = [finding.id for finding in state.findings if finding.reworded]
