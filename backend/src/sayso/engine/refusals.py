"""What is said when something cannot be done to a run."""

from collections.abc import Iterable

from pydantic import JsonValue

from sayso.people.policy import Need
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.protocol.decisions import called, in_words
from sayso.protocol.frames import RunClaim, Status
from sayso.storage.kept import Erased
from sayso.storage.records import Answered, AnswerOutcome, Run, StoredReview


def run_not_found() -> ProtocolError:
    return ProtocolError(ErrorCode.RUN_NOT_FOUND, "There is no run with this id on this server.", field="run_id")


def unknown_workflow(names: Iterable[str]) -> ProtocolError:
    """Args:
    names: of those that there are.
    """
    there = ", ".join(names)
    return ProtocolError(ErrorCode.UNKNOWN_WORKFLOW, f"workflow: this server has {there}.", field="workflow")


def run_erased(erased: Erased) -> ProtocolError:
    return ProtocolError(
        ErrorCode.RUN_NOT_FOUND,
        "This run was erased; of its record only the last hash was kept.",
        field="run_id",
        details={**erased.record.model_dump(), "erased_at": erased.at.isoformat()},
    )


def run_over(run: Run) -> ProtocolError:
    return ProtocolError(
        ErrorCode.RUN_OVER,
        "This run is over; nothing can be changed. Ask again to start another.",
        details={"status": run.status.value},
    )


def not_failed(run: Run) -> ProtocolError:
    return ProtocolError(
        ErrorCode.NOT_FAILED,
        "Only a run that has failed can be tried again; this one has not.",
        details={"status": run.status.value},
    )


def workflow_changed() -> ProtocolError:
    return ProtocolError(
        ErrorCode.WORKFLOW_CHANGED,
        "The workflow has changed since this run started, so it cannot go on from there. Ask the question again.",
    )


def request_id_reused(run: Run | None) -> ProtocolError:
    """Args:
    run: the one that it started, if that may be named.
    """
    return ProtocolError(
        ErrorCode.REQUEST_ID_REUSED,
        "request_id: it started another run already; use a new one for each question.",
        field="request_id",
        details={"run_id": run.id} if run else {},
    )


def response_id_reused() -> ProtocolError:
    return ProtocolError(
        ErrorCode.RESPONSE_ID_REUSED,
        "response_id: it was used for another answer already; use a new one for each answer.",
        field="response_id",
    )


def no_such_review(review: int) -> ProtocolError:
    return ProtocolError(
        ErrorCode.REVIEW_NOT_FOUND, f"review: event {review} of this run is not a review.", field="review"
    )


def already_answered(review: int, earlier: StoredReview, *, doubts: bool = False) -> ProtocolError:
    """Who was first, what they said, and when.

    Args:
        doubts: whether to say so of a name that nobody verified.
    """
    assert earlier.answer is not None
    assert earlier.answered_at is not None
    verified = earlier.answer.verified if doubts else None
    return ProtocolError(
        ErrorCode.ALREADY_ANSWERED,
        f"{in_words(earlier.answer.response, earlier.answer.by, verified)} already. Nothing was changed.",
        details={
            "review": review,
            "by": earlier.answer.by,
            "verified": earlier.answer.verified,
            "response": earlier.answer.response,
            "at": earlier.answered_at.isoformat(),
        },
    )


def forbidden(message: str) -> ProtocolError:
    return ProtocolError(ErrorCode.FORBIDDEN, message)


def not_allowed(need: Need) -> ProtocolError:
    return forbidden(_TAKES.get(need, "This is not for everybody. Ask an admin."))


def claimed(claim: RunClaim, *, doubts: bool) -> ProtocolError:
    """Who is on it already; `doubts` as above."""
    name = called(claim.by, claim.verified if doubts else None)
    details: dict[str, JsonValue] = {"by": claim.by, "verified": claim.verified, "at": claim.at.isoformat()}
    return ProtocolError(ErrorCode.CLAIMED, f"{name} is on it already.", details=details)


def not_waiting(status: Status) -> ProtocolError:
    return ProtocolError(ErrorCode.NO_OPEN_REVIEW, "This run waits for nobody now.", details={"status": status.value})


def reads_nothing() -> ProtocolError:
    return ProtocolError(
        ErrorCode.INVALID_REQUEST, "The workflow of this run takes a decision as it is sent; it reads no prose."
    )


_TAKES = {
    Need.END: "Only who asked, or an admin, can cancel a run.",
    Need.ADMIN: "This takes an admin.",
    Need.OPERATE: "This takes an admin who has signed in, or the operator's key.",
}


def of_answer(review: int, answered: Answered, *, doubts: bool = False) -> ProtocolError | None:
    """What is said of an answer that was not recorded because of another one, or because of who gave it."""
    match answered.outcome:
        case AnswerOutcome.FORBIDDEN:
            return forbidden(answered.refusal)
        case AnswerOutcome.REUSED:
            return response_id_reused()
        case AnswerOutcome.ALREADY_ANSWERED:
            assert answered.earlier is not None
            return already_answered(review, answered.earlier, doubts=doubts)
        case _:
            return None
