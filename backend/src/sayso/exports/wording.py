"""The sentences that all formats share, so that each says the same."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from sayso.exports.text import one_line
from sayso.protocol.decisions import called, with_name
from sayso.protocol.evidence import Mark, Place
from sayso.protocol.report import Approval, Gate, Report, ReportSource, Sentence
from sayso.protocol.usage import Usage

SUMMARY = "Summary"
CONFLICTS = "Where the evidence disagrees"
NOT_FOUND = "Not found"
SOURCES = "Sources"
REMOVED = "Removed by the check"
REWORDED = "Claims reworded before approval"
UNUSED = "Approved, not used"
EMPTY = "No evidence was approved"
CHANGED = "Changed by the check"
MARKS = (
    "Marks: what has no word in parentheses behind it is quoted word for word; (same) differs from its quote only by "
    "small edits of a closed list; (reworded) has the names, figures and words of logic of its quote, and whether it "
    "means the same was not checked; (confirmed by …) is a wording that a person took by name; (translated …) is of a "
    "quote in another language, which stands beside it. None of them says that the source is right."
)
MADE = "How this report was made"
ASKED = "Asked of the writer:"
TABLE = "Table"
_NAMES = 3
"""Authors of a source that are named."""

_FOR_THE_OPERATOR = re.compile(
    r" Set OPENAI_API_KEY to have a model write it instead\.|: (?:check|set) [^.:]*(?:OPENAI|SAYSO)_[^.:]*(?=\.)"
)
_ALL_QUOTED = "every sentence is quoted word for word from the approved sources."
_NOT_ALL_QUOTED = "its sentences are quoted from the approved sources, but for claims that were reworded."


def closed(report: Report) -> str:
    """In place of the approvals of an empty report."""
    when = [f"{with_name('Closed', each.by, each.verified)}, {moment(each.at)}" for each in report.approvals[-1:]]
    return ". ".join([EMPTY, *when]) + "."


def approved_by(approval: Approval) -> str:
    what = "Report" if approval.kind == "report" else "Evidence"
    return with_name(f"{what} approved", approval.by, approval.verified)


def approved_when(approval: Approval) -> str:
    """`2026-11-22 14:06 UTC`, and for evidence what was approved of it. Dropped findings are a figure only."""
    day = moment(approval.at)
    if approval.kind == "report":
        return day
    total = len(approval.kept) + len(approval.dropped)
    what = f"{len(approval.kept)} of {count(total, 'finding')}, " if total else ""
    return f"{day}: {what}round {approval.round}"


def moment(at: datetime) -> str:
    return f"{_utc(at):%Y-%m-%d %H:%M} UTC"


def dated(report: Report) -> datetime:
    """Date of the files: that of the last approval in UTC, in whole seconds."""
    last = max((_utc(approval.at) for approval in report.approvals), default=datetime(2000, 1, 1, tzinfo=UTC))
    return last.replace(microsecond=0)


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def figures(report: Report) -> list[str]:
    """What the check counted, and what the report stands on."""
    gate = report.gate
    said = [_sentences(gate)] if gate.sentences else []
    if gate.replaced:
        said.append(f"{gate.replaced} changed by the check")
    if gate.removed:
        said.append(f"{gate.removed} removed by the check")
    if gate.citations_removed:
        said.append(f"{count(gate.citations_removed, 'citation')} removed")
    if gate.quotes:
        said.append(f"{count(gate.quotes, 'quote')} verified word for word")
    if gate.quotes_removed:
        said.append(f"{count(gate.quotes_removed, 'quote')} not found in the source and left out")
    if gate.judged:
        said.append(f"{gate.judged} judged by {_judge(gate)}")
    if report.sources:
        said.append(count(len(report.sources), "source"))
    if report.unused:
        used, total = used_of(report)
        said.append(f"{used} of {count(total, 'approved finding')} used")
    return [*said, count(report.rounds, "round")]


def _judge(gate: Gate) -> str:
    """The model that judged, and how far that can be trusted."""
    if not gate.judged_by:
        return "a model too"
    return f"{gate.judged_by} too ({gate.judge or 'how well it judges was not measured'})"


def used_of(report: Report) -> tuple[int, int]:
    """How many of the approved findings the report rests on, and how many there are."""
    unused = {each.finding for each in report.unused}
    used = sum(finding.id not in unused for finding in report.findings)
    return used, used + len(unused)


def reworded(report: Report) -> list[tuple[str, str]]:
    """The claims that people gave other words, each with who did and what it was."""
    return [
        (finding.claim, f"{with_name('Reworded', by.by, by.verified)}; it was: “{by.was}”")
        for finding in report.findings
        if (by := finding.reworded)
    ]


def marked(unit: Sentence) -> str:
    """The mark of a unit in words; nothing for one that is quoted or has none."""
    if unit.mark in (None, Mark.QUOTED):
        return ""
    if unit.mark is Mark.TRANSLATED:
        checked = "judged by a model" if unit.judged else "meaning not checked"
        return one_line(f"(translated, {checked}; in its source: “{unit.original}”)")
    by = f" by {called(unit.confirmed_by, unit.confirmed_verified)}" if unit.confirmed_by else ""
    return one_line(f"({unit.mark}{by})")


def _marks(gate: Gate) -> tuple[tuple[Mark, int], ...]:
    return (
        (Mark.QUOTED, gate.quoted),
        (Mark.SAME, gate.same),
        (Mark.REWORDED, gate.reworded),
        (Mark.CONFIRMED, gate.confirmed),
        (Mark.TRANSLATED, gate.translated),
    )


def _sentences(gate: Gate) -> str:
    if said := ", ".join(f"{number} {mark}" for mark, number in _marks(gate) if number):
        return f"{count(gate.sentences, 'sentence')}: {said}"
    supported = "all supported" if gate.supported == gate.sentences else f"{gate.supported} supported"
    return f"{count(gate.sentences, 'sentence')}, {supported}"


def question(report: Report) -> str:
    """The question, or an empty string if the title says the same."""
    same = report.question.strip(" ?？").casefold() == report.title.strip(" ?？").casefold()
    return "" if same else report.question


def note(report: Report) -> str:
    """How the report was written. What 0.1.0 told the operator in it, or said of sentences that were reworded, goes."""
    said = _FOR_THE_OPERATOR.sub("", report.note)
    reworded = any(finding.reworded for finding in report.findings)
    return said.replace(_ALL_QUOTED, _NOT_ALL_QUOTED) if reworded else said


def made(report: Report) -> list[str]:
    """Who wrote, what was searched for, what was asked of a model, and how far the run's record had come."""
    writer = {"extractive": "the extractive writer", "llm": "a language model"}.get(report.writer, report.writer)
    said = [f"Written by {writer}" + (f", {report.model}." if report.model else ".")]
    if any(number for _, number in _marks(report.gate)):
        said.insert(0, MARKS)
    if report.searched:
        said.append(f"Searched for: {' · '.join(report.searched)}.")
    if report.usage.stages:
        said.append(_usage(report.usage))
    if report.record:
        said.append(
            f"Record: {count(report.record.links, 'link')} before this report, head {report.record.head}. "
            "Save the run's record and check it with: sayso verify."
        )
    return said


