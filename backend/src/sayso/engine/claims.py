""" "I am on it": who is about to decide, for the others to see. In no log, and binding nobody."""

from sayso.engine import refusals
from sayso.engine.clock import now
from sayso.engine.feed import Feed
from sayso.people.actor import Actor, name_of
from sayso.protocol.frames import RunClaim, Status
from sayso.storage.store import Store


class Claims:
    """Takes them and gives them back."""

    def __init__(self, store: Store, feed: Feed) -> None:
        self._store = store
        self._feed = feed

    async def take(self, run_id: str, by: str, actor: Actor) -> None:
        """Who is on it already stays so.

        Raises:
            ProtocolError: `run_not_found`, `no_open_review`, or `claimed` by somebody else.
        """
        claim = RunClaim(by=name_of(actor, by), verified=actor.verified, at=now())
        if await self._store.claim_review(run_id, claim):
            self._feed.publish(run_id, [])
            return
        run = await self._store.run(run_id)
        if run is None:
            raise refusals.run_not_found()
        if run.claim is None or run.status is not Status.WAITING:
            raise refusals.not_waiting(run.status)
        if (run.claim.by, run.claim.verified) != (claim.by, claim.verified):
            raise refusals.claimed(run.claim, doubts=actor.doubts)

    async def give_back(self, run_id: str) -> None:
        """Nobody is on it any more, whoever was: a colleague may be away."""
        await self._store.give_back(run_id)
        self._feed.publish(run_id, [])
