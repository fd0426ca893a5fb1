"""How large what comes from inside a workflow may be: what one entry of a log and one checkpoint hold."""

from sayso.engine import entries
from sayso.protocol.codes import ErrorCode
from sayso.protocol.frames import Error, Frame, Progress
from sayso.storage.records import NewEvent, OpenReview

MAX_ENTRY = 4 * 1024 * 1024
"""Characters of one entry of a log, as JSON."""
MAX_STATE = 16 * 1024 * 1024
"""Characters of a workflow's context, as JSON."""
_SHOWN = 2_000
_WHAT = {
    "input_required": "The workflow's question",
    "final_result": "The workflow's result",
    "draft": "A piece of the workflow's text",
}


class TooLarge(Exception):
    """Something that a workflow has made cannot be stored.

    Attributes:
        frame: how the run ends with it.
    """

    def __init__(self, frame: Error) -> None:
        super().__init__(frame.payload)
        self.frame = frame


def sized(frame: Frame, opens: OpenReview | None = None) -> NewEvent:
    """`frame` as the store appends it. Progress that is too large is told without its details.

    Raises:
        TooLarge: it is anything else that is.
    """
    event = entries.to_new_event(frame, opens)
    if len(event.body) <= MAX_ENTRY:
        return event
    if isinstance(frame, Progress):
        said = frame.payload[:_SHOWN] + ("..." if len(frame.payload) > _SHOWN else "")
        data = frame.data.model_copy(update={"details": {"left_out": f"{len(event.body):,} characters"}})
        return entries.to_new_event(frame.model_copy(update={"payload": said, "data": data}))
    what = _WHAT.get(frame.type, "Something that the workflow says")
    raise TooLarge(_failure(frame.run_id, what, len(event.body), MAX_ENTRY))


def check_state(run_id: str, state: str) -> None:
    """Refuse a checkpoint that is too large.

    Raises:
        TooLarge: it is.
    """
    if len(state) > MAX_STATE:
        raise TooLarge(_failure(run_id, "What the workflow keeps in its state", len(state), MAX_STATE))


def _failure(run_id: str, what: str, size: int, limit: int) -> Error:
    text = (
        f"{what} is too large: {size:,} characters, and {limit:,} is the limit. Keep large data elsewhere, and its "
        "name here."
    )
    return entries.failure(run_id, text, ErrorCode.TOO_LARGE, size=size, limit=limit)
