"""Rows of the audit as the store gives them, and whether the chain over them holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pydantic import JsonValue

from sayso.people.audit import Action
from sayso.record.canonical import digest
from sayso.record.chain import Link

CHAIN = "audit"
ROWS = "rows"
"""The one kind of its links: what it seals are rows."""


@dataclass(frozen=True, slots=True)
class SealedRow:
    id: int
    body: dict[str, JsonValue]
    """See `people.audit.Entry.as_json`."""
    link: int | None
    """Position of the link that seals it; none as long as none does."""

    @property
    def content(self) -> JsonValue:
        """What is sealed of it."""
        return {"id": self.id, **self.body}


@dataclass
class AuditCheck:
    """Holds links against their rows, as they come."""

    links: int = 0
    rows: int = 0
    head: str = ""
    faults: list[str] = field(default_factory=list)
    _first: Link | None = None
    _before: Link | None = None
    _pruned: set[tuple[JsonValue, JsonValue]] = field(default_factory=set)

    def add(self, found: Iterable[tuple[Link, list[SealedRow]]]) -> None:
        """The next links."""
        for link, rows in found:
            self.faults += (f"link {link.position}: {fault}" for fault in self._wrong(link, rows))
            for row in rows:
                about = row.body.get("about")
                if row.body.get("action") == Action.PRUNED and isinstance(about, dict):
                    self._pruned.add((about.get("links"), about.get("head")))
            self.links, self.rows, self.head = self.links + 1, self.rows + len(rows), link.hash
            self._first, self._before = self._first or link, link

    def end(self, known_head: str | None, heads: Iterable[str]) -> None:
        """No more come. What was pruned has to be what a sealed row says.

        Args:
            known_head: a hash that the chain is known to have ended with at some time.
            heads: the hashes of all links, and of those that pruning has named.
        """
        first = self._first
        if first is not None and first.position > 1 and (first.position - 1, first.previous) not in self._pruned:
            self.faults.append(f"link {first.position}: what stood before it is gone, and no sealed row says so")
        if known_head and not any(each.startswith(known_head.strip().lower()) for each in heads):
            self.faults.append("no link has the hash that was known to be its last: its end is missing, or another")

    @property
    def pruned_heads(self) -> list[str]:
        return [str(head) for _, head in self._pruned]

    def _wrong(self, link: Link, rows: list[SealedRow]) -> Iterator[str]:
        before = self._before
        if digest([row.content for row in rows]) != link.content_hash:
            yield "its rows are not those that were sealed: some were changed, left out or added"
        if not link.holds():
            yield "the link itself was changed"
        if before is None:
            if link.position == 1 and link.previous is not None:
                yield "it is the first, and follows from another one"
        elif link.position != before.position + 1:
            yield "links before it are missing"
        elif link.previous != before.hash:
            yield "it does not follow from the link before"
