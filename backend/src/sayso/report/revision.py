"""A revision: a new run that goes on from the evidence that was approved for an earlier report."""

from collections.abc import Mapping
from typing import Protocol

from pydantic import JsonValue

from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.protocol.evidence import StoredPassage
from sayso.protocol.report import Parent, Report
from sayso.report.passages import from_attachments, text_of, to_attachments
from sayso.report.state import ReportState, Search
from sayso.wishes.feedback import Feedback
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


async def inherited_state(results: Results | None, run_id: str, wish: str, by: str) -> ReportState:
    """The state of a run that revises the report of `run_id`, just before its first round; see `inherit`.

    Raises:
        ProtocolError: the report is gone since the run was asked for.
    """
    report = await earlier_report(results, run_id)
    assert results is not None
    return inherit(report, await results.attachments(run_id), run_id, wish, by)


def inherit(report: Report, attachments: Mapping[str, JsonValue], run_id: str, wish: str, by: str) -> ReportState:
    """The state of a run that goes on as if `report` had been rejected with `wish`, just before its next round.

    Args:
        attachments: those of the run `run_id`, which wrote the report.
    """
    kept = from_attachments(attachments)
    stored = {(passage.finding, id): passage for id, each in kept.items() for passage in each.passages}
    state = ReportState(
        question=report.question,
        parent=Parent(run_id=run_id, title=report.title),
        wish=wish,
        first_round=report.rounds + 1,
        round=report.rounds + 1,
        feedback=[Feedback(round=report.rounds, text=wish, by=by)],
        searches=[Search(round=report.rounds, query=Query(text=text)) for text in report.searched],
    )
    renamed: dict[str, str] = {}
    for finding in report.findings:
        quotes = [quote for quote in finding.quotes if (finding.id, quote.source) in stored]
        if not quotes:
            continue
        id = f"f{len(state.findings) + 1}"
        passages: list[StoredPassage] = []
        for quote in quotes:
            if quote.source not in renamed:
                renamed[quote.source] = f"s{len(renamed) + 1}"
                state.sources.append(kept[quote.source].source.model_copy(update={"id": renamed[quote.source]}))
            passages.append(stored[finding.id, quote.source].model_copy(update={"finding": id}))
        moved = [quote.model_copy(update={"source": renamed[quote.source]}) for quote in quotes]
        own = finding.model_copy(update={"id": id, "quotes": moved, "state": "new"})
        state.findings.append(own)
        state.passages[id] = list(map(text_of, passages))
        state.topics[id] = finding.topic
        state.verdicts[id] = "kept"
        state.inherited |= to_attachments([own], state.sources, {id: passages})
    state.chosen = [finding.id for finding in state.findings]
    state.edited = [finding.id for finding in state.findings if finding.reworded]
    return state


def _refused(message: str) -> ProtocolError:
    field = "options.revises"
    return ProtocolError(ErrorCode.INVALID_FRAME, f"{field}: {message}", field=field)
