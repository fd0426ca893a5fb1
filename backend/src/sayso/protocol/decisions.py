"""What a response means: exact words, never guessed from prose."""

from enum import StrEnum
from typing import Any

from jsonschema import Draft202012Validator
from pydantic import JsonValue

from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import Answer, ProtocolError
from sayso.protocol.review import ReviewData


class Decision(StrEnum):
    """What a human decides about findings or a text. A hosted workflow may ask for other responses."""

    APPROVE = "approve"
    REJECT = "reject"


APPROVE, REJECT = Decision.APPROVE.value, Decision.REJECT.value
_WORDS = {"approve": APPROVE, "yes": APPROVE, "reject": REJECT, "no": REJECT}
DECISION_SCHEMA: dict[str, Any] = {"type": "string", "enum": list(_WORDS)}
"""Response schema of a review that is approved or rejected."""


def settle(answer: Answer, review: ReviewData) -> Answer:
    """`answer` checked against the review it answers, with the response in its one spelling.

    Raises:
        ProtocolError: `invalid_response`, naming the field.
    """
    response: JsonValue = answer.response
    decision = review.response_schema == DECISION_SCHEMA
    if decision:
        word = response.strip().lower() if isinstance(response, str) else None
        if word not in _WORDS:
            raise _refused("response", 'response: say "approve" or "reject" ("yes" and "no" are understood too).')
        response = _WORDS[word]
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
    if decision and response == APPROVE and answer.keep == [] and known:
        raise _refused("keep", "keep: an approval keeps at least one finding; reject to drop them all.")
    return answer.model_copy(update={"response": response})


def in_words(response: JsonValue, by: str) -> str:
    """The payload of `input_received`: "Approved by Ada"."""
    verb = (
        {APPROVE: "Approved", REJECT: "Rejected"}.get(response, "Answered") if isinstance(response, str) else "Answered"
    )
    return f"{verb} by {by}"


def _refused(field: str, message: str) -> ProtocolError:
    return ProtocolError(ErrorCode.INVALID_RESPONSE, message, field=field)
