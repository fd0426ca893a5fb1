"""A revision: a new run that goes on from the evidence that was approved for an earlier report."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from pydantic import JsonValue

from sayso.language.sentences import readable
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.protocol.evidence import Finding, Quote, SourcePassages, StoredPassage
from sayso.protocol.report import Parent, Report
from sayso.report.decision import leave_out
from sayso.report.metering import added
from sayso.report.passages import from_attachments, text_of, to_attachments
from sayso.report.prose import ReadProse, by_rules
from sayso.report.state import Disposition, ReportState, Search
from sayso.report.text import units_of
from sayso.wishes.feedback import Feedback
from sayso.wishes.shown import Shown
from sayso.writers.port import Query


class Results(Protocol):
    """Where the reports of earlier runs can be read."""

    async def report(self, run_id: str) -> Report:
        """The report of a completed run.

        Raises:
            ProtocolError: there is none.
        """
        ...

    async def attachments(self, run_id: str) -> dict[str, JsonValue]:
        """The records kept with a run."""
        ...


async def earlier_report(results: Results | None, run_id: str) -> Report:
    """The report that `options.revises` names.

    Raises:
        ProtocolError: `invalid_frame`, naming the option.
    """
    if results is None:
        raise _refused("this server keeps no reports to revise.")
    try:
        report = await results.report(run_id)
    except ProtocolError as error:
        raise _refused(f"{error.message} Name a completed run that has a report.") from error
    if not report.findings:
        raise _refused("that report has no approved findings to go on from; ask its question again instead.")
    return report


async def inherited_state(
    results: Results | None, run_id: str, wish: str, by: str, read: ReadProse = by_rules
) -> ReportState:
    """The state of a run that revises the report of `run_id`, just before its first round; see `inherit`.

    Raises:
        ProtocolError: the report is gone since the run was asked for.
    """
    report = await earlier_report(results, run_id)
    assert results is not None
    state = inherit(report, await results.attachments(run_id), run_id)
    await _wished(state, wish, by, read)
    return state


def inherit(report: Report, attachments: Mapping[str, JsonValue], run_id: str) -> ReportState:
    """The state of a run that goes on as if `report` had been rejected, just before its next round. What was dropped
    and left out for the report stays so, and its limits hold.

    Args:
        attachments: those of the run `run_id`, which wrote the report.
    """
    kept = from_attachments(attachments)
    approval = next((each for each in report.approvals if each.kind == "evidence"), None)
    state = ReportState(
        question=report.question,
        parent=Parent(run_id=run_id, title=report.title),
        earlier=[unit.text for unit in units_of(report)],
        first_round=report.rounds + 1,
        round=report.rounds + 1,
        searches=[Search(round=report.rounds, query=Query(text=text)) for text in report.searched],
        left_out_before=approval.left_out if approval else [],
        limits_before=approval.limits if approval else None,
    )
    moving = _Moving(state, kept)
    for finding in report.findings:
        moving.move(finding, "kept")
    aside = set(approval.aside if approval else [])
    for id in approval.dropped if approval else []:
        if stored := moving.stored(id, report.rounds):
            moving.move(stored, "aside" if id in aside else "dropped")
    state.chosen = [finding.id for finding in state.findings if state.verdicts[finding.id] == "kept"]
    state.edited = [finding.id for finding in state.findings if finding.reworded]
    return state


async def _wished(state: ReportState, wish: str, by: str, read: ReadProse) -> None:
    """Do with the evidence of the report that is revised what `wish` says."""
    shown = Shown(state.shown(), state.sources)
    reading = (await read(wish, shown)).reading()
    state.wish = wish
    before = state.round - 1
    state.feedback = [Feedback(round=before, text=wish, by=by, reading=reading)]
    state.verdicts |= dict.fromkeys(reading.drop, "dropped")
    state.reasons |= reading.drop
    if reading.used is not None:
        state.usage = added(state.usage, reading.used)
    leave_out(state)
    now = [id for id in state.verdicts if state.verdicts[id] == "dropped" and id in state.reasons]
    state.dropped_in = dict.fromkeys(now, before)


@dataclass
class _Moving:
    """Findings on their way from one run into another, where they and their sources get ids of their own."""

    state: ReportState
    kept: Mapping[str, SourcePassages]
    renamed: dict[str, str] = field(default_factory=dict)

    def stored(self, id: str, round: int) -> Finding | None:
        """A finding that a human did not approve, as far as its passages tell of it."""
        found = [(source, each) for source, all in self.kept.items() for each in all.passages if each.finding == id]
        if not found:
            return None
        quotes = []
        for source, passage in found:
            start, end = passage.quote
            marked = passage.marked or passage.quote
            offset = None if passage.place.offset is None else passage.place.offset + start
            place = passage.place.model_copy(update={"offset": offset})
            quote = Quote(text=passage.text[start:end], source=source, place=place)
            quotes.append(quote.model_copy(update={"marked": (marked[0] - start, marked[1] - start)}))
        first = quotes[0]
        claim = readable(first.text[slice(*(first.marked or (0, None)))])
        return Finding(id=id, claim=claim, round=round, quotes=quotes)

    def move(self, finding: Finding, verdict: Disposition) -> None:
        """Take a finding over, with those of its quotes whose passage is stored."""
        stored = {quote.source: self._passage(finding.id, quote) for quote in finding.quotes}
        quotes = [quote for quote in finding.quotes if stored[quote.source] is not None]
        if not quotes:
            return
        state = self.state
        id = f"f{len(state.findings) + 1}"
        passages: list[StoredPassage] = []
        for quote in quotes:
            if quote.source not in self.renamed:
                self.renamed[quote.source] = f"s{len(self.renamed) + 1}"
                source = self.kept[quote.source].source
                state.sources.append(source.model_copy(update={"id": self.renamed[quote.source]}))
            passage = stored[quote.source]
            assert passage is not None
            passages.append(passage.model_copy(update={"finding": id}))
        moved = [quote.model_copy(update={"source": self.renamed[quote.source]}) for quote in quotes]
        own = finding.model_copy(update={"id": id, "quotes": moved, "state": "new"})
        state.findings.append(own)
        state.passages[id] = list(map(text_of, passages))
        state.topics[id] = finding.topic
        state.verdicts[id] = verdict
        state.inherited |= to_attachments([own], state.sources, {id: passages})

    def _passage(self, id: str, quote: Quote) -> StoredPassage | None:
        own = self.kept[quote.source].passages if quote.source in self.kept else []
        return next((each for each in own if each.finding == id), None)


def _refused(message: str) -> ProtocolError:
    field = "options.revises"
    return ProtocolError(ErrorCode.INVALID_FRAME, f"{field}: {message}", field=field)
