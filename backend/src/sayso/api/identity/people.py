"""What admins do with people: `sayso person` comes through here where a server runs."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Path, Query, Request, Response

from sayso.api.http import PROBLEMS
from sayso.api.identity.authorize import actor_of
from sayso.engine.administration import Administration
from sayso.engine.presence import Presence
from sayso.people.actor import ANYBODY
from sayso.protocol.input import Plain
from sayso.protocol.people import NewPerson, People, PersonChange, PersonInfo, SecretMade

router = APIRouter(responses=PROBLEMS)


def _administration(request: Request) -> Administration:
    return Administration(request.app.state.store, actor_of(request) or ANYBODY)


Desk = Annotated[Administration, Depends(_administration)]
Name = Annotated[Plain, Path(max_length=100)]


@router.get("/api/people", tags=["people"])
async def list_people(people: Desk) -> People:
    """Everybody whom this server knows."""
    return People(people=await people.everybody())


@router.post("/api/people", status_code=201, tags=["people"])
async def add_person(people: Desk, body: Annotated[NewPerson, Body()]) -> PersonInfo:
    """A new person, who has nothing to come in with yet."""
    return await people.add(body)


@router.patch("/api/people/{name}", tags=["people"])
async def change_person(
    request: Request, name: Name, people: Desk, body: Annotated[PersonChange, Body()]
) -> PersonInfo:
    """Change role or groups, disable or enable. Sockets and streams of who it was until now end."""
    changed = await people.change(name, body)
    await _look(request)
    return changed


@router.post("/api/people/{name}/token", status_code=201, tags=["people"])
async def make_token(name: Name, people: Desk) -> SecretMade:
    """A token. It is shown this once."""
    return await people.token(name)


@router.post("/api/people/{name}/link", status_code=201, tags=["people"])
async def make_link(name: Name, people: Desk) -> SecretMade:
    """What a sign-in link carries. It is shown this once, and lets in once, within the hour."""
    return await people.link(name)


@router.delete("/api/people/{name}/secrets", status_code=204, tags=["people"])
async def revoke_secrets(
    request: Request, name: Name, people: Desk, token: Annotated[Plain | None, Query(max_length=50)] = None
) -> Response:
    """End a token, or all tokens, links and sessions; and the sockets and streams that came in with them."""
    await people.revoke(name, token)
    await _look(request)
    return Response(status_code=204)


async def _look(request: Request) -> None:
    presence: Presence = request.app.state.presence
    await presence.look()
