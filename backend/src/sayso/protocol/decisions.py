"""What a response means: exact words, never guessed from prose."""

from enum import StrEnum
from typing import Any, assert_never

from jsonschema import Draft202012Validator
from pydantic import JsonValue

from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import Answer, ProtocolError
from sayso.protocol.evidence import Finding
from sayso.protocol.review import ReviewData

NO_NAME = "no name given"
"""Recorded as `by` when a client gives none."""
NOT_VERIFIED = "name not verified"
_NAMELESS = ("", "someone", NO_NAME)
"""Servers of 0.1.0 recorded "someone"."""


class Decision(StrEnum):
    """What a human decides about findings or a text. A hosted workflow may ask for other responses."""

    APPROVE = "approve"
    REJECT = "reject"


WORDS = {"approve": Decision.APPROVE, "yes": Decision.APPROVE, "reject": Decision.REJECT, "no": Decision.REJECT}
"""New ones join at the end: a review goes on asking for those that there were when it was opened."""
_OF_0_1_0 = 4
"""How many words the first reviews asked for."""
DECISION_SCHEMA: dict[str, Any] = {"type": "string", "enum": list(WORDS)}
"""Response schema of a review that is approved or rejected."""


def settle(answer: Answer, review: ReviewData) -> Answer:
    """`answer` checked against the review it answers, with the response in its one spelling.

    Raises:
        ProtocolError: `invalid_response`, naming the field.
    """
    response: JsonValue = answer.response
    decision: Decision | None = None
    if asked := words_of(review.response_schema):
        decision = asked.get(response.strip().lower()) if isinstance(response, str) else None
        if decision is None:
            words = [f'"{word}"' for word, meant in asked.items() if word == meant]
            raise _refused("response", f'response: say {" or ".join(words)} ("yes" and "no" are understood too).')
        response = decision.value
    elif review.response_schema:
        wrong = next(iter(Draft202012Validator(review.response_schema).iter_errors(response)), None)
        if wrong is not None:
            path = ".".join(["response", *map(str, wrong.absolute_path)])
            raise _refused(path, f"{path}: {wrong.message}.")
    _check_findings(answer, review, decision)
    _check_items(answer, review, decision)
    return answer.model_copy(update={"response": response})


def _check_findings(answer: Answer, review: ReviewData, decision: Decision | None) -> None:
    shown = {finding.id for finding in review.findings}
    known = shown | {gone.id for gone in review.gone if gone.why == "aside"}
    dropped = answer.drop or {}
    for field, ids, there in (
        ("keep", answer.keep or [], known),
        ("drop", list(dropped), known),
        ("edits", list(answer.edits), shown),
    ):
        if unknown := [id for id in ids if id not in there]:
            raise _refused(field, f"{field}: this review has no finding {unknown[0]!r}.")
    if both := [id for id in dropped if id in (answer.keep or [])]:
        raise _refused("drop", f"drop: {both[0]!r} is in keep too.")
    if decision is not Decision.APPROVE or not shown or answer.add:
        return
    if answer.keep == []:
        raise _refused("keep", "keep: an approval keeps at least one finding; reject to drop them all.")
    if answer.keep is None and shown <= dropped.keys():
        raise _refused("drop", "drop: an approval keeps at least one finding; reject to drop them all.")


def _check_items(answer: Answer, review: ReviewData, decision: Decision | None) -> None:
    if decision is Decision.APPROVE:
        if answer.feedback and answer.note:
            raise _refused("note", "note: on an approval the feedback is the note; send one of them.")
        if answer.search or answer.limits:
            field = "search" if answer.search else "limits"
            raise _refused(field, f"{field}: nothing is searched after an approval; reject to have it searched.")
    sources = {source.id for source in review.sources}
    if unknown := [each.source for each in answer.add if each.source not in sources]:
        raise _refused("add", f"add: this review has no source {unknown[0]!r}.")
    _check_text(answer, review, decision)


def _check_text(answer: Answer, review: ReviewData, decision: Decision | None) -> None:
    if not answer.text:
        return
    if review.report is None:
        raise _refused("text", "text: this review is about findings, not about a text.")
    report = review.report
    units = {unit.id for unit in [*report.summary, *(each for part in report.sections for each in part.sentences)]}
    quotes = quote_ids(report.findings)
    seen: set[str] = set()
    for edit in answer.text:
        if edit.unit not in units or not edit.unit:
            raise _refused("text", f"text: this text has no unit {edit.unit!r}.")
        if edit.unit in seen:
            raise _refused("text", f"text: {edit.unit!r} is there twice.")
        if edit.replace is not None and edit.replace not in quotes:
            raise _refused("text", f"text: there is no approved quote {edit.replace!r}.")
        there = edit.before or edit.after or ""
        if there and (there not in units or there == edit.unit):
            raise _refused("text", f"text: this text has no other unit {there!r} for it to stand beside.")
        if edit.comment is not None and decision is Decision.APPROVE:
            raise _refused("text", "text: a comment asks for another text; reject to have it written.")
        seen.add(edit.unit)


def quote_ids(findings: list[Finding]) -> dict[str, tuple[Finding, int]]:
    """The quotes of these findings by their ids: "f3" and "f3.1" are the first quote of the finding f3, "f3.2" its
    second."""
    found = {f"{finding.id}.{at + 1}": (finding, at) for finding in findings for at in range(len(finding.quotes))}
    return {**found, **{finding.id: (finding, 0) for finding in findings if finding.quotes}}


def says_more(answer: Answer) -> bool:
    """Whether there is anything to read in it beside the word and the findings to keep."""
    items = (answer.feedback, answer.note, answer.edits, answer.search, answer.leave_out, answer.add, answer.text)
    return any(items) or answer.drop is not None or answer.limits is not None


def words_of(schema: dict[str, Any]) -> dict[str, Decision]:
    """The words that a review asks for, if it asks for a decision: those that there were when it was opened."""
    known = list(WORDS)
    for number in range(_OF_0_1_0, len(known) + 1):
        if schema == {**DECISION_SCHEMA, "enum": known[:number]}:
            return {word: WORDS[word] for word in known[:number]}
    return {}


def decided(response: JsonValue) -> Decision | None:
    """The decision that a recorded response is, or none if it is another workflow's own."""
    return next((decision for decision in Decision if decision == response), None)


def in_words(response: JsonValue, by: str, verified: bool | None = None) -> str:
    """The payload of `input_received`: "Approved by Ada"."""
    return with_name(_past(decided(response)), by, verified)


def is_named(by: str) -> bool:
    """Whether somebody gave a name."""
    return by not in _NAMELESS


def called(by: str, verified: bool | None = None) -> str:
    """ "Ada", "Ada (name not verified)". Every name that was typed or recorded is shown by this.

    Args:
        verified: whether it is that of somebody who had signed in; `None` if nothing is to be said of that.
    """
    return f"{by} ({NOT_VERIFIED})" if verified is False and is_named(by) else by


def with_name(what: str, by: str, verified: bool | None = None) -> str:
    """ "Cancelled by Ada", or that nobody gave a name."""
    return f"{what} by {called(by, verified)}" if is_named(by) else f"{what}, {NO_NAME}"


def _past(decision: Decision | None) -> str:
    match decision:
        case Decision.APPROVE:
            return "Approved"
        case Decision.REJECT:
            return "Rejected"
        case None:
            return "Answered"
        case never:
            assert_never(never)


def _refused(field: str, message: str) -> ProtocolError:
    return ProtocolError(ErrorCode.INVALID_RESPONSE, message, field=field)
