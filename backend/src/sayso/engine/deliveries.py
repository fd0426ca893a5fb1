"""Answers on their way into a live workflow, and when they can be called delivered."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from datetime import datetime
from typing import Any, cast

from pydantic import ValidationError
from workflows.events import Event, HumanResponseEvent
from workflows.handler import WorkflowHandler
from workflows.plugins import basic_runtime
from workflows.plugins.basic import JournalRecord

from sayso.engine.responses import CHOSEN, Responses
from sayso.events import DecisionEvent
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError, invalid
from sayso.protocol.frames import RecordedDecision
from sayso.storage.records import Delivery, StoredReview

_ITEMS = ("drop", "search", "leave_out", "limits", "note", "add", "text", "read")


class Deliveries:
    """Sends each answer once, and tells when the workflow's own journal shows that it was taken.

    An answer that was sent is not yet part of the workflow's state. A checkpoint stored in between would have
    it neither in the state nor marked as delivered in step with it, so none is stored until then.
    """

    def __init__(self, handler: WorkflowHandler, on_taken: Callable[[int], None]) -> None:
        self._handler = handler
        self._on_taken = on_taken
        self._sent: dict[int, str] = {}
        self._under_way = asyncio.Event()

    def send(self, delivery: Delivery) -> None:
        """Hand the answer to the workflow."""
        event = to_event(delivery)
        self._sent[delivery.review] = _marker(delivery)
        self._handler.ctx.send_event(event)
        self._under_way.set()

    async def follow(self) -> None:
        """Follow the journal while an answer is on its way; call `on_taken` with each review whose answer was taken.

        The journal serializes all that the segment has done, so it is not followed without need.
        """
        while True:
            await self._under_way.wait()
            following = cast(AsyncGenerator[JournalRecord, None], basic_runtime.journal(self._handler.run_id))
            async with aclosing(following) as journal:
                async for record in journal:
                    self._look_for_answers(record)
                    if not self._sent:
                        break
                else:
                    return
            self._under_way.clear()

    def _look_for_answers(self, record: JournalRecord) -> None:
        for review, marker in list(self._sent.items()):
            if marker in record.data and '"add_event"' in record.data:
                del self._sent[review]
                self._on_taken(review)


def to_event(delivery: Delivery) -> Event:
    """The event that carries an answer: the class that the review asked for, with the answer's fields.

    A response that is an object also fills the fields of that name, so that a subclass with fields of its own
    gets them.
    """
    answer = delivery.answer
    responses = Responses.named(delivery.response_type)
    kind = responses.kind(answer.response) or HumanResponseEvent
    given = answer.response if isinstance(answer.response, dict) else {}
    # An event keeps what begins with an underscore for itself, and "self" is itself; all of it is in `response`.
    own = {name: value for name, value in given.items() if name != "self" and not name.startswith("_")}
    if len(responses.classes) > 1:
        own.pop(CHOSEN, None)
    # What was not sent is not there, as it was for workflows that never heard of it.
    items = answer.model_dump(mode="json", include=set(_ITEMS), exclude_defaults=True)
    fields: dict[str, Any] = {
        **items,
        "response": answer.response,
        "review": answer.review,
        "feedback": answer.feedback,
        "keep": answer.keep,
        "edits": answer.edits,
        "by": answer.by,
        "at": delivery.at.isoformat(),
        **own,
        **delivery.fills,
        "delivery": _marker(delivery),
    }
    if delivery.key is not None:
        fields["key"] = delivery.key
    if issubclass(kind, DecisionEvent):
        fields |= {"show_note": answer.show_note, "record": delivery.record, "verified": answer.verified}
    return kind(**fields)


def check_fits(review: StoredReview, received: RecordedDecision, at: datetime) -> None:
    """Refuse an answer that the event class of its review cannot carry, while somebody is there to put it right.

    Raises:
        ProtocolError: `invalid_response`, naming the field.
    """
    try:
        to_event(Delivery(review.seq, review.response_type, received, at, "", review.key, review.fills))
    except ValidationError as error:
        refused = invalid(error)
        own = refused.field if isinstance(received.response, dict) else None
        field = f"response.{own}" if own else "response"
        raise ProtocolError(ErrorCode.INVALID_RESPONSE, f"{field}: {refused.message}", field=field) from error


def _marker(delivery: Delivery) -> str:
    # Ours alone: a response id comes from the client and may be anything.
    return f"delivery-{delivery.review}-{delivery.at.isoformat()}"
