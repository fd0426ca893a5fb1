"""What is said when something cannot be done to a run."""

from collections.abc import Iterable

from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.protocol.decisions import in_words
from sayso.storage.records import Answered, AnswerOutcome, Erased, Run, StoredReview


def run_not_found() -> ProtocolError:
    return ProtocolError(ErrorCode.RUN_NOT_FOUND, "There is no run with this id on this server.", field="run_id")


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


def not_recorded(run: Run, review: int, answered: Answered) -> ProtocolError:
    """Why an answer was not."""
    match answered.outcome:
        case AnswerOutcome.REUSED:
            return response_id_reused()
        case AnswerOutcome.RUN_OVER:
            return run_over(run)
        case AnswerOutcome.ALREADY_ANSWERED:
            assert answered.earlier is not None
            return already_answered(review, answered.earlier)
        case _:
            return no_such_review(review)


def unknown_workflow(names: Iterable[str]) -> ProtocolError:
    return ProtocolError(ErrorCode.UNKNOWN_WORKFLOW, f"workflow: this server has {', '.join(names)}.", field="workflow")


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


def request_id_reused(run: Run) -> ProtocolError:
    return ProtocolError(
        ErrorCode.REQUEST_ID_REUSED,
        "request_id: it started another run already; use a new one for each question.",
        field="request_id",
        details={"run_id": run.id},
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


def already_answered(review: int, earlier: StoredReview) -> ProtocolError:
    """Who was first, what they said, and when."""
    assert earlier.answer is not None
    assert earlier.answered_at is not None
    return ProtocolError(
        ErrorCode.ALREADY_ANSWERED,
        f"{in_words(earlier.answer.response, earlier.answer.by)} already. Nothing was changed.",
        details={
            "review": review,
            "by": earlier.answer.by,
            "response": earlier.answer.response,
            "at": earlier.answered_at.isoformat(),
        },
    )


def reads_nothing() -> ProtocolError:
    return ProtocolError(
        ErrorCode.INVALID_REQUEST, "The workflow of this run takes a decision as it is sent; it reads no prose."
    )
