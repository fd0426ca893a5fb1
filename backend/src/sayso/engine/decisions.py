"""A decision on its way in: checked against the review that it answers, and read by the run's workflow."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from sayso.engine import entries, refusals
from sayso.engine.deliveries import check_fits
from sayso.engine.hosting import HostedWorkflow
from sayso.engine.responses import Responses, derived
from sayso.people.actor import ANYBODY, Actor, name_of
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import Answer, ProtocolError
from sayso.protocol.decisions import in_words, says_more, settle
from sayso.protocol.frames import InputReceived, RecordedDecision
from sayso.protocol.reading import Reading
from sayso.protocol.review import ReviewData
from sayso.storage.records import Answered, AnswerOutcome, NewEvent, Run, StoredReview
from sayso.storage.store import Store


class Decisions:
    """Looks at decisions; stores nothing.

    Args:
        workflows: by name.
    """

    def __init__(self, store: Store, workflows: Mapping[str, HostedWorkflow]) -> None:
        self._store = store
        self._workflows = workflows

    async def taken(
        self, run_id: str, command: Answer, at: datetime, actor: Actor = ANYBODY
    ) -> tuple[RecordedDecision, NewEvent]:
        """What is to be recorded of `command`, as it was sent and as it was read, and the entry that tells of it.

        Raises:
            ProtocolError: `run_not_found`, `review_not_found`, `invalid_frame` or `invalid_response`.
        """
        if command.review is None:
            await self._run(run_id)
            raise ProtocolError(
                ErrorCode.INVALID_FRAME, "review: say which review this answers, by its seq.", field="review"
            )
        review = await self._review(run_id, command.review)
        answer = _settled(command, review)
        sent = {name: getattr(answer, name) for name in RecordedDecision.model_fields if name in Answer.model_fields}
        read = await self._read(run_id, answer, review.data) if says_more(answer) else None
        by = {"by": name_of(actor, answer.by), "verified": actor.verified}
        received = RecordedDecision.model_validate({**sent, **by, "read": read})
        check_fits(review, received, at)
        frame = InputReceived(
            payload=in_words(received.response, received.by, actor.vouched), run_id=run_id, at=at, data=received
        )
        return received, entries.to_new_event(frame)

    async def check_recorded(self, run_id: str, review: int, answered: Answered, actor: Actor) -> None:
        """Whether an answer of `actor` was recorded, then or before.

        Raises:
            ProtocolError: why it was not.
        """
        if (refused := refusals.of_answer(review, answered, doubts=actor.doubts)) is not None:
            raise refused
        if answered.outcome is AnswerOutcome.RUN_OVER:
            raise refusals.run_over(await self._run(run_id))
        if answered.outcome is AnswerOutcome.NOT_FOUND:
            # It was there a moment ago: the run was deleted meanwhile.
            await self._run(run_id)
            raise refusals.no_such_review(review)

    async def reading(self, run_id: str, seq: int, command: Answer) -> Reading:
        """How a decision would be read. The review may be answered already.

        Raises:
            ProtocolError: `run_not_found`, `review_not_found`, `invalid_response`, or `invalid_request` if the run's
                workflow reads no prose.
        """
        review = await self._review(run_id, seq)
        read = await self._read(run_id, _settled(command, review), review.data)
        if read is None:
            raise refusals.reads_nothing()
        return read

    async def _read(self, run_id: str, answer: Answer, review: ReviewData) -> Reading | None:
        run = await self._run(run_id)
        hosted = self._workflows.get(run.workflow)
        kept = partial(self._store.attachments, run_id)
        return await hosted.read(answer, review, run.options, kept) if hosted else None

    async def _review(self, run_id: str, seq: int) -> StoredReview:
        review = await self._store.review(run_id, seq)
        if review is None:
            await self._run(run_id)
            raise refusals.no_such_review(seq)
        return review

    async def _run(self, run_id: str) -> Run:
        run = await self._store.run(run_id)
        if run is None:
            raise refusals.run_not_found()
        return run


def _settled(command: Answer, review: StoredReview) -> Answer:
    """The answer checked against its review, with its response as the class that it is for has it."""
    responses = Responses.named(review.response_type)
    asked = review.data.response_schema
    if derived(review.data, responses, review.fills):
        response = responses.read(command.response, review.fills)
        asked = {} if responses.accepts(response, review.fills) else responses.asked(asked, response)
        command = command.model_copy(update={"response": response})
    return settle(command, review.data.model_copy(update={"response_schema": asked}))