def _usage(usage: Usage) -> str:
    calls = f"A model was asked {'once' if usage.calls == 1 else f'{usage.calls:,} times'}"
    tokens = f"{usage.prompt_tokens:,} tokens in, {usage.completion_tokens:,} tokens out"
    cost = "" if usage.cost is None else f", cost {usage.cost:,.4f}"
    return f"{calls}: {tokens}, {usage.seconds:,.1f} s{cost}."


def place(where: Place, title: str) -> str:
    """Where in its source a quote stands; an empty string where nothing is known that the title does not say."""
    parts = [where.heading] if where.heading and where.heading != title else []
    if where.page:
        parts.append(f"page {where.page}")
    return " › ".join(parts)


def about(source: ReportSource, *, cited: bool) -> list[str]:
    """What is known of a source besides its title and address."""
    origin = source.origin
    said = [_listed(origin.authors)] if origin.authors else []
    said += [f"dated {source.date}"] if source.date else []
    said += ["superseded"] if source.superseded else []
    said += [origin.version] if origin.version else []
    if origin.retrieved_at:
        # Not of one's own shelf: where it was found, and when, for it may be gone by now.
        said.append(f"retrieved {origin.retrieved_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC from {source.kind}")
    if where := place(source.place, source.title):
        said.append(where)
    if source.copies:
        said.append("same text in " + ", ".join(source.copies))
    if not cited:
        said.append("approved, not cited in the text")
    return said


def _listed(names: Sequence[str]) -> str:
    """The first three names, and that there are others."""
    return ", ".join(names[:_NAMES]) + (" et al." if len(names) > _NAMES else "")


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
