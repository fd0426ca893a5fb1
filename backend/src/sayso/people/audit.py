"""What is kept of who did what: an entry of the audit, without any document text and without secrets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pydantic import JsonValue

from sayso.people.actor import Actor


class Action(StrEnum):
    """What somebody did. Never renamed: entries are kept for years."""

    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    REFUSED = "refused"
    ASKED = "asked"
    RETRIED = "retried"
    DECIDED = "decided"
    CANCELLED = "cancelled"
    DELETED = "deleted"
    OPENED_RUN = "opened run"
    OPENED_SOURCE = "opened source"
    EXPORTED = "exported"
    DOCUMENT_ADDED = "document added"
    DOCUMENT_REMOVED = "document removed"
    PERSON_ADDED = "person added"
    PERSON_CHANGED = "person changed"
    SECRET_MADE = "secret made"  # noqa: S105 - a word, no secret
    SECRETS_REVOKED = "secrets revoked"
    SETTINGS_CHANGED = "settings changed"
    CHANNEL_ADDED = "channel added"
    CHANNEL_REMOVED = "channel removed"
    CHANNEL_ENABLED = "channel enabled"
    PRUNED = "audit pruned"


@dataclass(frozen=True, slots=True)
class Entry:
    """Who, when, from where, what, on what."""

    action: Action
    actor: Actor
    at: datetime
    name: str = ""
    """What the actor was called, where nobody had verified it."""
    run_id: str | None = None
    about: Mapping[str, JsonValue] = field(default_factory=dict)
    """Ids, names and words of a closed list; no text of anybody's."""

    def as_json(self) -> dict[str, JsonValue]:
        """As it is stored and sealed."""
        return {
            "at": self.at.isoformat(),
            "action": self.action.value,
            "person": self.actor.id,
            "name": self.actor.name or self.name,
            "verified": self.actor.verified,
            "via": self.actor.via.value,
            "address": self.actor.address,
            "run_id": self.run_id,
            "about": dict(self.about),
        }
