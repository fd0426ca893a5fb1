"""A person as the server knows it, and what a name of a person or a group may be."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sayso.people.actor import Role
from sayso.people.secrets import SecretKind

MAX_NAME = 100
LINK_LASTS = timedelta(hours=1)
SESSION_LASTS = timedelta(days=7)
"""However much it is used."""
SESSION_IDLE = timedelta(hours=12)
"""Without use."""
SEEN_EVERY = timedelta(minutes=1)
"""How often the use of a secret is noted at most."""


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    role: Role
    groups: tuple[str, ...]
    version: int
    created_at: datetime
    disabled_at: datetime | None = None
    subject: str | None = None
    """Who it is at the provider, or to the proxy, that vouches for it; nothing for who came in by a token."""


@dataclass(frozen=True, slots=True)
class StoredSecret:
    id: str
    kind: SecretKind
    hash: str
    person_id: str | None
    created_at: datetime
    used_at: datetime | None
    expires_at: datetime | None
    data: str = "{}"

    def lives(self, at: datetime) -> bool:
        """Whether it is neither used up nor past its time."""
        if self.expires_at is not None and at >= self.expires_at:
            return False
        if self.kind is SecretKind.SESSION:
            return at - (self.used_at or self.created_at) < SESSION_IDLE
        return self.kind is SecretKind.TOKEN or self.used_at is None


def able_to_decide(people: Iterable[Person]) -> list[Person]:
    """Those whose role lets them, as long as they are not disabled."""
    return [person for person in people if person.disabled_at is None and person.role.covers(Role.REVIEWER)]


def checked_name(name: str) -> str:
    """A name of a person or a group, with its blanks tidied.

    Raises:
        ValueError: it is none, fit to show.
    """
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name or len(name) > MAX_NAME:
        raise ValueError(f"a name has 1 to {MAX_NAME} characters")
    if not all(each.isprintable() for each in name) or re.search(r'[|,"=<>]', name):
        raise ValueError('a name holds no control characters and none of | , " = < >')
    return name
