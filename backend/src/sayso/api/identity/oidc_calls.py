"""The two calls through which a browser goes to the provider, and comes back.

They are not below `/api`, where `Guard` lets nothing in that comes from another site.
"""

import logging
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse

from sayso.api.identity import cookies
from sayso.api.identity.authorize import NOT_SIGNED_IN, note_refusal
from sayso.api.identity.known import Identities
from sayso.api.identity.oidc import FLOW_LASTS, Provider, SignInRefused

log = logging.getLogger("sayso.api")
router = APIRouter(include_in_schema=False)
FLOW = "sayso-flow"
FAILED = "/sign-in/?failed"


@router.get("/auth/start")
async def start(request: Request, next: Annotated[str, Query(max_length=2_000)] = "/") -> RedirectResponse:
    """To the provider; `next` is the path to go on to afterwards."""
    try:
        url, flow = await _provider(request).begin(_own_path(next))
    except SignInRefused as error:
        log.warning("sign-in: %s", error)
        return RedirectResponse(FAILED, 303)
    response = RedirectResponse(url, 303)
    response.set_cookie(
        FLOW,
        flow.text,
        max_age=int(FLOW_LASTS.total_seconds()),
        path="/auth",
        secure=cookies.is_secure(request),
        httponly=True,
        # The provider's redirect brings it back from another site.
        samesite="lax",
    )
    return response


@router.get("/auth/callback")
async def callback(request: Request) -> RedirectResponse:
    """Back from the provider."""
    identities: Identities = request.app.state.identities
    try:
        person, path = await _provider(request).finish(request.cookies.get(FLOW, ""), dict(request.query_params))
    except SignInRefused as error:
        log.warning("sign-in: %s", error)
        await note_refusal(request, "GET /auth/callback", NOT_SIGNED_IN)
        response = RedirectResponse(FAILED, 303)
    else:
        response = RedirectResponse(path, 303)
        session = await identities.sign_in(person, request)
        cookies.give(response, request, session.text)
    response.delete_cookie(FLOW, path="/auth", secure=cookies.is_secure(request), httponly=True, samesite="lax")
    return response


def _provider(request: Request) -> Provider:
    provider: Provider | None = request.app.state.provider
    if provider is None:
        raise HTTPException(404)
    return provider


def _own_path(next: str) -> str:
    """A path of the page; a browser takes `//` and `/\\` for the beginning of another host."""
    plain = next.startswith("/") and not next.startswith("//") and "\\" not in next and next.isprintable()
    return next if plain else "/"
