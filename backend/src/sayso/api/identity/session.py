"""Signing in on the page, and out; who I am, and who can be asked."""

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response

from sayso.api.http import PROBLEMS
from sayso.api.identity import cookies
from sayso.api.identity.authorize import FORGED, actor_of, comes_from_page, note_refusal
from sayso.api.identity.known import Identities
from sayso.engine.presence import Presence
from sayso.people.actor import Actor
from sayso.people.person import able_to_decide
from sayso.protocol.codes import ErrorCode
from sayso.protocol.commands import ProtocolError
from sayso.protocol.people import Me, Names, PersonInfo, SignIn
from sayso.storage.store import Store

router = APIRouter(responses=PROBLEMS)
NOT_HERE = ProtocolError(ErrorCode.INVALID_REQUEST, "Nobody signs in with a token here.")


@router.get("/api/me", tags=["people"])
async def show_me(request: Request) -> Me:
    """Who the server takes this client for, and how one signs in."""
    settings = request.app.state.settings
    return Me(auth=settings.auth, open=settings.auth == "none" and settings.open, person=_info(actor_of(request)))


@router.post("/api/session", tags=["people"])
async def sign_in(request: Request, response: Response, body: Annotated[SignIn, Body()]) -> Me:
    """Sign in with a token or a sign-in link: the browser gets a session, and any session that it had ends."""
    identities: Identities = request.app.state.identities
    # That a page of somebody else's must not sign a browser in either, as who it likes.
    if not comes_from_page(request):
        raise FORGED
    if identities.auth not in ("tokens", "oidc"):
        raise NOT_HERE
    try:
        person = await identities.by_secret(body.secret)
    except ProtocolError as error:
        await note_refusal(request, "POST /api/session", error)
        raise
    session = await identities.sign_in(person, request)
    cookies.give(response, request, session.text)
    info = PersonInfo(name=person.name, role=person.role.value, groups=list(person.groups))
    return Me(auth=identities.auth, person=info)


@router.delete("/api/session", status_code=204, tags=["people"])
async def sign_out(request: Request) -> Response:
    """End the session, with all sockets and streams that came in with it."""
    identities: Identities = request.app.state.identities
    presence: Presence = request.app.state.presence
    response = Response(status_code=204)
    await identities.sign_out(request)
    await presence.look()
    cookies.take_back(response, request)
    return response


@router.get("/api/people/names", tags=["people"])
async def list_names(request: Request) -> Names:
    """Who can be asked to decide: people who may, and the groups that they are in."""
    store: Store = request.app.state.store
    people = able_to_decide(await store.everybody())
    groups = sorted({group for person in people for group in person.groups})
    return Names(people=[person.name for person in people], groups=groups)


def _info(actor: Actor | None) -> PersonInfo | None:
    if actor is None or not actor.verified:
        return None
    return PersonInfo(name=actor.name, role=actor.role.value, groups=list(actor.groups))
