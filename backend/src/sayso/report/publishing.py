"""From a draft to the report that can be published: checked, judged where that was asked for, with all that it stands
on."""

from sayso.gate.check import Checked, check
from sayso.gate.withheld import Withheld
from sayso.protocol.report import Gate, Report, Sentence
from sayso.report.approved import Approved
from sayso.report.review import not_found
from sayso.report.state import ReportState
from sayso.report.writers import Writers
from sayso.writers.extractive.writer import title_of
from sayso.writers.port import Claimed, DraftReport

NO_EVIDENCE = "No good evidence was found and approved, so nothing was written."
NOTHING_STANDS = "The check left no sentence standing; the approved quotes were not enough for what was written."
REFUSED = "The model, asked to judge it, does not find it supported by the quotes it cites."


def blank_report(state: ReportState, writers: Writers, evidence: Approved) -> Report:
    """The report on the approved evidence before anything is written."""
    assert state.approval is not None
    withheld = evidence.withheld
    return Report(
        title=title_of(state.question),
        question=state.question,
        writer=writers.name(state),
        note=NO_EVIDENCE,
        sections=[],
        sources=[],
        conflicts=evidence.brief.conflicts,
        not_found=_sayable(not_found(state, state.approval.kept), withheld),
        approvals=[state.approval],
        findings=evidence.brief.findings,
        searched=_sayable([search.query.text for search in state.searches], withheld),
        rounds=state.round,
        removed=evidence.removed,
        gate=Gate(quotes=evidence.quotes, quotes_removed=evidence.altered),
        usage=writers.usage(state),
        parent=state.parent,
    )


async def checked_report(
    blank: Report, draft: DraftReport, state: ReportState, writers: Writers, evidence: Approved
) -> Report:
    """`blank` filled with what of `draft` stands."""
    checked = check(draft, evidence.brief, evidence.withheld)
    claims = _claims(checked)
    verdicts = await writers.judge(state, claims)
    if verdicts is not None:
        refused = {claim.text: REFUSED for claim, supported in zip(claims, verdicts, strict=True) if not supported}
        checked = check(draft, evidence.brief, evidence.withheld, refused=refused)
    writer = writers.wrote(state).info
    notes = [draft.note, *dict.fromkeys(state.fallbacks.values())]
    if not checked.sections:
        notes.append(NOTHING_STANDS)
    quotes = {"quotes": evidence.quotes, "quotes_removed": evidence.altered, "judged": len(verdicts or [])}
    return blank.model_copy(
        update={
            "title": checked.title,
            "writer": writer.name,
            "model": writer.model,
            "note": " ".join(note for note in notes if note),
            "summary": checked.summary,
            "sections": checked.sections,
            "sources": checked.sources,
            "removed": [*blank.removed, *checked.removed],
            "gate": checked.gate.model_copy(update=quotes),
            "usage": writers.usage(state),
        }
    )


def _claims(checked: Checked) -> list[Claimed]:
    quotes = {source.n: source.quotes for source in checked.sources}

    def claimed(sentence: Sentence) -> Claimed:
        cited = [quotes[each.n][at] for each in sentence.cited for at in each.quotes]
        return Claimed(text=sentence.text, quotes=cited)

    body = [sentence for section in checked.sections for sentence in section.sentences]
    return [claimed(sentence) for sentence in [*checked.summary, *body]]


def _sayable(lines: list[str], withheld: Withheld) -> list[str]:
    """`lines` without those that would name what was dropped."""
    return [line for line in dict.fromkeys(lines) if not withheld.fault(line)]
