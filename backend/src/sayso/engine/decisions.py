"""A decision on its way in: checked against the review that it answers, and read by the run's workflow."""

from collections.abc import Mapping
from functools import partial

from sayso.engine import refusals
from sayso.engine.hosting import HostedWorkflow
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import Answer, ProtocolError
from sayso.protocol.decisions import NO_NAME, says_more, settle
from sayso.protocol.frames import RecordedDecision
from sayso.protocol.reading import Reading
from sayso.protocol.review import ReviewData
from sayso.storage.records import Run, StoredReview
from sayso.storage.store import Store


class Decisions:
    """Looks at decisions; stores nothing.

    Args:
        workflows: by name.
    """

    def __init__(self, store: Store, workflows: Mapping[str, HostedWorkflow]) -> None:
        self._store = store
        self._workflows = workflows

    async def taken(self, run_id: str, command: Answer) -> tuple[StoredReview, RecordedDecision]:
        """The review that `command` answers, and what is to be recorded: as it was sent, and as it was read.

        Raises:
            ProtocolError: `run_not_found`, `review_not_found`, `invalid_frame` or `invalid_response`.
        """
        if command.review is None:
            await self._run(run_id)
            raise ProtocolError(
                ErrorCode.INVALID_FRAME, "review: say which review this answers, by its seq.", field="review"
            )
        review = await self._review(run_id, command.review)
        answer = settle(command, review.data)
        sent = {name: getattr(answer, name) for name in RecordedDecision.model_fields if name in Answer.model_fields}
        read = await self._read(run_id, answer, review.data) if says_more(answer) else None
        return review, RecordedDecision.model_validate({**sent, "by": answer.by or NO_NAME, "read": read})

    async def reading(self, run_id: str, seq: int, command: Answer) -> Reading:
        """How a decision would be read. The review may be answered already.

        Raises:
            ProtocolError: `run_not_found`, `review_not_found`, `invalid_response`, or `invalid_request` if the run's
                workflow reads no prose.
        """
        review = await self._review(run_id, seq)
        read = await self._read(run_id, settle(command, review.data), review.data)
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
