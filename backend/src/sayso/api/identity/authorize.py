"""At each call and each handshake: who is it, may it do that, and is it really the page that asks."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from sayso.api.identity.known import BY_ITSELF, Identities
from sayso.engine.acting import Acting
from sayso.people import policy
from sayso.people.actor import Actor
from sayso.people.policy import Need
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
NOT_SIGNED_IN = ProtocolError(ErrorCode.UNAUTHORIZED, "Sign in first. Scripts send Authorization: Bearer, and a token.")
FORGED = ProtocolError(
    ErrorCode.FORBIDDEN_ORIGIN,
    "A browser that is signed in has to say which page asks (Origin or Sec-Fetch-Site). Scripts use a token instead.",
)
UNLISTED = ProtocolError(ErrorCode.FORBIDDEN, "Nobody has said who may do this.")


async def authorize(connection: HTTPConnection) -> None:
    """Before each call: look up who it is, and hold it against `people.policy`. Handshakes have `admit`.

    Raises:
        ProtocolError: `unauthorized`, `forbidden`, `forbidden_origin`, `too_many`, or `run_not_found`.
    """
    if connection.scope["type"] == "websocket":
        return
    method = "GET" if connection.scope["method"] == "HEAD" else connection.scope["method"]
    path = connection.scope["route"].path
    call = f"{method} {path}"
    need, writes = policy.CALLS.get(call), method not in SAFE_METHODS
    acting = await identified(connection, writes=writes, need=need or Need.ADMIN)
    if acting is not None:
        acting.count(frame=writes, connects=call in policy.STREAMS)
    if need is None and path != policy.NOWHERE:
        raise UNLISTED
    if acting is not None and need is not None:
        params = connection.path_params
        run_id = next((params[name] for name in policy.RUN_IN_PATH if name in params), None)
        await acting.check(need, run_id if need.of_run else None)


async def admit(connection: HTTPConnection) -> Acting:
    """Before a handshake is answered. What a frame takes is looked at when it comes.

    Raises:
        ProtocolError: `unauthorized`, `forbidden_origin` or `too_many`.
    """
    acting = await identified(connection, writes=True, need=Need.SIGNED_IN)
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
