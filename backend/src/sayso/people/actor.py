"""Who does something: one `Actor` on every command, from the service's edge to the row that tells of it."""

from dataclasses import dataclass
from enum import StrEnum

from sayso.protocol.decisions import NO_NAME


class Role(StrEnum):
    """What somebody may do; each may do what the ones before may."""

    ASKER = "asker"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    def covers(self, other: "Role") -> bool:
        """Whether it may do what `other` may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


class Via(StrEnum):
    """How an actor came in."""

    NOBODY_ASKED = "nobody asked"
    """Nobody signs in here (`SAYSO_AUTH=none`)."""
    TOKEN = "token"  # noqa: S105 - a word, no secret
    SESSION = "session"
    PROXY = "proxy"
    OPERATOR = "operator"
    """With the key in the data folder, or with the database itself."""
    SERVER = "server"
    """The server itself, such as for a due date."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody at the service's edge."""

    id: str | None = None
    """Of a person; `None` where nobody knows who it is."""
    name: str = ""
    """Of a person, verified; else empty, and what a client says counts."""
    role: Role = Role.ADMIN
    groups: tuple[str, ...] = ()
    via: Via = Via.NOBODY_ASKED
    address: str = ""
    """From where: the IP address of the client."""
    secret: str | None = None
    """Id of the token or session it came with."""
    version: int = 0
    """Of the person, when it was looked at; a change of the person raises it."""
    doubted: bool = False
    """Nobody signs in where it came in, and others can come in there too."""

    @property
    def verified(self) -> bool:
        """Whether the name is that of somebody who has proved to be it."""
        return self.id is not None

    @property
    def doubts(self) -> bool:
        """Whether names that nobody verified are told apart where it came in: not alone on one's own machine."""
        return self.verified or self.doubted

    @property
    def vouched(self) -> bool | None:
        """What is said of its name, see `protocol.decisions.called`."""
        return self.verified if self.doubts else None

    @property
    def unrestricted(self) -> bool:
        """Whether it may see everything."""
        return self.role is Role.ADMIN

    @property
    def answers_to(self) -> frozenset[str]:
        """The names by which it may be asked, as keys: its own, and its groups'."""
        return frozenset(map(key_of, (self.name, *self.groups))) if self.verified else frozenset()

    @property
    def counted_as(self) -> str | None:
        """For whom its runs count: the person, else the address."""
        if self.id is not None:
            return f"person:{self.id}"
        return f"address:{self.address}" if self.address else None


ANYBODY = Actor()
"""Whoever uses a server on which nobody signs in."""
SERVER = Actor(name="", via=Via.SERVER)
"""The server itself."""
OPERATOR = Actor(name="the operator", via=Via.OPERATOR)
"""Whoever has the data folder, or the database."""


def key_of(name: str) -> str:
    """What two spellings of one name have in common: names of people and groups are told apart by it."""
    return " ".join(name.split()).casefold()


def name_of(actor: Actor, said: str) -> str:
    """What an actor is called in what it does: by its own name where that is known, else as it says."""
    return actor.name or said or NO_NAME
