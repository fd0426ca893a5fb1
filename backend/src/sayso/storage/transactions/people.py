"""The transactions about people, and the secrets that they come in with; the same for every database."""

import json
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

from pydantic import JsonValue

from sayso.people.actor import Actor, Role, key_of
from sayso.people.audit import Action, Entry
from sayso.people.person import SEEN_EVERY, Person, StoredSecret
from sayso.people.secrets import NewSecret, SecretKind
from sayso.storage.errors import NameTaken
from sayso.storage.transactions.auditing import note
from sayso.storage.transactions.rows import to_person, to_secret
from sayso.storage.transactions.transaction import Ask, Transaction


def add_person(
    name: str, role: Role, groups: Sequence[str], *, at: datetime, subject: str | None = None, by: Actor | None = None
) -> Transaction[Person]:
    """A new person.

    Raises:
        NameTaken: a person or a group has that name already, or one of the groups has the name of a person.
    """
    known = yield from everybody()
    _check_free(name, known)
    _check_groups(groups, [*known, name])
    id = uuid.uuid4().hex
    values = {
        "id": id,
        "name": name,
        "name_key": key_of(name),
        "role": role.value,
        "groups": json.dumps(list(groups)),
        "subject": subject,
        "at": _text(at),
    }
    if not (yield Ask("insert_person", values)).changed:
        raise NameTaken(name)
    if by is not None:
        about: dict[str, JsonValue] = {"name": name, "role": role.value, "groups": list(groups)}
        yield from note(Entry(Action.PERSON_ADDED, by, at, about=about))
    return to_person((yield Ask("person_by_id", {"id": id})).one)


def vouched_for(
    subject: str, name: str, role: Role, groups: Sequence[str] | None, *, at: datetime
) -> Transaction[Person]:
    """The person whom a provider calls `subject`, new at the first time, with the groups that it has there.

    Args:
        name: what it is to be called here; with a number behind it, if somebody else is.
        role: of a new one.
        groups: `None` leaves them as they are.
    """
    row = (yield Ask("person_by_subject", {"subject": subject})).row
    if row is None:
        known = yield from everybody()
        given = tuple(_without_people(groups or (), known))
        number, free = 1, name
        while not _is_free(free, known):
            number += 1
            free = f"{name} {number}"
        return (
            yield from add_person(
                free, role, [each for each in given if key_of(each) != key_of(free)], at=at, subject=subject
            )
        )
    person = to_person(row)
    if groups is None:
        return person
    given = tuple(_without_people(groups, (yield from everybody())))
    if given == person.groups:
        return person
    return (yield from change_person(person.id, groups=given)) or person


def change_person(
    person_id: str,
    *,
    role: Role | None = None,
    groups: Sequence[str] | None = None,
    disabled_at: datetime | None = None,
    enabled: bool = False,
    entry: Entry | None = None,
) -> Transaction[Person | None]:
    """Change what is given; all that a person who is disabled came in with is gone. `None` if there is no such person.

    Raises:
        NameTaken: one of the groups has the name of a person.
    """
    row = (yield Ask("person_by_id", {"id": person_id})).row
    if row is None:
        return None
    person = to_person(row)
    if groups is not None:
        _check_groups(groups, (yield from everybody()))
    ends = disabled_at or (None if enabled else person.disabled_at)
    values = {
        "id": person_id,
        "role": (role or person.role).value,
        "groups": json.dumps(list(person.groups if groups is None else groups)),
        "disabled_at": _text(ends) if ends else None,
    }
    yield Ask("change_person", values)
    yield from note(entry)
    if disabled_at is not None:
        yield Ask("delete_secrets_of", {"person_id": person_id})
    return to_person((yield Ask("person_by_id", {"id": person_id})).one)


def everybody() -> Transaction[list[Person]]:
    """All of them, by name."""
    return [to_person(row) for row in (yield Ask("people", {})).rows]


def person_named(name: str) -> Transaction[Person | None]:
    row = (yield Ask("person_by_key", {"name_key": key_of(name)})).row
    return to_person(row) if row else None


def add_secret(
    secret: NewSecret,
    kind: SecretKind,
    person_id: str | None,
    *,
    at: datetime,
    expires_at: datetime | None = None,
    data: str = "{}",
    entry: Entry | None = None,
) -> Transaction[None]:
    """Keep what proves that somebody has the secret, and not the secret."""
    yield Ask("delete_ended_secrets", {"at": _text(at)})
    values = {
        "id": secret.id,
        "kind": kind.value,
        "hash": secret.hash,
        "person_id": person_id,
        "data": data,
        "at": _text(at),
        "expires_at": _text(expires_at) if expires_at else None,
    }
    yield Ask("insert_secret", values)
    yield from note(entry)


def secret(secret_id: str) -> Transaction[tuple[StoredSecret, Person | None] | None]:
    """A secret by its id, with whom it is of."""
    row = (yield Ask("secret", {"id": secret_id})).row
    if row is None:
        return None
    found = to_secret(row)
    if found.person_id is None:
        return found, None
    fields = ("name", "role", "groups", "subject", "version", "created_at", "disabled_at")
    return found, to_person({"id": found.person_id, **{field: row[f"owner_{field}"] for field in fields}})


def secrets_of(person_id: str) -> Transaction[list[StoredSecret]]:
    """Oldest first."""
    return [to_secret(row) for row in (yield Ask("secrets_of", {"person_id": person_id})).rows]


def see_secret(secret: StoredSecret, at: datetime) -> Transaction[None]:
    """Note that it was used, at most once a minute."""
    if secret.used_at is None or at - secret.used_at >= SEEN_EVERY:
        yield Ask("see_secret", {"id": secret.id, "at": _text(at)})


def use_up(secret_id: str, at: datetime) -> Transaction[bool]:
    """Use what works once; false if it was used before."""
    return bool((yield Ask("use_up", {"id": secret_id, "at": _text(at)})).changed)


def delete_secret(secret_id: str, entry: Entry | None = None) -> Transaction[bool]:
    """End a token or a session. False if there is none."""
    deleted = bool((yield Ask("delete_secret", {"id": secret_id})).changed)
    if deleted:
        yield from note(entry)
    return deleted


def delete_secrets_of(person_id: str, entry: Entry | None = None) -> Transaction[None]:
    """End all that a person came in with."""
    yield Ask("delete_secrets_of", {"person_id": person_id})
    yield from note(entry)


def person(person_id: str) -> Transaction[Person | None]:
    row = (yield Ask("person_by_id", {"id": person_id})).row
    return to_person(row) if row else None


def _check_free(name: str, known: Sequence[Person]) -> None:
    if not _is_free(name, known):
        raise NameTaken(name)


def _is_free(name: str, known: Sequence[Person]) -> bool:
    taken = {key_of(each) for person in known for each in (person.name, *person.groups)}
    return key_of(name) not in taken


def _check_groups(groups: Sequence[str], known: Sequence[Person | str]) -> None:
    """What is asked of a group must not be asked of a person of the same name."""
    names = {key_of(each.name if isinstance(each, Person) else each) for each in known}
    for group in groups:
        if key_of(group) in names:
            raise NameTaken(group)


def _without_people(groups: Sequence[str], known: Sequence[Person]) -> list[str]:
    names = {key_of(person.name) for person in known}
    return [group for group in dict.fromkeys(groups) if key_of(group) not in names]


def _text(at: datetime) -> str:
    # In UTC, because the database compares times as text.
    return at.astimezone(UTC).isoformat()
