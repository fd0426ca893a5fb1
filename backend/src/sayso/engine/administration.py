"""What an admin does with people: over HTTP, and from a terminal with the database itself."""

from datetime import datetime, timedelta

from pydantic import JsonValue

from sayso.engine.clock import now
from sayso.people.actor import Actor, Role
from sayso.people.audit import Action, Entry
from sayso.people.person import LINK_LASTS, Person, checked_name
from sayso.people.secrets import NewSecret, SecretKind, new_secret
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.protocol.people import NewPerson, PersonChange, PersonInfo, SecretMade
from sayso.storage.errors import NameTaken
from sayso.storage.store import Store


async def given(
    store: Store, person: Person, kind: SecretKind, lasts: timedelta | None, actor: Actor, at: datetime | None = None
) -> NewSecret:
    """A new secret of a person, by `actor`."""
    made, at = new_secret(), at or now()
    action = Action.SIGNED_IN if kind is SecretKind.SESSION else Action.SECRET_MADE
    entry = Entry(action, actor, at, about={"person": person.name, "kind": kind.value, "id": made.id})
    expires_at = at + lasts if lasts else None
    await store.add_secret(made, kind, person.id, at=at, expires_at=expires_at, entry=entry)
    return made


class Administration:
    """People, by their names.

    Args:
        actor: who does all this.
    """

    def __init__(self, store: Store, actor: Actor) -> None:
        self._store = store
        self._actor = actor

    async def add(self, new: NewPerson) -> PersonInfo:
        """Raises:
        ProtocolError: `name_taken`, or `invalid_request` for what is no name.
        """
        name, groups = _checked(new.name, "name"), _groups(new.groups)
        try:
            person = await self._store.add_person(name, Role(new.role), groups, at=now(), by=self._actor)
        except NameTaken as error:
            raise _taken(error) from error
        return await self._info(person)

    async def everybody(self) -> list[PersonInfo]:
        return [await self._info(person) for person in await self._store.everybody()]

    async def change(self, name: str, change: PersonChange) -> PersonInfo:
        """Raises:
        ProtocolError: `person_not_found`, `name_taken`, or `invalid_request` for what is no name of a group.
        """
        person = await self._named(name)
        about = {"person": person.name, **change.model_dump(exclude_unset=True)}
        try:
            changed = await self._store.change_person(
                person.id,
                role=Role(change.role) if change.role else None,
                groups=None if change.groups is None else _groups(change.groups),
                disabled_at=now() if change.disabled else None,
                enabled=change.disabled is False,
                entry=Entry(Action.PERSON_CHANGED, self._actor, now(), about=about),
            )
        except NameTaken as error:
            raise _taken(error) from error
        return await self._info(changed or person)

    async def token(self, name: str) -> SecretMade:
        """A token, for scripts and for signing in; it is good until it is revoked.

        Raises:
            ProtocolError: `person_not_found`.
        """
        made = await given(self._store, await self._active(name), SecretKind.TOKEN, None, self._actor)
        return SecretMade(id=made.id, secret=made.text)

    async def link(self, name: str) -> SecretMade:
        """What a sign-in link carries: it lets a person in once, within the hour.

        Raises:
            ProtocolError: `person_not_found`.
        """
        at = now()
        made = await given(self._store, await self._active(name), SecretKind.LINK, LINK_LASTS, self._actor, at)
        return SecretMade(id=made.id, secret=made.text, expires_at=at + LINK_LASTS)

    async def revoke(self, name: str, token: str | None = None) -> None:
        """End one token, or all that a person came in with.

        Raises:
            ProtocolError: `person_not_found`, also if it has no such token.
        """
        person = await self._named(name)
        about: dict[str, JsonValue] = {"person": person.name, "id": token}
        entry = Entry(Action.SECRETS_REVOKED, self._actor, now(), about=about)
        if token is None:
            await self._store.delete_secrets_of(person.id, entry)
            return
        own = {secret.id for secret in await self._store.secrets_of(person.id)}
        if token not in own or not await self._store.delete_secret(token, entry):
            raise _not_found(f"{person.name} has no token {token[:50]!r}.", "token")

    async def _named(self, name: str) -> Person:
        person = await self._store.person_named(name)
        if person is None:
            raise _not_found(f"There is nobody called {name[:100]!r} here.", "name")
        return person

    async def _active(self, name: str) -> Person:
        person = await self._named(name)
        if person.disabled_at is not None:
            raise _not_found(f"{person.name} is disabled.", "name")
        return person

    async def _info(self, person: Person) -> PersonInfo:
        secrets = await self._store.secrets_of(person.id)
        return PersonInfo(
            name=person.name,
            role=person.role.value,
            groups=list(person.groups),
            disabled_at=person.disabled_at,
            tokens=[secret.id for secret in secrets if secret.kind is SecretKind.TOKEN],
        )


def _groups(names: list[str]) -> list[str]:
    return list(dict.fromkeys(_checked(name, "groups") for name in names))


def _checked(name: str, field: str) -> str:
    try:
        return checked_name(name)
    except ValueError as error:
        raise ProtocolError(ErrorCode.INVALID_REQUEST, f"{field}: {error}.", field=field) from error


def _taken(error: NameTaken) -> ProtocolError:
    return ProtocolError(ErrorCode.NAME_TAKEN, f"name: {error}.", field="name")


def _not_found(message: str, field: str) -> ProtocolError:
    return ProtocolError(ErrorCode.PERSON_NOT_FOUND, message, field=field)
