"""The service as one actor has it: what it does bears its name, and what it may not see is not found."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from sayso.engine import refusals
from sayso.engine.decisions import Decisions
from sayso.engine.presence import Presence, Visit, until_ended
from sayso.engine.results import Results
from sayso.engine.reviews import Reviews
from sayso.engine.service import Service
from sayso.people import policy
from sayso.people.actor import Actor, Role
from sayso.people.policy import Need
from sayso.protocol.commands import Answer, Retry, Start
from sayso.protocol.frames import RunState, Status
from sayso.protocol.http import RunChanges
from sayso.storage.audience import Scope
from sayso.storage.records import Answered, Run, StoredEvent


class Acting:
    """What an edge of the service uses in its place.

    `check` is called before anything else, with what `people.policy` says it takes; `start` to `delete` do not look
    again, but for what the store has to look at in its own transaction.
    """

    def __init__(self, service: Service, actor: Actor, presence: Presence) -> None:
        self._service = service
        self._presence = presence
        self.actor = actor

    @property
    def results(self) -> Results:
        return self._service.results

    @property
    def reviews(self) -> Reviews:
        return self._service.reviews

    @property
    def decisions(self) -> Decisions:
        return self._service.decisions

    def count(self, *, frame: bool = False, connects: bool = False) -> None:
        """One more of what is limited for each.

        Raises:
            ProtocolError: `too_many`.
        """
        if frame:
            self._presence.frames.take(self.actor.counted_as)
        if connects:
            self._presence.check_room(self.actor)

    async def check(self, need: Need, run_id: str | None = None) -> None:
        """Whether the actor may do what takes `need`, of this run if that is about one.

        Raises:
            ProtocolError: `run_not_found` or `forbidden`.
        """
        if not policy.may(self.actor, need):
            raise refusals.not_allowed(need)
        if need is Need.ASK and not self.actor.role.covers(Role.ASKER):
            raise refusals.not_allowed(need)
        if run_id is None or self._sees_all:
            return
        run = await self._service.states.seen(run_id, self.actor)
        self._check_run(need, run)

    def _check_run(self, need: Need, run: Run) -> None:
        if need is Need.DECIDE and (why := policy.may_not_decide(self.actor, run)):
            raise refusals.forbidden(why)
        if need is Need.END and not policy.may_end(self.actor, run):
            raise refusals.not_allowed(need)

    @property
    def _sees_all(self) -> bool:
        """Whether there is nothing to look at: nobody signs in here."""
        return self.actor.unrestricted and not self.actor.verified

    async def ping(self) -> None:
        """See `Service.ping`."""
        await self._service.ping()

    async def start(self, command: Start) -> RunState:
        """See `Service.start`."""
        return await self._service.start(command, self.actor)

    async def retry(self, run_id: str, command: Retry) -> RunState:
        """See `Service.retry`."""
        return await self._service.retry(run_id, command, self.actor)

    async def run(self, run_id: str) -> RunState:
        """See `Service.run`."""
        return await self._service.run(run_id)

    async def runs(
        self,
        *,
        statuses: Sequence[Status] = (),
        search: str = "",
        before: tuple[datetime, str] | None = None,
        limit: int = 20,
        asked_of_me: bool = False,
    ) -> list[RunState]:
        """See `Service.runs`; of those that the actor may see, or with `asked_of_me` may decide about."""
        scope = self._asked if asked_of_me else self._seen
        return await self._service.runs(statuses=statuses, search=search, before=before, limit=limit, scope=scope)

    @property
    def _seen(self) -> Scope:
        if self.actor.unrestricted:
            return Scope()
        reviews = self.actor.role.covers(Role.REVIEWER)
        return Scope(all=False, asker=self.actor.counted_as, reviews=reviews, names=self.actor.answers_to)

    @property
    def _asked(self) -> Scope:
        if self._sees_all:
            return Scope()
        reviews = self.actor.role.covers(Role.REVIEWER)
        own = self.actor.counted_as
        return Scope(all=False, reviews=reviews, names=self.actor.answers_to, but_own=own)

    async def changes(self) -> AsyncIterator[RunChanges]:
        """See `Service.changes`; ends when what the actor came in with is good no more."""
        with self._presence.visit(self.actor) as visit:
            async for changes in until_ended(visit, self._service.changes(self._seen)):
                yield changes

    async def watch(self, run_id: str, after: int) -> AsyncIterator[list[StoredEvent]]:
        """See `Service.watch`; ends when what the actor came in with is good no more."""
        with self._presence.visit(self.actor) as visit:
            async for events in until_ended(visit, self._service.watch(run_id, after)):
                yield events

    def watch_during(self, visit: Visit, run_id: str, after: int) -> AsyncIterator[list[StoredEvent]]:
        """The same, for who has a visit going on."""
        return until_ended(visit, self._service.watch(run_id, after))

    def visit(self) -> AbstractContextManager[Visit]:
        """See `Presence.visit`."""
        return self._presence.visit(self.actor)

    async def answer(self, run_id: str, command: Answer) -> Answered:
        """See `Service.answer`."""
        return await self._service.answer(run_id, command, self.actor)

    async def cancel(self, run_id: str, by: str) -> None:
        """See `Service.cancel`."""
        await self._service.cancel(run_id, by, self.actor)

    async def delete(self, run_id: str) -> None:
        """See `Service.delete`."""
        await self._service.delete(run_id, self.actor)

    async def claim(self, run_id: str, by: str) -> RunState:
        """See `Claims.take`."""
        await self._service.claims.take(run_id, by, self.actor)
        return await self._service.run(run_id)

    async def give_back(self, run_id: str) -> RunState:
        """See `Claims.give_back`."""
        await self._service.claims.give_back(run_id)
        return await self._service.run(run_id)
