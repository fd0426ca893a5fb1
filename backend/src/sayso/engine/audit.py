"""The audit as people read it: its rows, and whether the chain over them holds."""

from datetime import datetime

from sayso.engine.clock import now
from sayso.engine.sealing import Sealer
from sayso.people.actor import Actor
from sayso.protocol.people import AuditRow, AuditVerdict
from sayso.storage.sealed import AuditCheck
from sayso.storage.store import Store

PAGE = 500


class Audit:
    """Reads it; changes nothing but to seal what is not sealed yet, and to prune."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def rows(self, since: datetime | None, after: int = 0, limit: int = PAGE) -> list[AuditRow]:
        """Oldest first; the next page is after the last id of this one."""
        found = await self._store.audit(since=since, after=after, limit=limit)
        return [AuditRow.model_validate({"id": row.id, "sealed": row.link is not None, **row.body}) for row in found]

    async def verify(self, known_head: str | None = None) -> AuditVerdict:
        """Hold every link against its rows and the link before.

        Args:
            known_head: a hash, or its first digits, with which the chain is known to have ended at some time.
        """
        await Sealer(self._store).seal()
        check, heads, after = AuditCheck(), list[str](), 0
        while links := await self._store.audit_links(after, PAGE):
            check.add(links)
            heads += (link.hash for link, _ in links)
            after = links[-1][0].position
        check.end(known_head, [*heads, *check.pruned_heads])
        unsealed = await self._store.unsealed()
        return AuditVerdict(
            holds=not check.faults,
            links=check.links,
            rows=check.rows,
            unsealed=unsealed,
            head=check.head,
            faults=check.faults[:100],
        )

    async def prune(self, before: datetime, actor: Actor) -> int:
        """Erase rows that were sealed before that time. Returns up to which link; 0 if there was nothing."""
        await Sealer(self._store).seal()
        return await self._store.prune_audit(before, actor, now())
