"""A run's log: as a stream of events, and as JSON by page."""

import contextlib
from collections.abc import AsyncIterator
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Query, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from sayso.api.http import PROBLEMS, RunId
from sayso.api.identity.authorize import Runs
from sayso.api.problems import NothingBehind
from sayso.engine.feed import RunDeleted
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.protocol.http import EventPage
from sayso.protocol.input import MAX_SEQ
from sayso.storage.transactions.reading import is_cut

MAX_PAGE = 500
After = Annotated[int | None, Query(ge=0, le=MAX_SEQ, description="Only events with a higher `seq`.")]
Until = Annotated[
    Literal["review"] | None, Query(description="`review`: the stream ends once a review waits for an answer.")
]
router = APIRouter(tags=["runs"], responses=PROBLEMS)


async def _position(
    run_id: RunId,
    runs: Runs,
    after: After = None,
    until: Until = None,
    last_event_id: Annotated[str | None, Header(max_length=40)] = None,
) -> tuple[str, int]:
    """Where a stream begins. Checked before the stream starts, when an error can still be a status."""
    state = await runs.run(run_id)
    if last_event_id is not None:
        if not last_event_id.isdecimal():
            raise ProtocolError(ErrorCode.INVALID_AFTER, "Last-Event-ID: it is the seq of an event.", field="after")
        after = int(last_event_id)
    if state.status.over and after == state.last_seq:
        raise NothingBehind
    if after is not None and after > state.last_seq:
        raise ProtocolError(
            ErrorCode.INVALID_AFTER,
            f"after: the run's last event is {state.last_seq}.",
            field="after",
            details={"last_seq": state.last_seq},
        )
    after = after or 0
    if until == "review" and any(seq <= after for seq in state.open_reviews):
        raise NothingBehind
    await runs.results.opened(state, runs.actor)
    return state.id, after


@router.get("/api/runs/{run_id}/events", response_class=EventSourceResponse)
async def stream_events(
    position: Annotated[tuple[str, int], Depends(_position)], runs: Runs, until: Until = None
) -> AsyncIterator[ServerSentEvent]:
    """The run's log as Server-Sent Events, then live, until the run is over.

    `id:` is the `seq`; `Last-Event-ID`, or `?after=`, resumes behind it. 204 when the run is over and nothing lies
    behind it, which tells an `EventSource` to stay away. With `?until=review` it ends with the first review that waits
    for an answer, too; 204 when the client has seen that already.
    """
    run_id, after = position
    # A run that is deleted meanwhile ends the stream; coming back, the client is told.
    with contextlib.suppress(RunDeleted):
        async for events in runs.watch(run_id, after):
            for event in events:
                yield ServerSentEvent(id=str(event.seq), raw_data=event.body)
                if until and event.type == "input_required" and await runs.reviews.is_open(run_id, event.seq):
                    return
            if events[-1].last:
                return


@router.get("/api/runs/{run_id}/events.json", response_model=EventPage)
async def list_events(
    run_id: RunId, runs: Runs, after: After = None, limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 100
) -> Response:
    """A page of the run's log, oldest first, as it is now; `after` is the `next` of the page before."""
    found = await runs.reviews.events(run_id, after=after or 0, limit=limit + 1)
    page = found[:limit]
    if page and page[-1].last:
        await runs.results.opened(await runs.run(run_id), runs.actor)
    following = page[-1].seq if len(found) > limit or is_cut(found) else "null"
    # They are JSON already, and as they were sent.
    body = f'{{"events":[{",".join(event.body for event in page)}],"next":{following}}}'
    return Response(body, media_type="application/json")
