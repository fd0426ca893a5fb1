"""The same runs over HTTP."""

import base64
import binascii
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, HTTPException, Path, Query, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from sayso.api.identity.authorize import Runs
from sayso.engine.service import Service
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import Answer, Cancel, ProtocolError, Retry, Start
from sayso.protocol.evidence import SourcePassages
from sayso.protocol.frames import InputReceived, RunState, Status
from sayso.protocol.http import Info, ProblemBody, Review, RunPage
from sayso.protocol.input import MAX_SEQ, Plain, plain
from sayso.protocol.people import ClaimBody
from sayso.protocol.reading import Reading
from sayso.report.passages import source_passages

PROBLEMS: dict[int | str, dict[str, Any]] = {
    code: {"model": ProblemBody} for code in (401, 403, 404, 409, 413, 422, 500, 503)
}
router = APIRouter(responses=PROBLEMS)


RunId = Annotated[Plain, Path()]
ReviewSeq = Annotated[int, Path(ge=1, le=MAX_SEQ)]


@router.post("/api/runs", status_code=201, tags=["runs"])
async def start_run(command: Annotated[Start, Body()], runs: Runs) -> RunState:
    """Start a run. The same `request_id` again is the same run."""
    return await runs.start(command)


@router.get("/api/runs", tags=["runs"])
async def list_runs(
    runs: Runs,
    status: Annotated[list[Status] | None, Query()] = None,
    q: Annotated[Plain, Query(max_length=200)] = "",
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    asked: Annotated[Literal["me"] | None, Query()] = None,
) -> RunPage:
    """A page of runs, newest first. `status` may be given several times, `q` searches question and asker, and `cursor`
    is the `next` of the page before. `asked=me` are those about which you may decide."""
    before = _from_cursor(cursor) if cursor else None
    found = await runs.runs(
        statuses=list(dict.fromkeys(status or [])),
        search=q.strip(),
        before=before,
        limit=limit + 1,
        asked_of_me=asked == "me",
    )
    page = found[:limit]
    return RunPage(runs=page, next=_to_cursor(page[-1]) if len(found) > limit else None)


@router.get("/api/runs/stream", tags=["runs"], response_class=EventSourceResponse)
async def stream_runs(runs: Runs) -> AsyncIterator[ServerSentEvent]:
    """Changes to the list of runs as Server-Sent Events, each a `RunChanges`; the first says that the stream is open.

    There is nothing to resume: after a lost connection read the list again once the first event has come.
    """
    async for changes in runs.changes():
        yield ServerSentEvent(raw_data=changes.model_dump_json())


@router.get("/api/runs/{run_id}", tags=["runs"])
async def show_run(run_id: RunId, runs: Runs) -> RunState:
    """One run with its open reviews."""
    return await runs.run(run_id)


@router.post("/api/runs/{run_id}/response", tags=["runs"], response_model=InputReceived)
async def answer_review(run_id: RunId, command: Annotated[Answer, Body()], runs: Runs) -> Response:
    """Decide. Returns the `input_received` event; 409 `already_answered` says who was first, and when."""
    decision = await runs.answer(run_id, command)
    return Response(decision.event.body, media_type="application/json")


@router.get("/api/runs/{run_id}/reviews/{seq}", tags=["runs"])
async def show_review(run_id: RunId, seq: ReviewSeq, runs: Runs) -> Review:
    """A whole review, open or answered: what is asked, and in `data.response_schema` what may be answered."""
    review = await runs.reviews.review(run_id, seq)
    await runs.results.opened(await runs.run(run_id), runs.actor)
    return review


@router.post("/api/runs/{run_id}/reviews/{seq}/reading", tags=["runs"])
async def read_decision(run_id: RunId, seq: ReviewSeq, command: Annotated[Answer, Body()], runs: Runs) -> Reading:
    """How a decision would be read: its prose as fields, what is not sure, and what the check says of each rewording.

    Changes nothing, and works on a review that is answered too.
    """
    return await runs.decisions.reading(run_id, seq, command)


@router.post("/api/runs/{run_id}/cancel", tags=["runs"])
async def cancel_run(run_id: RunId, runs: Runs, command: Annotated[Cancel | None, Body()] = None) -> RunState:
    """Stop a run; its log is kept."""
    await runs.cancel(run_id, command.by if command else "")
    return await runs.run(run_id)


@router.put("/api/runs/{run_id}/claim", tags=["runs"])
async def claim_run(run_id: RunId, runs: Runs, body: Annotated[ClaimBody | None, Body()] = None) -> RunState:
    """Tell the others that you are on it. 409 `claimed` says who is already. It is in no log, and binds nobody."""
    return await runs.claim(run_id, body.by if body else "")


@router.delete("/api/runs/{run_id}/claim", tags=["runs"])
async def give_run_back(run_id: RunId, runs: Runs) -> RunState:
    """Nobody is on it any more."""
    return await runs.give_back(run_id)


@router.post("/api/runs/{run_id}/retry", status_code=201, tags=["runs"])
async def retry_run(run_id: RunId, runs: Runs, command: Annotated[Retry | None, Body()] = None) -> RunState:
    """Try a failed run again: a new run goes on from where it failed, with the answers that were acknowledged. 409
    `not_failed` if it has not. The failed run's log stays as it is."""
    return await runs.retry(run_id, command or Retry())


@router.get("/api/runs/{run_id}/sources/{source}", tags=["runs"])
async def show_source(run_id: RunId, source: str, runs: Runs) -> SourcePassages:
    """All that a run quotes from one source, each quote marked in its passage, with what stands around it.

    It is what was read then; the document may have changed or gone since.
    """
    return source_passages(await runs.results.attachments(run_id), source)


@router.delete("/api/runs/{run_id}", status_code=204, tags=["runs"])
async def delete_run(run_id: RunId, runs: Runs) -> None:
    """Stop a run and erase it with all its rows."""
    await runs.delete(run_id)


@router.get("/api/info", tags=["server"])
async def info(request: Request) -> Info:
    """What this server is and can do."""
    answer: Info = await request.app.state.info()
    return answer


@router.get("/healthz", tags=["server"])
async def health() -> dict[str, str]:
    """Whether the process lives."""
    return {"status": "ok"}


@router.get("/readyz", tags=["server"])
async def ready(request: Request) -> dict[str, str]:
    """Whether the database can be reached; 503 `unavailable` while not."""
    service: Service = request.app.state.service
    await service.ping()
    return {"status": "ready"}


@router.api_route("/api/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
async def nothing_here(path: str) -> None:
    """Below /api an unknown address is a JSON error, not the page's 404."""
    raise HTTPException(404)


def _to_cursor(run: RunState) -> str:
    return base64.urlsafe_b64encode(f"{run.created_at.isoformat()} {run.id}".encode()).decode()


def _from_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        at, _, run_id = base64.urlsafe_b64decode(cursor.encode()).decode().partition(" ")
        return datetime.fromisoformat(at), plain(run_id)
    except (ValueError, binascii.Error) as error:
        raise ProtocolError(
            ErrorCode.INVALID_REQUEST, "cursor: use the `next` of the page before.", field="cursor"
        ) from error
