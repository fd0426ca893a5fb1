"""A decision as it is read when it comes in: checked against its review, its prose in fields, its wordings judged.

What this says is stored with the decision and never made again, so it depends on nothing but what it is given.
"""

from collections.abc import Collection, Mapping

from pydantic import JsonValue

from sayso.gate.quoted import SourceQuotes
from sayso.gate.reasons import reason
from sayso.gate.verdict import Approved
from sayso.language.sentences import readable
from sayso.language.tongue import language_of
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import Answer, ProtocolError
from sayso.protocol.decisions import Decision
from sayso.protocol.evidence import Finding, Mark, Place, Quote
from sayso.protocol.items import Addition, SearchLimits
from sayso.protocol.reading import AddedPassage, ItemField, Reading, ReadPoint, Verdict
from sayso.protocol.review import ReviewData
from sayso.report.passages import source_passages
from sayso.report.prose import ReadBy, ReadProse, by_rules
from sayso.report.text import in_table_or_code, shown_units
from sayso.wishes.reading import Prose
from sayso.wishes.shown import Shown

MAX_ADDED = 2_000
"""Characters of a passage to add."""


async def read_decision(
    answer: Answer,
    review: ReviewData,
    attachments: Mapping[str, JsonValue],
    sources: Collection[str],
    read: ReadProse = by_rules,
) -> Reading:
    """How `answer` is read.

    Args:
        answer: with its response in its one spelling (`sayso.protocol.decisions.settle`).
        attachments: those of the run; only looked at for passages to add.
        sources: names of the sources that there are.
        read: who reads the prose.

    Raises:
        ProtocolError: `invalid_response`, naming the field.
    """
    _check_limits(answer.limits, review, sources)
    _check_units(answer, review)
    units = shown_units(review.report) if review.report else []
    shown = Shown([*review.findings, *review.aside], review.sources, units)
    approves = answer.response == Decision.APPROVE
    told = ReadBy(Prose()) if approves or not answer.feedback else await read(answer.feedback, shown)
    prose = told.prose
    sent = [
        *_sent("drop", list(answer.drop or {})),
        *_sent("leave_out", answer.leave_out),
        *_sent("search", answer.search),
        *_sent("limits", [limits_said(answer.limits)] if answer.limits else []),
        *_sent("note", [note for note in (answer.note, answer.feedback if approves else "") if note]),
    ]
    known = {(point.field, point.value.casefold()) for point in sent}
    prose.points = sent + [point for point in prose.points if (point.field, point.value.casefold()) not in known]
    reading = told.reading(answer.limits)
    return reading.model_copy(
        update={
            "keep": list(dict.fromkeys([*(answer.keep or []), *reading.keep])),
            "drop": {**reading.drop, **(answer.drop or {})},
            "added": [_added(each, attachments) for each in answer.add],
            "edits": [_verdict(finding, answer.edits[finding.id], review) for finding in _edited(answer, review)],
        }
    )


def limits_said(limits: SearchLimits) -> str:
    """Limits in words: "from 2018, to 2021, in library"."""
    parts = [f"from {limits.since}" if limits.since else "", f"to {limits.until}" if limits.until else ""]
    parts.append(f"in {', '.join(limits.sources)}" if limits.sources else "")
    return ", ".join(filter(None, parts)) or "none"


def judged(text: str, finding: Finding, review: ReviewData) -> tuple[Mark | None, str]:
    """What the check says of `text` as the claim of `finding`: how it stands to its quotes, or why it does not."""
    titles = {source.id: source.title for source in review.sources}
    by_source: dict[str, list[Quote]] = {}
    for quote in finding.quotes:
        by_source.setdefault(quote.source, []).append(quote)
    sources = [SourceQuotes.of(quotes, titles.get(id, "")) for id, quotes in by_source.items()]
    approved = Approved(dict(enumerate(sources, start=1)), language_of(review.question), review.question)
    if verdict := approved.verdict(text, list(approved.sources)):
        return verdict.mark, ""
    return None, reason(text, [unit for _, unit in approved.instead(text, list(approved.sources))])


def _edited(answer: Answer, review: ReviewData) -> list[Finding]:
    return [finding for finding in review.findings if finding.id in answer.edits]


def _verdict(finding: Finding, text: str, review: ReviewData) -> Verdict:
    line = " ".join(text.split())
    mark, why = judged(line, finding, review)
    return Verdict(id=finding.id, text=line, supported=not why, mark=mark, why=why)


def _sent(field: ItemField, values: list[str]) -> list[ReadPoint]:
    return [ReadPoint(said=value, field=field, value=value, sent=True) for value in values]


def _check_limits(limits: SearchLimits | None, review: ReviewData, sources: Collection[str]) -> None:
    known = {*sources, *(source.id for source in review.sources)}
    if limits is not None:
        if unknown := [each for each in limits.sources or [] if each not in known]:
            there = ", ".join(sorted(sources)) or "none"
            raise _refused("limits.sources", f"there is no source {unknown[0][:100]!r}; there is {there}.")
        if limits.since and limits.until and limits.since[: len(limits.until)] > limits.until[: len(limits.since)]:
            raise _refused("limits", "it begins after its end.")


def _check_units(answer: Answer, review: ReviewData) -> None:
    if review.report is None:
        return
    worded = {changed.unit for changed in review.report.changed}
    for edit in answer.text:
        if edit.confirm and edit.unit not in worded:
            raise _refused("text", f"{edit.unit!r} stands as it was written; there is no other wording to take.")
        if edit.replace and in_table_or_code(review.report, edit.unit):
            raise _refused("text", f"{edit.unit!r} is a row or code; strike it, or comment on it.")


def _added(wanted: Addition, attachments: Mapping[str, JsonValue]) -> AddedPassage:
    if wanted.end - wanted.start > MAX_ADDED:
        raise _refused("add", f"a passage has at most {MAX_ADDED:,} characters.")
    for stored in source_passages(attachments, wanted.source).passages:
        if stored.place.offset is None:
            continue
        whole = stored.before + stored.text + stored.after
        first = stored.place.offset - len(stored.before)
        text = whole[max(0, wanted.start - first) : max(0, wanted.end - first)]
        if wanted.start < first or wanted.end > first + len(whole) or not text.strip():
            continue
        quote = text.strip()
        offset = wanted.start + text.index(quote)
        place = Place(heading=stored.place.heading, page=stored.place.page, offset=offset)
        return AddedPassage(
            source=wanted.source,
            quote=Quote(text=quote, source=wanted.source, marked=(0, len(quote)), place=place),
            passage=whole,
            starts=first,
        )
    raise _refused("add", f"{wanted.start} to {wanted.end} is not within what was read of {wanted.source}.")


def claim_of(added: AddedPassage) -> str:
    """What a passage claims that was added: its own words."""
    return readable(added.quote.text)


def _refused(field: str, message: str) -> ProtocolError:
    return ProtocolError(ErrorCode.INVALID_RESPONSE, f"{field}: {message}", field=field)
