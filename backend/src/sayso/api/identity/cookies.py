"""The session's cookie."""

from starlette.requests import HTTPConnection
from starlette.responses import Response

from sayso.api.hosts import host_name, is_loopback
from sayso.people.person import SESSION_LASTS

PLAIN, SECURE = "sayso", "__Host-sayso"
"""Only a browser that has it from us over HTTPS, for this very host, sends the second one."""


def session_of(connection: HTTPConnection) -> str | None:
    """What the browser came with."""
    return connection.cookies.get(name_for(connection))


def name_for(connection: HTTPConnection) -> str:
    return SECURE if is_secure(connection) else PLAIN


def give(response: Response, connection: HTTPConnection, session: str) -> None:
    """Have the browser keep a session. Scripts cannot read it, and other sites cannot have it sent."""
    response.set_cookie(
        name_for(connection),
        session,
        max_age=int(SESSION_LASTS.total_seconds()),
        path="/",
        secure=is_secure(connection),
        httponly=True,
        samesite="strict",
    )


def take_back(response: Response, connection: HTTPConnection) -> None:
    """Have the browser forget it."""
    response.delete_cookie(
        name_for(connection), path="/", secure=is_secure(connection), httponly=True, samesite="strict"
    )


def is_secure(connection: HTTPConnection) -> bool:
    """Off loopback a session never travels in the clear, whatever is in front of us."""
    name = host_name(connection.headers.get("host", ""))
    return name is None or not is_loopback(name)
