"""Who a request comes from."""

import asyncio
import hmac
from dataclasses import replace
from datetime import datetime
from ipaddress import ip_address, ip_network

from starlette.requests import HTTPConnection

from sayso.api.identity.cookies import session_of
from sayso.engine.administration import given
from sayso.engine.clock import now
from sayso.engine.limits import Sparing
from sayso.people.actor import ANYBODY, OPERATOR, Actor, Role, Via
from sayso.people.audit import Action, Entry
from sayso.people.person import SEEN_EVERY, SESSION_LASTS, Person, StoredSecret, checked_name
from sayso.people.secrets import NewSecret, SecretKind, id_of, is_secret
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.settings import Settings
from sayso.storage.store import Store

BAD_TOKEN = ProtocolError(
    ErrorCode.UNAUTHORIZED, "This token is good no more, or never was. Ask an admin for another one."
)
BAD_LINK = ProtocolError(
    ErrorCode.UNAUTHORIZED, "This link was used already, or its hour is over. Ask an admin for another one."
)
BY_ITSELF = frozenset({Via.SESSION, Via.PROXY})
"""What a browser sends along whoever's page asks it to: only these need to be told apart from forged ones."""


class Identities:
    """Looks up who somebody is, and lets people in and out.

    Args:
        operator_key: of who may read the data folder; `None` if there is none.
    """

    def __init__(self, settings: Settings, store: Store, *, operator_key: str | None = None) -> None:
        self._settings = settings
        self._store = store
        self._operator_key = operator_key
        self.refusals = Sparing()
        self._reading: dict[str, asyncio.Future[tuple[StoredSecret, Person | None] | None]] = {}
        self._proxies = [ip_network(each) for each in settings.proxies]

    @property
    def auth(self) -> str:
        """How one signs in here: a word of `SAYSO_AUTH`."""
        return self._settings.auth

    async def of(self, connection: HTTPConnection) -> Actor | None:
        """Who it is; `None` is somebody who has not signed in.

        Raises:
            ProtocolError: `unauthorized`: it came with a token that is none.
        """
        address = self.address_of(connection)
        bearer = _bearer(connection)
        if bearer is not None and self._is_operator(bearer):
            return replace(OPERATOR, address=address)
        if self.auth == "none":
            return replace(ANYBODY, address=address, doubted=not self._settings.alone)
        if bearer is not None:
            found = await self._by_secret(bearer, SecretKind.TOKEN, Via.TOKEN, address)
            if found is None:
                raise BAD_TOKEN
            return found
        if self.auth == "proxy":
            return await self._by_proxy(connection, address)
        session = session_of(connection)
        return await self._by_secret(session, SecretKind.SESSION, Via.SESSION, address) if session else None

    async def by_secret(self, text: str) -> Person:
        """Whose token or sign-in link that is; a link works once.

        Raises:
            ProtocolError: `unauthorized`.
        """
        found = await self._lookup(text)
        if found is None:
            raise BAD_TOKEN
        secret, person = found
        if secret.kind is SecretKind.LINK:
            if not await self._store.use_up(secret.id, now()):
                raise BAD_LINK
        elif secret.kind is not SecretKind.TOKEN:
            raise BAD_TOKEN
        return person

    async def sign_in(self, person: Person, connection: HTTPConnection) -> NewSecret:
        """A new session; the one that the browser had before ends."""
        await self.sign_out(connection)
        actor = _actor(person, Via.SESSION, self.address_of(connection), None)
        return await given(self._store, person, SecretKind.SESSION, SESSION_LASTS, actor)

    async def sign_out(self, connection: HTTPConnection) -> None:
        """End the session of a browser."""
        session = session_of(connection)
        found = await self._lookup(session) if session else None
        if found is not None and found[0].kind is SecretKind.SESSION:
            actor = _actor(found[1], Via.SESSION, self.address_of(connection), found[0].id)
            await self._store.delete_secret(found[0].id, Entry(Action.SIGNED_OUT, actor, now()))

    async def _by_secret(self, text: str, kind: SecretKind, via: Via, address: str) -> Actor | None:
        found = await self._lookup(text)
        if found is None or found[0].kind is not kind:
            return None
        secret, person = found
        await self._note_use(secret, now())
        return _actor(person, via, address, secret.id)

    async def _lookup(self, text: str) -> tuple[StoredSecret, Person] | None:
        id = id_of(text)
        found = await self._read(id) if id else None
        if found is None:
            return None
        secret, person = found
        good = is_secret(text, secret.hash) and secret.lives(now())
        if not good or person is None or person.disabled_at is not None:
            return None
        return secret, person

    async def _read(self, id: str) -> tuple[StoredSecret, Person | None] | None:
        """Once for all who come with it in the same moment."""
        reading = self._reading.get(id)
        if reading is None:
            reading = self._reading[id] = asyncio.ensure_future(self._store.secret(id))
            reading.add_done_callback(lambda _: self._reading.pop(id, None))
        return await asyncio.shield(reading)

    async def _note_use(self, secret: StoredSecret, at: datetime) -> None:
        if secret.used_at is None or at - secret.used_at >= SEEN_EVERY:
            await self._store.see_secret(secret, at)

    async def _by_proxy(self, connection: HTTPConnection, address: str) -> Actor | None:
        named = connection.headers.getlist(self._settings.proxy_header)
        if not self._is_proxy(_peer(connection)) or len(named) != 1 or not named[0].strip():
            return None
        try:
            name = checked_name(named[0])
        except ValueError as error:
            said = f"The proxy says who you are, but that is no name: {error}."
            raise ProtocolError(ErrorCode.UNAUTHORIZED, said) from error
        role = Role(self._settings.new_role)
        person = await self._store.vouched_for(f"proxy|{name}", name, role, None, at=now())
        return None if person.disabled_at is not None else _actor(person, Via.PROXY, address, None)

    def address_of(self, connection: HTTPConnection) -> str:
        """Of the client, as the last of our proxies has seen it."""
        address = _peer(connection)
        forwarded = ",".join(connection.headers.getlist("x-forwarded-for")).split(",")
        for hop in reversed([each.strip() for each in forwarded if each.strip()]):
            if not self._is_proxy(address) or not _is_address(hop):
                break
            address = hop
        return address

    def _is_proxy(self, address: str) -> bool:
        return _is_address(address) and any(ip_address(address) in network for network in self._proxies)

    def _is_operator(self, bearer: str) -> bool:
        return self._operator_key is not None and hmac.compare_digest(bearer.encode(), self._operator_key.encode())


def _actor(person: Person, via: Via, address: str, secret: str | None) -> Actor:
    return Actor(person.id, person.name, person.role, person.groups, via, address, secret, person.version)


def _bearer(connection: HTTPConnection) -> str | None:
    scheme, _, rest = connection.headers.get("authorization", "").partition(" ")
    return rest.strip() if scheme.lower() == "bearer" and rest.strip() else None


def _peer(connection: HTTPConnection) -> str:
    return connection.client.host if connection.client else ""


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
