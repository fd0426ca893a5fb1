"""Reviews and events one by one, for clients that hold no stream, or whose stream has no numbers."""

import json

from sayso.engine import refusals
from sayso.engine.clock import now
from sayso.protocol.http import Review
from sayso.storage.records import StoredEvent, StoredReview
from sayso.storage.store import Store


class Reviews:
    """What was asked, and what a client has seen of it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def review(self, run_id: str, seq: int) -> Review:
        """A whole review, open or answered.

        Raises:
            ProtocolError: `run_not_found` or `review_not_found`.
        """
        stored = await self._store.review(run_id, seq)
        asked = await self._store.events(run_id, after=seq - 1, limit=1)
        if stored is None or not asked:
            await self._check_run(run_id)
            raise refusals.no_such_review(seq)
        frame = json.loads(asked[0].body)
        return Review(
            run_id=run_id,
            seq=seq,
            at=frame["at"],
            payload=frame["payload"],
            data=stored.data,
            answer=stored.answer,
            answered_at=stored.answered_at,
        )

    async def is_open(self, run_id: str, seq: int) -> bool:
        """Whether there is such a review, and it waits for an answer."""
        stored = await self._store.review(run_id, seq)
        return stored is not None and stored.answered_at is None

    async def events(self, run_id: str, *, after: int, limit: int) -> list[StoredEvent]:
        """Entries of the run's log with `seq > after`, as they are now.

        Raises:
            ProtocolError: `run_not_found`.
        """
        found = await self._store.events(run_id, after=after, limit=limit)
        if not found:
            await self._check_run(run_id)
        return found

    async def send(self, run_id: str, seq: int) -> bool:
        """Note that a review is about to be sent to a client that cannot name the one it answers; durable before it
        returns. False if it is not open (any more)."""
        return await self._store.send_review(run_id, seq, at=now())

    async def sent(self, run_id: str) -> StoredReview | None:
        """The oldest open review that was sent that way.

        Raises:
            ProtocolError: `run_not_found`.
        """
        found = await self._store.sent_review(run_id)
        if found is None:
            await self._check_run(run_id)
        return found

    async def _check_run(self, run_id: str) -> None:
        if await self._store.run(run_id) is None:
            raise refusals.run_not_found()
