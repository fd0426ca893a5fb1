"""Tokens, sessions and sign-in links: random, shown once, kept as SHA-256, and compared in constant time."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from enum import StrEnum

PREFIX = "sayso"
_SHAPE = re.compile(rf"{PREFIX}_([0-9a-f]{{16}})_([A-Za-z0-9_-]{{43}})")


class SecretKind(StrEnum):
    """What a secret is for."""

    TOKEN = "token"  # noqa: S105 - a word, no secret
    LINK = "link"
    SESSION = "session"
    FLOW = "flow"
    """A sign-in that is on its way through a provider."""


@dataclass(frozen=True, slots=True)
class NewSecret:
    """A secret, just made."""

    id: str
    """By which it is found; no secret."""
    text: str
    """What its owner keeps."""
    hash: str
    """What is stored."""

    def __repr__(self) -> str:
        return f"NewSecret(id={self.id!r})"


def new_secret() -> NewSecret:
    """256 random bits under an id of 64."""
    id, rest = secrets.token_hex(8), secrets.token_urlsafe(32)
    return NewSecret(id, f"{PREFIX}_{id}_{rest}", hash_of(rest))


def hash_of(rest: str) -> str:
    """SHA-256, in hexadecimal. A secret of 256 random bits needs nothing slower."""
    return hashlib.sha256(rest.encode()).hexdigest()


def id_of(text: str) -> str | None:
    """The id in a secret; `None` if it does not read like one."""
    found = _SHAPE.fullmatch(text)
    return found[1] if found else None


def is_secret(text: str, stored_hash: str) -> bool:
    """Whether `text` is the secret that was stored, in a time that does not tell how far it is right."""
    found = _SHAPE.fullmatch(text)
    return found is not None and hmac.compare_digest(hash_of(found[2]), stored_hash)
