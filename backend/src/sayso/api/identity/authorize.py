"""At each call and each handshake: who is it, may it do that, and is it really the page that asks."""

from typing import Annotated

from fastapi import Depends
from pydantic import JsonValue
from starlette.requests import HTTPConnection

from sayso.api.identity.known import BY_ITSELF, Identities
from sayso.engine.acting import Acting
from sayso.engine.clock import now
from sayso.people import policy
from sayso.people.actor import Actor, Role
from sayso.people.audit import Action, Entry
from sayso.people.policy import Need
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.storage.store import Store

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
NOT_SIGNED_IN = ProtocolError(ErrorCode.UNAUTHORIZED, "Sign in first. Scripts send Authorization: Bearer, and a token.")
FORGED = ProtocolError(
    ErrorCode.FORBIDDEN_ORIGIN,
    "A browser that is signed in has to say which page asks (Origin or Sec-Fetch-Site). Scripts use a token instead.",
)
NOTED_REFUSALS = frozenset({ErrorCode.UNAUTHORIZED, ErrorCode.FORBIDDEN, ErrorCode.FORBIDDEN_ORIGIN})
UNLISTED = ProtocolError(ErrorCode.FORBIDDEN, "Nobody has said who may do this.")


async def authorize(connection: HTTPConnection) -> None:
    """Before each call: look up who it is, and hold it against `people.policy`. Handshakes have `admit`.

    Raises:
        ProtocolError: `unauthorized`, `forbidden`, `forbidden_origin`, `too_many`, or `run_not_found`.
    """
    if connection.scope["type"] == "websocket":
        return
    call = f"{connection.scope['method']} {connection.scope['route'].path}"
    try:
        await _authorize(connection, call)
    except ProtocolError as error:
        await note_refusal(connection, call, error)
        raise


async def _authorize(connection: HTTPConnection, call: str) -> None:
    method, _, path = call.partition(" ")
    need, writes = policy.CALLS.get(call), method not in SAFE_METHODS
    acting = await identified(connection, writes=writes, need=need or Need.ADMIN)
    if acting is not None:
        acting.count(frame=writes, connects=call in policy.STREAMS)
    if need is None and path != policy.NOWHERE:
        raise UNLISTED
    if acting is not None and need is not None:
        params, run_id = connection.path_params, _run_in_path(connection)
        await acting.check(need, run_id if need.of_run else None)
        if (action := policy.NOTED.get(call)) is not None:
            about = {name: value for name, value in params.items() if name not in policy.RUN_IN_PATH}
            await _store(connection).note(Entry(action, acting.actor, now(), run_id=run_id, about=about))


async def note_refusal(connection: HTTPConnection, call: str, error: ProtocolError) -> None:
    """So many of each address, that nobody can fill the audit by being refused."""
    identities: Identities = connection.app.state.identities
    address = identities.address_of(connection)
    if error.code not in NOTED_REFUSALS or not identities.refusals.allows(address):
        return
    actor = getattr(connection.state, "actor", None) or Actor(role=Role.ASKER, address=address)
    about: dict[str, JsonValue] = {"wanted": call, "code": error.code.value}
    await _store(connection).note(Entry(Action.REFUSED, actor, now(), run_id=_run_in_path(connection), about=about))


def _run_in_path(connection: HTTPConnection) -> str | None:
    params = connection.path_params
    return next((str(params[name])[:100] for name in policy.RUN_IN_PATH if name in params), None)


def _store(connection: HTTPConnection) -> Store:
    store: Store = connection.app.state.store
    return store


async def admit(connection: HTTPConnection) -> Acting:
    """Before a handshake is answered. What a frame takes is looked at when it comes.

    Raises:
        ProtocolError: `unauthorized`, `forbidden_origin` or `too_many`.
    """
    try:
        acting = await identified(connection, writes=True, need=Need.SIGNED_IN)
    except ProtocolError as error:
        await note_refusal(connection, "WEBSOCKET /query", error)
        raise
    assert acting is not None
    acting.count(connects=True)
    return acting


async def identified(connection: HTTPConnection, *, writes: bool, need: Need) -> Acting | None:
    """The service for whoever it is, or nothing for who has not signed in and need not.

    Raises:
        ProtocolError: `unauthorized` or `forbidden_origin`.
    """
    identities: Identities = connection.app.state.identities
    actor = await identities.of(connection)
    connection.state.actor = actor
    if actor is None:
        if need is not Need.NOTHING:
            raise NOT_SIGNED_IN
        return None
    if writes and actor.via in BY_ITSELF and not comes_from_page(connection):
        raise FORGED
    connection.state.acting = Acting(connection.app.state.service, actor, connection.app.state.presence)
    return connection.state.acting  # type: ignore[no-any-return]  # what was just put there


def comes_from_page(connection: HTTPConnection) -> bool:
    """Whether a page of ours asks. `Guard` has refused every `Origin` that is not."""
    return "origin" in connection.headers or connection.headers.get("sec-fetch-site") == "same-origin"


def acting(connection: HTTPConnection) -> Acting:
    """The service, for a call that was authorized."""
    found: Acting = connection.state.acting
    return found


def actor_of(connection: HTTPConnection) -> Actor | None:
    """Who it is; `None` is somebody who has not signed in."""
    found: Actor | None = connection.state.actor
    return found


Runs = Annotated[Acting, Depends(acting)]
