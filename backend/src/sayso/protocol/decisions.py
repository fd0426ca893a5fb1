"""What a response means: exact words, never guessed from prose."""

from enum import StrEnum
from typing import Any, assert_never

from jsonschema import Draft202012Validator
from pydantic import JsonValue

from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import Answer, ProtocolError
from sayso.protocol.review import ReviewData

NO_NAME = "no name given"
"""Recorded as `by` when a client gives none."""
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
    if asked := _words_of(review.response_schema):
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
    known = {finding.id for finding in review.findings}
    for field, ids in (("keep", answer.keep or []), ("edits", list(answer.edits))):
        unknown = [id for id in ids if id not in known]
        if unknown:
            raise _refused(field, f"{field}: this review has no finding {unknown[0]!r}.")
    if decision is Decision.APPROVE and answer.keep == [] and known:
        raise _refused("keep", "keep: an approval keeps at least one finding; reject to drop them all.")
    return answer.model_copy(update={"response": response})


def _words_of(schema: dict[str, Any]) -> dict[str, Decision]:
    """The words that a review asks for, if it asks for a decision: those that there were when it was opened."""
    known = list(WORDS)
    for number in range(_OF_0_1_0, len(known) + 1):
        if schema == {**DECISION_SCHEMA, "enum": known[:number]}:
            return {word: WORDS[word] for word in known[:number]}
    return {}


def decided(response: JsonValue) -> Decision | None:
    """The decision that a recorded response is, or none if it is another workflow's own."""
    return next((decision for decision in Decision if decision == response), None)


def in_words(response: JsonValue, by: str) -> str:
    """The payload of `input_received`: "Approved by Ada"."""
    return with_name(_past(decided(response)), by)


def with_name(what: str, by: str) -> str:
    """ "Cancelled by Ada", or that nobody gave a name."""
    return f"{what}, {NO_NAME}" if by in _NAMELESS else f"{what} by {by}"


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
