"""The calls of PocketFlow's FastAPI service: its page and clients work as they are, over the same runs as all others.

They name a task and no review. A feedback is therefore for the review that the task's stream shows, which is one at a
time, and only once that review was sent there.
"""

import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Header, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from sayso.api.http import RunId
from sayso.api.identity.authorize import Runs
from sayso.api.problems import DELETED, NothingBehind
from sayso.api.task_screen import TaskScreen
from sayso.engine.feed import RunDeleted
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import Answer, ProtocolError, Start
from sayso.protocol.decisions import Decision, words_of
from sayso.protocol.tasks import FeedbackTaken, TaskData, TaskFeedback, TaskProblem, TaskSubmitted, TaskUpdate, Verdict

PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": TaskProblem} for code in (403, 404, 409, 413, 422, 503)}
DECISIONS = {"approved": Decision.APPROVE, "rejected": Decision.REJECT}
PLAIN = {"approved": "yes", "rejected": "no"}
"""To a workflow that does not say what may be answered: what the examples of LlamaIndex look for."""
router = APIRouter(tags=["tasks"], responses=PROBLEMS)


@router.post("/submit", status_code=202)
async def submit_task(task: Annotated[TaskData, Body()], request: Request, runs: Runs) -> TaskSubmitted:
    """Start a run of the workflow that `SAYSO_TASK_WORKFLOW` names."""
    state = await runs.start(Start(question=task.data, workflow=request.app.state.task_workflow))
    return TaskSubmitted(message="Task submitted", task_id=state.id)


async def _task(task_id: RunId, runs: Runs, last_event_id: Annotated[str | None, Header(max_length=40)] = None) -> str:
    """Checked before the stream starts, when an error can still be a status."""
    state = await runs.run(task_id)
    if state.status.over and last_event_id == str(state.last_seq):
        raise NothingBehind
    await runs.results.opened(state, runs.actor)
    return state.id


@router.get("/stream/{task_id}", response_class=EventSourceResponse)
async def stream_task(task_id: Annotated[str, Depends(_task)], runs: Runs) -> AsyncIterator[ServerSentEvent]:
    """The task as Server-Sent Events, each a `TaskUpdate`, from its beginning to its end: reviews that were answered
    before are not shown again. 204 to an `EventSource` that comes back although it has seen the end."""
    yield _message(TaskUpdate(status="pending", task_id=task_id))
    screen = TaskScreen(runs.reviews, task_id)
    try:
        async for events in runs.watch(task_id, 0):
            for event in events:
                for update in await screen.after(event):
                    yield _message(update, event.seq)
            if events[-1].last:
                yield _message(TaskUpdate(status="stream_closed"), events[-1].seq)
                return
    except RunDeleted:
        yield _message(TaskUpdate(status="failed", error=DELETED))
        yield _message(TaskUpdate(status="stream_closed"))


@router.post("/feedback/{task_id}")
async def give_feedback(task_id: RunId, given: Annotated[TaskFeedback, Body()], runs: Runs) -> FeedbackTaken:
    """Decide. 409 unless the task waits, and its stream has shown what for."""
    review = await runs.reviews.sent(task_id)
    if review is None:
        raise ProtocolError(ErrorCode.NO_OPEN_REVIEW, "This task's stream has shown no review that waits for feedback.")
    response = _as_response(given.feedback, review.data.response_schema)
    await runs.answer(task_id, Answer(response=response, review=review.seq))
    return FeedbackTaken(message=f"Feedback '{given.feedback}' received")


def _as_response(feedback: Verdict, schema: dict[str, Any]) -> str:
    if words_of(schema):
        return DECISIONS[feedback].value
    # A workflow that asks for words of its own may know these; if not, they are refused by its schema.
    return feedback if schema else PLAIN[feedback]


def _message(update: TaskUpdate, seq: int | None = None) -> ServerSentEvent:
    text = json.dumps(update.model_dump(exclude_none=True), ensure_ascii=False)
    return ServerSentEvent(id=None if seq is None else str(seq), raw_data=text)
