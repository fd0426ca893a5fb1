"""From a draft to the report that can be published: checked, judged where that was asked for, with all that it stands
on."""

from collections import Counter
from collections.abc import Callable

from sayso.events import ResultEvent
from sayso.exports.markdown import report_markdown
from sayso.exports.wording import count
from sayso.gate.check import Checked, check
from sayso.gate.quoted import approved
from sayso.gate.withheld import Withheld
from sayso.protocol.evidence import Finding, Mark
from sayso.protocol.report import Gate, Report, Sentence
from sayso.report.approved import ApprovedEvidence
from sayso.report.choice import WriterChoice
from sayso.report.completing import with_further, with_untold
from sayso.report.order import moved
from sayso.report.rewriting import draft_of, left_note, spliced
from sayso.report.rounds import not_found
from sayso.report.state import ReportState
from sayso.report.text import applied, shown_units, units_of
from sayso.report.unused import unused
from sayso.wishes.ordering import is_order, orders
from sayso.writers.extractive.title import title_of
from sayso.writers.extractive.writer import NAME as EXTRACTIVE
from sayso.writers.judgement import Claimed, Judgement
from sayso.writers.port import DraftReport, WritingBrief

NO_EVIDENCE = "No good evidence was found and approved, so nothing was written."
NOTHING_STANDS = "The check left no sentence standing; the approved quotes were not enough for what was written."
REFUSED = "The model, asked to judge it, does not find it supported by the quotes it cites."


def blank_report(state: ReportState, choice: WriterChoice, evidence: ApprovedEvidence) -> Report:
    """The report on the approved evidence before anything is written."""
    assert state.approval is not None
    withheld = evidence.withheld
    return Report(
        title=title_of(state.question),
        question=state.question,
        writer=choice.name(state),
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
        usage=choice.usage(state),
        unused=evidence.unused,
        parent=state.parent,
        record=state.record,
    )


def edited_report(state: ReportState, choice: WriterChoice) -> Report | None:
    """The text that was rejected last with what was decided about its units, if the writer has nothing to do about it:
    it was asked nothing that it can do. Nothing else can be lost in such a text."""
    if state.rejected is None or not state.edits:
        return None
    latest = list(state.edits.values())[-1]
    asked = [*latest.notes, *latest.wishes, *latest.comments]
    if any(choice.honours(state, each) for each in asked):
        return None
    return applied(state.rejected, [latest]).model_copy(update={"usage": choice.usage(state), "record": state.record})


async def commented_report(
    blank: Report, state: ReportState, choice: WriterChoice, evidence: ApprovedEvidence, tell: Callable[[str], None]
) -> Report:
    """The text that was rejected last, in which what was commented on is written anew and checked like any other."""
    assert state.rejected is not None
    tell("Changing what you commented on; the rest stays as it is")
    brief = evidence.brief
    said = await choice.revise(state, brief, tell)
    report = applied(state.rejected, [list(state.edits.values())[-1]])
    asked = {unit.text for unit in brief.earlier if unit.comment} & {unit.text for unit in units_of(report)}
    parts: dict[str, Report] = {}
    for unit, units in ((brief.earlier[at], units) for at, units in said.items()):
        part = await checked_report(blank, draft_of(unit, units), state, choice, evidence, tell)
        parts |= {each.id: part for each in units_of(report) if each.text == unit.text}
    report = spliced(report, parts)
    note = left_note(len(asked & {unit.text for unit in units_of(report)}))
    notes = [state.rejected.note, *dict.fromkeys(state.fallbacks.values()), note]
    told = " ".join(dict.fromkeys(each for each in notes if each))
    return report.model_copy(update={"usage": choice.usage(state), "record": state.record, "note": told})


