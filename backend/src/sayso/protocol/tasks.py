"""Bodies of the calls by which clients of PocketFlow's FastAPI service use Sayso: submit, stream, feedback."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from sayso.protocol.commands import MAX_QUESTION
from sayso.protocol.evidence import Record
from sayso.protocol.input import Input

Verdict = Literal["approved", "rejected"]


class TaskData(Input):
    """Start a task."""

    data: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION)]


class TaskSubmitted(Record):
    message: str
    task_id: str
    """Id of the run."""


class TaskFeedback(Input):
    """Answer the review that was last sent on the task's stream."""

    feedback: Verdict


class FeedbackTaken(Record):
    message: str


class TaskProblem(Record):
    """An error of these calls."""

    detail: str


class TaskUpdate(Record):
    """One message of a task's stream; what a status does not say is left out."""

    status: Literal[
        "pending", "running", "waiting_for_review", "processing_feedback", "completed", "failed", "stream_closed"
    ]
    task_id: str | None = None
    """With `pending`."""
    output_to_review: str | None = None
    """With `waiting_for_review`, as Markdown."""
    feedback_value: str | None = None
    """With `processing_feedback`."""
    final_result: str | None = None
    """With `completed`."""
    error: str | None = None
    """With `failed`."""
