"""What the writer gets to see: the approved findings whose quotes stand in their stored passages, nothing else."""

from dataclasses import dataclass

from sayso.gate.conflicts import conflicts
from sayso.gate.withheld import Withheld
from sayso.language.verbatim import stands
from sayso.protocol.evidence import Finding, Quote
from sayso.protocol.report import RemovedSentence, Unused
from sayso.report.rewriting import kinds_of
from sayso.report.state import ReportState
from sayso.report.text import units_of
from sayso.writers.port import EarlierUnit, WritingBrief

ALTERED = "Its quote does not stand in the passage that was stored for it."


@dataclass(frozen=True)
class ApprovedEvidence:
    """The approved evidence, after its quotes were held against the stored passages."""

    brief: WritingBrief
    withheld: Withheld
    quotes: int
    """Quotes that were looked at."""
    altered: int
    """Those that do not stand in their passage, and are left out."""
    removed: list[RemovedSentence]
    """Claims of findings that have no quote left."""
    unused: list[Unused]
    """These findings."""


def approved_evidence(state: ReportState) -> ApprovedEvidence:
    """The evidence of `state.approval`."""
    kept_ids = state.approval.kept if state.approval else []
    kept: list[Finding] = []
    removed: list[RemovedSentence] = []
    unused: list[Unused] = []
    quotes = altered = 0
    for finding in state.findings:
        if finding.id not in kept_ids:
            continue
        passages = state.passages.get(finding.id, [])
        verbatim = [
            quote for at, quote in enumerate(finding.quotes) if at < len(passages) and _stored(quote, passages[at])
        ]
        quotes += len(finding.quotes)
        altered += len(finding.quotes) - len(verbatim)
        if verbatim:
            kept.append(finding.model_copy(update={"quotes": verbatim}))
        else:
            removed.append(RemovedSentence(text=finding.claim, why=ALTERED))
            unused.append(Unused(finding=finding.id, claim=finding.claim, why=ALTERED))
    dropped = [finding for finding in state.findings if finding.id not in kept_ids]
    left_out = [*state.unsayable(), *(each for edits in state.edits.values() for each in edits.left_out)]
    withheld = Withheld.of(dropped, kept, state.sources, f"{state.question} {state.wish}", left_out)
    brief = _brief(state, kept).model_copy(update={"earlier": _earlier(state, withheld)})
    return ApprovedEvidence(brief, withheld, quotes, altered, removed, unused)


def _earlier(state: ReportState, withheld: Withheld) -> list[EarlierUnit]:
    """The text that is to be changed: the one that was rejected last, or the report that the run revises. What
    the summary says again is one unit of it."""
    report = state.rejected
    if report is None:
        return [EarlierUnit(text=text) for text in state.earlier if not withheld.fault(text)]
    comments = {each.was: each.comment for each in list(state.edits.values())[-1].commented} if state.edits else {}
    kinds = kinds_of(report)
    told = {unit.text: unit for unit in units_of(report) if not withheld.fault(unit.text)}.values()
    return [EarlierUnit(text=each.text, kind=kinds[each.id], comment=comments.get(each.text, "")) for each in told]


def _stored(quote: Quote, passage: str) -> bool:
    """Whether the quote, and what leads into it, stand in the stored passage."""
    return stands(quote.text, passage) and (not quote.place.lead or stands(quote.place.lead, passage))


def _brief(state: ReportState, findings: list[Finding]) -> WritingBrief:
    numbers: dict[str, int] = {}
    for finding in findings:
        for quote in finding.quotes:
            numbers.setdefault(quote.source, len(numbers) + 1)
    by_id = {source.id: source for source in state.sources}
    ids = {finding.id for finding in findings}
    return WritingBrief(
        question=state.question,
        language=state.language,
        findings=findings,
        sources=[by_id[id] for id in numbers],
        numbers=numbers,
        topics={finding.id: sayable_topic(finding, state) for finding in findings},
        edited=[id for id in state.edited if id in ids],
        conflicts=conflicts(findings, [by_id[id] for id in numbers]),
        note="\n".join(_wishes(state)),
    )


def sayable_topic(finding: Finding, state: ReportState) -> str:
    """The heading it was found under, unless that names what was left out."""
    topic = state.topics.get(finding.id, "")
    return topic if state.may_say(topic) else ""


def _wishes(state: ReportState) -> list[str]:
    """What the writer was asked, oldest first: by feedback about the writing, with the approval, and since."""
    asked = state.options
    said = [f"at most {asked.length} sentences"] if asked.length else []
    said += [f"in {asked.language}"] if asked.language else []
    said += [f"for {asked.audience}"] if asked.audience else []
    said += [each for given in state.feedback for each in given.read.note.split("\n")]
    return [part for part in dict.fromkeys([*said, state.note, *state.rewrites.values()]) if part]