async def checked_report(
    blank: Report,
    draft: DraftReport,
    state: ReportState,
    choice: WriterChoice,
    evidence: ApprovedEvidence,
    tell: Callable[[str], None] = lambda _: None,
) -> Report:
    """`blank` filled with what of `draft` stands, and with the approved findings that nothing in it tells."""
    checked = check(draft, evidence.brief, evidence.withheld)
    untold = await choice.untold(state, checked, evidence.brief)
    if untold.sections:
        draft = with_untold(draft, untold, _parts(checked, evidence.brief))
        checked = check(draft, evidence.brief, evidence.withheld)
    if further := await choice.further(state, checked, evidence.brief):
        draft = with_further(draft, further)
        checked = check(draft, evidence.brief, evidence.withheld)
    claims = _claims(checked)
    judged = await choice.judge(state, claims, tell)
    said = {claim.text: each for claim, each in zip(claims, judged.of, strict=bool(judged.of)) if each is not None}
    refused = {text: _refusal(each, evidence.withheld) for text, each in said.items() if each.supported is False}
    doubted = {text for text, each in said.items() if each.supported is None}
    if refused or doubted:
        checked = check(draft, evidence.brief, evidence.withheld, refused=refused, doubted=doubted)
    for sentence in _body(checked):
        sentence.judged = sentence.text in said and said[sentence.text].supported is True
    writer = choice.wrote(state).info
    notes = [draft.note, untold.note or draft.untold, *dict.fromkeys(state.fallbacks.values()), judged.note]
    if not checked.sections:
        notes.append(NOTHING_STANDS)
    elif writer.name == EXTRACTIVE:
        notes.insert(0, _extracted(_body(checked), evidence.brief.findings))
    quotes = {"quotes": evidence.quotes, "quotes_removed": evidence.altered, "judged": judged.count}
    by = {"judged_by": judged.by.model, "judge": judged.by.judge} if judged.by and judged.count else {}
    report = blank.model_copy(
        update={
            "title": checked.title,
            "writer": writer.name,
            "model": writer.model,
            "note": " ".join(note for note in notes if note),
            "summary": checked.summary,
            "summary_blocks": checked.summary_blocks,
            "sections": checked.sections,
            "sources": checked.sources,
            "removed": [*blank.removed, *checked.removed],
            "unused": [*blank.unused, *unused(checked, evidence.brief.findings)],
            "changed": checked.changed,
            "gate": checked.gate.model_copy(update=quotes | by),
            "usage": choice.usage(state),
        }
    )
    return _in_order(report, evidence.brief.note) if writer.name == EXTRACTIVE else report


def result_of(state: ReportState, report: Report) -> ResultEvent:
    """The end of the run: its report, and what is kept with it."""
    data = report.model_dump(mode="json")
    return ResultEvent(payload=report_markdown(report), data=data, attachments=state.inherited)


def _in_order(report: Report, note: str) -> Report:
    """`report` in the order that the lines of a note ask for; a line that asks for what is not there is named."""
    for line in filter(is_order, note.split("\n")):
        wanted = orders(line, shown_units(report))
        texts = {unit.id: unit.text for unit in units_of(report)}
        for each in wanted:
            beside = texts[each.before or each.after]
            report = moved(report, texts[each.unit], beside, after=bool(each.after))
        if not wanted:
            told = f"Nothing was moved for “{line.strip()}”: the text has no such part."
            report = report.model_copy(update={"note": f"{report.note} {told}".strip()})
    return report


def _refusal(judgement: Judgement, withheld: Withheld) -> str:
    reason = judgement.reason.rstrip(".")
    return REFUSED if not reason or withheld.fault(reason) else f"{REFUSED} Its reason: “{reason}”."


def _extracted(sentences: list[Sentence], findings: list[Finding]) -> str:
    """How an extractive report came about: its sentences are quotes, but for those that a human worded."""
    quoted = sum(sentence.mark is Mark.QUOTED for sentence in sentences)
    if quoted == len(sentences):
        return "This report is extractive: every sentence is quoted word for word from the approved sources."
    worded = {finding.claim for finding in findings if finding.reworded}
    reworded = sum(sentence.text in worded for sentence in sentences)
    said = f"{quoted} of {count(len(sentences), 'sentence')} are quoted word for word from the approved sources"
    others = f"; {reworded} reworded before approval" if reworded else ""
    return f"This report is extractive: {said}{others}."


def _parts(checked: Checked, brief: WritingBrief) -> dict[str, str]:
    """By headings of the checked text, the part of the question that most of the section is about."""
    parts: dict[str, str] = {}
    for section in checked.sections:
        ids = [id for unit in section.sentences for cited in unit.cited for id in cited.findings]
        topics = Counter(brief.topics.get(id, "") for id in ids)
        if topics:
            parts[section.heading] = topics.most_common(1)[0][0]
    return parts


def _body(checked: Checked) -> list[Sentence]:
    return [*checked.summary, *(sentence for section in checked.sections for sentence in section.sentences)]


def _claims(checked: Checked) -> list[Claimed]:
    quotes = {source.n: ["\n".join(approved(quote)[::-1]) for quote in source.evidence] for source in checked.sources}

    def claimed(sentence: Sentence) -> Claimed:
        cited = [quotes[each.n][at] for each in sentence.cited for at in each.quotes]
        return Claimed(text=sentence.text, quotes=cited)

    return list(map(claimed, _body(checked)))


def _sayable(lines: list[str], withheld: Withheld) -> list[str]:
    """`lines` without those that would name what was dropped."""
    return [line for line in dict.fromkeys(lines) if not withheld.fault(line)]
