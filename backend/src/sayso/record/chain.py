"""A chain: each link holds the hash of the one before, so that none can be changed, left out or moved unseen."""

from dataclasses import dataclass

from pydantic import JsonValue

from sayso.record.canonical import digest


@dataclass(frozen=True, slots=True)
class Link:
    """One link. `hash` is over all other fields, see `hash_of`."""

    chain: str
    """What the chain is about, such as the id of a run."""
    position: int
    """1, 2, 3, ... in the chain."""
    kind: str
    """What happened, in a word."""
    seq: int
    """Of the log's entry that it is about; 0 for what is in no log."""
    at: str
    """When the link was made: ISO 8601, UTC."""
    content_hash: str
    """`digest` of what it is about."""
    previous: str | None
    """`hash` of the link before; none for the first."""
    hash: str

    def holds(self) -> bool:
        """Whether `hash` is that of the other fields."""
        return self.hash == hash_of(
            self.chain, self.position, self.kind, self.seq, self.at, self.content_hash, self.previous
        )


def linked(chain: str, before: Link | None, kind: str, *, seq: int, at: str, content: JsonValue) -> Link:
    """The next link of a chain, or its first."""
    position, previous = (before.position + 1, before.hash) if before else (1, None)
    content_hash = digest(content)
    hash = hash_of(chain, position, kind, seq, at, content_hash, previous)
    return Link(chain, position, kind, seq, at, content_hash, previous, hash)


def hash_of(chain: str, position: int, kind: str, seq: int, at: str, content_hash: str, previous: str | None) -> str:
    """The hash of a link with these fields: SHA-256 of their canonical JSON."""
    return digest(
        {
            "chain": chain,
            "position": position,
            "kind": kind,
            "seq": seq,
            "at": at,
            "content_hash": content_hash,
            "previous": previous,
        }
    )
